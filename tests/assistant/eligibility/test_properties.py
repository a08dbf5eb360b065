"""What must hold for every set of rules, checked against trying every visitor there can be."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.change import MOVES
from assistant.eligibility.condition import compiled, evaluate, residual
from assistant.eligibility.engine import judge
from assistant.eligibility.verdict import Eligibility, RouteVerdict
from knowledge.catalogue import Catalogue, Content
from knowledge.fact import Fact, FactValue
from knowledge.reader import ContentReader, publish
from knowledge.route import Route
from knowledge.rule import AllOf, AnyOf, Atom, Condition, Not, Rule

TODAY = date(2026, 9, 1)
VOCABULARY: Mapping[str, Fact] = {str(fact.name): fact for fact in ContentReader().read().facts}
settings.register_profile("rules", max_examples=150, deadline=None)
settings.load_profile("rules")
VALUES: Mapping[str, tuple[FactValue, ...]] = {
    "employer_commitment": (False, True),
    "diploma_country": ("nederland", "buitenland"),
    "age": (17, 21, 40),
    "dutch_level": ("A2", "B1", "C1"),
    "sector": tuple(frozenset(each) for each in ({"po"}, {"vo"}, {"so"}, {"po", "vo"})),
}
"""A small world: the facts that the rules below look at, with one value for all that their tests cannot tell apart."""

Told = dict[str, FactValue]


def atoms_on(names: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    tests: dict[str, list[dict[str, Any]]] = {
        "employer_commitment": [{"is": True}, {"is": False}],
        "diploma_country": [{"one_of": ["nederland"]}, {"none_of": ["nederland"]}],
        "age": [{"at_least": 21}, {"at_most": 21}, {"is": 21}],
        "dutch_level": [{"at_least": "B2"}, {"at_most": "A2"}],
        "sector": [{"one_of": ["po"]}, {"none_of": ["vo"]}],
    }
    return st.sampled_from([Atom.model_validate({"fact": name, **test}) for name in names for test in tests[name]])


def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda given: AllOf(all_of=given)),
        several.map(lambda given: AnyOf(any_of=given)),
        parts.map(lambda given: Not.model_validate({"not": given})),
    )


conditions = st.recursive(atoms_on(tuple(VALUES)), joined, max_leaves=6)


@st.composite
def read_once(draw: st.DrawFn) -> Condition:
    """A condition that names each fact at most once."""
    names = draw(st.permutations(list(VALUES)))
    parts: list[Condition] = [draw(atoms_on((name,))) for name in names[: draw(st.integers(1, 4))]]
    while len(parts) > 1:
        one, two = parts.pop(), parts.pop()
        both: Condition = AllOf(all_of=(one, two)) if draw(st.booleans()) else AnyOf(any_of=(one, two))
        parts.insert(0, Not.model_validate({"not": both}) if draw(st.booleans()) else both)
    return parts[0]


told = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Rules of one route: some refuse, some need an adviser, some only order."""
    rules = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["requirement", "requirement", "exclusion", "preference"]))
        rules.append(
            Rule(
                id=f"regel-{number}",
                route="een-route",
                kind=kind,
                statement="Een regel in een zin.",
                condition=draw(conditions),
                otherwise="Doe dan dit.",
                needs_adviser=draw(st.sampled_from(["", "Dit moet een mens bekijken."]))
                if kind != "preference"
                else "",
                weight=draw(st.sampled_from([-2, 1, 3])) if kind == "preference" else 0,
                sources=("een-bron",),
            )
        )
    return tuple(rules)


def completions(facts: Told) -> Iterator[Told]:
    """Every visitor who could have told these facts so far."""
    open_ = [name for name in VALUES if name not in facts]
    for values in product(*(VALUES[name] for name in open_)):
        yield {**facts, **dict(zip(open_, values, strict=True))}


def outcomes(rules: tuple[Rule, ...]) -> Callable[[Told], str]:
    """The verdict of one who told everything, by the definition and nothing else."""
    hard = [(rule, compiled(rule.condition, VOCABULARY).truth) for rule in rules if rule.kind != "preference"]

    def outcome(facts: Told) -> str:
        refusing = [rule for rule, holds in hard if holds(facts) is (rule.kind == "exclusion")]
        if any(not rule.needs_adviser for rule in refusing):
            return "does_not_fit"
        return "ask_adviser" if refusing else "fits"

    return outcome


def mattering(says: Callable[[Told], object], facts: Told) -> set[str]:
    """The facts not told of which some visitor's answer makes a difference to what is said."""
    everyone = {tuple(sorted(each.items(), key=lambda item: item[0])): says(each) for each in completions(facts)}
    found = set()
    for name in VALUES.keys() - facts.keys():
        others: dict[object, set[object]] = {}
        for items, said in everyone.items():
            others.setdefault(tuple(item for item in items if item[0] != name), set()).add(said)
        if any(len(said) > 1 for said in others.values()):
            found.add(name)
    return found


def verdict(rules: tuple[Rule, ...], facts: Told) -> RouteVerdict:
    return engine(rules).verdict("een-route", facts)


def engine(rules: tuple[Rule, ...]) -> Eligibility:
    route = Route(
        id="een-route",
        title="Een route",
        summary="Een route in een zin.",
        roles=tuple(VOCABULARY["role"].values()),
        sources=("een-bron",),
        next_step="Bel het loket.",
    )
    catalogue: Catalogue = publish(Content(records=(route,), rules=rules, facts=tuple(VOCABULARY.values())))
    return Eligibility(catalogue, TODAY)


@given(conditions, told)
def test_a_condition_that_is_decided_is_so_for_every_visitor_it_may_be(condition: Condition, facts: Told) -> None:
    truth = evaluate(condition, facts, VOCABULARY)

    found = {evaluate(condition, each, VOCABULARY) for each in completions(facts)}

    assert truth is None or found == {truth}


@given(read_once(), told)
def test_a_condition_that_names_each_fact_once_is_open_only_if_visitors_differ(
    condition: Condition, facts: Told
) -> None:
    truth = evaluate(condition, facts, VOCABULARY)

    found = {evaluate(condition, each, VOCABULARY) for each in completions(facts)}

    assert found == ({truth} if truth is not None else {True, False})


@given(read_once(), told)
def test_the_facts_that_are_missing_are_the_facts_that_matter(condition: Condition, facts: Told) -> None:
    missing = residual(condition, facts, VOCABULARY)

    assert missing == mattering(compiled(condition, VOCABULARY).truth, facts)


@given(conditions, conditions, told)
def test_de_morgan_holds_in_three_values(one: Condition, two: Condition, facts: Told) -> None:
    def not_(part: Condition) -> Condition:
        return Not.model_validate({"not": part})

    both, either = AllOf(all_of=(one, two)), AnyOf(any_of=(one, two))

    assert evaluate(not_(both), facts, VOCABULARY) is evaluate(AnyOf(any_of=(not_(one), not_(two))), facts, VOCABULARY)
    assert evaluate(not_(either), facts, VOCABULARY) is evaluate(
        AllOf(all_of=(not_(one), not_(two))), facts, VOCABULARY
    )


@given(rule_sets(), told, told)
def test_learning_a_fact_never_opens_or_turns_a_decided_rule(
    rules: tuple[Rule, ...], facts: Told, learned: Told
) -> None:
    before = judge(rules, facts, TODAY, VOCABULARY)

    after = judge(rules, {**learned, **facts}, TODAY, VOCABULARY)

    assert all(old.met is None or old == new for old, new in zip(before, after, strict=True))


@given(rule_sets(), told, told)
def test_learning_a_fact_never_changes_a_final_verdict(rules: tuple[Rule, ...], facts: Told, learned: Told) -> None:
    before = verdict(rules, facts).verdict

    after = verdict(rules, {**learned, **facts}).verdict

    assert before not in ("fits", "does_not_fit") or after == before


@given(rule_sets(), told, st.randoms(use_true_random=False))
def test_the_order_of_the_rules_changes_nothing(rules: tuple[Rule, ...], facts: Told, random: Any) -> None:
    shuffled = list(rules)
    random.shuffle(shuffled)

    one, two = verdict(rules, facts), verdict(tuple(shuffled), facts)

    assert (one.verdict, one.missing, one.score) == (two.verdict, two.missing, two.score)
    assert [each.fact for each in one.changes] == [each.fact for each in two.changes]
    assert {each.rule.id: each.met for each in one.rules} == {each.rule.id: each.met for each in two.rules}


@given(rule_sets(), told)
def test_a_verdict_is_what_every_visitor_it_may_be_gets_and_possible_if_only_some_fit(
    rules: tuple[Rule, ...], facts: Told
) -> None:
    found = {outcomes(rules)(each) for each in completions(facts)}

    expected = (
        "fits"
        if found == {"fits"}
        else "possible"
        if "fits" in found
        else "ask_adviser"
        if "ask_adviser" in found
        else "does_not_fit"
    )
    assert verdict(rules, facts).verdict == expected


@given(rule_sets(), told)
def test_a_fact_is_missing_from_a_route_exactly_if_it_can_change_the_verdict(
    rules: tuple[Rule, ...], facts: Told
) -> None:
    missing = verdict(rules, facts).missing

    matters = mattering(outcomes(rules), facts)
    assert list(missing) == [name for name in VOCABULARY if name in matters]


@settings(max_examples=100)
@given(rule_sets(), st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}))
def test_the_changes_of_a_route_that_does_not_fit_are_the_fewest_that_open_it(
    rules: tuple[Rule, ...], facts: Told
) -> None:
    found = verdict(rules, facts)
    if found.verdict != "does_not_fit":
        assert found.changes == ()
        return

    reachable = {
        name: [value for value in VALUES[name] if name in MOVES and may_become(name, facts[name], value)]
        for name in VALUES
    }
    outcome = outcomes(rules)
    sizes = [
        size
        for size in range(1, len(VALUES) + 1)
        for names in combinations(VALUES, size)
        for values in product(*(reachable[name] for name in names))
        if outcome({**facts, **dict(zip(names, values, strict=True))}) != "does_not_fit"
    ]

    assert len(found.changes) == min(sizes, default=0)
    if found.changes:
        changed = {**facts, **{each.fact: each.value for each in found.changes}}
        assert outcome(changed) != "does_not_fit"


def may_become(name: str, now: FactValue, then: FactValue) -> bool:
    """What a person can change in this small world: find a school, learn Dutch, choose one sector."""
    if name == "sector":
        return isinstance(then, frozenset) and len(then) == 1 and then != now
    return VALUES[name].index(then) > VALUES[name].index(now)
