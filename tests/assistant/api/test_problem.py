"""Every error of the API is one problem: Dutch, without what was typed, and with what to do."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError
from starlette.responses import StreamingResponse

from assistant import errors
from assistant.api import problem
from assistant.api.problem import Problem


class _Body(BaseModel):
    name: str = Field(max_length=5)
    count: int


RAISED = {
    "/not-found": errors.NotFound("lead", "x"),
    "/not-yours": errors.NotYours(),
    "/refused": errors.Refused("Dat kan hier niet."),
    "/fields": errors.FieldsRefused({"consent.version": "Lees de tekst opnieuw."}),
    "/too-many": errors.TooMany(7),
    "/not-ready": errors.NotReady(),
    "/store": errors.StoreUnavailable("disk full"),
    "/crash": RuntimeError("een geheim"),
    "/database": OperationalError("INSERT een geheim", {"name": "een geheim"}, Exception("database is locked")),
}


@pytest.fixture
def client() -> Iterator[TestClient]:
    """An application whose routes fail, each in its own way."""
    app = FastAPI()

    @app.get("/{kind}")
    def fail(kind: str) -> None:
        raise RAISED[f"/{kind}"]

    @app.post("/body")
    def body(_: _Body) -> None:
        return

    problem.install(app)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/not-found", 404),
        ("/not-yours", 401),
        ("/refused", 422),
        ("/fields", 422),
        ("/too-many", 429),
        ("/not-ready", 503),
        ("/store", 503),
        ("/crash", 500),
        ("/database", 503),
        ("/a/b/c", 404),
    ],
)
def test_each_error_is_a_problem_with_its_status_and_a_dutch_sentence(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = Problem.model_validate_json(answer.text)
    assert told.status == status
    assert told.detail.endswith(".")
    assert "geheim" not in answer.text


def test_fields_are_named_and_a_limit_says_when(client: TestClient) -> None:
    assert client.get("/fields").json()["errors"] == [{"field": "consent.version", "message": "Lees de tekst opnieuw."}]
    assert client.get("/too-many").headers["retry-after"] == "7"
    assert client.get("/not-yours").headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ('{"name": "een geheim", "count": 1}', {"name": "Dit is te lang. Gebruik hoogstens 5 tekens."}),
        ('{"count": "veel"}', {"name": "Dit veld ontbreekt.", "count": "Dit moet een heel getal zijn."}),
        ('{"name": ', {"9": "Dit is geen geldige JSON."}),
        ("[]", {"body": "Dit klopt niet. Kijk het even na."}),
        ('{"name": "\\ud800", "count": 1}', {"name": "Dit klopt niet. Kijk het even na."}),
    ],
)
def test_what_is_wrong_with_a_body_is_said_by_field_without_repeating_it(
    client: TestClient, body: str, errors: dict[str, str]
) -> None:
    answer = client.post("/body", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 422
    assert {each["field"]: each["message"] for each in answer.json()["errors"]} == errors
    assert "geheim" not in answer.text


def test_a_wrong_method_is_a_problem_too(client: TestClient) -> None:
    answer = client.delete("/body")

    assert answer.status_code == 405
    assert answer.headers["allow"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_log_of_a_database_error_has_the_reason_and_not_the_data(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/database")

    assert "database is locked" in caplog.text
    assert "geheim" not in caplog.text


def test_a_crash_is_in_the_log_with_its_place(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)

    client.get("/crash")

    assert "GET /crash failed" in caplog.text
    assert "Traceback" in caplog.text


def test_a_crash_after_the_first_byte_ends_the_answer_and_sends_no_second_one() -> None:
    app = FastAPI()

    async def halfway() -> AsyncIterator[bytes]:
        yield b"half"
        raise RuntimeError

    @app.get("/")
    def stream() -> StreamingResponse:
        return StreamingResponse(halfway())

    problem.install(app)

    with TestClient(app) as client, pytest.raises(RuntimeError):
        client.get("/")
