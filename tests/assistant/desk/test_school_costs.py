"""The calculation for a school on the desk: what an address may ask, and what it never does."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.accounts.account import Account
from assistant.desk import school_costs, views
from assistant.settings import Settings
from assistant.storage.session import Sessions
from knowledge.catalogue import Catalogue

HOSTILE = '"><script>alert(1)</script>'


@dataclass(frozen=True)
class _Now:
    catalogue: Catalogue
    on: date = date(2026, 11, 22)

    def now(self) -> "_Now":
        return self


@pytest.fixture
def desk(sessions: Sessions, people_settings: Settings, catalogue: Catalogue, account: Account) -> Iterator[TestClient]:
    """The desk with the delivered content, and an adviser who is logged in."""
    app = FastAPI()
    app.state.sessions, app.state.settings, app.state.knowledge = sessions, people_settings, _Now(catalogue)
    app.include_router(school_costs.router)
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


def test_who_is_not_logged_in_is_sent_to_log_in(desk: TestClient) -> None:
    desk.cookies.clear()

    answer = desk.get("/desk/kosten-zij-instroom")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/login")


@pytest.mark.parametrize("kind", ["po", "vo-tweedegraads", "vo-eerstegraads", "mbo", "bestaat-niet", HOSTILE])
def test_each_kind_has_its_calculation_and_another_is_the_first(desk: TestClient, kind: str) -> None:
    answer = desk.get("/desk/kosten-zij-instroom", params={"soort": kind})

    assert answer.status_code == 200
    assert "Volgens plan" in answer.text
    assert "<script>" not in answer.text
    chosen = kind if ("-" in kind and kind.startswith("vo")) or kind in ("po", "mbo") else "po"
    assert f'<option value="{chosen}" selected>' in answer.text


def test_what_is_typed_is_kept_as_words_also_when_it_is_hostile(desk: TestClient) -> None:
    answer = desk.get("/desk/kosten-zij-instroom", params={"training": HOSTILE, "fte": "0,5"})

    assert answer.status_code == 422
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text or "&#34;&gt;&lt;script" in answer.text
    assert 'value="0,5"' in answer.text
    assert "Vul bij" in answer.text
