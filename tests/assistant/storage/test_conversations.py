"""A conversation opens with its token alone, and loses no turn."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import NotFound, NotYours, Overtaken
from assistant.settings import Settings
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.session import Sessions


def _turn(reply_id: str) -> NewTurn:
    return NewTurn(id=reply_id, question="En wat kost dat?", reply={"id": reply_id}, status="answered_record")


def test_the_token_opens_its_own_conversation_and_is_not_kept(sessions: Sessions, people_settings: Settings) -> None:
    with sessions.begin() as session:
        made, token = ConversationStore(session).create("nl", "haaglanden", "", {"a": 1})
        _, other = ConversationStore(session).create("nl", "haaglanden", "", {})

    with sessions() as session:
        store = ConversationStore(session)
        assert store.get(made.id, token).state == {"a": 1}
        for wrong in (other, "", token[:-1], token + "é"):
            with pytest.raises(NotYours):
                store.get(made.id, wrong)
    files = b"".join(file.read_bytes() for file in Path(people_settings.var).glob("people.sqlite*"))
    assert token.encode() not in files


@pytest.mark.parametrize("unknown", ["", "nee", "\x00", "00000000-0000-4000-8000-000000000000", "x" * 5000])
def test_what_is_not_there_is_not_found(sessions: Sessions, unknown: str) -> None:
    with sessions() as session, pytest.raises(NotFound):
        ConversationStore(session).get(unknown, "token")


def test_turns_come_back_in_order_with_the_last_state(sessions: Sessions) -> None:
    with sessions.begin() as session:
        store = ConversationStore(session)
        made, token = store.create("nl", "haaglanden", "", {})
        for number in range(1, 4):
            made = store.add_turn(made, _turn(f"r{number}"), {"turn": number})

    with sessions() as session:
        store = ConversationStore(session)
        found = store.get(made.id, token)
        assert found.state == {"turn": 3}
        assert [(turn.number, turn.id) for turn in store.turns(found)] == [(1, "r1"), (2, "r2"), (3, "r3")]


def test_of_turns_at_the_same_moment_one_is_kept_and_the_others_hear_of_it(sessions: Sessions) -> None:
    with sessions.begin() as session:
        made, token = ConversationStore(session).create("nl", "haaglanden", "", {})

    def ask(number: int) -> bool:
        try:
            with sessions.begin() as session:
                store = ConversationStore(session)
                store.add_turn(made, _turn(f"r{number}"), {"winner": number})
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(ask, range(6)))

    assert kept.count(True) == 1
    with sessions() as session:
        found = ConversationStore(session).get(made.id, token)
        [turn] = ConversationStore(session).turns(found)
    assert turn.id == f"r{kept.index(True)}"
    assert found.state == {"winner": kept.index(True)}
