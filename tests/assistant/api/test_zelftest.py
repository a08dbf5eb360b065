"""The zelftest over HTTP, with the delivered rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api import problem, zelftest
from assistant.eligibility.verdict import Eligibility
from assistant.storage.session import open_store
from assistant.zelftest.receipt_id import read_receipt_id
from knowledge.reader import ContentReader, publish


@dataclass(frozen=True)
class Knowledge:
    """What `app.state.knowledge` offers to the zelftest."""

    eligibility: Eligibility


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = FastAPI()
    problem.install(app)
    app.include_router(zelftest.router)
    app.state.sessions = open_store(f"sqlite:///{tmp_path_factory.mktemp('people') / 'people.sqlite'}")
    app.state.knowledge = Knowledge(Eligibility(publish(ContentReader().read()), date(2026, 9, 1)))
    with TestClient(app) as client:
        yield client


def test_a_visitor_who_told_nothing_is_asked_the_first_question(client: TestClient) -> None:
    response = client.post("/api/v1/zelftest", json={"facts": {}})

    assert response.status_code == 200
    body = response.json()
    assert body["complete"] is False
    assert body["receipt"] is None
    assert body["next_question"]["fact"] == "sector"
    assert {"route", "title", "verdict", "score", "reasons", "missing", "would_change"} <= body["outcomes"][0].keys()
    assert {"duration_months", "costs", "subsidies", "next_step"} <= body["outcomes"][0].keys()


def test_answering_every_question_ends_with_an_outcome(client: TestClient) -> None:
    facts: dict[str, object] = {}

    while question := client.post("/api/v1/zelftest", json={"facts": facts}).json()["next_question"]:
        first = question["options"][0]["value"]
        facts[question["fact"]] = question["minimum"] if question["input"] == "number" else first
    done = client.post("/api/v1/zelftest", json={"facts": facts}).json()

    assert done["complete"] is True
    assert done["advice"]
    assert done["receipt"] == read_receipt_id(done["receipt"])
    assert len(facts) < 15


def test_null_is_an_answer_and_is_not_asked_again(client: TestClient) -> None:
    body = client.post("/api/v1/zelftest", json={"facts": {"sector": None}}).json()

    assert body["next_question"]["fact"] != "sector"


def test_english_is_spoken_to_who_asks_for_it(client: TestClient) -> None:
    body = client.post("/api/v1/zelftest", json={"facts": {}, "locale": "en"}).json()

    assert body["next_question"]["text"] == "In which kind of school do you want to work?"


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"sector": ["universiteit"]}, "sector"),
        ({"sector": [{"a": 1}]}, "sector"),
        ({"age": 400}, "age"),
        ({"age": 42.5}, "age"),
        ({"schoenmaat": 43}, "schoenmaat"),
        ({"subject": "zwemmen in de zee"}, "vak"),
    ],
)
def test_a_fact_that_makes_no_sense_is_a_problem_in_dutch(
    client: TestClient, facts: dict[str, object], word: str
) -> None:
    response = client.post("/api/v1/zelftest", json={"facts": facts})

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert word in response.json()["detail"]


@pytest.mark.parametrize("body", [[], {"facts": []}, {"facts": {}, "locale": "fr"}, {}, "hoi"])
def test_a_body_of_another_shape_is_a_problem(client: TestClient, body: object) -> None:
    assert client.post("/api/v1/zelftest", json=body).status_code == 422


def test_every_fact_is_listed_with_its_question_and_answers(client: TestClient) -> None:
    questions = client.get("/api/v1/zelftest/questions", params={"locale": "nl"}).json()

    assert questions[0]["fact"] == "sector"
    assert [option["value"] for option in questions[0]["options"]] == ["po", "so", "vo", "mbo", None]
    assert all(question["text"] and question["why"] for question in questions)
    subject = next(question for question in questions if question["fact"] == "subject")
    assert {"value": "wiskunde", "label": "Wiskunde"} in subject["options"]


def test_the_contract_is_in_the_openapi(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]

    assert "ZelftestOut" in str(paths["/api/v1/zelftest"]["post"]["responses"]["200"])
    assert "422" in paths["/api/v1/zelftest"]["post"]["responses"]
