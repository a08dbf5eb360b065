"""What a visitor told."""

from collections.abc import Mapping

import pytest

from assistant.eligibility.profile import KnownFact, Profile, parse_facts
from knowledge.fact import Fact


def test_facts_from_json_get_their_own_types(vocabulary: Mapping[str, Fact]) -> None:
    profile = parse_facts({"sector": ["po", "so"], "age": 42, "needs_income": True}, vocabulary)

    assert profile.facts() == {"sector": frozenset({"po", "so"}), "age": 42, "needs_income": True}


def test_null_means_that_the_visitor_does_not_know(vocabulary: Mapping[str, Fact]) -> None:
    profile = parse_facts({"age": None}, vocabulary)

    assert profile.facts() == {}
    assert profile.unknown == {"age"}


def test_a_later_answer_replaces_an_earlier_one_and_a_skipped_question() -> None:
    first = Profile().skipping("age").with_facts([KnownFact(name="role", value="leraar", origin="said")])

    second = first.with_facts(
        [KnownFact(name="age", value=30, origin="chosen"), KnownFact(name="role", value="instructeur", origin="said")]
    )

    assert second.facts() == {"role": "instructeur", "age": 30}
    assert second.unknown == frozenset()


@pytest.mark.parametrize(
    "facts",
    [
        {"age": 3},
        {"age": 400},
        {"age": True},
        {"age": "42"},
        {"hours_per_week": 200},
        {"sector": []},
        {"sector": [{"po": 1}]},
        {"sector": ["po", "universiteit"]},
        {"diploma_level": "zwemdiploma"},
        {"needs_income": "ja"},
        {"schoenmaat": 43},
    ],
)
def test_an_impossible_value_is_refused_in_dutch(facts: dict[str, object], vocabulary: Mapping[str, Fact]) -> None:
    with pytest.raises(ValueError, match=r"Kies|Vul|Antwoord|Onbekend"):
        parse_facts(facts, vocabulary)


def test_a_profile_survives_json() -> None:
    profile = Profile().with_facts([KnownFact(name="sector", value=frozenset({"vo", "po"}), origin="said", words="vo")])

    again = Profile.model_validate_json(profile.model_dump_json())

    assert again == profile
