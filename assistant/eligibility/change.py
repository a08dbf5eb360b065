"""The nearest thing that would open a route: as few changes as can be, and of those the easiest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.eligibility.diagram import ADVISER, FAILS, Diagram
from assistant.eligibility.domain import Domain
from knowledge.fact import FactType, FactValue
from knowledge.move import Move, after_each_other
from knowledge.route import Months

Way = tuple[int, tuple[tuple[int, int], ...]]
"""The effort of a way to an outcome, and the (level, code) pairs that have to become so."""

PER_CHANGE = 1_000
"""Weighs more than every effort together: two easy changes are more than one hard one."""
_WITH_ADVISER = 500
"""What it weighs that a route then still needs an adviser: less than another change."""
_CLOSED: Way = (1 << 30, ())


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would have to be otherwise. All the changes of a route together bring it within reach."""

    fact: str
    value: FactValue
    needed: str
    """The fact with the value it needs, in words."""
    needed_en: str
    text: str
    """The same, followed by what the rules that refuse advise."""
    text_en: str
    effort: int
    """From about 10 (a choice) to about 100 (another plan); compare it, and do not show it."""
    move: Move | None = None
    """How to get there, with what the sources say of its time and money; None if the editors wrote none down."""
    duration: Months | None = None
    """How long it takes; None if no source says so."""


def _other(_now: int, _then: int) -> bool:
    return True


def _up(now: int, then: int) -> bool:
    return then > now


def _to_none(_now: int, then: int) -> bool:
    return then == 0


def _from_none(now: int, then: int) -> bool:
    return now == 0 and then > 0


_NEVER_PROPOSED = frozenset({"buitenlands"})
"""Papers from another country are held or not: nobody goes and gets them."""
MOVES: Mapping[str, tuple[int, Callable[[int, int], bool]]] = {
    "goal": (1, _other),
    "start": (1, _other),
    "employer_commitment": (2, _up),
    "hours_per_week": (2, _up),
    "dutch_level": (3, _up),
    "diploma_matches_subject": (4, _other),
    "works_in_education": (4, _from_none),
    "work_experience_years": (5, _up),
    "needs_income": (6, _to_none),
    "diploma_level": (6, _up),
    "sector": (7, _other),
    "subject": (8, _other),
    "teaching_qualification": (9, _from_none),
    "role": (10, _other),
}
"""
What a person can change, how hard that is, and which way it can go, by the codes now and then. What somebody wants to
be, and where, is given up last. Age, past and papers from another country are not in it: nobody can change those.
"""


def time_of(changes: Sequence[Change]) -> Months | None:
    """How long these changes take one after another; None if no source tells it of one of them."""
    durations = [change.duration for change in changes]
    known = [each for each in durations if each is not None]
    return after_each_other(known) if len(known) == len(durations) else None


class Moves:
    """What a person can change, worked out for every value of every fact."""

    def __init__(self, domains: Sequence[Domain]) -> None:
        self._from = tuple(tuple(_moves(domain, now) for now in range(len(domain.values))) for domain in domains)

    def of(self, level: int, now: int) -> tuple[tuple[int, int], ...]:
        """Pairs of effort and code that can be reached from this code, the easiest first."""
        return self._from[level][now]

    def effort(self, level: int, now: int, then: int) -> int:
        """
        How hard it is to go from one code to another.

        :raises KeyError: If that cannot be.
        """
        return {code: effort for effort, code in self._from[level][now]}[then]


def nearest_way(diagram: Diagram, root: int, codes: Sequence[int], moves: Moves) -> Way | None:
    """
    The least that has to change in what is known for the outcome not to be `FAILS`.

    What is not told yet costs nothing: it may still turn out well.

    :returns: The effort and the changes; None if nothing that a person can change opens the route.
    """
    done: dict[int, Way] = {}
    nodes = diagram.nodes

    def visit(node: int) -> Way:
        if diagram.is_leaf(node):
            return _CLOSED if node == FAILS else (_WITH_ADVISER if node == ADVISER else 0, ())
        best = done.get(node)
        if best is None:
            level, children = nodes[node]
            now = codes[level]
            if now < 0:
                best = min(map(visit, set(children)))
            else:
                best, seen = visit(children[now]), {children[now]}
                for effort, then in moves.of(level, now):
                    # The easiest move to a child comes first: a second one to the same child is no better.
                    if children[then] not in seen and best[0] > PER_CHANGE:
                        seen.add(children[then])
                        cost, steps = visit(children[then])
                        best = min(best, (cost + PER_CHANGE + effort, ((level, then), *steps)))
            done[node] = best
        return best

    way = visit(root)
    return way if way[0] < _CLOSED[0] else None


def _moves(domain: Domain, now: int) -> tuple[tuple[int, int], ...]:
    effort, allowed = MOVES.get(domain.fact.name, (0, None))
    if allowed is None:
        return ()
    reachable = [
        then
        for then in domain.likely()
        if then != now and allowed(now, then) and domain.values[then] not in _NEVER_PROPOSED
    ]
    is_set = domain.fact.type is FactType.SET
    return tuple(sorted((effort * 10 + (0 if is_set else abs(then - now)), then) for then in reachable))
