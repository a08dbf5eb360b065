"""The way to a person over HTTP: asked for, taken, talked, handed back; and the events that tell of it."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from assistant.handover import streaming
from assistant.handover.handover import Person, State
from assistant.handover.machine import Event, Happening
from assistant.storage.accounts import AccountStore
from assistant.storage.ids import new_id
from assistant.storage.talks import TalkStore
from tests.waiting import PATIENCE_SECONDS

Begin = Callable[..., Any]


@pytest.fixture
def adviser(api: TestClient) -> Iterator["_Adviser"]:
    """An adviser of Haaglanden, who can act in the store; afterwards nobody can be called any more."""
    with api.app.state.sessions.begin() as session:  # type: ignore[attr-defined]
        account = AccountStore(session).add(
            f"{new_id()}@example.org", "Noor Bakker", ("haaglanden",), "een lang wachtwoord"
        )
    made = _Adviser(api, Person(id=account.id, name=account.name))
    yield made
    made.reachable(False)


class _Adviser:
    """What the desk does, without its pages."""

    def __init__(self, api: TestClient, person: Person) -> None:
        self._api = api
        self.person = person

    def _do(self, act: Callable[[TalkStore], Any]) -> Any:
        state = self._api.app.state  # type: ignore[attr-defined]
        with state.sessions.begin() as session:
            return act(TalkStore(session, state.knowledge.catalogue))

    def reachable(self, is_on: bool = True) -> None:
        self._do(lambda talks: talks.set_reachable(self.person, ["haaglanden"], is_on))

    def lets(self, begun: Any, event: Event) -> Any:
        return self._do(lambda talks: talks.happen(begun.id, Happening(event, datetime.now(UTC), person=self.person)))

    def says(self, begun: Any, text: str, key: str | None = None) -> Any:
        self.lets(begun, Event.PERSON_SPOKE)
        return self._do(lambda talks: talks.say(begun.id, "adviser", text, "Noor", key))


def _wish(begun: Any, wish: str) -> dict[str, Any]:
    answer = begun.api.post(f"{begun.path}/handover", json={"wish": wish}, headers=begun.headers)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def _stands(begun: Any) -> dict[str, Any]:
    shown: dict[str, Any] = begun.api.get(f"{begun.path}/handover", headers=begun.headers).json()
    return shown


def test_with_nobody_there_who_wants_to_talk_is_told_so_and_gets_the_form(begin: Begin) -> None:
    begun = begin()

    shown = _wish(begun, "talk")

    assert (shown["state"], shown["can_talk"], shown["reason"]) == ("form", False, "asked")
    assert shown["loket_title"] == "Word leraar in Den Haag"
    said = begun.api.get(begun.path, headers=begun.headers).json()["messages"]
    assert [each["sender"] for each in said] == ["notice"]
    assert said[0]["text"].startswith("Er is nu niemand die met je kan praten.")
    assert "answered" in begun.say("wat kost de pabo?").json()["status"], "the assistant goes on meanwhile"


def test_a_visitor_talks_to_an_adviser_and_the_assistant_is_silent_until_it_gets_the_talk_back(
    begin: Begin, adviser: _Adviser
) -> None:
    begun = begin()
    adviser.reachable()
    assert _wish(begun, "talk")["state"] == "waiting"
    assert begun.say("wat kost de pabo?").json()["blocks"], "who waits can go on asking"

    adviser.lets(begun, Event.CLAIMED)
    adviser.says(begun, "Dag! Waar kan ik je mee helpen?")
    heard = begun.say("Mag ik op mijn leeftijd nog beginnen? Bel mij op 06 87654321.").json()

    assert (heard["status"], heard["blocks"], heard["handoff"]["state"]) == ("handed_over_connected", [], "connected")
    assert _stands(begun)["adviser"] == "Noor"
    whole = begun.api.get(begun.path, headers=begun.headers).json()
    assert [turn["question"] for turn in whole["turns"]][-1].endswith("06 87654321."), (
        "a person reads it as it was said"
    )
    assert [each["text"] for each in whole["messages"]][1:] == [
        "Noor van Word leraar in Den Haag is er nu en leest wat je al hebt verteld.",
        "Dag! Waar kan ik je mee helpen?",
    ]

    adviser.lets(begun, Event.HANDED_BACK)

    assert begun.say("wat kost de pabo?").json()["blocks"]
    assert _stands(begun)["state"] == "bot"


def test_the_same_message_of_an_adviser_sent_twice_is_said_once(begin: Begin, adviser: _Adviser) -> None:
    begun = begin()
    adviser.reachable()
    _wish(begun, "talk")
    adviser.lets(begun, Event.CLAIMED)

    assert adviser.says(begun, "Dag!", "k1")
    assert not adviser.says(begun, "Dag!", "k1")

    assert [each["text"] for each in begun.api.get(begun.path, headers=begun.headers).json()["messages"]].count(
        "Dag!"
    ) == 1


def test_a_lead_out_of_a_conversation_is_what_it_stands_for(begin: Begin, api: TestClient) -> None:
    begun = begin()
    _wish(begun, "form")
    version = api.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
    wish = {
        "conversation_id": begun.id,
        "name": "Sam",
        "email": "sam@example.org",
        "preferred_contact": "email",
        "consent": {"version": version, "given": True},
    }

    first, again = (api.post("/api/v1/leads", json=wish, headers=begun.headers).json() for _ in range(2))

    assert first == again
    shown = _stands(begun)
    assert (shown["state"], shown["lead_id"]) == ("left_message", first["lead_id"])
    assert "neemt contact met je op" in shown["text"]


def test_a_person_who_is_offered_is_remembered_and_going_on_is_no_trap(begin: Begin) -> None:
    begun = begin()

    offered = begun.say("ik wil graag een mens spreken").json()

    assert offered["handoff"]["state"] == "offered"
    assert offered["handoff"]["can_talk"] is False
    assert _stands(begun)["state"] == "offered"
    begun.say("wat kost de pabo?")
    assert _stands(begun)["state"] == "bot"
    assert _wish(begun, "end")["state"] == "closed"
    begun.say("wat kost de pabo?")
    assert _stands(begun)["state"] == "bot"


def test_what_cannot_happen_now_is_a_kind_conflict(begin: Begin, adviser: _Adviser) -> None:
    begun = begin()
    adviser.reachable()
    _wish(begun, "talk")
    adviser.lets(begun, Event.CLAIMED)

    refused = begun.api.post(f"{begun.path}/handover", json={"wish": "back"}, headers=begun.headers)

    assert refused.status_code == 409
    assert refused.json()["detail"] == "Noor Bakker heeft dit gesprek al."
    assert _wish(begun, "talk")["state"] == "connected"


# ---- events ----


def test_the_stream_tells_what_was_missed_how_it_stands_and_who_is_there(begin: Begin, adviser: _Adviser) -> None:
    begun = begin()
    adviser.reachable()
    _wish(begun, "talk")
    adviser.lets(begun, Event.CLAIMED)
    adviser.says(begun, "Dag!\nHoe gaat het?")
    state = begun.api.app.state
    with state.sessions.begin() as session:
        TalkStore(session, state.knowledge.catalogue).be_there(begun.id, adviser.person, is_typing=True)

    start, events = asyncio.run(_listened(begun, until=6))

    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert events[0] == {"retry": "3000"}
    messages = [each for each in events if each.get("event") == "message"]
    assert [each["id"] for each in messages] == ["1", "2", "3"]
    assert messages[-1]["data"]["text"] == "Dag!\nHoe gaat het?"
    [shown] = [each["data"] for each in events if each.get("event") == "state"]
    assert (shown["state"], shown["adviser"]) == ("connected", "Noor")
    [there] = [each["data"] for each in events if each.get("event") == "presence"]
    assert there["text"] == "Noor is aan het typen."

    _, rest = asyncio.run(_listened(begun, until=3, last=b"2"))
    assert [each["id"] for each in rest if each.get("event") == "message"] == ["3"], "nothing lost and nothing twice"


def test_a_stream_without_news_keeps_the_line_open(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT_SECONDS", 0.01)

    _, events = asyncio.run(_listened(begin(), until=4))

    assert [each.get("event") for each in events[:2]] == [None, "state"]
    assert events[2] == {"": "ping"}


def test_a_conversation_that_is_gone_ends_its_stream(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = begin()
    monkeypatch.setattr(streaming, "HEARTBEAT_SECONDS", 0.01)
    state = begun.api.app.state
    moments = iter([state.live.moment(begun.id, 0), None])
    monkeypatch.setattr(state.live, "moment", lambda *_: next(moments))
    monkeypatch.setattr("assistant.handover.feed.Moment.is_live", True)

    _, events = asyncio.run(_listened(begun, until=99))

    assert events[-1]["event"] == "closed"
    assert events[-1]["data"]["text"].startswith("Dit gesprek is gewist.")


@pytest.mark.parametrize("last", ["-1", "9" * 40, "x", "１"])
def test_a_strange_last_event_id_starts_somewhere_and_never_fails(begin: Begin, last: str) -> None:
    start, _ = asyncio.run(_listened(begin(), until=1, last=last.encode()))

    assert start["status"] == 200


async def _listened(begun: Any, until: int, last: bytes = b"") -> tuple[Message, list[dict[str, Any]]]:
    """The start of the stream and so many events, after which the browser goes away; all of them if it ends itself."""
    heard: list[Message] = []
    gone = asyncio.Event()
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": f"{begun.path}/events", "raw_path": f"{begun.path}/events".encode(), "query_string": b"",
        "root_path": "", "headers": [(b"authorization", f"Bearer {begun.token}".encode()), (b"last-event-id", last)],
        "client": ("127.0.0.1", 1), "server": ("testserver", 80),
    }  # fmt: skip

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        heard.append(message)
        if len(heard) > until:
            gone.set()

    await asyncio.wait_for(begun.api.app(scope, receive, send), timeout=PATIENCE_SECONDS)
    text = b"".join(part.get("body", b"") for part in heard[1:]).decode()
    return heard[0], [_event(each) for each in text.split("\n\n") if each]


def _event(lines: str) -> dict[str, Any]:
    event: dict[str, Any] = {}
    for line in lines.split("\n"):
        name, _, value = line.partition(": ")
        event[name.rstrip(":")] = event.get(name, "") + value
    if "data" in event:
        event["data"] = json.loads(event["data"])
    return event


def test_states_are_those_of_the_contract() -> None:
    assert {str(each) for each in State} == {
        "bot",
        "offered",
        "form",
        "waiting",
        "connected",
        "left_message",
        "closed",
    }
