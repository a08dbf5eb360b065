"""Dutch or English."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.understand.language import language_of
from assistant.answering.understand.text import Text


@pytest.mark.parametrize(
    "message",
    [
        "what does it cost to become a teacher?",
        "I have a degree and want to teach",
        "can I visit a school",
        "how long is it",
        "what is a vog?",
    ],
)
def test_an_english_question_is_english_in_a_dutch_conversation(message: str) -> None:
    assert language_of(Text(message), "nl") == "en"


@pytest.mark.parametrize(
    "message",
    ["wat kost het om leraar te worden?", "ik heb een diploma en wil voor de klas", "kan ik een dag meelopen"],
)
def test_a_dutch_question_is_dutch_in_an_english_conversation(message: str) -> None:
    assert language_of(Text(message), "en") == "nl"


@pytest.mark.parametrize("message", ["po", "42", "pabo", "", "hbo ict", "school"])
@pytest.mark.parametrize("usual", ["nl", "en"])
def test_words_of_no_language_keep_the_language_of_the_conversation(message: str, usual: Literal["nl", "en"]) -> None:
    assert language_of(Text(message), usual) == usual


@given(st.text(max_size=200), st.sampled_from(["nl", "en"]))
def test_any_text_has_a_language(message: str, usual: Literal["nl", "en"]) -> None:
    assert language_of(Text(message), usual) in ("nl", "en")
