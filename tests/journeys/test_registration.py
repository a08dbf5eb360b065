"""A loket opens an event, visitors register and wait, one leaves and the next moves up: in a real Chromium, without JavaScript."""

import csv
import sqlite3
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

EVENT = "expeditie-leerkracht-2027-06"
WIDTHS = (320, 360, 768, 1280)


@pytest.fixture(scope="module")
def opened(desk: Page, live_server: str) -> Page:
    """The event has one place."""
    desk.goto(f"{live_server}/desk/agenda")
    desk.get_by_role("link", name="Bijeenkomsten").click()
    desk.get_by_role("link", name="Expeditie Leerkracht, 7 en 8 juni 2027").click()
    desk.get_by_label("Plekken").fill("1")
    desk.get_by_role("button", name="Open de inschrijving").click()
    expect(desk.get_by_role("status")).to_have_text("Bezoekers kunnen zich aanmelden.")
    return desk


def _register(browser: Browser, live_server: str, name: str, email: str) -> Page:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{live_server}/agenda/{EVENT}")
    page.get_by_role("link", name="Meld je aan").click()
    page.get_by_label("Naam").fill(name)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Ja, dit mag.").check()
    page.get_by_role("button", name="Meld me aan").or_(page.get_by_role("button", name="Zet me op")).click()
    return page


def _subjects(data_folder: Path, to: str) -> list[str]:
    with sqlite3.connect(data_folder / "people.sqlite") as people:
        rows = people.execute('SELECT subject FROM outbox WHERE "to" = ? ORDER BY created_at', (to,))
        return [subject for (subject,) in rows]


def test_who_waits_gets_the_place_of_who_leaves(
    browser: Browser, opened: Page, live_server: str, data_folder: Path
) -> None:
    sam = _register(browser, live_server, '=HYPERLINK("http://x.example")', "sam@example.org")
    expect(sam.get_by_role("heading", level=1)).to_have_text("Je bent aangemeld")
    kim = _register(browser, live_server, "Kim Jansen", "kim@example.org")
    expect(kim.get_by_role("heading", level=1)).to_have_text("Je staat op de wachtlijst")
    again = _register(browser, live_server, "Kim Jansen", "KIM@example.org")
    expect(again.get_by_role("heading", level=1)).to_have_text("Je bent al aangemeld")

    opened.goto(f"{live_server}/desk/bijeenkomsten/{EVENT}")
    expect(opened.get_by_role("heading", name="Op de wachtlijst (1)")).to_be_visible()
    answer = opened.context.request.get(f"{live_server}/desk/bijeenkomsten/{EVENT}/aanmeldingen.csv")
    rows = list(csv.reader(answer.body().decode("utf-8-sig").splitlines(), delimiter=";"))
    assert '\'=HYPERLINK("http://x.example")' in [cell for row in rows for cell in row], "nothing is calculated"
    assert ["Kim Jansen", "kim@example.org", "", "Wachtlijst"] in [row[:4] for row in rows]

    sam.get_by_role("button", name="Meld je af").click()
    expect(sam.get_by_role("heading", level=1)).to_have_text("Deze aanmelding is afgezegd")
    kim.reload()
    expect(kim.get_by_role("heading", level=1)).to_have_text("Je bent aangemeld")
    assert _subjects(data_folder, "kim@example.org")[-1].startswith("Er is plek voor je")
    assert _subjects(data_folder, "sam@example.org")[-1].startswith("Je aanmelding is afgezegd")
    with sqlite3.connect(data_folder / "people.sqlite") as people:
        names = [name for (name,) in people.execute("SELECT name FROM booking")]
    assert sorted(names) == ["", "Kim Jansen"], "who leaves is forgotten"
    for page in (sam, kim, again):
        page.context.close()


def test_an_event_that_is_not_open_here_offers_no_form(browser: Browser, live_server: str, opened: Page) -> None:
    assert opened
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server}/agenda/expeditie-leerkracht-2027-03")
    expect(page.get_by_role("link", name="Meld je aan")).to_have_count(0)
    answer = page.goto(f"{live_server}/aanmelden/expeditie-leerkracht-2027-03")
    assert answer
    assert answer.status == 404
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_fits_the_screen(
    browser: Browser, opened: Page, live_server: str, width: int, tmp_path: Path
) -> None:
    state = opened.context.storage_state()
    page = browser.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, storage_state=state
    ).new_page()
    found: list[str] = []
    for path in (
        f"/aanmelden/{EVENT}",
        f"/aanmelden/{EVENT}?taal=en",
        f"/agenda/{EVENT}",
        "/desk/bijeenkomsten",
        f"/desk/bijeenkomsten/{EVENT}",
        "/desk/bijeenkomsten/expeditie-leerkracht-2027-03",
    ):
        page.goto(live_server + path)
        page.screenshot(path=tmp_path / f"{path.replace('/', '_').replace('?', '_')}.png", full_page=True)
        found += [f"{path} {each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path} is too wide")
    page.context.close()

    assert found == []
