"""Several questions in one message: all are answered, as one reply."""

from collections.abc import Callable

from assistant.answering.answer import AnswerStatus
from assistant.answering.pipeline import Answered
from assistant.answering.reply import QuestionBlock, TextBlock

Ask = Callable[..., Answered]


def texts(answered: Answered) -> str:
    return "\n".join(block.text for block in answered.reply.blocks if isinstance(block, TextBlock))


def test_every_question_is_answered_in_the_order_in_which_it_was_asked(ask_full: Ask) -> None:
    answered = ask_full("wat kost de pabo en hoe lang duurt het?")

    told = texts(answered)
    assert "€ 2.694" in told
    assert "3 tot 4 jaar" in told
    assert told.index("€ 2.694") < told.index("3 tot 4 jaar")


def test_sources_are_numbered_through_and_none_twice(ask_full: Ask) -> None:
    answered = ask_full("wat kost de pabo, hoe lang duurt het en wat kost de pabo?")

    numbers = [citation.n for citation in answered.reply.citations]
    assert numbers == sorted(set(numbers))
    assert len({citation.record_id for citation in answered.reply.citations}) == len(numbers)
    assert all(f"[{n}]" in texts(answered) for n in numbers[:2])


def test_one_question_is_asked_back_at_most(ask_full: Ask) -> None:
    answered = ask_full("ik heb hbo en wil leraar worden, welke route past bij mij en wat verdien ik dan?")

    assert sum(isinstance(block, QuestionBlock) for block in answered.reply.blocks) <= 1
    asks = next((block.fact for block in answered.reply.blocks if isinstance(block, QuestionBlock)), None)
    assert answered.state.asked == asks


def test_what_is_told_counts_for_every_question(ask_full: Ask) -> None:
    answered = ask_full("ik ben 44 en woon in leiden. wat kost de pabo en welk loket kan mij helpen?")

    assert answered.state.profile.facts() == {"age": 44, "municipality": "leiden"}
    assert "leiden" in answered.reply.model_dump_json().lower()


def test_somebody_in_despair_is_helped_whatever_else_they_ask(ask: Ask) -> None:
    answered = ask("wat kost de pabo en hoe lang duurt het? ik wil niet meer leven")

    assert answered.reply.status is AnswerStatus.GUARDED_CRISIS
