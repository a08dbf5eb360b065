"""An editor changes many records at once, in a list and in a spreadsheet, and the look of a region: in a real browser."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from assistant.accounts.role import Role
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store
from tests.waiting import until

pytestmark = pytest.mark.browser

PASSWORD = "een lang genoeg wachtwoord"
WIDTHS = (320, 768, 1280)


@pytest.fixture
def noor(browser: Browser, live_server: str, live_settings: Settings) -> Iterator[Page]:
    """An editor of Haaglanden, logged in."""
    with open_store(live_settings.people_address).begin() as session:
        store = AccountStore(session)
        if store.of_email("noor@example.org") is None:
            store.add("noor@example.org", "Noor Bakker", ("haaglanden",), PASSWORD, Role.EDITOR)
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_server}/desk/redactie")
    page.get_by_label("E-mailadres").fill("noor@example.org")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", name="Redactie")).to_be_visible()
    yield page
    context.close()


def _is_well_made(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert [each["id"] for each in Axe().run(page).response["violations"]] == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_year_is_added_to_two_costs_seen_first_and_withdrawn_as_one(noor: Page, live_server: str) -> None:
    noor.goto(f"{live_server}/desk/redactie/lijst/cost?zoek=collegegeld")
    noor.get_by_label("Kies Wettelijk collegegeld").check()
    noor.get_by_label(re.compile("Kies Instellingscollegegeld")).check()
    noor.get_by_role("button", name="Samen wijzigen").click()
    expect(noor.get_by_text("2 onderdelen gekozen")).to_be_visible()
    noor.locator("summary", has_text="De dag van nakijken zetten").click()
    noor.locator("[name='nakijken.dag']").fill("2027-08-01")
    _is_well_made(noor)
    noor.locator("button[value=nakijken]").click()

    expect(noor.get_by_role("status")).to_contain_text("Dit verandert 2 onderdelen. Er is nog niets bewaard.")
    expect(noor.get_by_role("region", name=re.compile("Wat er verandert aan")).first).to_contain_text("2027-08-01")
    _is_well_made(noor)
    noor.get_by_role("button", name="Bewaar als één wijziging").click()
    expect(noor.get_by_text("Bewaard als één wijziging.")).to_be_visible()
    noor.get_by_text("Intrekken", exact=True).first.click()
    noor.get_by_role("button", name="Intrekken").click()
    expect(noor.get_by_text("De wijziging is ingetrokken.")).to_be_visible()


def test_amounts_go_out_to_a_spreadsheet_and_come_back_with_what_is_wrong_told_first(
    noor: Page, live_server: str
) -> None:
    noor.goto(f"{live_server}/desk/redactie/lijst/cost")
    noor.get_by_role("link", name="Deze lijst als rekenblad").click()
    _is_well_made(noor)
    with noor.expect_download() as download:
        noor.get_by_role("link", name="Excel, een rij per bedrag").click()
    raw = download.value.path().read_bytes()

    _send(noor, _edited(raw, "Jaar", "volgend jaar"))
    expect(noor.get_by_role("alert")).to_contain_text("klopt iets nog niet")
    expect(noor.get_by_role("region", name="Wat er niet klopt")).to_contain_text("Jaar")
    _is_well_made(noor)
    _send(noor, _edited(raw, "Bedrag of getal", 2750.25))
    expect(noor.get_by_role("status")).to_contain_text("1 gewijzigd. Er is nog niets bewaard.")
    expect(noor.get_by_text("€ 2.750,25")).to_be_visible()
    _is_well_made(noor)
    noor.get_by_role("button", name="Bewaar als één wijziging").click()
    expect(noor.get_by_text("Hier veranderen bedragen.")).to_be_visible()


def _edited(raw: bytes, column: str, value: Any) -> bytes:
    book = load_workbook(BytesIO(raw))
    sheet = book.active
    assert sheet is not None
    names = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "wettelijk-collegegeld")
    row[names.index(column)].value = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _send(page: Page, raw: bytes) -> None:
    page.set_input_files("#bestand", {"name": "kosten.xlsx", "mimeType": "application/octet-stream", "buffer": raw})
    page.get_by_role("button", name="Laat zien wat er verandert").click()


def test_a_colour_is_tried_kept_published_and_followed_by_widget_and_site(
    noor: Page, live_server: str, browser: Browser
) -> None:
    noor.goto(f"{live_server}/desk/redactie/regio")
    _is_well_made(noor)
    noor.get_by_role("link", name="Kleuren kiezen").first.click()
    noor.get_by_label("Kleur van knoppen", exact=True).fill("#ffe000")
    noor.get_by_role("button", name="Laat zien hoe het wordt").click()
    expect(noor.get_by_role("alert")).to_contain_text("Niet iedereen kan dit lezen.")
    for field in noor.locator("#kiezen input").all():
        field.fill("")
    noor.get_by_label("Kleur van knoppen", exact=True).fill("#5a2a82")
    noor.get_by_role("button", name="Laat zien hoe het wordt").click()
    expect(noor.get_by_text("Zo wordt het")).to_be_visible()
    _is_well_made(noor)
    button = noor.locator("loket-gids button.launcher")
    expect(button).to_have_css("background-color", "rgb(90, 42, 130)")
    noor.get_by_role("button", name="Bewaar als concept").click()
    noor.get_by_role("button", name="Nu publiceren").click()
    expect(noor.get_by_text("Gepubliceerd. Binnen een paar tellen")).to_be_visible()

    context = browser.new_context()
    visitor = context.new_page()
    sheet = f"{live_server}/brand/haaglanden.css"
    until(lambda: "#5a2a82" in visitor.request.get(sheet).text(), "the colour that was published")
    visitor.goto(f"{live_server}/routes?regio=haaglanden")
    expect(visitor.locator("loket-gids button.launcher")).to_have_css("background-color", "rgb(90, 42, 130)")
    assert visitor.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--button')") == "#5a2a82"
    context.close()
    noor.get_by_role("button", name="Neem deze wijziging terug").click()
    expect(noor.get_by_text("Teruggenomen.")).to_be_visible()
