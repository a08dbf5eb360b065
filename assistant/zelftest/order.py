"""Which open preferences can still change the routes that are put first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from assistant.eligibility.diagram import OPEN
from assistant.eligibility.verdict import CompiledRule, Eligibility, Verdict

FIRST = 3
"""How many routes a visitor sees first; what only reorders those below them is not worth a question."""
_MOST_COMPLETIONS = 20_000
"""With more ways than this to answer the rest, every preference is taken to matter without trying them all."""
_TIER, _POINT = 1_000_000, 1_000
"""A verdict weighs more than every score, and a point of score more than every place in the order."""

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """A route that remains, as it stands now, and the preferences that may still move it."""

    verdict: Verdict
    score: int
    title: str
    preferences: tuple[CompiledRule, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """The routes that remain in the order of now, and what has been told of the facts that may still move them."""

    standings: tuple[Standing, ...]
    told: tuple[tuple[int, int], ...]
    """Level and code; `OPEN` for what may be asked."""


def contest(eligibility: Eligibility, state: Sequence[int]) -> Contest:
    """
    Who is to be put in order once the verdicts are settled.

    :param state: The code of each fact, `OPEN` or `HIDDEN`.
    """
    codes = [max(code, OPEN) for code in state]
    standings = tuple(
        Standing(each.verdict, each.score, each.route.title, eligibility.open_preferences(each.route.id, codes))
        for each in eligibility.within_reach(state)
    )
    levels = {level for each in standings for rule in each.preferences for level in rule.levels}
    return Contest(standings, tuple((level, state[level]) for level in sorted(levels)))


def orders(eligibility: Eligibility, open_: Contest) -> dict[int, tuple[float, int]]:
    """
    The facts of which some answer changes which routes come first, or which of them is the very first.

    The verdicts stay as they are, and the order of the second and third is not worth a question.

    :returns: By level, how many routes may come into or go from a first place; twice.
    """
    askable = [level for level, code in open_.told if code == OPEN]
    if len(open_.standings) < 2 or not askable:
        return {}
    points = _points(eligibility, open_)
    kinds = {level: _kinds(points, level, len(eligibility.domains[level].values)) for level in askable}
    if prod(len(codes) for codes in kinds.values()) > _MOST_COMPLETIONS:
        return {level: (float(len(open_.standings)), len(open_.standings)) for level in askable}
    first = _first_places(open_, points, kinds)
    moved = {level: _moved(first, axis + 1) for axis, level in enumerate(askable)}
    return {level: (float(count), count) for level, count in moved.items() if count}


@dataclass(frozen=True, slots=True)
class _Points:
    """What one open preference adds for every answer to the facts that it still hangs on."""

    levels: tuple[int, ...]
    added: Whole
    """An axis a level, an entry a code."""


def _points(eligibility: Eligibility, open_: Contest) -> tuple[tuple[_Points, ...], ...]:
    """Of each route, its open preferences worked out."""
    told = dict(open_.told)
    return tuple(tuple(_worked_out(eligibility, rule, told) for rule in each.preferences) for each in open_.standings)


def _worked_out(eligibility: Eligibility, rule: CompiledRule, told: Mapping[int, int]) -> _Points:
    levels = tuple(level for level in rule.levels if told[level] == OPEN)
    codes = [OPEN] * len(eligibility.domains)
    for level in rule.levels:
        codes[level] = max(told[level], OPEN)
    sizes = [len(eligibility.domains[level].values) for level in levels]
    added = np.zeros(sizes, dtype=np.int64)
    for answers in product(*map(range, sizes)):
        for level, code in zip(levels, answers, strict=True):
            codes[level] = code
        if rule.verdict(codes, eligibility.domains).met:
            added[answers] = rule.judge.rule.weight
    return _Points(levels, added)


def _kinds(points: Sequence[Sequence[_Points]], level: int, size: int) -> tuple[int, ...]:
    """One code of each kind that the open preferences tell apart."""
    along = [
        np.moveaxis(each.added, each.levels.index(level), 0).reshape(size, -1)
        for route in points
        for each in route
        if level in each.levels
    ]
    _, first = np.unique(np.concatenate(along, axis=1), axis=0, return_index=True)
    return tuple(int(code) for code in sorted(first))


def _first_places(open_: Contest, points: Sequence[Sequence[_Points]], kinds: Mapping[int, tuple[int, ...]]) -> Whole:
    """
    Who is the very first, and who are the first three in a fixed order, for every way to answer.

    :returns: Places of routes in the standings, of shape (1 + first places, answers to the first fact, ...).
    """
    axes = {level: axis for axis, level in enumerate(kinds)}
    shape = [len(codes) for codes in kinds.values()]
    tiers = {verdict: tier for tier, verdict in enumerate(("fits", "possible", "ask_adviser"))}
    ties = sorted(range(len(open_.standings)), key=lambda at: open_.standings[at].title)
    keys = np.empty((len(open_.standings), *shape), dtype=np.int64)
    for at, (each, own) in enumerate(zip(open_.standings, points, strict=True)):
        score = np.full(shape, each.score, dtype=np.int64)
        for rule in own:
            chosen = rule.added[np.ix_(*(kinds[level] for level in rule.levels))]
            # A preference names its facts in the order of the vocabulary, as the axes do.
            spread = [1] * len(shape)
            for level in rule.levels:
                spread[axes[level]] = len(kinds[level])
            score += chosen.reshape(spread)
        keys[at] = tiers[each.verdict] * _TIER + ties.index(at) - _POINT * score
    order = np.argsort(keys, axis=0)[:FIRST]
    return np.concatenate([order[:1], np.sort(order, axis=0)])


def _moved(first: Whole, axis: int) -> int:
    """How many routes are in a first place for one answer along this axis, and not in that place for another."""
    differs = (first != first.take([0], axis=axis)).any(axis=axis)
    if not differs.any():
        return 0
    return len(np.unique(np.moveaxis(first, axis, -1)[differs]))
