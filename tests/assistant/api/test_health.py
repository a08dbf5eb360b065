"""Operators and their tools see whether it runs, whether it is ready, and how it is doing."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from knowledge.catalogue import Catalogue


def test_a_process_that_answers_is_healthy(api: TestClient) -> None:
    assert api.get("/healthz").json() == {"status": "ok"}


def test_ready_says_what_is_published_and_how_far_the_index_is(
    api: TestClient, catalogue_of_content: Catalogue
) -> None:
    told = api.get("/readyz").json()

    assert told["status"] == "ready"
    assert told["catalogue"] == catalogue_of_content.version
    assert told["records"] == len(catalogue_of_content)
    assert told["index"]["kind"] == "lexical"
    assert told["index"]["passages"] > 1000
    assert told["index"]["building"] is False


def test_without_its_store_the_service_is_healthy_and_not_ready(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("SELECT 1", {}, Exception("disk I/O error"))

    monkeypatch.setattr(Session, "execute", fail)

    assert api.get("/healthz").status_code == 200
    answer = api.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"


def test_health_needs_no_token_and_is_never_limited(make_api: Any) -> None:
    api = make_api(messages_per_minute=1)

    assert {api.get(path).status_code for path in ("/healthz", "/readyz", "/metrics") for _ in range(15)} == {200}
