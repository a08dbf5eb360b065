"""Scores the zelftest: how much it asks, whether it ends in advice, and whether it ends where the sources do."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from evaluation.case import Persona
from evaluation.casebook import Casebook
from evaluation.interval import bootstrap, bootstrap_mean
from evaluation.result import Judged, PartResult, Score, Table, score
from evaluation.zelftest.generate import Taken

MEDIAN_QUESTIONS = 6
STEP_MS = 5


def evaluate(casebook: Casebook, outputs: Sequence[Taken]) -> PartResult:
    """A dead end is a zelftest without a route that is open and without advice, or one that does not end."""
    personas = {persona.id: persona for persona in casebook.personas}
    judged = tuple(_judged(personas[taken.id], taken) for taken in outputs)
    questions = np.array([len(taken.asked) for taken in outputs], dtype=float)
    median = bootstrap(len(outputs), lambda drawn: float(np.median(questions[drawn])))
    steps = [took for taken in outputs for took in taken.milliseconds]
    return PartResult(
        part="zelftest",
        scores=(
            Score(
                name="questions asked, median", value=median.value if outputs else None, low=median.low,
                high=median.high, of=len(outputs), unit="count", better="lower", promise=MEDIAN_QUESTIONS,
            ),
            Score(
                name="dead ends", value=sum(is_dead_end(taken) for taken in outputs), of=len(outputs), unit="count",
                better="lower", promise=0,
            ),
            score("ends as the sources do", bootstrap_mean([float(each.right) for each in judged]), len(judged)),
            Score(
                name="a step, in process, p95", value=float(np.percentile(steps, 95)) if steps else None,
                of=len(steps), unit="ms", better="lower", promise=STEP_MS,
            ),
        ),
        judged=judged,
        tables=(_asked(outputs),),
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
