"""Every kind of block that the assistant can send is readable for an adviser."""

from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.answering import reply as blocks
from assistant.leads.transcript import shared_turn

NOW = datetime(2026, 11, 22, tzinfo=UTC)

SAMPLES: list[Any] = [
    blocks.TextBlock(html="<p>ANKER</p>", text="ANKER"),
    blocks.RouteBlock(route="r", title="ANKER", summary="s", verdict="fits"),
    blocks.ComparisonBlock(columns=("", "a"), rows=(("ANKER", "b"),)),
    blocks.MoneyBlock(lines=(blocks.MoneyLine(label="ANKER", amount="€ 1", period="per jaar", year="2026"),)),
    blocks.VacanciesBlock(items=(blocks.VacancyItem(id="v", title="ANKER", employer="e"),)),
    blocks.LoketBlock(loket=blocks.LoketCard(id="l", title="ANKER", summary="s")),
    blocks.EventsBlock(items=(blocks.EventItem(id="e", title="ANKER", summary="s"),)),
    blocks.QuestionBlock(fact="sector", text="ANKER", why="w", input="choice"),
]

INVITATION = blocks.LeadFormBlock(reason="needs_adviser")


@pytest.mark.parametrize("block", SAMPLES, ids=lambda block: block.type)
def test_a_block_leaves_its_words_in_the_transcript(block: Any) -> None:
    turn = shared_turn(1, "vraag", {"blocks": [block.model_dump(mode="json")]}, NOW)

    assert "ANKER" in turn.answer


def test_an_invitation_is_told_in_words_and_not_by_its_code() -> None:
    turn = shared_turn(1, "vraag", {"blocks": [INVITATION.model_dump(mode="json")]}, NOW)

    assert "gegevens achter te laten" in turn.answer
    assert "needs_adviser" not in turn.answer


def test_no_kind_of_block_is_forgotten_here() -> None:
    kinds = {each.model_fields["type"].default for each in vars(blocks).values() if _is_block(each)}

    assert kinds == {block.type for block in SAMPLES} | {INVITATION.type}


def test_a_block_of_an_unknown_kind_does_not_lose_the_rest() -> None:
    reply = {"blocks": [{"type": "hologram"}, {"type": "text", "html": "", "text": "Wel dit."}]}

    assert shared_turn(1, "vraag", reply, NOW).answer == "Wel dit."


def test_what_a_sentence_rests_on_goes_along_each_field_once() -> None:
    claim = {"kind": "time", "claim": "2 jaar", "says": "Het duurt 2 jaar.", "n": 1, "of": "pabo", "field": "summary"}
    trace = {"claims": [claim, claim | {"kind": "statement"}, claim | {"field": "details"}]}

    turn = shared_turn(1, "vraag", {"blocks": []}, NOW, trace)

    assert [(each.record, each.field, each.number) for each in turn.leans_on] == [
        ("pabo", "summary", 1),
        ("pabo", "details", 1),
    ]


def _is_block(each: Any) -> bool:
    return isinstance(each, type) and issubclass(each, blocks.Part) and "type" in each.model_fields
