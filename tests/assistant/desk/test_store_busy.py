"""The database is held by somebody else for longer than we wait: nothing is lost, nothing is there twice, and it is said."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from assistant.desk.dependencies import Auditing
from assistant.errors import Refused
from assistant.settings import Settings
from assistant.storage.leads import LeadStore
from assistant.storage.session import Sessions

Form = Callable[..., dict[str, Any]]
PASSWORD = "een lang genoeg wachtwoord"


@pytest.fixture
def impatient(sessions: Sessions) -> None:
    """Wait a fifth of a second for a lock, rather than ten."""
    engine = sessions.kw["bind"]
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=200"))
    engine.dispose()


@pytest.fixture
def held(people_settings: Settings, impatient: None) -> Callable[[], Any]:  # noqa: ARG001 - only has to be there
    """Holds the write lock, as another process does that backs up or hangs."""

    @contextmanager
    def hold() -> Iterator[None]:
        with closing(sqlite3.connect(people_settings.var / "people.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    return hold


def _csrf(html: str) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', html)
    assert found
    return found[1]


@pytest.fixture
def desk(client: TestClient, make_adviser: Callable[..., Any]) -> TestClient:
    """A browser in which Noor of Haaglanden is logged in."""
    make_adviser()
    token = re.search(r'name="token" value="([^"]*)"', client.get("/desk/login").text)
    assert token
    form = {"email": "noor@example.org", "password": PASSWORD, "token": token[1], "next": ""}
    assert client.post("/desk/login", data=form).status_code == 303
    return client


def test_a_visitor_is_told_and_the_same_details_sent_again_are_one_lead(
    client: TestClient, lead_form: Form, held: Callable[[], Any], sessions: Sessions
) -> None:
    form = lead_form()

    with held():
        told = client.post("/api/v1/leads", json=form)
    taken = [client.post("/api/v1/leads", json=form) for _ in range(2)]

    assert told.status_code == 503
    assert told.headers["content-type"] == "application/problem+json"
    assert "probeer het" in told.json()["detail"].lower()
    assert [answer.status_code for answer in taken] == [201, 201]
    with sessions() as session:
        assert [lead.id for lead in LeadStore(session).of_email("sam@example.org")] == [taken[0].json()["lead_id"]]


def test_an_adviser_keeps_what_they_typed_and_sends_it_after_all(
    desk: TestClient, lead_form: Form, held: Callable[[], Any], sessions: Sessions
) -> None:
    lead_id = desk.post("/api/v1/leads", json=lead_form()).json()["lead_id"]
    page = f"/desk/leads/{lead_id}"
    note = {"csrf": _csrf(desk.get(page).text), "text": "Sam belt <morgen> terug."}

    with held():
        told = desk.post(f"{page}/notitie", data=note)
    action = re.search(r'<form method="post" action="(/desk/leads[^"]*)"', told.text)
    assert action
    again = desk.post(action[1], data=note | {"csrf": _csrf(told.text)})

    assert told.status_code == 503
    assert "Sam belt &lt;morgen&gt; terug." in told.text
    assert "nog niets opgeslagen" in told.text
    assert again.status_code == 303
    with sessions() as session:
        assert [each.text for each in LeadStore(session).notes(lead_id)] == ["Sam belt <morgen> terug."]


def test_a_click_without_words_says_it_too(desk: TestClient, lead_form: Form, held: Callable[[], Any]) -> None:
    lead_id = desk.post("/api/v1/leads", json=lead_form()).json()["lead_id"]
    csrf = _csrf(desk.get(f"/desk/leads/{lead_id}").text)

    with held():
        told = desk.post(f"/desk/leads/{lead_id}/ongelezen", data={"csrf": csrf})

    assert told.status_code == 503
    assert told.headers["content-type"].startswith("text/html")


def test_a_form_that_fails_halfway_changes_nothing(
    desk: TestClient, lead_form: Form, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead_id = desk.post("/api/v1/leads", json=lead_form()).json()["lead_id"]
    csrf = _csrf(desk.get(f"/desk/leads/{lead_id}").text)

    def refuse(*_: object, **__: object) -> None:
        raise Refused("Nee.")

    monkeypatch.setattr(Auditing, "record", refuse)
    told = desk.post(f"/desk/leads/{lead_id}/notitie", data={"csrf": csrf, "text": "Half."})

    assert "Nee." in told.text
    with sessions() as session:
        assert LeadStore(session).notes(lead_id) == []
