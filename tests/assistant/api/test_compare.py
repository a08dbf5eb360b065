"""Routes side by side over HTTP."""

import pytest
from fastapi.testclient import TestClient

PAIR = "zij-instroom-po,pabo-deeltijd"


def test_two_routes_come_side_by_side(api: TestClient) -> None:
    answer = api.get("/api/v1/compare", params={"routes": PAIR})

    assert answer.status_code == 200
    table = answer.json()
    assert [route["id"] for route in table["routes"]] == PAIR.split(",")
    [cost] = [row for row in table["rows"] if row["aspect"] == "cost"]
    first = cost["cells"][1]["lines"][0]
    assert "€ 2.694" in first["text"]
    assert first["year"] == "2026-2027"
    assert first["source"]["publisher"]


def test_who_tells_facts_gets_verdicts_too(api: TestClient) -> None:
    body = {"routes": PAIR.split(","), "facts": {"sector": ["po"], "diploma_level": "havo"}, "region": "ldb"}

    table = api.post("/api/v1/compare", json=body).json()

    assert [route["verdict"] for route in table["routes"]] == ["does_not_fit", "possible"]
    assert table["rows"][0]["label"] == "Past het bij jou?"


@pytest.mark.parametrize(
    ("routes", "says"),
    [
        ("pabo-voltijd", "minstens twee"),
        ("pabo-voltijd,pabo-voltijd", "twee keer"),
        ("pabo-voltijd,pabo-deeltijt", "Misschien bedoel je: pabo-deeltijd"),
        ("pabo-voltijd,pabo-deeltijd,pabo-duaal,empo,zij-instroom-po", "hoogstens vier"),
        (",,,", "minstens twee"),
        ("<script>alert(1)</script>,pabo-voltijd", "kennen we niet"),
    ],
)
def test_what_cannot_be_compared_is_a_problem_with_what_to_do(api: TestClient, routes: str, says: str) -> None:
    answer = api.get("/api/v1/compare", params={"routes": routes})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    [error] = answer.json()["errors"]
    assert error["field"] == "routes"
    assert says in error["message"]


def test_an_unknown_region_or_fact_is_a_problem(api: TestClient) -> None:
    region = api.get("/api/v1/compare", params={"routes": PAIR, "region": "mars"})
    fact = api.post("/api/v1/compare", json={"routes": PAIR.split(","), "facts": {"shoe_size": 43}})

    assert (region.status_code, fact.status_code) == (422, 422)
    assert "haaglanden" in region.json()["errors"][0]["message"]
    assert "shoe_size" in fact.json()["detail"]
