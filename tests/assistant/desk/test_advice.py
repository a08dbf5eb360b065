"""The dossier shows the advice that a lead came with, and what it would be today."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.app import create_app
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import Sessions
from assistant.storage.tables import ReceiptRow

PASSWORD = "een lang genoeg wachtwoord"
SAID = "Ik heb hbo, ben 42 en wil juf worden op een basisschool"


@pytest.fixture
def desk(installed: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The whole application with one lead that came of an advice, and an adviser who is logged in."""
    var = shutil.copytree(installed, tmp_path / "var")
    app = create_app(Settings(var=var, embedder="none", rate_limit="off"))
    with TestClient(app) as client:
        begun = client.post("/api/v1/conversations", json={}).json()
        headers = {"Authorization": f"Bearer {begun['token']}"}
        path = f"/api/v1/conversations/{begun['conversation_id']}/messages"
        said = client.post(path, json={"text": SAID}, headers=headers).json()
        assert said["receipt"], "the chat gave no advice; this test needs one"
        consent = {"version": client.get("/api/v1/consent").json()["version"], "given": True}
        lead = {"name": "Sam", "email": "sam@example.org", "preferred_contact": "email", "consent": consent}
        kept = client.post(
            "/api/v1/leads", json=lead | {"conversation_id": begun["conversation_id"]}, headers=headers
        ).json()
        with app.state.sessions.begin() as session:
            AccountStore(session).add("noor@example.org", "Noor", ("haaglanden",), PASSWORD)
        token = re.search(r'name="token" value="([^"]*)"', client.get("/desk/login").text)
        assert token
        client.post("/desk/login", data={"email": "noor@example.org", "password": PASSWORD, "token": token[1]})
        client.headers["X-Lead"], client.headers["X-Receipt"] = kept["lead_id"], said["receipt"]
        yield client


def _dossier(desk: TestClient) -> str:
    return desk.get(f"/desk/leads/{desk.headers['X-Lead']}").text


def _sessions(desk: TestClient) -> Sessions:
    return desk.app.state.sessions  # type: ignore[attr-defined, no-any-return]


def test_an_advice_that_is_still_the_same_says_so(desk: TestClient) -> None:
    page = _dossier(desk)

    assert desk.headers["X-Receipt"] in page
    assert "dezelfde antwoorden geven nu hetzelfde advies" in page


def test_a_route_that_comes_out_otherwise_is_named_with_both_verdicts(desk: TestClient) -> None:
    with _sessions(desk).begin() as session:
        row = session.get(ReceiptRow, desk.headers["X-Receipt"])
        assert row is not None
        routes = [
            each | {"verdict": "does_not_fit"} if each["route"] == "zij-instroom-po" else each
            for each in row.content["routes"]
        ]
        row.content = row.content | {"routes": routes}

    page = _dossier(desk)

    assert "Zij-instroom in het basisonderwijs" in page
    assert "Was: past nu niet." in page


def test_without_its_receipt_the_dossier_is_as_before(desk: TestClient) -> None:
    with _sessions(desk).begin() as session:
        session.delete(session.get(ReceiptRow, desk.headers["X-Receipt"]))

    page = _dossier(desk)

    assert "sindsdien veranderd" not in page
    assert "Welke routes passen" in page
