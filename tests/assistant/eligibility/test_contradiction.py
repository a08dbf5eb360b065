"""What cannot both be true."""

from collections.abc import Mapping

import pytest

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.entailed import Entailment
from assistant.eligibility.profile import parse_facts
from knowledge.fact import Fact


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"teaching_qualification": "pabo", "diploma_level": "geen"}, {"teaching_qualification", "diploma_level"}),
        ({"diploma_level": "havo", "previous_degree_in_education_or_care": True}, {"diploma_level"}),
        ({"teaching_qualification": "pabo", "previous_degree_in_education_or_care": False}, set()),
        ({"diploma_level": "geen", "diploma_matches_subject": "verwant"}, {"diploma_matches_subject"}),
        ({"age": 14, "diploma_level": "wo-master"}, {"age", "diploma_level"}),
        ({"age": 25, "work_experience_years": 20}, {"age", "work_experience_years"}),
        ({"age": 19, "diploma_level": "phd"}, {"age", "diploma_level"}),
        ({"age": 16, "teaching_qualification": "pabo"}, {"age", "teaching_qualification"}),
        ({"age": 15, "works_in_education": "leraar"}, {"age", "works_in_education"}),
        ({"role": "instructeur", "sector": ["po", "so"]}, {"role", "sector"}),
        ({"diploma_level": "geen", "diploma_field": "economie"}, {"diploma_level", "diploma_field"}),
        ({"hours_per_week": 80}, {"hours_per_week"}),
        ({"hours_per_week": 0}, {"hours_per_week"}),
        ({"hours_per_week": 56, "works_in_education": "leraar"}, {"hours_per_week", "works_in_education"}),
        ({"situation": ["geen-van-deze", "bevoegd"]}, {"situation"}),
    ],
)
def test_facts_that_do_not_go_together_are_asked_about(
    facts: dict[str, object], named: set[str], vocabulary: Mapping[str, Fact]
) -> None:
    [found] = contradictions(parse_facts(facts, vocabulary))

    assert named <= set(found.facts) <= facts.keys()
    assert found.text.endswith("?")
    assert found.text_en.endswith("?")


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"teaching_qualification": "pdg", "diploma_level": "mbo-4"},
        {"teaching_qualification": "buitenlands", "diploma_level": "mbo-4"},
        {"teaching_qualification": "eerstegraads", "diploma_level": "hbo-bachelor", "age": 22},
        {"age": 19, "diploma_level": "havo", "work_experience_years": 3},
        {"age": None, "work_experience_years": 40},
        {"role": "instructeur", "sector": ["po", "mbo"]},
        {"hours_per_week": 40, "works_in_education": "leraar"},
    ],
)
def test_unusual_but_possible_facts_are_left_alone(facts: dict[str, object], vocabulary: Mapping[str, Fact]) -> None:
    assert contradictions(parse_facts(facts, vocabulary)) == ()


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"situation": ["geen-van-deze"], "teaching_qualification": "pabo"}, {"situation", "teaching_qualification"}),
        ({"situation": ["buitenlands-diploma"], "diploma_country": "nederland"}, {"situation", "diploma_country"}),
        ({"diploma_level": "havo", "diploma_matches_subject": "verwant"}, {"diploma_level", "diploma_matches_subject"}),
    ],
)
def test_an_answer_that_denies_what_follows_from_another_is_asked_about(
    facts: dict[str, object], named: set[str], vocabulary: Mapping[str, Fact]
) -> None:
    profile = parse_facts(facts, vocabulary)

    [found] = contradictions(profile, Entailment(vocabulary))

    assert set(found.facts) == named
    assert found.text.endswith("?")
