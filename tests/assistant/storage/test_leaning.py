"""How many answers leaned on each record: counted once in a while, behind the back of who asks."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.leaning import Leaning
from assistant.storage.session import Sessions


def answered(sessions: Sessions, turn_id: str, records: list[str], at: datetime) -> None:
    with sessions.begin() as session:
        store = ConversationStore(session, lambda: at)
        conversation, _ = store.create("nl", "haaglanden", "", {})
        reply: dict[str, Any] = {"citations": [{"record_id": each} for each in records]}
        store.add_turn(conversation, NewTurn(turn_id, "vraag", reply, "answered_record"), {})


def test_answers_of_the_last_month_are_counted_and_counted_again_after_a_while(sessions: Sessions) -> None:
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    clock = [now]
    answered(sessions, "een", ["fee", "fee", "term"], now - timedelta(days=2))
    answered(sessions, "twee", ["fee"], now - timedelta(days=40))
    leaning = Leaning(sessions, lambda: clock[0])

    first = leaning.counts()
    answered(sessions, "drie", ["fee"], now)
    soon = leaning.counts()
    clock[0] = now + timedelta(minutes=11)
    late = leaning.counts()
    for thread in threading.enumerate():
        if thread.name == "leaning":
            thread.join()

    assert first == {"fee": 1, "term": 1}
    assert soon is first
    assert late is first, "nobody waits for the counting"
    assert leaning.counts() == {"fee": 2, "term": 1}
