"""Which question comes next: the one that decides most between the routes still open."""

from collections import defaultdict
from collections.abc import Mapping

from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.order import orders
from assistant.zelftest.question import Question, question_about
from assistant.zelftest.shares import weights
from knowledge.fact import FactType, Subject

_NEVER_ASKED = (FactType.MUNICIPALITY, FactType.TEXT)
"""No route hangs on where you live, and no rule can read free text."""


def next_question(eligibility: Eligibility, profile: Profile, locale: str = "nl") -> Question | None:
    """
    The question whose answer is expected to settle most routes; None if no answer can change anything.

    A fact that is known or skipped is not asked. A fact that only orders routes comes after those that decide.
    """
    found = next_fact(eligibility, profile)
    if found is None:
        return None
    name, decides = found
    fact = eligibility.vocabulary[name]
    return question_about(fact, subjects_for(eligibility, profile), locale, decides)


def next_fact(eligibility: Eligibility, profile: Profile) -> tuple[str, int] | None:
    """The fact to ask for, and for how many routes its answer can change something; None if there is no such fact."""
    found = _deciding(eligibility, profile) or _ordering(eligibility, profile)
    if not found:
        return None
    names = list(eligibility.vocabulary)

    def rank(name: str) -> tuple[float, int, int]:
        expected, _routes = found[name]
        return -round(expected, 6), eligibility.vocabulary[name].effort, names.index(name)

    best = min(found, key=rank)
    return best, found[best][1]


def subjects_for(eligibility: Eligibility, profile: Profile) -> tuple[Subject, ...]:
    """The subjects taught in the sectors that the visitor chose; all of them if none is chosen."""
    sector = profile.facts().get("sector")
    chosen = sector if isinstance(sector, frozenset) else frozenset()
    subjects = tuple(eligibility.catalogue.subjects.values())
    return tuple(each for each in subjects if not chosen or not chosen.isdisjoint(each.sectors))


def _deciding(eligibility: Eligibility, profile: Profile) -> Mapping[str, tuple[float, int]]:
    """By fact that can change a verdict: how many routes its answer is expected to settle, and how many it touches."""
    codes = eligibility.codes(profile.facts(), hidden=_hidden(eligibility, profile))
    expected: dict[int, float] = defaultdict(float)
    touched: dict[int, int] = defaultdict(int)
    diagram = eligibility.diagram
    for node in eligibility.ahead(codes):
        for level in diagram.matters[node]:
            touched[level] += 1
            shares = zip(weights(eligibility.domains[level]), diagram.branches(node, level), strict=False)
            expected[level] += sum(share for share, left in shares if diagram.is_leaf(left))
    names = tuple(eligibility.vocabulary)
    return {names[level]: (expected[level], count) for level, count in touched.items()}


def _ordering(eligibility: Eligibility, profile: Profile) -> Mapping[str, tuple[float, int]]:
    """By fact that can change which routes are put first: how many routes it moves, twice."""
    told = profile.facts()
    hidden = _hidden(eligibility, profile)
    askable = [name for name in eligibility.vocabulary if name not in told and name not in hidden]
    return {name: (float(moved), moved) for name, moved in orders(eligibility, told, askable).items()}


def _hidden(eligibility: Eligibility, profile: Profile) -> frozenset[str]:
    """What will not be told: skipped, or never asked."""
    never = {name for name, fact in eligibility.vocabulary.items() if fact.type in _NEVER_ASKED}
    return (profile.unknown | never) - profile.facts().keys()
