"""Which questions are kept as unanswered, for whom, and how long."""

from typing import Any

import pytest

from assistant.errors import NotFound
from assistant.storage.conversations import Conversation, ConversationStore, NewTurn
from assistant.storage.feedback import FeedbackStore
from assistant.storage.gaps import GapStore
from assistant.storage.session import Sessions


def _keep(session: Any, turn_id: str, status: str, region: str = "haaglanden", confidence: float = 0.4) -> Conversation:
    store = ConversationStore(session)
    conversation, _ = store.create("nl", region, "", {})
    reply = {"understanding": {"confidence": confidence}}
    store.add_turn(conversation, NewTurn(id=turn_id, question=f"vraag {turn_id}", reply=reply, status=status), {})
    return conversation


def test_what_had_no_answer_was_refused_in_doubt_or_did_not_help_is_listed(sessions: Sessions) -> None:
    with sessions.begin() as session:
        _keep(session, "niets", "unanswerable_not_found")
        _keep(session, "ongezien", "unanswerable_unverified")
        _keep(session, "twijfel", "unanswerable_out_of_scope")
        _keep(session, "zeker", "unanswerable_out_of_scope", confidence=0.95)
        _keep(session, "goed", "answered_record")
        rated = _keep(session, "slecht", "answered_record")
        FeedbackStore(session).give(rated, "slecht", helpful=False, comment="")

        found = {each.turn_id: each.why for each in GapStore(session).unanswered()}

    assert found == {
        "niets": "unanswerable_not_found",
        "ongezien": "unanswerable_unverified",
        "twijfel": "unanswerable_out_of_scope",
        "slecht": "unhelpful",
    }


def test_an_adviser_sees_and_dismisses_only_what_was_asked_in_their_regions(sessions: Sessions) -> None:
    with sessions.begin() as session:
        _keep(session, "hier", "unanswerable_not_found")
        _keep(session, "daar", "unanswerable_not_found", region="rotterdam")
        store = GapStore(session)

        store.dismiss("hier", "Noor", ["haaglanden"])

        assert [(each.turn_id, each.dismissed) for each in store.unanswered(["haaglanden"])] == [("hier", True)]
        with pytest.raises(NotFound):
            store.dismiss("daar", "Noor", ["haaglanden"])


def test_a_question_goes_with_its_conversation_also_when_it_was_dismissed(sessions: Sessions) -> None:
    with sessions.begin() as session:
        conversation = _keep(session, "weg", "unanswerable_not_found")
        GapStore(session).dismiss("weg", "Noor")
        ConversationStore(session).delete(conversation)

        assert GapStore(session).unanswered() == []
