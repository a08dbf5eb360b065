"""The page with questions that had no answer."""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.accounts.account import Account
from assistant.desk import gaps, views
from assistant.settings import Settings
from assistant.storage.conversations import ConversationStore, NewTurn
from assistant.storage.session import Sessions
from knowledge.catalogue import Catalogue

HOSTILE = "<script>alert(1)</script> mag mijn hond mee"


@pytest.fixture
def desk(sessions: Sessions, people_settings: Settings, catalogue: Catalogue, account: Account) -> Iterator[TestClient]:
    """The desk, without an embedder, and an adviser who is logged in."""
    app = FastAPI()
    app.state.sessions, app.state.settings = sessions, people_settings
    app.state.knowledge = SimpleNamespace(catalogue=catalogue, search=SimpleNamespace(embed=lambda _: None))
    app.include_router(gaps.router)
    app.include_router(views.router)
    with TestClient(app, follow_redirects=False) as client:
        page = client.get("/desk/login")
        token = page.text.split('name="token" value="')[1].split('"')[0]
        form = {"email": account.email, "password": "een lang genoeg wachtwoord", "token": token, "next": ""}
        assert client.post("/desk/login", data=form).status_code == 303
        yield client


@pytest.fixture
def account(make_adviser: object) -> Account:
    assert callable(make_adviser)
    return make_adviser()  # type: ignore[no-any-return]


def _ask(sessions: Sessions, region: str, *questions: str) -> None:
    with sessions.begin() as session:
        store = ConversationStore(session)
        conversation, _ = store.create("nl", region, "", {})
        for n, question in enumerate(questions):
            turn = NewTurn(id=f"{region}-{n}", question=question, reply={}, status="unanswerable_not_found")
            conversation = store.add_turn(conversation, turn, {})


def test_who_is_not_logged_in_is_sent_to_log_in(desk: TestClient) -> None:
    desk.cookies.clear()

    assert desk.get("/desk/vragen").status_code == 303


def test_questions_of_the_own_region_are_shown_as_words_and_counted(
    desk: TestClient, sessions: Sessions, account: Account
) -> None:
    _ask(sessions, account.regions[0], HOSTILE, HOSTILE)
    _ask(sessions, "nergens", "een vraag van elders")

    page = desk.get("/desk/vragen").text

    assert "2 keer" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "een vraag van elders" not in page


def test_a_dismissed_question_is_off_the_list_and_only_with_the_form_of_the_desk(
    desk: TestClient, sessions: Sessions, account: Account
) -> None:
    _ask(sessions, account.regions[0], "mag mijn hond mee")
    csrf = re.findall(r'name="csrf" value="([^"]+)"', desk.get("/desk/vragen").text)[0]
    wanted = f"{account.regions[0]}-0"

    assert desk.post("/desk/vragen", data={"vraag": wanted, "csrf": "vals"}).status_code == 403
    assert desk.post("/desk/vragen", data={"vraag": wanted, "csrf": csrf}).status_code == 303
    page = desk.get("/desk/vragen?gedaan=weg").text
    assert "mag mijn hond mee" not in page
    assert "Er zijn nu geen vragen zonder antwoord" in page
