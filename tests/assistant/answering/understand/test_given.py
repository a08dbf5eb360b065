"""Answers in words to the question that is open."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.answering.turn import Understood

Told = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("asked", "answer", "value"),
    [
        ("employer_commitment", "ja", True),
        ("employer_commitment", "Nee hoor", False),
        ("employer_commitment", "nog niet", False),
        ("statushouder", "no", False),
        ("age", "24", 24),
        ("age", "tweeënveertig", 42),
        ("hours_per_week", "24", 24),
        ("hours_per_week", "24 uur", 24),
        ("work_experience_years", "twaalf jaar", 12),
        ("diploma_level", "hbo", "hbo-bachelor"),
        ("diploma_level", "mbo 4", "mbo-4"),
        ("diploma_level", "geen", "geen"),
        ("diploma_country", "ja", "nederland"),
        ("diploma_country", "nee, in polen", "buitenland"),
        ("teaching_qualification", "nee", "geen"),
        ("teaching_qualification", "ja, pabo", "pabo"),
        ("diploma_matches_subject", "ja", "verwant"),
        ("diploma_matches_subject", "nee", "niet-verwant"),
        ("enrolled_in_teacher_training", "nee", "nee"),
        ("works_in_education", "nee", "nee"),
        ("sector", "de basisschool", frozenset({"po"})),
        ("situation", "nee", frozenset({"geen-van-deze"})),
        ("situation", "geen van deze dingen", frozenset({"geen-van-deze"})),
        ("situation", "ik moet geld verdienen terwijl ik leer", frozenset({"inkomen"})),
        ("sector", "mbo", frozenset({"mbo"})),
        ("municipality", "zoetemeer", "zoetermeer"),
        ("dutch_level", "b2", "B2"),
        ("subject", "wiskunde", "wiskunde"),
        ("role", "juf", "leraar"),
    ],
)
def test_a_short_answer_is_understood_by_the_question(told: Told, asked: str, answer: str, value: object) -> None:
    assert told(answer, asked=asked)[asked] == value


@pytest.mark.parametrize("answer", ["weet ik niet", "geen idee", "I don't know", "sla over", "dat weet ik nog niet"])
def test_not_knowing_is_an_answer_that_tells_nothing(understand: Callable[..., Understood], answer: str) -> None:
    understood = understand(answer, asked="employer_commitment")

    assert understood.skipped
    assert understood.facts == ()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("needs_income", "wat kost de pabo?"),
        ("age", "wat kost de pabo?"),
        ("age", "240"),
        ("age", "ik heb 24 uur per week"),
        ("diploma_level", "mbo"),
        ("teaching_qualification", "nee, ik bedoel po"),
        ("employer_commitment", "hoe vind ik een school?"),
    ],
)
def test_what_is_no_answer_leaves_the_question_open(told: Told, asked: str, message: str) -> None:
    assert asked not in told(message, asked=asked)


def test_mbo_without_a_level_is_not_taken_for_vmbo_nor_for_a_kind_of_school(told: Told) -> None:
    assert told("mbo", asked="diploma_level") == {}


def test_without_an_open_question_a_yes_tells_nothing(told: Told) -> None:
    assert told("ja") == {}
