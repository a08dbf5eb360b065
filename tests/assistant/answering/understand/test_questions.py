"""One message, several questions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.understand.questions import MOST_QUESTIONS, asking_part, split_questions


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        (
            "wat kost de pabo en hoe lang duurt het en krijg ik subsidie?",
            ("wat kost de pabo", "en hoe lang duurt het", "en krijg ik subsidie?"),
        ),
        (
            "Hoi! Ik ben kok en 44. Wat past bij mij? Moet ik dan stoppen met werken?",
            ("Hoi! Ik ben kok en 44. Wat past bij mij?", "Moet ik dan stoppen met werken?"),
        ),
        ("what does it cost and how long does it take?", ("what does it cost", "and how long does it take?")),
        ("waar kan dat, wanneer begint het", ("waar kan dat", "wanneer begint het")),
    ],
)
def test_each_question_is_found_and_what_is_told_stays_with_the_first(message: str, questions: tuple[str, ...]) -> None:
    assert split_questions(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "Wat is het verschil tussen zij-instroom en deeltijd pabo?",
        "kan ik zij-instromen of moet ik naar de pabo",
        "ik wil weten wat je doet en wat je leert op de pabo",
        "hoeveel verdient een leraar en een docent in het mbo",
        "wie betaalt de opleiding, ik of de school?",
        "ik heb mbo 4 en ben elektricien",
        "bedankt! en wat kost dat?",
        "",
    ],
)
def test_a_message_that_asks_one_thing_stays_whole(message: str) -> None:
    assert split_questions(message) == (message,)


def test_who_asks_very_much_is_still_heard_to_the_end() -> None:
    message = ", ".join(["wat kost dat"] * 9)

    found = split_questions(message)

    assert len(found) == MOST_QUESTIONS
    assert sum(part.count("wat kost dat") for part in found) == 9


@given(st.text(max_size=300))
def test_no_word_gets_lost(message: str) -> None:
    assert re.findall(r"\w", " ".join(split_questions(message))) == re.findall(r"\w", message)


@given(
    st.lists(st.sampled_from(["wat kost dat?", "hoe lang duurt het?", "ik ben 40.", "mag ik", "en", "krijg ik geld"]))
)
def test_splitting_twice_finds_no_more(parts: list[str]) -> None:
    for question in split_questions(" ".join(parts))[:-1]:
        assert split_questions(question) == (question,)


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("mijn buurvrouw weet het niet. is het geheim?", "is het geheim?"),
        ("werk al jaren in de zorg, wat schuift dat", "wat schuift dat"),
        ("is het geheim? want mijn buurvrouw mag het niet weten", "is het geheim?"),
        ("i am a baker, do i need a diploma", "do i need a diploma"),
        ("wat kost de pabo", ""),
        ("", ""),
    ],
)
def test_what_is_asked_is_told_apart_from_what_is_told(message: str, part: str) -> None:
    assert asking_part(message) == part
