"""From facts to routes with reasons, money and a next step."""

import json
import random
from collections.abc import Callable
from decimal import Decimal

from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.flow import next_fact
from assistant.zelftest.outcome import Outcome, newest
from assistant.zelftest.result import zelftest_result
from knowledge.fact import FactValue
from knowledge.money import Amount
from knowledge.route import Route
from knowledge.rule import Rule

MakeRule = Callable[..., Rule]
MakeRoute = Callable[..., Route]
Judged = Callable[..., Eligibility]
DEGREE = {"fact": "diploma_level", "one_of": ["hbo-bachelor"]}


def knowing(**facts: FactValue) -> Profile:
    return Profile().with_facts(KnownFact(name=name, value=value, origin="chosen") for name, value in facts.items())


def only(result: object) -> Outcome:
    [outcome] = result.outcomes  # type: ignore[attr-defined]
    return outcome


def test_a_refusal_tells_what_to_do_and_what_would_change_it(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, statement="Je hebt een hbo-diploma nodig.", otherwise="Haal eerst een hbo-diploma."))

    outcome = only(zelftest_result(engine, knowing(diploma_level="mbo-4")))

    assert outcome.verdict == "does_not_fit"
    [reason] = outcome.reasons
    assert (reason.text, reason.met, reason.fact) == (
        "Je hebt een hbo-diploma nodig. Haal eerst een hbo-diploma.",
        False,
        "diploma_level",
    )
    [change] = outcome.would_change
    assert (change.fact, change.value) == ("diploma_level", "hbo-bachelor")
    assert outcome.next_step == "Bel het loket."


def test_a_doubt_tells_why_a_person_has_to_look(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE, statement="Je hebt een hbo-diploma nodig.", needs_adviser="Dit bekijkt een mens."))

    outcome = only(zelftest_result(engine, knowing(diploma_level="mbo-4")))

    assert outcome.verdict == "ask_adviser"
    assert outcome.reasons[0].text == "Je hebt een hbo-diploma nodig. Dit bekijkt een mens."


def test_what_is_open_comes_before_what_is_met(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule(DEGREE, id="diploma"),
        rule({"fact": "dutch_level", "at_least": "B2"}, id="taal", statement="Je spreekt B2."),
    )

    outcome = only(zelftest_result(engine, knowing(diploma_level="hbo-bachelor")))

    assert [(reason.fact, reason.met) for reason in outcome.reasons] == [("dutch_level", None), ("diploma_level", True)]
    assert outcome.missing == ("dutch_level",)


def test_english_is_told_where_there_is_english_and_dutch_where_there_is_not(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule(DEGREE, id="diploma", statement_en="You need a degree."),
        rule({"fact": "age", "at_least": 18}, id="leeftijd", statement="Je bent volwassen."),
    )

    result = zelftest_result(engine, Profile(), "en")

    assert [reason.text for reason in only(result).reasons] == ["You need a degree.", "Je bent volwassen."]
    assert result.next_question is not None
    assert result.next_question.options[-1].label == "I do not know"


def test_a_preference_is_a_reason_only_when_it_speaks_for_the_visitor(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule({"fact": "needs_income", "is": True}, kind="preference", weight=2, statement="Je verdient."))

    assert only(zelftest_result(engine, knowing(needs_income=False))).reasons == ()
    assert only(zelftest_result(engine, knowing(needs_income=True))).reasons[0].text == "Je verdient."
    assert only(zelftest_result(engine, knowing(needs_income=True))).score == 2


def test_a_drawback_that_holds_speaks_against_a_route_that_fits(rule: MakeRule, judged: Judged) -> None:
    engine = judged(
        rule({"fact": "needs_income", "is": True}, kind="preference", weight=-2, statement="Je verdient niets.")
    )

    outcome = only(zelftest_result(engine, knowing(needs_income=True)))

    assert outcome.verdict == "fits"
    assert [(reason.text, reason.met) for reason in outcome.reasons] == [("Je verdient niets.", False)]


def test_facts_that_do_not_go_together_are_asked_about_and_judged_all_the_same(rule: MakeRule, judged: Judged) -> None:
    engine = judged(rule(DEGREE))

    result = zelftest_result(engine, knowing(diploma_level="geen", teaching_qualification="pabo"))

    assert result.doubts[0].facts == ("teaching_qualification", "diploma_level")
    assert only(result).verdict == "does_not_fit"


def test_only_the_newest_year_of_an_amount_is_told() -> None:
    old, calendar, new = (
        Amount(value=Decimal(value), per="studiejaar", year=year)
        for value, year in ((2601, "2025-2026"), (2650, "2026"), (2694, "2026-2027"))
    )

    assert newest((old, calendar, new)) == (calendar, new)
    assert newest(()) == ()


def test_when_nothing_fits_the_nearest_route_an_orientation_and_the_loket_are_named(
    rule: MakeRule, route: MakeRoute, judged: Judged
) -> None:
    engine = judged(rule(DEGREE), routes=(route(title="De pabo"),))

    advice = zelftest_result(engine, knowing(diploma_level="geen")).advice

    assert "De pabo" in advice
    assert "Bel het loket." in advice
    assert "adviseur" in advice


def test_no_visitor_is_left_without_a_next_step(eligibility: Eligibility) -> None:
    draw = random.Random(7)  # noqa: S311 - a visitor, not a secret
    for _ in range(100):
        profile = Profile()
        while found := next_fact(eligibility, profile):
            name = found[0]
            value = draw.choice([*eligibility.domains[eligibility.levels[name]].values, None])
            profile = profile.skipping(name) if value is None else profile.with_facts(knowing(**{name: value}).known)

        result = zelftest_result(eligibility, profile)
        assert result.complete
        assert result.outcomes[0].next_step
        assert "adviseur" in result.advice
        best = result.outcomes[0]
        assert best.verdict != "does_not_fit" or best.would_change


def test_every_outcome_of_the_delivered_content_explains_itself(eligibility: Eligibility) -> None:
    result = zelftest_result(eligibility, knowing(sector=frozenset({"po"}), role="leraar", diploma_level="mbo-4"))

    for outcome in result.outcomes:
        assert outcome.reasons, outcome.route
        assert all(reason.source for reason in outcome.reasons if reason.met is not None), outcome.route
        assert outcome.verdict != "does_not_fit" or outcome.reasons[0].met is False
        assert outcome.verdict != "possible" or outcome.reasons[0].met is None
    again = json.loads(result.model_dump_json())
    assert set(again) == {"next_question", "outcomes", "complete", "remaining", "doubts", "advice", "loket"}
