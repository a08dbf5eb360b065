"""Logging in at the organisation's own login: a real provider on loopback, and what it may not do."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from oidc_provider_mock import run_server_in_thread

from assistant.accounts.role import Role
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import Sessions


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that knows Noor, whose address it checked, and Eve, whose address it did not."""
    with run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        for subject, verified in (("noor", True), ("eve", False)):
            claims = {"email": "noor@example.org", "email_verified": verified}
            httpx.put(f"{address}/users/{subject}", json=claims).raise_for_status()
        yield address


@pytest.fixture
def desk(people_app: FastAPI, people_settings: Settings, sessions: Sessions, issuer: str) -> Iterator[TestClient]:
    """A browser at an installation that has this provider, where Noor was invited."""
    given = {
        "oidc_issuer": issuer,
        "oidc_client_id": "loket",
        "oidc_client_secret": "geheim",
        "public_url": "http://testserver",
    }
    people_app.state.settings = Settings(**{**people_settings.model_dump(), **given})
    with sessions.begin() as session:
        AccountStore(session).add("noor@example.org", "Noor", ("haaglanden",), None, Role.ADVISER)
    with TestClient(people_app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


def _there(desk: TestClient, subject: str) -> str:
    """Begin here, log in there; returns the path on which the browser comes back."""
    address = desk.get("/desk/login/extern", params={"next": "/desk/vragen"}).headers["location"]
    back = httpx.post(address, data={"sub": subject}).headers["location"]
    return back.removeprefix("http://testserver")


def test_an_invited_colleague_comes_in_without_a_password(desk: TestClient) -> None:
    assert "Inloggen met je organisatie" in desk.get("/desk/login").text

    answer = desk.get(_there(desk, "noor"))

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/vragen")
    assert desk.get("/desk").status_code == 200


def test_what_is_asked_there_carries_a_state_a_nonce_and_a_challenge(desk: TestClient) -> None:
    asked = parse_qs(urlsplit(desk.get("/desk/login/extern").headers["location"]).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 32 for name in ("state", "nonce", "code_challenge"))


def test_an_address_that_nobody_checked_opens_nothing(desk: TestClient) -> None:
    answer = desk.get(_there(desk, "eve"))

    assert answer.status_code == 403
    assert desk.get("/desk").status_code == 303


def test_who_has_no_account_here_is_not_given_one(desk: TestClient, sessions: Sessions) -> None:
    answer = desk.get(_there(desk, "niemand"))

    assert answer.status_code == 403
    with sessions() as session:
        assert len(AccountStore(session).all()) == 1


def test_who_is_kept_out_here_stays_out(desk: TestClient, sessions: Sessions) -> None:
    with sessions.begin() as session:
        AccountStore(session).disable("noor@example.org")

    assert desk.get(_there(desk, "noor")).status_code == 403


@pytest.mark.parametrize("forged", ["state", "code", "browser", "again"])
def test_coming_back_otherwise_than_one_went_opens_nothing(desk: TestClient, forged: str) -> None:
    back = _there(desk, "noor")
    if forged == "state":
        back = re.sub(r"state=[^&]+", "state=van-een-ander", back)
    elif forged == "code":
        back = re.sub(r"code=[^&]+", "code=geraden", back)
    elif forged == "browser":
        desk.cookies.clear()
    else:
        desk.get(back)
        desk.cookies.clear()

    answer = desk.get(back)

    assert answer.status_code in (401, 502)
    assert desk.get("/desk").status_code == 303


def test_a_provider_that_does_not_answer_leaves_the_password(people_app: FastAPI, desk: TestClient) -> None:
    settings: Any = people_app.state.settings
    people_app.state.settings = settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})

    answer = desk.get("/desk/login/extern")

    assert answer.status_code == 502
    assert "log in met je wachtwoord" in answer.text
