"""Which question comes next: the one that decides most between the routes still open."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, product

from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility, RouteVerdict
from assistant.zelftest.question import Question, question_about
from assistant.zelftest.shares import weights
from knowledge.fact import Fact, FactType, FactValue, Subject

_NEVER_ASKED = (FactType.MUNICIPALITY, FactType.TEXT)
"""No route hangs on where you live, and no rule can read free text."""
_MOST_COMPLETIONS = 4_096
"""With more ways than this to answer the rest, a preference is taken to matter without trying them all."""


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
    for route in eligibility.routes:
        outlook = eligibility.outlook(route.id, codes)
        for level in outlook.matters:
            touched[level] += 1
            expected[level] += outlook.settled_share(level, weights(eligibility.domains[level]))
    names = tuple(eligibility.vocabulary)
    return {names[level]: (expected[level], count) for level, count in touched.items()}


def _ordering(eligibility: Eligibility, profile: Profile) -> Mapping[str, tuple[float, int]]:
    """By fact that can change the order of routes with the same verdict: how many routes may change place, twice."""
    told = profile.facts()
    hidden = _hidden(eligibility, profile)
    asked = {name: fact for name, fact in eligibility.vocabulary.items() if name not in told and name not in hidden}
    moved: dict[str, set[str]] = defaultdict(set)
    remaining = [each for each in eligibility.verdicts(told) if each.verdict != "does_not_fit"]
    for one, two in combinations(remaining, 2):
        if one.verdict == two.verdict:
            for name in _decides_between(eligibility, one, two, asked, profile):
                moved[name] |= {one.route.id, two.route.id}
    return {name: (float(len(routes)), len(routes)) for name, routes in moved.items()}


def _decides_between(
    eligibility: Eligibility, one: RouteVerdict, two: RouteVerdict, asked: Mapping[str, Fact], profile: Profile
) -> Iterator[str]:
    """The facts of which some answer puts the first route above the second, and another the second above the first."""
    open_ = [
        name
        for name in asked
        if any(
            each.met is None and each.rule.kind == "preference" and name in each.rule.facts()
            for each in (*one.rules, *two.rules)
        )
    ]
    values = {name: eligibility.domains[eligibility.levels[name]].values for name in open_}

    def first_is_better(answers: Mapping[str, FactValue]) -> bool:
        facts = {**profile.facts(), **answers}
        mine, theirs = (eligibility.score(each.route.id, facts) for each in (one, two))
        return mine > theirs or (mine == theirs and one_wins_ties)

    one_wins_ties = (len(one.missing), one.route.title) < (len(two.missing), two.route.title)
    for name in open_:
        rest = [other for other in open_ if other != name]
        completions = 1
        for other in rest:
            completions *= len(values[other])
        if completions > _MOST_COMPLETIONS or any(
            len({first_is_better({name: value, **dict(zip(rest, others, strict=True))}) for value in values[name]}) > 1
            for others in product(*(values[other] for other in rest))
        ):
            yield name


def _hidden(eligibility: Eligibility, profile: Profile) -> frozenset[str]:
    """What will not be told: skipped, or never asked."""
    never = {name for name, fact in eligibility.vocabulary.items() if fact.type in _NEVER_ASKED}
    return (profile.unknown | never) - profile.facts().keys()
