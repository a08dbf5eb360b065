"""The sweep: a hundred thousand visitors, each asked to the end, with every promise looked at on the way."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from random import Random
from typing import Literal

from assistant.eligibility.verdict import Eligibility
from evaluation.zelftest.walk import Drawn, Walker
from knowledge.record import Frozen

PROFILES = 100_000
"""How many visitors are drawn."""
CHUNKS = 100
_SEED = 20261127
_MOST_EXAMPLES = 5
_KINDS: tuple[Drawn, ...] = ("evenly", "as visitors")


class Swept(Frozen):
    """A hundredth of the sweep."""

    kind: Literal["swept"] = "swept"
    drawn: Drawn
    """`evenly`: each answer of a question as often as any other, "weet ik niet" too; else as visitors give them."""
    questions: dict[int, int]
    """How many visitors were asked so many questions."""
    asked: dict[str, int]
    outcomes: tuple[int, ...]
    """One number for each that is told something else than the others; they mean something within one run."""
    ways: float
    """The mean of the products of the numbers of answers: estimates how many ways there are to answer."""
    dead_ends: int
    contradictions: int
    idle: int
    """Questions that could not have mattered."""
    examples: tuple[str, ...]
    began: float
    ended: float
    """In seconds, of one clock for all."""

    @property
    def profiles(self) -> int:
        """How many visitors it holds."""
        return sum(self.questions.values())


def sweep(eligibility: Eligibility, profiles: int = PROFILES, processes: int | None = None) -> Iterator[Swept]:
    """
    A part at a time: half of the visitors drawn evenly, half as visitors answer; the same ones at every run.

    :param profiles: How many; rounded up to fill the parts.
    :param processes: None: one a core. They share the rules, as they are forked.
    """
    chunks = min(CHUNKS, profiles)
    size = -(-profiles // chunks)
    _walkers[0] = Walker(eligibility)
    workers = processes or len(os.sched_getaffinity(0))
    if workers == 1:
        yield from (_swept((chunk, size)) for chunk in range(chunks))
        return
    with get_context("fork").Pool(workers) as pool:
        yield from pool.imap_unordered(_swept, [(chunk, size) for chunk in range(chunks)])


_walkers: dict[int, Walker] = {}
"""What a forked process finds: handing it over would take longer than the walk."""


def _swept(task: tuple[int, int]) -> Swept:
    chunk, size = task
    began, walker, drawn = time.monotonic(), _walkers[0], _KINDS[chunk % len(_KINDS)]
    draw = Random(_SEED + chunk)  # noqa: S311 - a visitor, not a secret
    walked = [walker.walk(draw, drawn) for _ in range(size)]
    wrong = [
        example
        for each in walked
        for example in (*each.contradictions, *(f"{name} could not matter" for name in each.idle), each.dead_end)
        if example
    ]
    return Swept(
        drawn=drawn,
        questions=dict(Counter(len(each.asked) for each in walked)),
        asked=dict(Counter(name for each in walked for name in each.asked)),
        outcomes=tuple({each.outcome for each in walked}),
        ways=sum(each.branches for each in walked) / size,
        dead_ends=sum(bool(each.dead_end) for each in walked),
        contradictions=sum(len(each.contradictions) for each in walked),
        idle=sum(len(each.idle) for each in walked),
        examples=tuple(wrong[:_MOST_EXAMPLES]),
        began=began,
        ended=time.monotonic(),
    )
