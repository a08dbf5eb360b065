"""Live conversations in the store: one adviser wins, numbers have no holes, and time is not forgotten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from assistant.errors import NotFound
from assistant.handover.feed import Here
from assistant.handover.handover import Handover, Person, Reason, State
from assistant.handover.machine import Event, Happening, NotNow
from assistant.storage.conversations import ConversationStore
from assistant.storage.live import LiveTalks, on_commit
from assistant.storage.session import Sessions, open_store
from assistant.storage.talks import TalkStore
from knowledge.catalogue import Catalogue

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
ADVISERS = [Person(id=str(number), name=f"Adviseur {number}") for number in range(4)]


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return open_store(f"sqlite:///{tmp_path / 'people.sqlite'}")


@pytest.fixture
def do(sessions: Sessions, small_catalogue: Catalogue, clock: Clock) -> Callable[[Callable[[TalkStore], Any]], Any]:
    """Does something in a transaction of its own."""

    def done(act: Callable[[TalkStore], Any]) -> Any:
        with sessions.begin() as session:
            return act(TalkStore(session, small_catalogue, clock))

    return done


@pytest.fixture
def talk(sessions: Sessions, do: Any) -> str:
    """A conversation whose visitor waits for a person."""
    with sessions.begin() as session:
        conversation, _ = ConversationStore(session).create("nl", "haaglanden", "", {})
    wanted = Happening(Event.TALK_WANTED, NOW, Reason.ASKED, loket_id="l", loket_title="Loket", region="haaglanden")
    do(lambda talks: talks.happen(conversation.id, wanted))
    return conversation.id


def test_of_advisers_who_claim_at_the_same_moment_one_gets_it(do: Any, talk: str) -> None:
    for _ in range(10):
        together = Barrier(len(ADVISERS))

        def claim(person: Person, together: Barrier = together) -> bool:
            together.wait()
            try:
                do(lambda talks: talks.happen(talk, Happening(Event.CLAIMED, NOW, person=person)))
            except NotNow:
                return False
            return True

        with ThreadPoolExecutor(len(ADVISERS)) as pool:
            won = [person for person, has in zip(ADVISERS, pool.map(claim, ADVISERS), strict=True) if has]

        [winner] = won
        assert do(lambda talks: talks.find(talk)).adviser == winner
        do(lambda talks, winner=winner: talks.happen(talk, Happening(Event.TRANSFERRED, NOW, person=winner)))


def test_what_is_said_at_the_same_moment_is_all_kept_in_one_row_of_numbers(do: Any, talk: str) -> None:
    def say(number: int) -> bool:
        # Each is sent twice, as after a lost answer.
        said: list[bool] = [
            do(lambda talks: talks.say(talk, "visitor", str(number), key=str(number))) for _ in range(2)
        ]
        return said == [True, False]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(say, range(40)))

    said = do(lambda talks: talks.said(talk))
    assert [each.number for each in said] == list(range(1, 42))
    assert {each.message.text for each in said[1:]} == {str(number) for number in range(40)}


def test_who_waits_three_minutes_is_told_and_the_assistant_takes_over(do: Any, talk: str, clock: Clock) -> None:
    clock.now = NOW + timedelta(minutes=3)
    assert do(lambda talks: talks.sweep()) == 0

    clock.now += timedelta(seconds=1)
    assert do(lambda talks: talks.sweep()) == 1

    assert do(lambda talks: talks.find(talk)).state is State.FORM
    assert "er is nu toch niemand vrij" in do(lambda talks: talks.said(talk))[-1].message.text
    assert do(lambda talks: talks.sweep()) == 0


def test_when_an_adviser_is_gone_the_visitor_is_told_and_waits_for_another(do: Any, talk: str, clock: Clock) -> None:
    noor = Person(id="1", name="Noor Bakker")
    do(lambda talks: talks.happen(talk, Happening(Event.CLAIMED, NOW, person=noor)))
    for minutes in (2, 4, 6):
        clock.now = NOW + timedelta(minutes=minutes)
        do(lambda talks: talks.be_there(talk, noor))
        assert do(lambda talks: talks.sweep()) == 0

    clock.now += timedelta(minutes=4)
    do(lambda talks: talks.sweep())

    assert do(lambda talks: talks.find(talk)).state is State.WAITING
    assert do(lambda talks: talks.said(talk))[-1].message.text.startswith("De verbinding met Noor is weggevallen.")


def test_an_adviser_sees_a_conversation_of_their_region_while_it_is_live(do: Any, talk: str) -> None:
    assert do(lambda talks: talks.on_desk(talk, ["haaglanden"])).state is State.WAITING
    for regions, conversation_id in ((["hak"], talk), (["haaglanden"], "x"), (["haaglanden"], "%' OR 1=1")):
        with pytest.raises(NotFound):
            do(lambda talks, id_=conversation_id, where=regions: talks.on_desk(id_, where))

    do(lambda talks: talks.happen(talk, Happening(Event.DECLINED, NOW)))

    with pytest.raises(NotFound):
        do(lambda talks: talks.on_desk(talk, ["haaglanden"]))


def test_a_conversation_that_is_erased_takes_everything_along(sessions: Sessions, do: Any, talk: str) -> None:
    do(lambda talks: talks.be_there(talk, None))
    do(lambda talks: talks.say(talk, "visitor", "weg"))
    with sessions.begin() as session:
        store = ConversationStore(session)
        found = store.find(talk)
        assert found is not None
        store.delete(found)

    assert do(lambda talks: talks.find(talk)) == Handover()
    assert do(lambda talks: talks.said(talk)) == []
    assert do(lambda talks: talks.there(talk)) == ()


def test_listeners_of_this_process_are_called_once_a_change_is_kept(
    sessions: Sessions, small_catalogue: Catalogue, talk: str
) -> None:
    called: list[set[str]] = []
    on_commit(sessions, lambda ids: called.append(set(ids)))

    with sessions.begin() as session:
        TalkStore(session, small_catalogue).say(talk, "visitor", "dag")
        assert called == []
    with sessions() as session:
        TalkStore(session, small_catalogue).say(talk, "visitor", "toch niet")

    assert called == [{talk}]


def test_another_process_sees_the_change_at_its_next_look(
    sessions: Sessions, small_catalogue: Catalogue, do: Any, talk: str, clock: Clock
) -> None:
    live = LiveTalks(sessions, lambda: small_catalogue, clock)
    before = live.changes(NOW - timedelta(seconds=10)).talks[talk]
    do(lambda talks: talks.say(talk, "visitor", "dag"))

    assert live.changes(NOW - timedelta(seconds=10)).talks[talk] != before
    assert live.gone([talk, "x"]) == {"x"}
    live.arrive(Here(talk, ADVISERS[0]))
    assert [each.onlooker.name for each in do(lambda talks: talks.there(talk))] == ["Adviseur"]
    clock.now += timedelta(minutes=1)
    assert do(lambda talks: talks.there(talk)) == (), "who sends no beat is gone"
