"""What was asked before is answered from memory: the same, sooner, and never with what somebody told of themselves."""

from collections.abc import Callable

import pytest

from assistant.answering.pipeline import Answered
from assistant.answering.recent import Recent

Ask = Callable[..., Answered]


def test_the_same_question_gets_the_same_reply_with_an_id_of_its_own(ask: Ask) -> None:
    first, again = ask("Wat kost zo'n VOG?"), ask("wat  kost zo'n vog?")

    assert (first.repeated, again.repeated) == (False, True)
    assert again.reply.id != first.reply.id
    assert again.reply.model_copy(update={"id": ""}) == first.reply.model_copy(update={"id": ""})
    assert again.reply.citations
    assert (again.state, again.trace) == (first.state, first.trace)
    assert again.heard == "wat  kost zo'n vog?"
    assert "embed" not in again.took


@pytest.mark.parametrize("other", [{"region": "ldb"}, {"locale": "en"}])
def test_another_page_or_language_gets_an_answer_of_its_own(ask: Ask, other: dict[str, str]) -> None:
    ask("waar is het loket voor leraren?")

    assert not ask("waar is het loket voor leraren?", **other).repeated


def test_nothing_is_shared_once_somebody_told_something(ask: Ask) -> None:
    for _ in range(2):
        assert not ask("ik heb hbo verpleegkunde en ben 42", "wat kost de pabo per jaar?").repeated
        assert not ask("ik ben 42 en heb havo, wat kost de pabo per jaar?").repeated


def test_a_follow_up_is_found_only_after_the_same_question(ask: Ask) -> None:
    ask("wat verdient een leraar op de basisschool?", "en op het vo?")

    assert not ask("wat kost de pabo?", "en op het vo?").repeated


def test_what_was_not_asked_for_the_longest_is_let_go_of() -> None:
    recent = Recent[int](most=2)

    recent.keep("a", 1)
    recent.keep("b", 2)
    recent.find("a")
    recent.keep("c", 3)

    assert (recent.find("a"), recent.find("b"), recent.find("c")) == (1, None, 3)
    assert len(recent) == 2
