"""Published records and search: what is there can be found, filtered and cited, and nothing else."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.problem import Problem
from knowledge.catalogue import Catalogue
from knowledge.passage import Passage

LISTS = ("routes", "costs", "subsidies", "vacancies", "lokets", "events", "figures", "programmes", "institutions")
PRIVATE = {"review_by", "lead_mailbox", "takes_leads"}


def _items(api: TestClient, kind: str, **filters: Any) -> list[dict[str, Any]]:
    answer = api.get(f"/api/v1/{kind}", params=filters)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.parametrize("kind", LISTS)
def test_every_item_of_a_list_says_where_it_comes_from_and_can_be_asked_for_by_id(api: TestClient, kind: str) -> None:
    items = _items(api, kind, limit=200)

    for item in items:
        assert item["sources"], item["id"]
        assert all(source["publisher"] and source["as_of"] for source in item["sources"])
        assert not PRIVATE & item.keys()
        assert item.keys() == items[0].keys()
        assert api.get(f"/api/v1/{kind}/{item['id']}").json() == item
    assert items or kind == "vacancies"


def test_a_record_carries_where_its_sources_disagree_each_claim_with_its_source(api: TestClient) -> None:
    [conflict, *_] = api.get("/api/v1/subsidies/lerarenbeurs").json()["conflicts"]

    assert [claim["source"]["publisher"] for claim in conflict["claims"]] == ["VOS/ABB", "Fondswerving Online"]
    assert all(claim["says"] and claim["as_of"] for claim in conflict["claims"])
    assert conflict["sure"]
    assert conflict["ask"]


def test_a_figure_says_what_it_measures_where_and_whether_it_was_measured(api: TestClient) -> None:
    forecast = api.get("/api/v1/figures/hr-onvervuld-2029").json()

    assert (forecast["measure"], forecast["nature"], forecast["scope"]) == (
        "onvervulde-banen", "forecast", "arbeidsmarktregio",
    )  # fmt: skip
    assert (forecast["value"], forecast["unit"], forecast["qualifier"], forecast["year"]) == (
        "123", "fte", "ongeveer", "2029",
    )  # fmt: skip


def test_lists_hold_what_was_promised(api: TestClient) -> None:
    assert len(_items(api, "routes", limit=200)) >= 15
    assert len(_items(api, "costs", limit=200)) >= 10
    assert len(_items(api, "subsidies", limit=200)) >= 10


def test_a_list_can_be_filtered_by_region_and_sector(api: TestClient) -> None:
    everything = _items(api, "routes", limit=200)

    vo = _items(api, "routes", sector="vo", limit=200)
    here = _items(api, "lokets", region="haaglanden", limit=200)

    assert 0 < len(vo) < len(everything)
    assert all("vo" in route["sectors"] or not route["sectors"] for route in vo)
    assert here
    assert all("haaglanden" in loket["regions"] or not loket["regions"] for loket in here)


def test_programmes_are_listed_by_route_place_and_form_and_by_the_region_they_are_near_to(api: TestClient) -> None:
    found = _items(api, "programmes", route="pabo-deeltijd", region="hak", place="haarlem", form="deeltijd")

    assert {each["id"] for each in found} == {"inholland-pabo-deeltijd"}
    near = _items(api, "programmes", region="ldb", limit=200)
    assert near
    assert all("ldb" in each["near"] for each in near)


@pytest.mark.parametrize("place", ["delft", "Delft", " DELFT "])
def test_school_boards_are_listed_by_the_municipality_they_have_schools_in(api: TestClient, place: str) -> None:
    found = {each["id"] for each in _items(api, "institutions", type="schoolbestuur", place=place)}

    assert {"bestuur-laurentius-stichting", "bestuur-librijn"} <= found
    assert "bestuur-unicoz" not in found


def test_a_place_without_a_programme_gives_an_empty_list(api: TestClient) -> None:
    assert _items(api, "programmes", place="Nergenshuizen") == []


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [("programmes", "form", "avond"), ("programmes", "route", "piloot"), ("institutions", "type", "school")],
)
def test_a_form_route_or_type_that_does_not_exist_is_answered_with_those_that_do(
    api: TestClient, kind: str, field: str, value: str
) -> None:
    answer = api.get(f"/api/v1/{kind}", params={field: value})

    assert answer.status_code == 422
    assert f"Kies voor {field} uit: " in answer.text


def test_a_list_is_as_long_as_was_asked_for(api: TestClient) -> None:
    assert len(_items(api, "routes", limit=2)) == 2


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("filters", [{"limit": 0}, {"limit": 201}, {"limit": "veel"}, {"region": "x" * 61}])
def test_a_filter_that_cannot_be_is_refused_in_dutch(api: TestClient, kind: str, filters: dict[str, Any]) -> None:
    answer = api.get(f"/api/v1/{kind}", params=filters)

    assert answer.status_code == 422
    problem = Problem.model_validate_json(answer.text)
    assert [error.field for error in problem.errors] == list(filters)
    assert problem.errors[0].message.startswith("Dit ")


@pytest.mark.parametrize("filters", [{"sector": "universum"}, {"region": "nergens"}])
@pytest.mark.parametrize("path", ["routes", "search?q=pabo"])
def test_a_sector_or_region_that_does_not_exist_is_said_to_be_so(
    api: TestClient, path: str, filters: dict[str, str]
) -> None:
    answer = api.get(f"/api/v1/{path}", params=dict(re.findall(r"(q)=(\w+)", path)) | filters)

    assert answer.status_code == 422
    assert f"Kies voor {next(iter(filters))} uit: " in answer.json()["detail"]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("record_id", ["bestaat-niet", "haaglanden", "..%2f..%2fetc", "%00", "<b>"])
def test_what_is_not_of_that_kind_does_not_exist_there(api: TestClient, kind: str, record_id: str) -> None:
    answer = api.get(f"/api/v1/{kind}/{record_id}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "<b>" not in answer.text


def test_money_comes_with_its_year_and_source(api: TestClient) -> None:
    for item in (*_items(api, "costs", limit=200), *_items(api, "subsidies", limit=200)):
        for amount in item["amounts"]:
            assert re.match(r"20\d\d", amount["year"]), item["id"]
            assert amount["sources"] or item["sources"], item["id"]


def test_what_holds_no_more_is_not_listed(
    api: TestClient, make_api: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.app.today", lambda: date(2040, 1, 1))

    later = _items(make_api(), "costs", limit=200)

    assert len(later) < len(_items(api, "costs", limit=200))
    assert all(item["valid_until"] is None or item["valid_until"] > "2040-01-01" for item in later)


def test_a_draft_is_not_published(api: TestClient, catalogue_of_content: Catalogue) -> None:
    for draft in catalogue_of_content.drafts:
        for kind in LISTS:
            assert api.get(f"/api/v1/{kind}/{draft.id}").status_code == 404


# ---- search ----


def test_search_finds_the_record_that_is_asked_for_first(api: TestClient) -> None:
    results = api.get("/api/v1/search", params={"q": "wat is zij-instroom in het basisonderwijs?"}).json()["results"]

    assert "zij-instroom" in results[0]["id"]
    for found in results:
        assert found["source"]["publisher"]
        assert found["snippet"]
    scores = [found["score"] for found in results]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("kind", ["route", "subsidy", "cost", "faq", "term", "loket"])
def test_search_can_be_held_to_one_kind(api: TestClient, kind: str) -> None:
    results = api.get("/api/v1/search", params={"q": "leraar worden", "kind": kind}).json()["results"]

    assert results
    assert {found["kind"] for found in results} == {kind}


def test_search_gives_no_more_than_was_asked_for(api: TestClient) -> None:
    assert len(api.get("/api/v1/search", params={"q": "leraar", "limit": 3}).json()["results"]) == 3


def test_search_leaves_out_what_holds_for_another_region(api: TestClient, catalogue_of_content: Catalogue) -> None:
    found = api.get("/api/v1/search", params={"q": "onderwijsloket", "kind": "loket", "region": "hak", "limit": 50})

    for result in found.json()["results"]:
        record = catalogue_of_content.find(result["id"])
        assert record is not None
        assert record.holds_in("hak")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "x" * 501}, "q"),
        ({"q": "x", "limit": 51}, "limit"),
        ({"q": "x", "limit": 1.5}, "limit"),
    ],
)
def test_a_wrong_search_is_explained_by_field(api: TestClient, query: dict[str, Any], field: str) -> None:
    answer = api.get("/api/v1/search", params=query)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_kind_that_does_not_exist_is_answered_with_those_that_do(api: TestClient) -> None:
    answer = api.get("/api/v1/search", params={"q": "x", "kind": "fiets"})

    assert answer.status_code == 422
    assert "route" in answer.json()["detail"]
    assert "document" in answer.json()["detail"]


@pytest.mark.parametrize("words", ["\x00", "'; DROP TABLE x; --", "<script>", "🙂", "a" * 500, "*:*", "   "])
def test_strange_words_are_searched_for_like_others(api: TestClient, words: str) -> None:
    assert api.get("/api/v1/search", params={"q": words}).status_code == 200


def test_an_ingested_document_is_found_with_its_source_and_section(api: TestClient, ingested: Passage) -> None:
    [best, *_] = api.get("/api/v1/search", params={"q": "zonnebloemklas", "kind": "document"}).json()["results"]

    assert best["kind"] == "document"
    assert best["title"] == f"{ingested.title}: {ingested.section}"
    assert best["snippet"] == ingested.text
    assert best["source"] == {
        "id": ingested.source_id,
        "title": ingested.title,
        "publisher": ingested.publisher,
        "url": None,
        "as_of": ingested.as_of,
    }
