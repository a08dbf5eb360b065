"""Each advice that is given over HTTP has a number, and the number says what it followed from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from assistant.storage.session import open_store
from assistant.storage.tables import ReceiptRow

MakeApi = Callable[..., TestClient]


def _complete(api: TestClient, **told: Any) -> dict[str, Any]:
    """The whole zelftest, with the first answer wherever nothing is told."""
    facts = dict(told)
    while question := (done := api.post("/api/v1/zelftest", json={"facts": facts}).json())["next_question"]:
        first = question["options"][0]["value"]
        facts[question["fact"]] = {"number": question["minimum"], "set": [first]}.get(question["input"], first)
    return {"facts": facts, **done}


def test_a_complete_zelftest_can_be_read_back_by_its_number(api: TestClient) -> None:
    done = _complete(api)

    found = api.get(f"/api/v1/receipts/{done['receipt'].lower()}").json()

    assert found["id"] == done["receipt"]
    assert found["asked"] == list(done["facts"])
    assert found["facts"] == done["facts"]
    assert {each["route"]: each["verdict"] for each in found["routes"]} == {
        each["route"]: each["verdict"] for each in done["outcomes"]
    }
    assert found["is_intact"]
    assert found["replay"]["state"] == "same"
    assert found["since"]["routes"] == []


def test_the_same_answers_again_have_the_same_number(api: TestClient) -> None:
    assert _complete(api)["receipt"] == _complete(api)["receipt"]


def test_what_is_published_is_archived_at_the_start(make_api: MakeApi, tmp_path: Path) -> None:
    api = make_api()
    done = _complete(api)

    assert api.get(f"/api/v1/receipts/{done['receipt']}").json()["since"]["knows_amounts"]
    assert [file.name for file in (tmp_path / "var" / "catalogues").glob("*.json.gz")]


def test_a_receipt_of_a_retired_catalogue_says_so_and_shows_what_was_told(make_api: MakeApi, tmp_path: Path) -> None:
    api = make_api()
    done = _complete(api)
    for file in (tmp_path / "var" / "catalogues").iterdir():
        file.unlink()

    found = api.get(f"/api/v1/receipts/{done['receipt']}").json()

    assert found["replay"]["state"] == "retired"
    assert found["since"]["knows_amounts"] is False
    assert found["routes"]


def test_advice_in_the_chat_has_a_number_and_its_lead_carries_it(
    api: TestClient, begin: Callable[..., Any], installed: Path
) -> None:
    talk = begin()

    first = talk.say("Hoi, wat kost de pabo?").json()
    said = talk.say("Ik heb hbo verpleegkunde, ben 42, woon in Zoetermeer en wil juf worden op een basisschool").json()

    assert first["receipt"] is None
    assert said["status"] == "answered_advice"
    found = api.get(f"/api/v1/receipts/{said['receipt']}").json()
    assert found["facts"]["diploma_level"] == "hbo-bachelor"
    assert found["region"] == "haaglanden"
    assert "municipality" not in found["facts"]
    assert "verpleegkunde" not in json.dumps(found["facts"]).casefold()
    shown = {block["route"]: block["verdict"] for block in said["blocks"] if block["type"] == "route"}
    assert shown.items() <= {each["route"]: each["verdict"] for each in found["routes"]}.items()
    assert talk.turns()[-1]["reply"]["receipt"] == said["receipt"]
    with open_store(f"sqlite:///{installed / 'people.sqlite'}")() as session:
        rows = [json.dumps(row.content) for row in session.scalars(select(ReceiptRow))]
    assert rows
    assert not any("zoetermeer" in row.casefold() for row in rows)


@pytest.mark.parametrize("number", ["0000-0000-0000", "x", "ABCDEFGHJKMN", "%00", "é", "1" * 40])
def test_a_number_of_nothing_is_a_kind_problem(api: TestClient, number: str) -> None:
    response = api.get(f"/api/v1/receipts/{number}")

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "Dit bestaat niet of niet meer."


def test_numbers_cannot_be_tried_out_quickly(make_api: MakeApi) -> None:
    api = make_api(messages_per_minute=10)

    asked = [api.get("/api/v1/receipts/0000-0000-0000").status_code for _ in range(11)]

    assert asked == [404] * 10 + [429]


def test_an_advice_is_given_also_when_its_receipt_cannot_be_kept(
    make_api: MakeApi, caplog: pytest.LogCaptureFixture
) -> None:
    api = make_api()
    api.app.state.sessions.kw["bind"].dispose()  # type: ignore[attr-defined]
    with api.app.state.sessions.begin() as session:  # type: ignore[attr-defined]
        ReceiptRow.__table__.drop(session.connection())  # type: ignore[attr-defined]

    done = _complete(api)

    assert done["complete"]
    assert done["advice"]
    assert done["receipt"] is None
    assert "without a receipt" in caplog.text
