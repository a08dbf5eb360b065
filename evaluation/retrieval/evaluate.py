"""Scores what was found: whether a right record comes first, in the first three, and how far down."""

from collections.abc import Sequence

import numpy as np

from evaluation.casebook import Casebook
from evaluation.interval import bootstrap_mean
from evaluation.result import Judged, PartResult, Score, Table, score
from evaluation.retrieval.comparison import comparison
from evaluation.retrieval.generate import Found
from evaluation.retrieval.rank import rank_of


def evaluate(casebook: Casebook, outputs: Sequence[Found]) -> PartResult:
    """hit@1, hit@3 and the mean reciprocal rank within the first ten records."""
    cases = {case.id: case for case in casebook.cases}
    compared, outputs = (
        [each for each in outputs if each.configuration],
        [each for each in outputs if not each.configuration],
    )
    ranks = [rank_of(found.records, cases[found.id].expect.cites_any) for found in outputs]
    judged = tuple(
        Judged(
            id=found.id,
            topic=cases[found.id].topic,
            asked=cases[found.id].question,
            right=rank is not None and rank <= 3,
            wrong=() if rank is not None and rank <= 3 else (_missed(rank, cases[found.id].expect.cites_any),),
            got=", ".join(found.records[:3]),
            source=cases[found.id].source,
            severity=2 if rank is None else 1,
        )
        for found, rank in zip(outputs, ranks, strict=True)
    )
    milliseconds = [found.milliseconds for found in outputs]
    return PartResult(
        part="retrieval",
        scores=(
            score("hit@1", bootstrap_mean([float(rank == 1) for rank in ranks]), len(ranks)),
            score("hit@3", bootstrap_mean([float(rank is not None and rank <= 3) for rank in ranks]), len(ranks)),
            score("MRR@10", bootstrap_mean([1 / rank if rank else 0.0 for rank in ranks]), len(ranks)),
            Score(
                name="embedding and search, p50",
                value=float(np.percentile(milliseconds, 50)) if milliseconds else None,
                of=len(milliseconds),
                unit="ms",
                better="lower",
            ),
        ),
        judged=judged,
        tables=(comparison(casebook, compared), _by_topic(casebook, outputs, ranks)),
    )


def _missed(rank: int | None, expected: Sequence[str]) -> str:
    place = "not among the first ten" if rank is None else f"at place {rank}"
    return f"{' or '.join(expected)}: {place}"


def _by_topic(casebook: Casebook, outputs: Sequence[Found], ranks: Sequence[int | None]) -> Table:
    topics = {case.id: case.topic for case in casebook.cases}
    rows = []
    for topic in sorted({topics[found.id] for found in outputs}):
        own = [rank for found, rank in zip(outputs, ranks, strict=True) if topics[found.id] == topic]
        first, three = sum(rank == 1 for rank in own), sum(rank is not None and rank <= 3 for rank in own)
        rows.append((topic, str(len(own)), f"{100 * first / len(own):.0f}%", f"{100 * three / len(own):.0f}%"))
    return Table(title="Found by topic", columns=("topic", "cases", "hit@1", "hit@3"), rows=tuple(rows))
