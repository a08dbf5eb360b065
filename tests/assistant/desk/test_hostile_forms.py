"""
Every field of every form of the desk gets what an attacker would put there; the forms are read off the routes, so that a new
one is tried without a word here. Nothing of it runs in a page, a spreadsheet or a mail.
"""

import csv
import html
import re
import secrets
import shutil
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from assistant.accounts.role import Role
from assistant.app import create_app
from assistant.desk.kept import read_kept
from assistant.leads.work import InteractionKind
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.clock import utc_now
from assistant.storage.tables import DeskSessionRow, OutboxRow

PASSWORD = "een lang genoeg wachtwoord"
MARK = "kwaad8473"
ATTACKS = {
    "script": f"<script>{MARK}()</script><img src=x onerror={MARK}()>\"'><svg onload={MARK}()>",
    "template": f"{{{{ 7*'{MARK}' }}}}${{{MARK}}}</textarea></title><script>{MARK}()</script>",
    "formula": f"=HYPERLINK(\"http://x/{MARK}\";\"kijk\")",
    "header": f"{MARK}\r\nBcc: dief@example.org\r\n\r\n<b>{MARK}</b>",
    "signs": f"{MARK}\x00\u202e\ud7ff\ufeff\u2028../../etc/passwd%00%0d%0aSet-Cookie:x=y",
}  # fmt: skip
RUNS = re.compile(
    rf"<(script|img|svg|b)\b[^>]*>?{MARK}|\bon\w+={MARK}\(\)(?![^<]*&gt;)|<script>{MARK}|<img src=x|<svg onload"
)
NOT_SENT = re.compile(r"/desk/(log|verder|wachtwoord-vergeten|link/|account/)|/blokkeren|/persoon/wissen|/events")
"""What would end the session of this test or of its account, or counts wrong guesses."""
SECRET = re.compile(r"token|password|wachtwoord|code|kept|secret")
"""What is not kept for later."""
GIVEN = {
    "regio": "haaglanden",
    "region": "haaglanden",
    "email": "niemand@example.org",
    "adres": "school@example.org",
    "onderwijs": "po",
    "sector": "po",
    "loket": "",
    "tot": (utc_now().date() + timedelta(days=30)).isoformat(),
    "wanneer": (utc_now().date() + timedelta(days=3)).isoformat(),
    "days": "20",
    "on": "1",
    "soort": InteractionKind.PHONE.value,
}
"""What has to make sense for the rest of a form to be kept."""


@pytest.fixture(scope="module")
def app(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The whole service."""
    var = shutil.copytree(installed, tmp_path_factory.mktemp("hostile") / "var")
    return create_app(Settings(var=var, embedder="none", rate_limit="off", mail_to="loket@example.org"))


@pytest.fixture(scope="module")
def desk(app: FastAPI) -> Iterator[TestClient]:
    """A browser in which an administrator of the region is logged in."""
    with app.state.sessions.begin() as session:
        AccountStore(session).add("noor@example.org", "Noor", ("haaglanden",), PASSWORD, Role.REGION_ADMIN)
    client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
    token = _hidden(client.get("/desk/login").text, "token")
    form = {"email": "noor@example.org", "password": PASSWORD, "token": token, "next": ""}
    assert client.post("/desk/login", data=form).status_code == 303
    return client


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return html.unescape(found[1])


@pytest.fixture(scope="module")
def known(app: FastAPI, desk: TestClient) -> dict[str, str]:
    """A colleague, and a conversation and a lead of a visitor who means harm too."""
    begun = desk.post("/api/v1/conversations", json={"region": "haaglanden"}).json()
    conversation = f"/api/v1/conversations/{begun['conversation_id']}"
    bearer = {"Authorization": f"Bearer {begun['token']}"}
    said = f"{ATTACKS['script']} wat kost de pabo?"
    desk.post(f"{conversation}/messages", json={"text": said}, headers=bearer)
    version = desk.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
    lead = {
        "name": ATTACKS["script"][:80], "email": "=kwaad8473@example.org", "preferred_contact": "email",
        "message": f"{ATTACKS['template']} {ATTACKS['formula']}", "conversation_id": begun["conversation_id"],
        "consent": {"version": version, "given": True, "share_transcript": True, "refer": True, "follow_up": True},
    }  # fmt: skip
    made = desk.post("/api/v1/leads", json=lead, headers=bearer)
    assert made.status_code == 201, made.text
    csrf = _hidden(desk.get("/desk").text, "csrf")
    desk.post("/desk/bereikbaar", data={"csrf": csrf, "on": "1"})
    waits = desk.post(f"{conversation}/handover", json={"wish": "talk"}, headers=bearer)
    assert waits.status_code == 200, waits.text
    with app.state.sessions.begin() as session:
        colleague = AccountStore(session).add("henk@example.org", "Henk", ("haaglanden",), PASSWORD)
    return {
        "lead_id": made.json()["lead_id"],
        "conversation_id": begun["conversation_id"],
        "account_id": colleague.id,
        "csrf": csrf,
    }


def _routes(app: FastAPI, method: str) -> Iterator[APIRoute]:
    def within(routes: Any) -> Iterator[APIRoute]:
        for route in routes:
            if isinstance(route, APIRoute):
                yield route
            else:
                yield from within(getattr(getattr(route, "original_router", route), "routes", ()))

    for route in within(app.routes):
        is_of_the_desk = route.path.startswith(("/desk", "/redactie")) and method in (route.methods or ())
        if is_of_the_desk and not NOT_SENT.search(route.path):
            yield route


def _fields(dependant: Dependant) -> dict[str, Any]:
    own = {field.name: field.field_info.annotation for field in dependant.body_params}
    for each in dependant.dependencies:
        own |= _fields(each)
    return own


def _good(name: str, kind: Any) -> str:
    kinds = [each for each in get_args(kind) if each is not type(None)] or [kind]
    if isinstance(kinds[0], type) and issubclass(kinds[0], Enum):
        return str(next(iter(kinds[0])).value)
    return {int: "1", bool: "true", str: GIVEN.get(name, "Woorden")}.get(kinds[0], GIVEN.get(name, str(kinds[0])))


def _address(route: APIRoute, known: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: known.get(found[1], "1"), route.path)


def _is_harmless(page: str) -> bool:
    return not RUNS.search(page)


def test_what_runs_would_be_noticed() -> None:
    assert not _is_harmless(f"<p>{ATTACKS['script']}</p>")
    assert not _is_harmless(f"<textarea>{ATTACKS['template']}")
    assert not _is_harmless(f"<td>{ATTACKS['header']}</td>")
    assert all(_is_harmless(html.escape(attack)) for attack in ATTACKS.values())


@pytest.mark.parametrize("attack", list(ATTACKS))
def test_no_field_of_a_form_does_harm(app: FastAPI, desk: TestClient, known: dict[str, str], attack: str) -> None:
    sent, kept = 0, 0
    for route in _routes(app, "POST"):
        fields = {name: kind for name, kind in _fields(route.dependant).items() if name != "csrf"}
        texts = [name for name, kind in fields.items() if kind is str]
        good = {name: _good(name, kind) for name, kind in fields.items() if kind is not None}
        choosing = {name for name in texts if name in GIVEN}
        # All texts at once where the rest makes sense, so that it is kept; and then those that choose something too.
        for hostile in ({*texts} - choosing, {*texts}):
            form = good | dict.fromkeys(hostile, ATTACKS[attack]) | {"csrf": known["csrf"]}
            answer = desk.post(_address(route, known), data=form)
            sent += 1
            kept += answer.status_code in (200, 303, 204)
            assert answer.status_code < 500, f"{route.path} breaks on {attack}: {answer.status_code}"
            assert _is_harmless(answer.text), f"{route.path} answers with what runs"
            assert "dief" not in str(answer.headers).lower(), route.path
            assert "set-cookie:x" not in str(answer.headers.get("location", "")).lower(), route.path

    assert sent > 40
    assert kept > 10, "hardly anything was kept, so hardly anything was tried"
    for route in _routes(app, "GET"):
        address = _address(route, known)
        answer = desk.get(address)
        assert answer.status_code < 500, f"{address} breaks after {attack}"
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert _is_harmless(answer.text), f"{address} shows what runs"
        elif "csv" in answer.headers.get("content-type", ""):
            cells = [cell for row in csv.reader(StringIO(answer.text), delimiter=";") for cell in row]
            assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))] == [], address
    with app.state.sessions() as session:
        for mail in session.scalars(select(OutboxRow)):
            for line in (mail.to, mail.subject, mail.reply_to):
                assert "\n" not in line, "a mail gets a header of a visitor"
                assert "\r" not in line, "a mail gets a header of a visitor"


def test_what_was_typed_is_there_as_text(desk: TestClient, known: dict[str, str]) -> None:
    page = desk.get(f"/desk/leads/{known['lead_id']}").text

    assert html.escape(ATTACKS["script"][:20]).replace("&#x27;", "&#39;") in page


def test_what_is_typed_in_any_form_comes_back_when_the_session_is_over(
    app: FastAPI,
    desk: TestClient,  # noqa: ARG001 - makes the account
    known: dict[str, str],
) -> None:
    with app.state.sessions.begin() as session:
        AccountStore(session).add("daan@example.org", "Daan", ("haaglanden",), PASSWORD, Role.REGION_ADMIN)
    browser = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
    token = _hidden(browser.get("/desk/login").text, "token")
    form = {"email": "daan@example.org", "password": PASSWORD, "token": token, "next": ""}
    assert browser.post("/desk/login", data=form).status_code == 303
    with app.state.sessions.begin() as session:
        session.execute(update(DeskSessionRow).values(seen_at=utc_now() - timedelta(days=1)))
    typed = {"vrij-veld": "Wat ik net had bedacht:\nwoensdag."}
    lost, tried = [], 0

    for route in _routes(app, "POST"):
        fields = {name: kind for name, kind in _fields(route.dependant).items() if name != "csrf"}
        texts = {name: f"getypt in {name}" for name, kind in fields.items() if kind is str and not SECRET.search(name)}
        good = {name: _good(name, kind) for name, kind in fields.items() if kind is not None and kind is not str}
        answer = browser.post(_address(route, known), data=good | texts | typed | {"csrf": known["csrf"]})
        sealed = re.search(r'name="kept" value="([^"]*)"', answer.text)
        kept = read_kept(app.state.settings, html.unescape(sealed[1])) if sealed else None
        there = dict(kept.fields) if kept else {}
        tried += 1
        if answer.status_code != 401 or (texts | typed).items() - there.items():
            lost.append(f"{route.path}: {answer.status_code} {(texts | typed).keys() - there.keys()}")

    assert lost == []
    assert tried > 40


@pytest.fixture
def away(app: FastAPI, desk: TestClient) -> TestClient:  # noqa: ARG001 - makes the account
    """A browser in which Noor was logged in until her session was over."""
    browser = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
    _log_in(browser)
    with app.state.sessions.begin() as session:
        session.execute(update(DeskSessionRow).values(seen_at=utc_now() - timedelta(days=1)))
    return browser


def _log_in(browser: TestClient, **more: str) -> str:
    token = _hidden(browser.get("/desk/login").text, "token")
    form = {"email": "noor@example.org", "password": PASSWORD, "token": token, "next": ""}
    return browser.post("/desk/login", data=form | more).text


def test_a_whole_document_that_an_editor_pasted_is_there_after_logging_in(away: TestClient) -> None:
    pasted = "".join(f"{number}: Elke regel is anders & even lang als de vorige.\n" for number in range(12_000))
    assert len(pasted) > 600_000

    login = away.post("/desk/redactie/onderdeel/routes/zij-instroom-po", data={"body": pasted})
    back = _log_in(away, kept=_hidden(login.text, "kept"))

    assert login.status_code == 401
    assert html.escape(pasted, quote=False).strip() in back.replace("&#34;", '"').replace("&#39;", "'")


def test_what_is_too_long_to_take_along_can_be_copied_before_it_is_lost(away: TestClient) -> None:
    pasted, more = (secrets.token_urlsafe(500_000) for _ in range(2))  # What cannot be compressed.

    page = away.post("/desk/redactie/onderdeel/routes/zij-instroom-po", data={"body": pasted, "summary": more})

    assert page.status_code == 401
    assert "Kopieer je tekst" in page.text
    assert pasted in page.text
    assert more in page.text
    assert 'name="kept"' not in page.text
