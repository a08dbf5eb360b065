"""Questions about years, totals and schemes together, answered from the money picture."""

from collections.abc import Callable

import pytest

from assistant.answering.answer import AnswerStatus
from assistant.answering.pipeline import Answered
from assistant.answering.reply import Reply

Ask = Callable[..., Answered]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("wat kost zij-instroom in het basisonderwijs mij per jaar?", "Je betaalt geen collegegeld"),
        ("wat kost de verkorte deeltijd pabo in totaal?", "Jaar 1"),
        ("what does zij-instroom in primary school cost me per year?", "You pay no tuition fee"),
    ],
)
def test_what_a_route_costs_me_is_told_year_by_year_with_citations(ask_full: Ask, question: str, said: str) -> None:
    reply = ask_full(question).reply

    assert reply.status is AnswerStatus.ANSWERED_RECORD
    money = next(block for block in reply.blocks if block.type == "money")
    assert said in _text(reply)
    assert all(line.citation is not None for line in money.lines)
    assert all(line.year for line in money.lines if any(char.isdigit() for char in line.amount))
    assert money.total


def test_what_the_visitor_told_decides_which_fee_is_named(ask_full: Ask) -> None:
    reply = ask_full(
        "ik heb hbo verpleegkunde in nederland en wil leraar worden in het basisonderwijs",
        "wat kost de verkorte deeltijd pabo mij in totaal?",
    ).reply

    money = next(block for block in reply.blocks if block.type == "money")
    assert any("Instellingscollegegeld" in line.label for line in money.lines)


def test_a_name_of_several_routes_gets_the_first_year_of_each_and_a_question(ask_full: Ask) -> None:
    reply = ask_full("wat kost zij-instroom mij per jaar?").reply

    assert reply.status is AnswerStatus.ASKED_CLARIFICATION
    assert "Je betaalt geen collegegeld" in _text(reply)
    assert any(block.type == "question" and block.fact == "sector" for block in reply.blocks)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("kan ik het levenlanglerenkrediet combineren met de tegemoetkoming leraren?", "Ja, het levenlanglerenkrediet"),
        ("mag ik de lerarenbeurs samen met de tegemoetkoming leraren gebruiken?", "gaan niet samen"),
        ("kan het levenlanglerenkrediet naast de lerarenbeurs?", "staat niet in onze bronnen"),
        ("can I combine the levenlanglerenkrediet with the tegemoetkoming leraren?", "Yes, you may use"),
    ],
)
def test_whether_two_schemes_go_together_is_told_or_said_to_be_unknown(ask_full: Ask, question: str, said: str) -> None:
    reply = ask_full(question).reply

    assert reply.status is AnswerStatus.ANSWERED_RECORD
    assert said in _text(reply)
    assert len(reply.citations) == 2


def _text(reply: Reply) -> str:
    return " ".join(block.text for block in reply.blocks if block.type == "text")
