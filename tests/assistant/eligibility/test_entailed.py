"""What follows from what was told."""

from collections.abc import Callable, Mapping

import pytest

from assistant.eligibility.entailed import Entailment, agreeing_answer
from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.verdict import Eligibility
from knowledge.fact import Fact, FactValue
from knowledge.rule import Rule

NONE = frozenset({"geen-van-deze"})


@pytest.mark.parametrize(
    ("told", "follows"),
    [
        ({"diploma_level": "geen"}, {"diploma_matches_subject": "niet-verwant"}),
        ({"diploma_level": "mbo-4"}, {"previous_degree_in_education_or_care": False}),
        ({"teaching_qualification": "pabo"}, {"previous_degree_in_education_or_care": True}),
        ({"situation": NONE}, {"teaching_qualification": "geen", "diploma_country": "nederland"}),
        ({"situation": NONE}, {"dutch_level": "moedertaal", "works_in_education": "nee"}),
        ({"situation": frozenset({"buitenlands-diploma"})}, {"diploma_country": "buitenland"}),
    ],
)
def test_what_follows_need_not_be_told(
    told: dict[str, FactValue], follows: dict[str, FactValue], vocabulary: Mapping[str, Fact]
) -> None:
    known = Entailment(vocabulary).completed(told)

    assert follows.items() <= known.items()
    assert told.items() <= known.items()


def test_what_is_ticked_is_left_to_be_asked(vocabulary: Mapping[str, Fact]) -> None:
    known = Entailment(vocabulary).completed({"situation": frozenset({"bevoegd", "andere-taal"})})

    assert not {"teaching_qualification", "dutch_level"} & known.keys()
    assert known["works_in_education"] == "nee"


def test_what_was_told_itself_stays_as_it_was_told(vocabulary: Mapping[str, Fact]) -> None:
    known = Entailment(vocabulary).completed({"situation": NONE, "teaching_qualification": "pabo"})

    assert known["teaching_qualification"] == "pabo"


def test_a_rule_is_judged_on_what_follows(rule: Callable[..., Rule], judged: Callable[..., Eligibility]) -> None:
    engine = judged(rule({"fact": "teaching_qualification", "is": "geen"}))

    found = engine.verdict("een-route", {"situation": NONE})

    assert found.verdict == "fits"


def test_somebody_ticks_what_is_not_usual(vocabulary: Mapping[str, Fact]) -> None:
    facts: dict[str, FactValue] = {"teaching_qualification": "geen", "dutch_level": "B1"}

    assert agreeing_answer(vocabulary["situation"], facts, vocabulary) == {"andere-taal"}
    assert agreeing_answer(vocabulary["situation"], {"works_in_education": "nee"}, vocabulary) == NONE
    assert agreeing_answer(vocabulary["situation"], {"age": 40}, vocabulary) is None
    assert agreeing_answer(vocabulary["role"], facts, vocabulary) is None


def test_the_answer_that_agrees_entails_nothing_else_than_what_is_known(vocabulary: Mapping[str, Fact]) -> None:
    facts: dict[str, FactValue] = {
        "teaching_qualification": "tweedegraads",
        "diploma_country": "buitenland",
        "dutch_level": "C1",
        "works_in_education": "nee",
        "employer_commitment": True,
        "needs_income": False,
    }

    answer = agreeing_answer(vocabulary["situation"], facts, vocabulary)

    assert answer is not None
    assert Entailment(vocabulary).completed({"situation": answer}).items() <= {"situation": answer, **facts}.items()


def told(**facts: FactValue) -> Profile:
    return Profile().with_facts(KnownFact(name=name, value=value, origin="chosen") for name, value in facts.items())


def test_an_answer_that_is_changed_keeps_all_others(vocabulary: Mapping[str, Fact]) -> None:
    before = told(sector=frozenset({"po"}), role="leraar", diploma_level="mbo-4", age=42).skipping("dutch_level")

    after = Entailment(vocabulary).changed(before, KnownFact(name="sector", value=frozenset({"vo"}), origin="chosen"))

    assert after.facts() == {**before.facts(), "sector": frozenset({"vo"})}
    assert after.unknown == {"dutch_level"}


def test_what_was_told_because_of_an_answer_goes_with_it(vocabulary: Mapping[str, Fact]) -> None:
    before = told(situation=frozenset({"bevoegd"}), teaching_qualification="pabo", diploma_level="hbo-bachelor")

    after = Entailment(vocabulary).changed(before, KnownFact(name="situation", value=NONE, origin="chosen"))

    assert after.facts() == {"situation": NONE, "diploma_level": "hbo-bachelor"}


def test_a_first_answer_takes_no_other_ones_place(vocabulary: Mapping[str, Fact]) -> None:
    before = told(teaching_qualification="pabo")

    after = Entailment(vocabulary).changed(before, KnownFact(name="situation", value=NONE, origin="chosen"))

    assert after.facts() == {"teaching_qualification": "pabo", "situation": NONE}


def test_what_matters_no_more_is_kept_and_decides_nothing(eligibility: Eligibility) -> None:
    vo = told(sector=frozenset({"vo"}), role="leraar", subject="natuurkunde", diploma_matches_subject="verwant")
    change = KnownFact(name="sector", value=frozenset({"po"}), origin="chosen")

    po = eligibility.entailment.changed(vo, change)

    assert po.facts()["subject"] == "natuurkunde"
    plain = told(sector=frozenset({"po"}), role="leraar")
    po_routes = [route.id for route in eligibility.routes if set(route.sectors) == {"po", "so"}]
    for route in po_routes:
        kept, never_told = (eligibility.verdict(route, each.facts()).verdict for each in (po, plain))
        assert never_told in (kept, "possible"), route
