"""Conversations are scored turn by turn: what came, what is known after it, and what was asked."""

from typing import Any

import pytest
from pydantic import ValidationError

from evaluation.casebook import Casebook, read_casebook
from evaluation.conversation import Conversation
from evaluation.dialogue.evaluate import evaluate, faults_of
from evaluation.dialogue.generate import Talked, TalkTurn

FILLED = [{"text": "en verder?"}] * 4


def _conversation(*turns: dict[str, Any], id_: str = "gesprek") -> Conversation:
    return Conversation.model_validate(
        {
            "id": id_, "topic": "gemengd", "who": "Iemand die iets wil", "visitor": "student", "style": "plain",
            "turns": [*turns, *FILLED], "source": "Rijksoverheid",
        }
    )  # fmt: skip


def _turn(
    text: str = "Dat kan.",
    *cites: str,
    status: str = "answered_record",
    known: dict[str, Any] | None = None,
    asks: tuple[str, ...] = (),
    form: bool = False,
) -> TalkTurn:
    blocks: list[dict[str, Any]] = [{"type": "text", "text": text, "html": text}]
    blocks += [{"type": "question", "fact": each, "text": "?"} for each in asks]
    blocks += [{"type": "lead_form", "reason": "asked"}] if form else []
    reply = {"status": status, "blocks": blocks, "citations": [{"record_id": each} for each in cites]}
    return TalkTurn(reply=reply, known=known or {}, evidence=(), own_words="", milliseconds=1.0)


def _faults(expected: dict[str, Any], got: TalkTurn) -> list[str]:
    """The kinds of faults of a first turn."""
    output = Talked(id="gesprek", turns=(got, *[_turn()] * 4))
    return [fault.kind for fault in faults_of(_conversation({"text": "hoi"} | expected), output)[0]]


@pytest.mark.parametrize(
    ("expected", "got", "kinds"),
    [
        ({"status": "answered"}, _turn(), []),
        ({"status": ["asked", "guarded"]}, _turn(), ["status"]),
        ({"cites_any": ["pabo"]}, _turn("Zo.", "pabo"), []),
        ({"cites_any": ["pabo"]}, _turn("Zo.", "pdg"), ["source"]),
        ({"status": ["answered", "asked_fact"], "cites_any": ["pabo"]}, _turn(status="asked_fact"), []),
        ({"says": ["dat kan"]}, _turn(), []),
        ({"says": ["nooit"]}, _turn(), ["words"]),
        ({"never": ["kan"]}, _turn(), ["words"]),
        ({"knows": {"sector": ["vo", "po"]}}, _turn(known={"sector": ["po", "vo"]}), []),
        ({"knows": {"age": 40}}, _turn(), ["facts"]),
        ({"not_knows": {"age": 40}}, _turn(known={"age": 40}), ["facts"]),
        ({"not_knows": {"age": 40}}, _turn(known={"age": 41}), []),
        ({"forgets": ["age"]}, _turn(known={"age": 41}), ["facts"]),
        ({"asks": ["age"]}, _turn(asks=("age",)), []),
        ({"asks": "any"}, _turn(), ["question"]),
        ({"person": True}, _turn(), ["person"]),
        ({"person": True}, _turn(form=True), []),
        ({}, _turn(asks=("age", "sector")), ["question"]),
        ({}, _turn("Het kost € 900."), ["numbers"]),
    ],
)
def test_a_turn_is_held_against_what_is_expected_of_it(
    expected: dict[str, Any], got: TalkTurn, kinds: list[str]
) -> None:
    assert _faults(expected, got) == kinds


def test_the_same_question_once_more_and_a_question_about_what_is_known_are_faults() -> None:
    expected = _conversation({"text": "hoi"}, {"text": "weet ik niet", "asks_other": True})
    known = {"age": 40}
    turns = (
        _turn(asks=("sector",), known=known),
        _turn(asks=("sector",), known=known),
        _turn(asks=("age",), known=known),
    )

    faults = faults_of(expected, Talked(id="gesprek", turns=(*turns, _turn(), _turn(), _turn())))

    assert [[fault.kind for fault in each] for each in faults[:3]] == [[], ["question"], ["question"]]


def test_a_conversation_is_right_when_all_its_turns_are() -> None:
    good, bad = _conversation({"text": "hoi"}, id_="goed"), _conversation({"text": "hoi", "person": True}, id_="fout")
    book = Casebook((), (), conversations=(good, bad))

    result = evaluate(book, [Talked(id=each, turns=(_turn(),) * 5) for each in ("goed", "fout")])

    scores = {each.name: (each.value, each.of) for each in result.scores}
    assert scores["turns right"] == (0.9, 10)
    assert scores["conversations right from start to end"] == (0.5, 2)
    [wrong] = [each for each in result.judged if not each.right]
    assert (wrong.id, wrong.wrong) == ("fout", ("turn 1: offers no person",))


@pytest.mark.parametrize(
    "turn",
    [{}, {"text": "hoi", "choice": {"fact": "age", "value": 4}}, {"text": "hoi", "says": ["("]}, {"tekst": "hoi"}],
)
def test_a_turn_that_cannot_be_used_is_refused(turn: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _conversation(turn)


def test_there_are_thirty_conversations_of_five_turns_and_half_are_typed_carelessly() -> None:
    conversations = read_casebook().conversations

    assert len(conversations) >= 30
    assert all(len(each.turns) >= 5 for each in conversations)
    assert sum(each.style == "sloppy" for each in conversations) >= len(conversations) / 2
    assert {"zij-instromer", "student", "herintreder", "statushouder", "vakman", "schoolleider", "ouder"} <= {
        each.visitor for each in conversations
    }
    assert sum(each.style == "english" or "english" in each.id for each in conversations) >= 4
