"""The zelftest over HTTP, with the delivered rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api import problem, zelftest
from assistant.eligibility.verdict import Eligibility
from assistant.settings import Settings
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
    app.state.settings = Settings(region="haaglanden")
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


def test_every_wrong_fact_is_named_so_that_the_others_can_be_kept(client: TestClient) -> None:
    facts = {"sector": ["po"], "age": 400, "schoenmaat": 43, "hours_per_week": 168, "diploma_level": "wo-master"}

    problem = client.post("/api/v1/zelftest", json={"facts": facts}).json()

    assert {each["field"] for each in problem["errors"]} == {"facts.age", "facts.schoenmaat", "facts.hours_per_week"}


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"diploma_level": "geen", "diploma_matches_subject": "verwant"}, {"diploma_level", "diploma_matches_subject"}),
        ({"age": 19, "diploma_level": "phd"}, {"age", "diploma_level"}),
        ({"age": 30, "work_experience_years": 40}, {"age", "work_experience_years"}),
        ({"hours_per_week": 80}, {"hours_per_week"}),
    ],
)
def test_answers_that_do_not_go_together_are_asked_about_and_nothing_is_lost(
    client: TestClient, facts: dict[str, object], named: set[str]
) -> None:
    response = client.post("/api/v1/zelftest", json={"facts": facts})

    assert response.status_code == 200
    [doubt] = response.json()["doubts"]
    assert set(doubt["facts"]) == named
    assert doubt["text"].endswith("?")


def test_a_light_step_tells_everything_of_the_first_routes_and_the_verdict_of_the_rest(client: TestClient) -> None:
    given = {"facts": {"sector": ["po"], "role": "leraar"}}

    light = client.post("/api/v1/zelftest", json={**given, "detail": "open"})
    whole = client.post("/api/v1/zelftest", json=given)

    assert len(light.content) < 0.7 * len(whole.content)
    verdicts = [[(each["route"], each["verdict"]) for each in body.json()["outcomes"]] for body in (light, whole)]
    assert verdicts[0] == verdicts[1]
    assert light.json()["outcomes"][0] == whole.json()["outcomes"][0]
    assert light.json()["next_question"] == whole.json()["next_question"]


def test_the_loket_is_that_of_where_the_visitor_lives(client: TestClient) -> None:
    facts = {"sector": ["po"], "role": "leraar", "municipality": "haarlem"}

    here = client.post("/api/v1/zelftest", json={"facts": facts, "region": "haaglanden"}).json()
    there = client.post("/api/v1/zelftest", json={"facts": {"sector": ["po"]}, "region": "haaglanden"}).json()

    assert here["loket"]["id"] != there["loket"]["id"]
    assert "Haarlem" in here["loket"]["reason"]


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
