"""The page that lays routes side by side, as a browser without JavaScript uses it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from assistant.app import create_app
from assistant.settings import Settings

PAIR = [("route", "zij-instroom-po"), ("route", "pabo-deeltijd")]


@pytest.fixture(scope="module")
def visitor(installed: Path) -> Iterator[TestClient]:
    """A browser at the real application."""
    with TestClient(create_app(Settings(var=installed, embedder="none", rate_limit="off"))) as client:
        yield client


def page_of(visitor: TestClient, query: list[tuple[str, str]]) -> html.HtmlElement:
    answer = visitor.get("/vergelijk", params=query)
    assert answer.status_code == 200, answer.text[:300]
    return html.fromstring(answer.text)


def test_each_route_is_a_column_and_each_fact_points_at_a_source_below(visitor: TestClient) -> None:
    page = page_of(visitor, PAIR)

    heads = [each.text_content() for each in page.cssselect("thead a.compare__route")]
    assert heads == ["Zij-instroom in het basisonderwijs", "Deeltijd pabo, zonder hbo- of universitair diploma"]
    numbers = {each.get("href") for each in page.cssselect(".compare__ref")}
    assert numbers
    assert all(len(page.cssselect(f"li{anchor}")) == 1 for anchor in numbers)
    assert all(row.cssselect("th[scope=row]") and len(row.cssselect("td")) == 2 for row in page.cssselect("tbody tr"))


def test_what_is_not_known_is_said(visitor: TestClient) -> None:
    page = page_of(visitor, [("route", "gastdocent-po"), ("route", "hybride-docent")])

    assert "Niet bekend: vraag het loket." in [each.text_content().strip() for each in page.cssselect("td p")]


def test_a_route_is_added_and_taken_away_with_a_form_and_a_link(visitor: TestClient) -> None:
    page = page_of(visitor, PAIR)
    form = page.cssselect("form.compare__choose")[0]
    kept = [("route", each.get("value")) for each in form.cssselect("input[name=route]")]

    wider = page_of(visitor, [*kept, ("erbij", "pabo-voltijd")])
    less = html.fromstring(visitor.get(wider.cssselect("a.compare__away")[0].get("href")).text)

    assert kept == PAIR
    assert len(wider.cssselect("thead th")) == 3
    assert [each.text_content() for each in less.cssselect("a.compare__route")] == [
        "Deeltijd pabo, zonder hbo- of universitair diploma",
        "Voltijd pabo (leraar basisonderwijs)",
    ]


def test_four_routes_leave_nothing_to_add(visitor: TestClient) -> None:
    page = page_of(visitor, [*PAIR, ("route", "pabo-voltijd"), ("route", "empo")])

    assert len(page.cssselect("thead th")) == 4
    assert not page.cssselect("form.compare__choose")


def test_the_first_visit_offers_lists_and_what_is_often_compared(visitor: TestClient) -> None:
    page = page_of(visitor, [])

    assert len(page.cssselect("form.compare__choose select[name=route]")) == 4
    links = [each.get("href") for each in page.cssselect("section[aria-labelledby=vaak] a")]
    assert links
    assert all(visitor.get(each).status_code == 200 for each in links)


def test_who_comes_from_the_page_of_a_route_is_asked_for_another_one(visitor: TestClient) -> None:
    page = page_of(visitor, PAIR[:1])

    assert "Kies minstens twee routes" in page.text_content()
    assert [each.get("value") for each in page.cssselect("option[selected]")] == ["zij-instroom-po"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ([("route", "pabo-voltijd")] * 2, "twee keer dezelfde route"),
        ([("route", "pabo-deeltijt"), ("route", "pabo-voltijd")], "kennen we niet"),
        ([("route", each) for each in ("pabo-voltijd", "pabo-deeltijd", "pabo-duaal", "empo", "zij-instroom-po")], "hoogstens vier"),
        ([("route", "<script>alert(1)</script>"), ("route", "pabo-voltijd")], "kennen we niet"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_keeps_what_was_chosen_and_says_what_to_do(
    visitor: TestClient, query: list[tuple[str, str]], says: str
) -> None:
    answer = visitor.get("/vergelijk", params=query)

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    page = html.fromstring(answer.text)
    assert says in page.cssselect("[role=alert]")[0].text_content()
    chosen = [each.get("value") for each in page.cssselect("option[selected]")]
    assert chosen[:1] == ["pabo-voltijd"]


def test_a_misspelt_route_leads_to_the_comparison_that_was_meant(visitor: TestClient) -> None:
    answer = visitor.get("/vergelijk", params=[("route", "pabo-voltijd"), ("route", "pabo-deeltijt")])

    suggested = html.fromstring(answer.text).cssselect("[role=alert] a")[0].get("href")

    assert visitor.get(suggested).status_code == 200
    assert "route=pabo-voltijd&route=pabo-deeltijd" in suggested


def test_another_region_keeps_the_routes(visitor: TestClient) -> None:
    page = page_of(visitor, PAIR)

    links = [each.get("href") for each in page.cssselect(".region a")]

    assert any("route=zij-instroom-po&route=pabo-deeltijd&regio=ldb" in each for each in links)


def test_who_comes_from_the_zelftest_gets_verdicts_that_nobody_keeps(visitor: TestClient) -> None:
    facts = json.dumps({"sector": ["po"], "role": "leraar", "diploma_level": "havo"})
    answer = visitor.post("/vergelijk", data={"route": [each for _, each in PAIR], "facts": facts})

    page = html.fromstring(answer.text)

    assert answer.headers["cache-control"] == "no-store"
    assert [each.text_content() for each in page.cssselect("thead .chip")] == ["Past nu niet", "Past misschien"]


def test_answers_that_cannot_be_read_are_left_aside_and_said(visitor: TestClient) -> None:
    for facts in ("{", '{"age": "<b>"}', "[1]", '{"nonsense": 1}'):
        answer = visitor.post("/vergelijk", data={"route": [each for _, each in PAIR], "facts": facts})

        assert answer.status_code == 200
        assert not html.fromstring(answer.text).cssselect("thead .chip")
