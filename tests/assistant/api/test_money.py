"""The money of a route over the API."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api import money, problem
from assistant.eligibility.verdict import Eligibility
from knowledge.reader import read_catalogue


@dataclass(frozen=True)
class _Knowledge:
    eligibility: Eligibility


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.state.knowledge = _Knowledge(Eligibility(read_catalogue(), date(2026, 11, 22)))
    app.include_router(money.router)
    problem.install(app)
    with TestClient(app) as client:
        yield client


def test_the_picture_of_a_route_tells_each_amount_with_year_source_and_certainty(client: TestClient) -> None:
    answer = client.post(
        "/api/v1/money",
        json={"route": "pabo-voltijd", "facts": {"diploma_level": "havo", "age": 19, "municipality": "zoetermeer"}},
    )

    assert answer.status_code == 200
    picture = answer.json()
    sources = {source["id"] for source in picture["sources"]}
    assert [year["number"] for year in picture["years"]] == [1, 2, 3, 4]
    for line in (line for year in picture["years"] for line in year["lines"]):
        assert line["certainty"] in ("certain", "open", "uncertain")
        assert line["at_least"] is None or line["prices_of"]
        assert set(line["sources"]) <= sources
    pays = next(total for total in picture["years"][0]["totals"] if total["flow"] == "pay")
    assert (pays["at_least"], pays["at_most"]) == (3444, 3494)


def test_the_picture_comes_in_english(client: TestClient) -> None:
    picture = client.post("/api/v1/money", json={"route": "zij-instroom-po", "locale": "en"}).json()

    assert picture["tuition"][0].startswith("You pay no tuition fee")
    assert {line["who"] for year in picture["years"] for line in year["lines"]} <= {
        "You pay", "You receive", "You earn (gross)", "The school pays", "The school receives", "You can borrow"
    }  # fmt: skip


def test_what_working_less_costs_is_counted_only_with_a_wage_that_was_given(client: TestClient) -> None:
    without = client.post("/api/v1/money", json={"route": "pabo-deeltijd"}).json()["missed_income"]
    work = {"gross_per_month": 3000, "days": 5, "days_less": 2}
    given = client.post("/api/v1/money", json={"route": "pabo-deeltijd", "work": work}).json()["missed_income"]

    assert without["per_year"] is None
    assert without["text"].startswith("Een voorbeeld")
    # 3,000 x 12 x 2/5
    assert given["per_year"] == 14400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"route": "bestaat-niet"}, 404),
        ({}, 422),
        ({"route": "pabo-deeltijd", "facts": {"diploma_level": "ja"}}, 422),
        ({"route": "pabo-deeltijd", "facts": {"onzin": 1}}, 422),
        ({"route": "pabo-deeltijd", "region": "atlantis"}, 422),
        ({"route": "pabo-deeltijd", "work": {"gross_per_month": -1}}, 422),
        ({"route": "pabo-deeltijd", "work": {"gross_per_month": 3000, "days": 2, "days_less": 3}}, 422),
        ({"route": "pabo-deeltijd", "locale": "fr"}, 422),
    ],
)
def test_what_makes_no_sense_is_refused_as_a_problem_in_dutch(
    client: TestClient, body: dict[str, Any], status: int
) -> None:
    answer = client.post("/api/v1/money", json=body)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_every_route_has_a_picture(client: TestClient) -> None:
    for route in read_catalogue().content.finances:
        answer = client.post("/api/v1/money", json={"route": route.route})
        assert answer.status_code == 200, route.route
        assert answer.json()["years"]
