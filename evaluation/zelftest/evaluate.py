"""Scores the zelftest: how much it asks, whether it ends in advice, and whether it ends where the sources do."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from evaluation.case import Persona
from evaluation.casebook import Casebook
from evaluation.interval import bootstrap, bootstrap_mean
from evaluation.result import Judged, PartResult, Score, Table, score
from evaluation.zelftest.generate import Cold, Generated, Taken
from evaluation.zelftest.peers import PeerMeasured
from evaluation.zelftest.sweep import Swept
from evaluation.zelftest.tally import MEDIAN_QUESTIONS, scores_of_sweep, tables_of_peers, tables_of_sweep

STEP_MS = 5
COLD_MS = 15
"""Every route with reasons, near misses, steps and money, for somebody whose answers nobody gave before."""


def evaluate(casebook: Casebook, outputs: Sequence[Generated]) -> PartResult:
    """A dead end is a zelftest without a route that is open and without advice, or one that does not end."""
    found = [each.root for each in outputs]
    taken = [each for each in found if isinstance(each, Taken)]
    swept = [each for each in found if isinstance(each, Swept)]
    peers = [each for each in found if isinstance(each, PeerMeasured)]
    cold = [took for each in found if isinstance(each, Cold) for took in each.milliseconds]
    personas = {persona.id: persona for persona in casebook.personas}
    judged = tuple(_judged(personas[each.id], each) for each in taken)
    return PartResult(
        part="zelftest",
        scores=(*_of_personas(taken, judged), *scores_of_sweep(swept), *_times(taken, cold)),
        judged=judged,
        tables=(_asked(taken), *tables_of_sweep(swept), *tables_of_peers(peers)),
    )


def _of_personas(taken: Sequence[Taken], judged: Sequence[Judged]) -> tuple[Score, ...]:
    questions = np.array([len(each.asked) for each in taken], dtype=float)
    median = bootstrap(len(taken), lambda drawn: float(np.median(questions[drawn])))
    return (
        Score(
            name="questions asked, median", value=median.value if taken else None, low=median.low, high=median.high,
            of=len(taken), unit="count", better="lower", promise=MEDIAN_QUESTIONS,
        ),
        Score(
            name="dead ends", value=sum(map(is_dead_end, taken)), of=len(taken), unit="count", better="lower", promise=0,
        ),
        score("ends as the sources do", bootstrap_mean([float(each.right) for each in judged]), len(judged)),
    )  # fmt: skip


def _times(taken: Sequence[Taken], cold: Sequence[float]) -> tuple[Score, ...]:
    steps = [took for each in taken for took in each.milliseconds]
    timed = (("a step, in process, p95", steps, STEP_MS), ("all routes whole, nothing remembered, p95", cold, COLD_MS))
    return tuple(
        Score(
            name=name, value=float(np.percentile(took, 95)) if took else None, of=len(took), unit="ms", better="lower",
            promise=promise,
        )
        for name, took, promise in timed
    )  # fmt: skip


def is_dead_end(taken: Taken) -> bool:
    """Whether somebody is left with nothing to do."""
    open_routes = any(verdict != "does_not_fit" for verdict in taken.verdicts.values())
    return not taken.complete or not (open_routes or taken.advice)


def _judged(persona: Persona, taken: Taken) -> Judged:
    wrong = [
        f"{route}: ends as {taken.verdicts.get(route)}, expected {' or '.join(right)}"
        for route, right in persona.expect.items()
        if taken.verdicts.get(route) not in right
    ]
    if is_dead_end(taken):
        wrong.append("a dead end: no route is open and there is no advice, or it never ends")
    return Judged(
        id=persona.id,
        topic=persona.topic,
        asked=persona.who,
        right=not wrong,
        wrong=tuple(wrong),
        got=f"{len(taken.asked)} questions: {', '.join(taken.asked)}",
        source=persona.source,
        severity=2,
    )


def _asked(outputs: Sequence[Taken]) -> Table:
    counts = Counter(name for taken in outputs for name in taken.asked)
    return Table(
        title="What is asked",
        columns=("fact", "of so many zelftesten"),
        rows=tuple((name, f"{count} of {len(outputs)}") for name, count in counts.most_common()),
    )
