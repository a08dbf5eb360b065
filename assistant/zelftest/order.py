"""Which open preferences can still change the routes that are put first."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from assistant.eligibility.verdict import Eligibility, RouteVerdict
from knowledge.fact import Facts, FactValue

FIRST = 3
"""How many routes a visitor sees first; what only reorders those below them is not worth a question."""
_MOST_COMPLETIONS = 20_000
"""With more ways than this to answer the rest, every preference is taken to matter without trying them all."""
_TIER, _POINT = 1_000_000, 1_000
"""A verdict weighs more than every score, and a point of score more than every place in the order."""

Places = NDArray[np.int64]


def orders(eligibility: Eligibility, told: Facts, askable: Sequence[str]) -> dict[str, int]:
    """
    The facts of which some answer changes the first routes or their order, all verdicts staying as they are.

    :param told: What is known.
    :param askable: What may still be asked.
    :returns: By fact, how many routes may come into or go from a first place, or change it.
    """
    remaining = [each for each in eligibility.verdicts(told) if each.verdict != "does_not_fit"]
    open_ = {name for each in remaining for name in _preferred(each)}
    names = [name for name in askable if name in open_]
    if len(remaining) < 2 or not names:
        return {}
    answers = {name: _answers(eligibility, told, remaining, name) for name in names}
    if np.prod([len(values) for values in answers.values()]) > _MOST_COMPLETIONS:
        return dict.fromkeys(names, len(remaining))
    first = _first_places(eligibility, told, remaining, answers)
    moved = {name: _moved(first, axis + 1) for axis, name in enumerate(names)}
    return {name: count for name, count in moved.items() if count}


def _preferred(verdict: RouteVerdict) -> frozenset[str]:
    """The facts that its open preferences look at."""
    found = (each.rule.facts() for each in verdict.rules if each.met is None and each.rule.kind == "preference")
    return frozenset[str]().union(*found)


def _answers(
    eligibility: Eligibility, told: Facts, remaining: Sequence[RouteVerdict], name: str
) -> tuple[FactValue, ...]:
    """One answer of each kind that the open preferences tell apart."""
    values = eligibility.domains[eligibility.levels[name]].values
    touched = [each for each in remaining if name in _preferred(each)]
    if any(len(_preferred(each)) > 1 and _is_joined(each, name) for each in touched):
        return values
    alike: dict[tuple[int, ...], FactValue] = {}
    for value in values:
        facts = {**told, name: value}
        alike.setdefault(tuple(eligibility.score(each.route.id, facts) for each in touched), value)
    return tuple(alike.values())


def _is_joined(verdict: RouteVerdict, name: str) -> bool:
    """Whether some preference looks at this fact together with another."""
    facts = (each.rule.facts() for each in verdict.rules if each.rule.kind == "preference")
    return any(name in named and len(named) > 1 for named in facts)


def _first_places(
    eligibility: Eligibility,
    told: Facts,
    remaining: Sequence[RouteVerdict],
    answers: Mapping[str, tuple[FactValue, ...]],
) -> Places:
    """
    Who is first, second and third for every way to answer.

    :returns: Places of routes in `remaining`, of shape (first places, answers to the first fact, to the second, ...).
    """
    shape = [len(values) for values in answers.values()]
    tiers = {verdict: tier for tier, verdict in enumerate(dict.fromkeys(each.verdict for each in remaining))}
    ties = sorted(remaining, key=lambda each: (len(each.missing), each.route.title))
    keys = np.empty((len(remaining), *shape), dtype=np.int64)
    for place, each in enumerate(remaining):
        static = tiers[each.verdict] * _TIER + ties.index(each)
        keys[place] = static - _POINT * _scores(eligibility, told, each, answers)
    return np.argsort(keys, axis=0)[:FIRST]


def _scores(
    eligibility: Eligibility, told: Facts, verdict: RouteVerdict, answers: Mapping[str, tuple[FactValue, ...]]
) -> Places:
    """The route's score for every way to answer, with one entry along a fact that it does not look at."""
    mine = _preferred(verdict)
    own = {name: values if name in mine else (None,) for name, values in answers.items()}
    found = [
        eligibility.score(
            verdict.route.id,
            {**told, **{name: value for name, value in zip(own, given, strict=True) if value is not None}},
        )
        for given in product(*own.values())
    ]
    return np.array(found, dtype=np.int64).reshape([len(values) for values in own.values()])


def _moved(first: Places, axis: int) -> int:
    """How many routes are in a first place for one answer along this axis, and not in that place for another."""
    differs = (first != first.take([0], axis=axis)).any(axis=axis)
    if not differs.any():
        return 0
    return len(np.unique(np.moveaxis(first, axis, -1)[differs]))
