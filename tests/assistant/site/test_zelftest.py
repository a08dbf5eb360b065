"""The zelftest as forms: from the first question to the overview, with everything kept that was answered."""

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.app import create_app
from assistant.settings import Settings
from assistant.storage.session import open_store
from assistant.storage.tables import ReceiptRow, SavedZelftestRow

NURSE = {"sector": ["po"], "role": "leraar", "diploma_level": "hbo-bachelor"}


@pytest.fixture
def site(installed: Path) -> Any:
    """The pages, on a data folder of this test alone."""
    app = create_app(Settings(var=installed, embedder="none", rate_limit="off"))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def field(page: str, name: str = "stand") -> str:
    """What a hidden field holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name} on the page"
    return html.unescape(found[1])


def asked(page: str) -> str:
    """The fact that the page asks for; empty when it asks none."""
    found = re.search(r'name="vraag" value="([^"]*)"', page)
    return found[1] if found else ""


def send(site: TestClient, page: str, path: str = "/zelftest", **fields: Any) -> httpx.Response:
    """Send the form of a page with these fields."""
    return site.post(path, data={"stand": field(page), "vraag": asked(page), **fields})


def finished(site: TestClient, told: dict[str, Any], path: str = "/zelftest") -> str:
    """The outcome, with "weet ik niet" wherever nothing is told."""
    page = site.get(path).text
    for _ in range(30):
        if not (fact := asked(page)):
            return page
        page = (send(site, page, antwoord=told[fact]) if fact in told else send(site, page, doe="onbekend")).text
    raise AssertionError("the zelftest does not end")


def test_the_first_page_asks_the_first_question_and_keeps_nothing(site: TestClient) -> None:
    response = site.get("/zelftest")

    assert response.status_code == 200
    assert asked(response.text) == "sector"
    assert "Weet ik niet" in response.text
    assert "Waarom vragen we dit?" in response.text
    assert "set-cookie" not in response.headers
    assert response.headers["cache-control"] == "private, no-cache"


def test_an_answer_leads_to_the_next_question_and_stands_in_the_list(site: TestClient) -> None:
    page = site.get("/zelftest").text

    page = send(site, page, antwoord=["po", "vo"]).text

    assert asked(page) not in ("", "sector")
    assert "Basisonderwijs en Voortgezet onderwijs" in page
    assert "Vraag 2" in page


def test_the_end_is_an_advice_with_reasons_steps_money_loket_and_a_number(site: TestClient) -> None:
    page = finished(site, NURSE)

    for words in ("Jouw loket", "Waarom?", "De stappen", "Wat het kost en wat je krijgt", "Je eerste stap:", "bron:"):
        assert words in page, words
    number = re.search(r'class="number">([A-Z0-9-]{14})<', page)
    assert number
    again = site.get(f"/zelftest/overzicht/{number[1]}")
    assert again.status_code == 200
    assert number[1] in again.text


def test_nothing_that_was_answered_stands_in_an_address(site: TestClient) -> None:
    page = finished(site, NURSE)

    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', page)
    assert not [each for each in addresses if "hbo-bachelor" in each or "stand=" in each]


def test_what_is_no_answer_is_asked_again_and_nothing_is_lost(site: TestClient) -> None:
    page = send(site, site.get("/zelftest").text, antwoord="po").text
    before = field(page)

    response = send(site, page, antwoord="koning")

    assert response.status_code == 422
    assert "Dat antwoord kennen we niet" in response.text
    assert asked(response.text) == asked(page)
    assert field(response.text) == before


def test_a_number_that_cannot_be_stays_in_its_field_with_what_can(site: TestClient) -> None:
    page = send(site, site.get("/zelftest").text, antwoord="po").text

    response = site.post("/zelftest", data={"stand": field(page), "vraag": "age", "antwoord": "400"})

    assert response.status_code == 422
    assert 'value="400"' in response.text
    assert "12 tot en met 99" in response.text


def test_going_back_asks_the_question_before_and_the_later_answers_stay(site: TestClient) -> None:
    first = site.get("/zelftest").text
    second = send(site, first, antwoord="po").text
    third = send(site, second, antwoord="leraar").text

    back = send(site, third, doe="terug").text
    assert asked(back) == asked(second)
    assert "dit koos je" in back

    changed = send(site, back, antwoord="onderwijsassistent").text
    assert '"role":"onderwijsassistent"' in field(changed)
    assert '"sector":["po"]' in field(changed)


def test_who_goes_back_in_the_browser_and_answers_anew_keeps_what_came_later(site: TestClient) -> None:
    first = site.get("/zelftest").text
    second = send(site, first, antwoord="po").text
    third = send(site, second, antwoord="leraar").text
    fourth = send(site, third, antwoord="hbo-bachelor" if asked(third) == "diploma_level" else "true").text

    anew = send(site, first, antwoord="vo").text

    assert '"sector":["vo"]' in field(anew)
    assert f'"{asked(third)}":' in field(anew)
    assert asked(anew) not in (asked(second), asked(third))
    assert asked(fourth)


def test_a_form_that_is_sent_twice_is_the_same_as_once(site: TestClient) -> None:
    page = site.get("/zelftest").text

    once, twice = send(site, page, antwoord="po").text, send(site, page, antwoord="po").text

    assert once == twice


def test_an_earlier_answer_is_changed_by_its_button(site: TestClient) -> None:
    page = finished(site, NURSE)

    again = send(site, page, wijzig="diploma_level").text
    assert asked(again) == "diploma_level"
    changed = send(site, again, antwoord="havo").text

    assert '"diploma_level":"havo"' in field(changed)
    assert '"sector":["po"]' in field(changed)


def test_answers_that_do_not_go_together_are_asked_about_kindly_and_kept(site: TestClient) -> None:
    facts = '{"f":{"sector":["po"],"role":"leraar","diploma_level":"geen","teaching_qualification":"pabo"}}'

    page = site.post("/zelftest", data={"stand": facts}).text

    assert "Wat klopt" in page
    assert 'name="wijzig" value="diploma_level"' in page
    pair = re.search(r'name="klopt" value="([^"]*)"', page)
    assert pair
    settled = site.post("/zelftest", data={"stand": field(page), "klopt": pair[1]}).text
    assert pair[1] not in re.findall(r'name="klopt" value="([^"]*)"', settled)
    assert '"diploma_level":"geen"' in field(settled)


@pytest.mark.parametrize(
    "stand", ["", "{", "[" * 9000, '{"f":{"age":{"a":1}}}', '{"f":{"x":1},"r":7,"c":9,"s":3}', "é" * 500]
)
def test_a_state_that_cannot_be_read_begins_anew_kindly(site: TestClient, stand: str) -> None:
    response = site.post("/zelftest", data={"stand": stand})

    assert response.status_code == 200
    assert asked(response.text) == "sector"


@pytest.mark.parametrize(
    "fields",
    [
        {"vraag": "schoenmaat", "antwoord": "43"},
        {"vraag": "motive", "antwoord": "Ik ben Sam"},
        {"vraag": "municipality", "antwoord": "x"},
        {"wijzig": "schoenmaat"},
        {"wijzig": "municipality"},
        {"doe": "terug"},
        {"klopt": "a+b"},
    ],
)
def test_a_form_of_our_own_making_does_not_exist_and_harms_nobody(site: TestClient, fields: dict[str, str]) -> None:
    response = site.post("/zelftest", data={"stand": '{"f":{"sector":["po"]}}', **fields})

    assert response.status_code == 200
    assert "Sam" not in response.text


def test_markup_in_a_field_comes_back_as_text(site: TestClient) -> None:
    attack = '"><script>alert(1)</script>'

    for data in ({"stand": attack}, {"stand": "", "vraag": "age", "antwoord": attack[:70]}, {"plaats": attack[:70]}):
        assert "<script>alert" not in site.post("/zelftest", data=data).text
    assert "<script>alert" not in site.get("/zelftest/overzicht", params={"nummer": attack}).text


def test_with_a_municipality_the_own_loket_is_named_and_the_receipt_has_the_region_alone(
    site: TestClient, installed: Path
) -> None:
    page = finished(site, NURSE)

    placed = site.post("/zelftest", data={"stand": field(page), "plaats": "haarlem"}).text

    assert "Haarlem" in placed
    with open_store(f"sqlite:///{installed / 'people.sqlite'}")() as session:
        kept = [row.content for row in session.query(ReceiptRow)]
    assert "hak" in {each["region"] for each in kept}
    assert not [each for each in kept if "haarlem" in str(each).casefold()]


def test_a_place_that_is_misspelt_gets_suggestions(site: TestClient) -> None:
    page = finished(site, NURSE)

    response = site.post("/zelftest", data={"stand": field(page), "plaats": "Zoetremeer"})

    assert response.status_code == 422
    assert 'name="plaats" value="Zoetermeer"' in response.text


# Saving


def saved(site: TestClient, told: dict[str, Any]) -> tuple[str, str]:
    """The page with the link, and the path of the link."""
    page = send(site, finished(site, told), "/zelftest/bewaren").text
    link = re.search(r'href="http://localhost:8000(/zelftest/verder/[^"]+)"', page)
    assert link
    return page, link[1]


def test_the_link_opens_the_zelftest_where_it_was_left(site: TestClient) -> None:
    page, link = saved(site, NURSE)

    assert "tot en met" in page
    opened = site.get(link)
    assert opened.status_code == 200
    assert "Je antwoorden staan er nog" in opened.text
    assert '"diploma_level":"hbo-bachelor"' in field(opened.text)
    assert opened.headers["referrer-policy"] == "same-origin"
    assert opened.headers["x-robots-tag"] == "noindex"


def test_there_is_nothing_of_the_visitor_in_the_link(site: TestClient) -> None:
    _, link = saved(site, NURSE)

    assert re.fullmatch(r"/zelftest/verder/[A-Za-z0-9_-]{27}", link)


def test_saving_again_keeps_the_link(site: TestClient) -> None:
    _, link = saved(site, NURSE)
    opened = site.get(link).text

    again = send(site, opened, "/zelftest/bewaren").text

    assert link in again


def test_the_visitor_erases_it_at_once(site: TestClient) -> None:
    page, link = saved(site, NURSE)

    gone = site.post("/zelftest/verwijderen", data={"stand": field(page), "code": field(page, "code")})

    assert "is weg" in gone.text
    assert site.get(link).status_code == 404
    again = site.post("/zelftest/verwijderen", data={"stand": "", "code": field(page, "code")})
    assert again.status_code == 200
    assert "niets (meer) bewaard" in again.text


@pytest.mark.parametrize("code", ["x", "A" * 27, "..%2f..%2fetc", "%00", "é", "A" * 199])
def test_a_forged_code_is_a_kind_page_with_the_way_on(site: TestClient, code: str) -> None:
    response = site.get(f"/zelftest/verder/{code}")

    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Doe de zelftest" in response.text


def test_an_expired_link_is_a_kind_page(installed: Path) -> None:
    app = create_app(Settings(var=installed, embedder="none", rate_limit="off", saved_retention=timedelta(0)))
    with TestClient(app) as site:
        _, link = saved(site, NURSE)

        response = site.get(link)

    assert response.status_code == 404
    assert "verlopen" in response.text


def test_what_another_site_sends_is_neither_kept_nor_erased(site: TestClient) -> None:
    page, link = saved(site, NURSE)
    headers = {"Sec-Fetch-Site": "cross-site"}
    data = {"stand": field(page), "code": field(page, "code")}

    for path in ("/zelftest/bewaren", "/zelftest/verwijderen"):
        response = site.post(path, data=data, headers=headers)
        assert response.status_code == 403
        assert "andere website" in response.text
    assert site.get(link).status_code == 200


def test_the_row_holds_no_code_and_no_own_words(site: TestClient, installed: Path) -> None:
    state = '{"f":{"sector":["po"],"motive":"Ik ben Sam","diploma_field":"Sams studie"}}'
    page = site.post("/zelftest/bewaren", data={"stand": state}).text

    with open_store(f"sqlite:///{installed / 'people.sqlite'}")() as session:
        rows = [f"{row.code_hash} {row.answers}" for row in session.query(SavedZelftestRow)]
    assert not [row for row in rows if "Sam" in row or field(page, "code") in row]


# The overview


def test_the_overview_is_whole_and_unfolded(site: TestClient) -> None:
    page = send(site, finished(site, NURSE), "/zelftest/overzicht").text

    for words in (
        "Wat je vertelde",
        "Jouw loket",
        "Waarom?",
        "De stappen",
        "Bronnen",
        "Nummer van dit advies",
        "Afdrukken",
    ):
        assert words in page, words
    assert '<details class="fold"' not in page


def test_an_advice_is_found_by_its_number_however_it_is_typed(site: TestClient) -> None:
    number = field_number(finished(site, NURSE))

    found = site.get("/zelftest/overzicht", params={"nummer": number.lower().replace("-", " ")})

    assert found.status_code == 303
    assert found.headers["location"] == f"/zelftest/overzicht/{number}"


@pytest.mark.parametrize("number", ["7K3M-9QXA-2FVW", "0000-0000-0000", "x", "%00"])
def test_a_number_of_nothing_is_a_kind_page_that_asks_again(site: TestClient, number: str) -> None:
    response = site.get(f"/zelftest/overzicht/{number}")

    assert response.status_code == 404
    assert "Nummer van je advies" in response.text


def test_an_advice_on_a_retired_catalogue_says_so_and_gives_what_holds_now(site: TestClient, installed: Path) -> None:
    number = field_number(finished(site, NURSE))
    with open_store(f"sqlite:///{installed / 'people.sqlite'}").begin() as session:
        row = session.get(ReceiptRow, number)
        assert row is not None
        row.content = row.content | {"catalogue": "0" * 12, "day": "2025-01-01"}

    page = site.get(f"/zelftest/overzicht/{number}").text

    assert "bewaren we niet meer" in page
    assert "Deze routes passen" in page


def test_the_pace_of_trying_numbers_and_of_saving_is_slow_and_said_on_a_page(installed: Path) -> None:
    app = create_app(Settings(var=installed, embedder="none", messages_per_minute=10))
    with TestClient(app) as site:
        tried = [site.get("/zelftest/verder/x") for _ in range(11)]
        kept = [site.post("/zelftest/bewaren", data={"stand": ""}).status_code for _ in range(2)]

    assert [each.status_code for each in tried] == [404] * 10 + [429]
    assert "Even wachten" in tried[-1].text
    assert kept == [200, 429]


def field_number(page: str) -> str:
    """The number of the advice on a page."""
    found = re.search(r'class="number">([A-Z0-9-]{14})<', page)
    assert found
    return found[1]
