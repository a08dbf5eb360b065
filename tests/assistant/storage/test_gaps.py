"""Which questions are kept as unanswered, for whom, and how long."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.errors import NotFound
from assistant.storage.conversations import Conversation, ConversationStore, NewTurn
from assistant.storage.feedback import FeedbackStore
from assistant.storage.gaps import GapBook, GapStore, GapWeek
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


def test_a_question_that_is_answered_by_now_is_off_the_list_and_counted_once(sessions: Sessions) -> None:
    with sessions.begin() as session:
        _keep(session, "hond", "unanswerable_not_found")
        GapStore(session).note_draft(["hond"], "faq-hond", "Noor")
    book = GapBook(sessions)
    [asked] = book.open()
    assert asked.draft == "faq-hond"

    assert book.found(asked, "faq-hond")
    assert not book.found(asked, "faq-hond"), "another process was first"

    assert book.open() == []
    with sessions() as session:
        store = GapStore(session)
        [(question, record, _)] = store.found_lately(["haaglanden"])
        assert (question, record) == ("vraag hond", "faq-hond")
        assert store.found_lately(["hak"]) == []
        today = store.weeks(["haaglanden"], datetime.now(UTC).date())[-1]
        assert (today.conversations, today.without_answer, today.resolved) == (1, 1, 1)


def test_a_question_that_was_erased_meanwhile_is_not_closed(sessions: Sessions) -> None:
    with sessions.begin() as session:
        conversation = _keep(session, "weg", "unanswerable_not_found")
    book = GapBook(sessions)
    [asked] = book.open()
    with sessions.begin() as session:
        ConversationStore(session).delete(conversation)

    assert not book.found(asked, "faq-weg")


def test_weeks_are_counted_without_persons_and_outlive_the_conversations(sessions: Sessions) -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for weeks_ago, region in ((0, "haaglanden"), (1, "haaglanden"), (1, "hak"), (30, "haaglanden")):
        at = monday - timedelta(weeks=weeks_ago)
        with sessions.begin() as session:
            store = ConversationStore(session, lambda at=at: at)  # type: ignore[misc]
            conversation, _ = store.create("nl", region, "", {})
            turn = NewTurn(f"{weeks_ago}-{region}", "vraag", {}, "unanswerable_not_found")
            conversation = store.add_turn(conversation, turn, {})
            for _ in range(2):
                FeedbackStore(session, lambda at=at: at).give(conversation, turn.id, helpful=False, comment="")
            store.delete(conversation)

    with sessions() as session:
        weeks = GapStore(session).weeks(["haaglanden"], datetime(2026, 11, 28, tzinfo=UTC).date(), weeks=3)

    assert weeks == [
        GapWeek(datetime(2026, 11, 9, tzinfo=UTC).date(), 0, 0, 0, 0),
        GapWeek(datetime(2026, 11, 16, tzinfo=UTC).date(), 1, 1, 1, 0),
        GapWeek(datetime(2026, 11, 23, tzinfo=UTC).date(), 1, 1, 1, 0),
    ]
