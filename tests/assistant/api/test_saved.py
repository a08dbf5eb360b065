"""A zelftest is saved under a code, opened and erased by it, and by nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

MakeApi = Callable[..., TestClient]
WHERE = "/api/v1/zelftest/saved"
FACTS = {"sector": ["po"], "age": 42, "needs_income": None}


def _with(code: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {code}"}


def _save(api: TestClient, facts: dict[str, Any], code: str = "", **more: Any) -> dict[str, Any]:
    answer = api.post(WHERE, json={"facts": facts, **more}, headers=_with(code) if code else {})
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


def test_what_was_saved_is_opened_by_its_code(api: TestClient) -> None:
    made = _save(api, FACTS, region="haaglanden")

    opened = api.get(WHERE, headers=_with(made["code"])).json()

    assert opened["facts"] == FACTS
    assert (opened["region"], opened["forgotten"]) == ("haaglanden", [])
    assert made["url"] == f"http://localhost:8000/zelftest/verder/{made['code']}"


def test_until_when_it_is_kept_is_said_in_words(api: TestClient) -> None:
    made = _save(api, FACTS)

    left = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=89, hours=23) < left <= timedelta(days=90)
    assert made["expires_in_words"].startswith("tot en met ")


def test_saving_again_with_the_code_replaces_it(api: TestClient) -> None:
    made = _save(api, FACTS)

    assert _save(api, {"age": 43}, made["code"])["code"] == made["code"]
    assert api.get(WHERE, headers=_with(made["code"])).json()["facts"] == {"age": 43}


def test_the_visitor_erases_it(api: TestClient) -> None:
    code = _save(api, FACTS)["code"]

    assert api.delete(WHERE, headers=_with(code)).status_code == 204
    assert api.get(WHERE, headers=_with(code)).status_code == 404
    assert api.delete(WHERE, headers=_with(code)).status_code == 404


@pytest.mark.parametrize("code", ["", "x", "A" * 27, "A" * 4000, "../x"])
def test_a_forged_code_is_told_kindly_and_what_to_do(api: TestClient, code: str) -> None:
    _save(api, FACTS)

    response = api.get(WHERE, headers=_with(code))

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "verlopen" in response.json()["detail"]
    assert "opnieuw doen" in response.json()["detail"]


def test_after_its_time_it_is_gone(make_api: MakeApi) -> None:
    api = make_api(saved_retention=timedelta(0))

    assert api.get(WHERE, headers=_with(_save(api, FACTS)["code"])).status_code == 404


def test_own_words_and_unknown_regions_are_not_saved(api: TestClient) -> None:
    made = _save(api, {**FACTS, "motive": "Ik ben Sam", "diploma_field": "Sams studie"}, region="atlantis")

    opened = api.get(WHERE, headers=_with(made["code"])).json()
    assert opened["facts"] == FACTS
    assert opened["region"] is None


@pytest.mark.parametrize("body", [{}, {"facts": []}, {"facts": {"schoenmaat": 43}}, {"facts": {}, "naam": "Sam"}, []])
def test_what_is_no_zelftest_is_refused(api: TestClient, body: Any) -> None:
    assert api.post(WHERE, json=body).status_code == 422


def test_nobody_keeps_what_belongs_to_one_visitor(api: TestClient) -> None:
    code = _save(api, FACTS)["code"]

    assert api.get(WHERE, headers=_with(code)).headers["cache-control"] == "no-store"


def test_saving_has_a_slow_pace(make_api: MakeApi) -> None:
    api = make_api(messages_per_minute=20)

    saved = [api.post(WHERE, json={"facts": {}}).status_code for _ in range(3)]

    assert saved == [201, 201, 429]
