"""The sweep and what stands next to it, as scores and tables."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from evaluation.result import Score, Table
from evaluation.zelftest.peers import PeerMeasured
from evaluation.zelftest.sweep import Swept

MEDIAN_QUESTIONS = 6
SWEEP_SECONDS = 60
_MOST_EXAMPLES = 20


def scores_of_sweep(swept: Sequence[Swept]) -> tuple[Score, ...]:
    """What was promised of every visitor, over all that were drawn."""
    profiles = sum(each.profiles for each in swept)
    if not profiles:
        return ()
    outcomes = set[int]().union(*(each.outcomes for each in swept))
    visitors = [each for each in swept if each.drawn == "as visitors"]
    evenly = [each for each in swept if each.drawn == "evenly"]
    took = max(each.ended for each in swept) - min(each.began for each in swept)

    def counted(name: str, value: float, promise: float | None = None, of: int = profiles) -> Score:
        return Score(name=f"sweep: {name}", value=value, of=of, unit="count", better="lower", promise=promise)

    def seen(name: str, value: float) -> Score:
        return Score(name=f"sweep: {name}", value=value, of=profiles, unit="count", better="higher")

    return (
        seen("profiles", profiles),
        seen("distinct outcomes", len(outcomes)),
        counted("dead ends", sum(each.dead_ends for each in swept), 0),
        counted("contradictions", sum(each.contradictions for each in swept), 0),
        counted("questions that could not have mattered", sum(each.idle for each in swept), 0, of=_questions(swept)),
        *(
            counted(f"questions asked, median, drawn {each[0].drawn}", float(np.median(_counts(each))), MEDIAN_QUESTIONS)
            for each in (visitors, evenly)
            if each
        ),
        *(
            counted(f"questions asked, mean, drawn {each[0].drawn}", float(np.mean(_counts(each))))
            for each in (visitors, evenly)
            if each
        ),
        Score(
            name="sweep: seconds", value=took, of=profiles, unit="s", better="lower", promise=SWEEP_SECONDS,
        ),
    )  # fmt: skip


def tables_of_sweep(swept: Sequence[Swept]) -> tuple[Table, ...]:
    """How the visitors were drawn, and what went wrong with whom."""
    rows = []
    for drawn in dict.fromkeys(each.drawn for each in swept):
        these = [each for each in swept if each.drawn == drawn]
        counts, profiles = _counts(these), sum(each.profiles for each in these)
        asked = Counter[str]()
        for each in these:
            asked.update(each.asked)
        rows.append(
            (
                drawn,
                f"{profiles:,}",
                f"about {np.mean([each.ways for each in these]):.0e}" if drawn == "evenly" else "",
                f"{len(set[int]().union(*(each.outcomes for each in these))):,}",
                f"{np.median(counts):.0f}, {np.mean(counts):.2f}, {max(counts)}",
                ", ".join(f"{name} {count / profiles:.0%}" for name, count in asked.most_common(8)),
            )
        )
    examples = [(example,) for each in swept for example in each.examples]
    return (
        Table(
            title="The sweep",
            columns=(
                "drawn", "profiles", "ways to answer", "distinct outcomes", "questions: median, mean, most", "asked most"
            ),
            rows=tuple(rows),
        ),
        Table(title="What went wrong in the sweep", columns=("what",), rows=tuple(examples[:_MOST_EXAMPLES])),
    )  # fmt: skip


def tables_of_peers(peers: Sequence[PeerMeasured]) -> tuple[Table, ...]:
    """The zelftest beside two wizards and an engine, on the same visitors."""
    if not peers:
        return ()
    return (
        Table(
            title="Next to others, on the same visitors (the wizards are models of ours)",
            columns=(
                "what", "questions", "of which idle", "results", "dead ends", "a visitor, p50", "p95", "reasons",
                "unknown is not no", "near miss", "receipt", "note",
            ),
            rows=tuple(_row(each) for each in peers),
        ),
    )  # fmt: skip


def _row(peer: PeerMeasured) -> tuple[str, ...]:
    p50, p95 = ((f"{np.percentile(peer.microseconds, at):,.0f} µs" if peer.microseconds else "-") for at in (50, 95))
    counts = (f"{each:.3g}" if each is not None else "-" for each in (peer.questions, peer.idle))
    found = (f"{each:,}" if each is not None else "-" for each in (peer.results, peer.dead_ends))
    return (
        peer.name, *counts, *found, p50, p95, peer.reasons, peer.unknown, peer.near_miss, peer.receipt, peer.note,
    )  # fmt: skip


def _questions(swept: Iterable[Swept]) -> int:
    return sum(count * number for each in swept for number, count in each.questions.items())


def _counts(swept: Iterable[Swept]) -> np.ndarray:
    """How many questions each visitor was asked."""
    counts = Counter[int]()
    for each in swept:
        counts.update(each.questions)
    return np.repeat(list(counts), list(counts.values()))
