"""Which question comes next."""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.flow import next_fact, next_question
from assistant.zelftest.order import FIRST
from knowledge.catalogue import Content
from knowledge.fact import FactValue
from knowledge.reader import ContentReader, publish
from knowledge.route import Route
from knowledge.rule import AllOf, AnyOf, Atom, Condition, Rule

TODAY = date(2026, 9, 1)
MakeRule = Callable[..., Rule]
Judged = Callable[..., Eligibility]
INCOME = {"fact": "needs_income", "is": True}


def knowing(**facts: FactValue) -> Profile:
    return Profile().with_facts(KnownFact(name=name, value=value, origin="chosen") for name, value in facts.items())


def asked(eligibility: Eligibility, profile: Profile) -> str | None:
    question = next_question(eligibility, profile)
    return question.fact if question else None


def test_the_fact_that_settles_most_routes_is_asked_first(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule({"fact": "statushouder", "is": True}, id="r1", route="route-a"),
        rule({"fact": "employer_commitment", "is": True}, id="r2", route="route-b"),
        rule({"fact": "employer_commitment", "is": True}, id="r3", route="route-c"),
    )

    found = next_question(engine, Profile())

    assert found is not None
    assert found.fact == "employer_commitment"
    assert found.decides == 2


def test_of_two_facts_that_settle_as_much_the_easiest_is_asked(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule({"fact": "work_experience_years", "at_least": 3}, id="r1", route="route-a"),
        rule({"fact": "previous_degree_in_education_or_care", "is": True}, id="r2", route="route-b"),
    )

    assert asked(engine, Profile()) == "previous_degree_in_education_or_care"


def test_a_fact_of_a_route_that_is_closed_already_is_not_asked(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule({"fact": "employer_commitment", "is": True}, id="r1"),
        rule({"fact": "dutch_level", "at_least": "B2"}, id="r2"),
    )

    assert asked(engine, knowing(employer_commitment=False)) is None
    assert asked(engine, knowing(employer_commitment=True)) == "dutch_level"


def test_a_question_that_the_visitor_could_not_answer_is_not_asked_again(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule({"fact": "employer_commitment", "is": True}, id="r1"),
        rule({"fact": "dutch_level", "at_least": "B2"}, id="r2"),
    )

    after = Profile().skipping("employer_commitment")

    assert asked(engine, after) == "dutch_level"
    assert asked(engine, after.skipping("dutch_level")) is None


def test_income_is_asked_only_when_it_can_change_the_order_and_after_what_decides(
    rule: MakeRule, judged: Judged
) -> None:
    salaried = rule(INCOME, id="r1", route="route-a", kind="preference", weight=-2)
    school = rule({"fact": "employer_commitment", "is": True}, id="r2", route="route-b")
    engine = judged(salaried, school)

    assert asked(engine, Profile()) == "employer_commitment"
    assert asked(engine, knowing(employer_commitment=True)) == "needs_income"
    assert asked(engine, knowing(employer_commitment=False)) is None


def test_a_preference_that_every_route_shares_is_not_asked(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        *(rule(INCOME, id=f"r-{route}", route=route, kind="preference", weight=2) for route in ("route-a", "route-b"))
    )

    assert asked(engine, Profile()) is None


def test_where_you_live_and_why_you_want_this_are_never_asked_here(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule({"fact": "diploma_field", "one_of": ["verpleegkunde"]}))

    assert asked(engine, Profile()) is None


def test_every_question_says_why_and_can_be_skipped(eligibility: Eligibility) -> None:
    for fact in eligibility.vocabulary.values():
        rest = {each.name for each in eligibility.vocabulary.values()} - {fact.name}
        profile = Profile(unknown=frozenset(rest))
        question = next_question(eligibility, profile)
        if question is not None:
            assert question.why
            assert question.options[-1].value is None


def test_the_subjects_offered_are_those_of_the_sectors_chosen(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule({"fact": "subject", "one_of": ["wiskunde"]}))

    question = next_question(engine, knowing(sector=frozenset({"po"})))

    assert question is not None
    subjects = engine.catalogue.subjects
    offered = [str(option.value) for option in question.options if option.value is not None]
    assert 0 < len(offered) < len(subjects)
    assert all("po" in subjects[each].sectors for each in offered)


PAPERS = ({"fact": "diploma_country", "is": "nederland"}, {"fact": "teaching_qualification", "is": "geen"})


def test_facts_that_are_usual_for_most_are_asked_for_in_one_question(rule: MakeRule, judged: Judged) -> None:
    engine = judged(*(rule(test, id=f"r{at}") for at, test in enumerate(PAPERS)))

    assert asked(engine, Profile()) == "situation"
    assert asked(engine, knowing(situation=frozenset({"geen-van-deze"}))) is None


def test_what_was_ticked_there_is_asked_for_by_itself(rule: MakeRule, judged: Judged) -> None:
    engine = judged(*(rule(test, id=f"r{at}") for at, test in enumerate(PAPERS)))

    assert asked(engine, knowing(situation=frozenset({"bevoegd"}))) == "teaching_qualification"
    assert asked(engine, knowing(situation=frozenset({"buitenlands-diploma"}))) is None


def test_who_cannot_answer_several_at_once_is_asked_one_by_one(rule: MakeRule, judged: Judged) -> None:
    engine = judged(*(rule(test, id=f"r{at}") for at, test in enumerate(PAPERS)))

    assert asked(engine, Profile().skipping("situation")) in ("diploma_country", "teaching_qualification")


def test_one_fact_that_is_left_is_asked_for_by_itself(rule: MakeRule, judged: Judged) -> None:
    engine = judged(*(rule(test, id=f"r{at}") for at, test in enumerate(PAPERS)))

    assert asked(engine, knowing(teaching_qualification="geen")) == "diploma_country"


def test_whether_a_diploma_matches_is_asked_of_who_said_the_subject(rule: MakeRule, judged: Judged) -> None:
    match = {"fact": "diploma_matches_subject", "is": "verwant"}
    engine = judged(
        rule(match, id="r1"), rule(match, id="r2", route="route-b"), rule({"fact": "subject", "one_of": ["groen"]})
    )

    assert asked(engine, Profile()) == "subject"
    assert asked(engine, knowing(subject="groen")) == "diploma_matches_subject"
    assert asked(engine, Profile().skipping("subject")) == "diploma_matches_subject"


# ---- every visitor of a small world

WORLD: Mapping[str, tuple[FactValue, ...]] = {
    "employer_commitment": (False, True),
    "diploma_country": ("nederland", "buitenland"),
    "age": (17, 21),
    "needs_income": (False, True),
}
DELIVERED = ContentReader().read()
TESTS: list[Condition] = [
    Atom.model_validate({"fact": "employer_commitment", "is": True}),
    Atom.model_validate({"fact": "diploma_country", "is": "nederland"}),
    Atom.model_validate({"fact": "age", "at_least": 21}),
    Atom.model_validate({"fact": "needs_income", "is": True}),
]


@st.composite
def engines(draw: st.DrawFn) -> Eligibility:
    """A few routes with a few rules each."""
    rules = []
    ids = ["route-a", "route-b", "route-c", "route-d", "route-e"][: draw(st.integers(2, 5))]
    for number in range(draw(st.integers(1, 8))):
        parts = tuple(draw(st.lists(st.sampled_from(TESTS), min_size=1, max_size=2)))
        kind = draw(st.sampled_from(["requirement", "exclusion", "preference"]))
        rules.append(
            Rule(
                id=f"regel-{number}",
                route=draw(st.sampled_from(ids)),
                kind=kind,
                statement="Een regel in een zin.",
                condition=draw(st.sampled_from([AllOf(all_of=parts), AnyOf(any_of=parts)])),
                otherwise="Doe dan dit.",
                needs_adviser=draw(st.sampled_from(["", "Dit bekijkt een mens."])) if kind != "preference" else "",
                weight=draw(st.sampled_from([-2, 1, 2])) if kind == "preference" else 0,
                sources=("een-bron",),
            )
        )
    roles = DELIVERED.facts[[fact.name for fact in DELIVERED.facts].index("role")].values()
    routes = tuple(
        Route.model_validate(
            {"id": id_, "title": id_, "summary": "Een route in een zin.", "roles": roles, "sources": ["een-bron"],
             "next_step": "Bel het loket."}
        )
        for id_ in ids
    )  # fmt: skip
    return Eligibility(publish(Content(records=routes, rules=tuple(rules), facts=DELIVERED.facts)), TODAY)


def everyone(profile: Profile) -> Iterator[dict[str, FactValue]]:
    """The facts of every visitor who told this much and cannot answer what was skipped."""
    told = profile.facts()
    open_ = [name for name in WORLD if name not in told and name not in profile.unknown]
    for values in product(*(WORLD[name] for name in open_)):
        yield {**told, **dict(zip(open_, values, strict=True))}


def shown(engine: Eligibility, facts: Mapping[str, FactValue]) -> tuple[object, ...]:
    """What a visitor is shown in the end: each verdict, which of the routes that remain come first, and the very first."""
    found = engine.verdicts(facts)
    verdicts = frozenset((each.route.id, each.verdict) for each in found)
    first = [each.route.id for each in found if each.verdict != "does_not_fit"][:FIRST]
    return verdicts, frozenset(first), tuple(first[:1])


def asked_for_in(engine: Eligibility, name: str) -> set[str]:
    """The facts that a question settles besides its own."""
    return {settled for option in engine.vocabulary[name].options for settled in option.left_out_means}


def matters(engine: Eligibility, profile: Profile, name: str) -> bool:
    """Whether two visitors who differ in this fact alone are shown something else."""
    by_others: dict[object, set[object]] = {}
    for facts in everyone(profile):
        others = tuple(sorted((other, str(value)) for other, value in facts.items() if other != name))
        by_others.setdefault(others, set()).add(shown(engine, facts))
    return any(len(each) > 1 for each in by_others.values())


profiles = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in WORLD.items()}).map(
    lambda facts: knowing(**facts)
)


@settings(max_examples=200, deadline=None)
@given(engines(), profiles)
def test_a_question_is_asked_exactly_if_some_answer_can_change_what_is_shown(
    engine: Eligibility, profile: Profile
) -> None:
    found = next_fact(engine, profile)

    can_matter = {name for name in WORLD if name not in profile.facts() and matters(engine, profile, name)}

    assert (found is None) == (not can_matter)
    assert found is None or found[0] in can_matter or len(asked_for_in(engine, found[0]) & can_matter) > 1


@settings(max_examples=100, deadline=None)
@given(engines(), profiles, st.sets(st.sampled_from(sorted(WORLD))))
def test_what_was_skipped_is_never_asked_and_leaves_no_idle_question_about_a_verdict(
    engine: Eligibility, profile: Profile, skipped: set[str]
) -> None:
    for name in skipped:
        profile = profile.skipping(name)
    found = next_fact(engine, profile)

    assert found is None or (found[0] not in profile.unknown and found[0] not in profile.facts())
    verdicts = {shown(engine, facts)[0] for facts in everyone(profile)}
    assert found is not None or len(verdicts) == 1


def test_each_answer_leaves_less_open_until_nothing_is(eligibility: Eligibility) -> None:
    draw = random.Random(20260901)  # noqa: S311 - a visitor, not a secret
    for _ in range(80):
        profile, open_ = Profile(), len(eligibility.vocabulary)
        while question := next_question(eligibility, profile):
            choices = [*eligibility.domains[eligibility.levels[question.fact]].values, None]
            value = draw.choice(choices)
            known = set(profile.facts()) | profile.unknown
            assert question.fact not in known
            profile = (
                profile.skipping(question.fact)
                if value is None
                else profile.with_facts(knowing(**{question.fact: value}).known)
            )
            open_ -= 1
            assert open_ >= 0
        for found in eligibility.verdicts(profile.facts()):
            for name in set(found.missing) - profile.unknown - {"diploma_field"}:
                values = eligibility.domains[eligibility.levels[name]].values
                learned = ({**profile.facts(), name: value} for value in values)
                assert {eligibility.verdict(found.route.id, facts).verdict for facts in learned} == {found.verdict}


def test_the_zelftest_begins_as_an_adviser_would_with_the_kind_of_school(eligibility: Eligibility) -> None:
    assert asked(eligibility, Profile()) == "sector"
    assert asked(eligibility, knowing(sector=frozenset({"po"}))) == "role"
