"""Routes judged for one visitor."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.eligibility.engine import Met, Open, Unmet
from assistant.eligibility.verdict import Eligibility
from knowledge.route import Route
from knowledge.rule import Rule

MakeRule = Callable[..., Rule]
MakeRoute = Callable[..., Route]
Judged = Callable[..., Eligibility]
DEGREE = {"fact": "diploma_level", "one_of": ["hbo-bachelor", "wo-master"]}
DUTCH = {"fact": "dutch_level", "at_least": "B2"}
ENROLLED = {"fact": "enrolled_in_teacher_training", "one_of": ["nu", "laatste-twee-jaar"]}


def test_a_route_fits_when_every_rule_is_met_and_nothing_is_excluded(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, id="diploma"), rule(ENROLLED, id="ingeschreven", kind="exclusion"))

    found = engine.verdict("een-route", {"diploma_level": "wo-master", "enrolled_in_teacher_training": "nee"})

    assert found.verdict == "fits"
    assert [type(each) for each in found.rules] == [Met, Met]
    assert found.missing == ()
    assert found.changes == ()


def test_a_route_is_possible_while_something_that_matters_is_open(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, id="diploma"), rule(DUTCH, id="taal"))

    found = engine.verdict("een-route", {"diploma_level": "wo-master"})

    assert found.verdict == "possible"
    assert found.missing == ("dutch_level",)
    assert [each.rule.id for each in found.deciding()] == ["taal"]


def test_one_rule_that_refuses_decides_whatever_is_still_open(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, id="diploma"), rule(DUTCH, id="taal"))

    found = engine.verdict("een-route", {"diploma_level": "havo"})

    assert found.verdict == "does_not_fit"
    assert found.missing == ()
    assert found.deciding() == (Unmet(engine.rules("een-route")[0]),)
    assert isinstance(found.rules[1], Open)


def test_a_rule_that_needs_an_adviser_never_refuses(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, id="diploma"), rule(DUTCH, id="taal", needs_adviser="Dit bekijkt een mens."))

    found = engine.verdict("een-route", {"diploma_level": "wo-master", "dutch_level": "A2"})

    assert found.verdict == "ask_adviser"
    assert [each.rule.id for each in found.deciding()] == ["taal"]


def test_a_refusal_weighs_more_than_a_doubt(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, id="diploma"), rule(DUTCH, id="taal", needs_adviser="Dit bekijkt een mens."))

    found = engine.verdict("een-route", {"diploma_level": "havo", "dutch_level": "A2"})

    assert found.verdict == "does_not_fit"


def test_a_doubt_that_may_still_become_a_refusal_says_what_is_open(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, id="diploma"), rule(DUTCH, id="taal", needs_adviser="Dit bekijkt een mens."))

    found = engine.verdict("een-route", {"dutch_level": "A2"})

    assert found.verdict == "ask_adviser"
    assert found.missing == ("diploma_level",)


def test_a_preference_orders_routes_and_never_refuses(rule: MakeRule, judged: Judged) -> None:
    income = {"fact": "needs_income", "is": True}
    engine = judged(
        rule(income, id="a-inkomen", route="route-a", kind="preference", weight=-3),
        rule(income, id="b-inkomen", route="route-b", kind="preference", weight=2),
    )

    found = engine.verdicts({"needs_income": True})

    assert [(each.route.id, each.verdict, each.score) for each in found] == [
        ("route-b", "fits", 2),
        ("route-a", "fits", -3),
    ]
    assert engine.verdicts({})[0].missing == ()


def test_the_best_verdict_comes_first_and_what_does_not_fit_by_how_near_it_is(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule({"fact": "age", "at_most": 20}, id="r1", route="te-oud"),
        rule({"fact": "teaching_qualification", "is": "pabo"}, id="r2", route="ver"),
        rule({"fact": "employer_commitment", "is": True}, id="r3", route="dichtbij"),
        rule(DUTCH, id="r4", route="adviseur", needs_adviser="Dit bekijkt een mens."),
        rule(DEGREE, id="r5", route="open"),
        rule({"fact": "age", "at_least": 21}, id="r6", route="past"),
    )

    found = engine.verdicts(
        {"age": 30, "teaching_qualification": "geen", "employer_commitment": False, "dutch_level": "A2"}
    )

    assert [each.route.id for each in found] == ["past", "open", "adviseur", "dichtbij", "ver", "te-oud"]


def test_a_route_asks_for_its_own_sector_and_job_in_plain_words(route: MakeRoute, judged: Judged) -> None:
    engine = judged(routes=(route(sectors=["po", "so"], roles=["leraar", "vakleerkracht"]),))

    sector, role = engine.rules("een-route")

    assert sector.statement == "Deze route is voor basisonderwijs of speciaal onderwijs."
    assert role.statement_en == "This route leads to work as teacher or specialist teacher (PE, music, arts)."
    assert sector.sources == ("een-bron",)
    assert engine.verdict("een-route", {"sector": frozenset({"vo", "so"}), "role": "leraar"}).verdict == "fits"
    assert engine.verdict("een-route", {"sector": frozenset({"vo"})}).verdict == "does_not_fit"


def test_a_route_for_everyone_asks_for_nothing(route: MakeRoute, judged: Judged) -> None:
    engine = judged(routes=(route(sectors=["po", "so", "vo", "mbo"]),))

    assert engine.rules("een-route") == ()
    assert engine.verdict("een-route", {}).verdict == "fits"


def test_routes_and_rules_of_another_day_do_not_count(rule: MakeRule, route: MakeRoute, judged: Judged) -> None:
    degree = rule(DEGREE, valid_until=date(2026, 1, 1))
    gone = route("verdwenen", valid_until=date(2026, 1, 1))

    engine = judged(degree, routes=(route(), gone))

    assert engine.rules("een-route") == ()
    with pytest.raises(KeyError):
        engine.verdict("verdwenen", {})


def test_the_nearest_change_is_the_smallest_step_and_says_what_to_do(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, otherwise="Haal eerst een hbo-diploma.", otherwise_en="First get a degree."))

    [change] = engine.verdict("een-route", {"diploma_level": "mbo-4"}).changes

    assert (change.fact, change.value) == ("diploma_level", "hbo-bachelor")
    assert change.text == "Hoogste diploma: Hbo-bachelor. Haal eerst een hbo-diploma."
    assert change.text_en == "Highest diploma: Hbo bachelor. First get a degree."


def test_an_easy_change_is_named_before_a_hard_one(rule: MakeRule, judged: Judged) -> None:
    school_or_degree = {"any_of": [{"fact": "employer_commitment", "is": True}, DEGREE]}
    engine = judged(rule(school_or_degree))

    [change] = engine.verdict("een-route", {"diploma_level": "havo", "employer_commitment": False}).changes

    assert change.fact == "employer_commitment"


def test_what_nobody_can_change_is_never_proposed(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule({"fact": "age", "at_most": 20}, id="leeftijd"),
        rule({"fact": "diploma_level", "is": "havo"}, id="diploma", route="lager"),
        rule({"fact": "diploma_country", "is": "nederland"}, id="land", route="land"),
    )

    found = engine.verdicts({"age": 40, "diploma_level": "wo-master", "diploma_country": "buitenland"})

    assert {each.verdict for each in found} == {"does_not_fit"}
    assert [each.changes for each in found] == [(), (), ()]


def test_two_changes_are_given_together_when_one_is_not_enough(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, id="diploma"), rule(DUTCH, id="taal"))

    changes = engine.verdict("een-route", {"diploma_level": "havo", "dutch_level": "B1"}).changes

    assert {(each.fact, each.value) for each in changes} == {("diploma_level", "hbo-bachelor"), ("dutch_level", "B2")}


def test_free_text_counts_whatever_its_capitals(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule({"fact": "diploma_field", "one_of": ["psychologie", "sociologie"]}))

    assert engine.verdict("een-route", {"diploma_field": "Sociologie"}).verdict == "fits"
    assert engine.verdict("een-route", {"diploma_field": "Bouwkunde"}).verdict == "does_not_fit"


def test_one_hard_change_is_fewer_than_two_easy_ones(rule: MakeRule, judged: Judged) -> None:
    easy = {"all_of": [{"fact": "employer_commitment", "is": True}, DUTCH]}
    engine = judged(rule({"any_of": [{"fact": "teaching_qualification", "is": "pabo"}, easy]}))

    changes = engine.verdict(
        "een-route", {"teaching_qualification": "geen", "employer_commitment": False, "dutch_level": "B1"}
    ).changes

    assert [each.fact for each in changes] == ["teaching_qualification"]
