"""Comparison: configurations of the search under each other, each held against the same without what is tried, case by case."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from evaluation.casebook import Casebook
from evaluation.interval import bootstrap_mean
from evaluation.result import Table
from evaluation.retrieval.configurations import CONFIGURATIONS, DEFAULT
from evaluation.retrieval.generate import Found
from evaluation.retrieval.rank import rank_of


def comparison(casebook: Casebook, outputs: Sequence[Found]) -> Table:
    """Hits, the mean reciprocal rank, and how much that differs from the one it is held against, on the same cases."""
    expected = {case.id: case.expect.cites_any for case in casebook.cases}
    ranks: dict[str, dict[str, int | None]] = defaultdict(dict)
    says, took = dict[str, str](), defaultdict[str, list[float]](list)
    for each in outputs:
        says[each.configuration] = each.says
        if each.id:
            ranks[each.configuration][each.id] = rank_of(each.records, expected[each.id])
            took[each.configuration].append(each.milliseconds)
    return Table(
        title="Configurations compared",
        columns=(
            "configuration",
            "what",
            "cases",
            "hit@1",
            "hit@3",
            "MRR@10",
            "against the served one",
            "search, ms p50",
        ),
        rows=tuple(
            (name, what, *_row(ranks[name], _against(name), ranks, took[name]))
            if name in ranks
            else (name, what, "-", *["-"] * 5)
            for name, what in says.items()
        ),
    )


def _against(name: str) -> str:
    return CONFIGURATIONS[name].against if name in CONFIGURATIONS else DEFAULT


def _row(
    ranks: Mapping[str, int | None],
    against: str,
    all_ranks: Mapping[str, Mapping[str, int | None]],
    took: Sequence[float],
) -> tuple[str, ...]:
    other = all_ranks.get(against, {})
    first = [float(rank == 1) for rank in ranks.values()]
    three = [float(rank is not None and rank <= 3) for rank in ranks.values()]
    gained = [_reciprocal(rank) - _reciprocal(other[case]) for case, rank in ranks.items() if case in other]
    change = bootstrap_mean(gained)
    sure = "worse" if change.high < 0 else "better" if change.low > 0 else "no difference"
    return (
        str(len(ranks)),
        f"{100 * np.mean(first):.1f}%",
        f"{100 * np.mean(three):.1f}%",
        f"{np.mean([_reciprocal(rank) for rank in ranks.values()]):.3f}",
        f"{change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f}) to {against}: {sure}"
        if gained
        else f"{against} was not asked",
        f"{np.percentile(took, 50):.1f}" if any(took) else "-",
    )


def _reciprocal(rank: int | None) -> float:
    return 1 / rank if rank else 0.0
