"""The money of a route on its page, and what a zij-instromer costs a school on the desk, in a real Chromium."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store

pytestmark = pytest.mark.browser

PASSWORD = "een lang genoeg wachtwoord"
SHOTS = os.environ.get("LOKET_SHOTS")
"""A folder for pictures of the pages, for who wants to look at them."""


@pytest.fixture(scope="module")
def adviser(live_settings: Settings) -> str:
    with open_store(live_settings.people_address).begin() as session:
        AccountStore(session).add("geld@example.org", "Gé Ld", ("haaglanden",), PASSWORD)
    return "geld@example.org"


@pytest.fixture(params=[{}, {"forced_colors": "active"}, {"color_scheme": "dark"}], ids=["light", "forced", "dark"])
def colours(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


def _context(browser: Browser, **options: Any) -> BrowserContext:
    return browser.new_context(java_script_enabled=False, **{"viewport": {"width": 1280, "height": 900}} | options)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without JavaScript."""
    context = _context(browser)
    yield context
    context.close()


def _shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_money_of_a_route_is_drawn_and_told_at_any_width(
    browser: Browser, live_server: str, width: int, colours: dict[str, Any]
) -> None:
    context = _context(browser, viewport={"width": width, "height": 900}, **colours)
    page = context.new_page()
    page.goto(f"{live_server}/routes/pabo-verkort-deeltijd")

    chart = page.get_by_role("img", name="Je geld per jaar")
    expect(chart).to_be_visible()
    expect(page.get_by_role("table", name="Jaar voor jaar")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _shot(page, f"route-geld-{width}-{'-'.join(colours.values()) or 'light'}")
    context.close()


def _open(context: BrowserContext, server: str, adviser: str) -> Page:
    page = context.new_page()
    page.goto(f"{server}/desk/kosten-zij-instroom")
    page.get_by_label("E-mailadres").fill(adviser)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_neither_page_has_an_accessibility_violation(
    browser: Browser, live_server: str, adviser: str, width: int
) -> None:
    # axe is a script itself; the pages bring none.
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = _open(context, live_server, adviser)
    for address in ("/desk/kosten-zij-instroom?fte=veel", "/routes/pabo-voltijd", "/routes/zij-instroom-po"):
        page.goto(f"{live_server}{address}")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()


def test_an_adviser_fills_in_own_figures_and_nothing_typed_is_lost(
    context: BrowserContext, live_server: str, adviser: str
) -> None:
    page = _open(context, live_server, adviser)

    expect(page.get_by_role("heading", level=1)).to_have_text("Wat kost een zij-instromer de school?")
    table = page.get_by_role("table")
    expect(table.get_by_role("row", name="Betaalt de school zelf")).to_contain_text("€ 34.300 tot € 35.700")
    expect(page.get_by_role("img", name="Kosten en subsidie per scenario")).to_be_visible()
    _shot(page, "school-1280")

    page.get_by_label("Deel van de subsidie dat je terugbetaalt").fill("100")
    page.get_by_label("Grootte van de baan, in fte").fill("veel")
    page.get_by_role("button", name="Reken uit").click()

    expect(page.get_by_role("alert")).to_contain_text("Er klopt nog iets niet")
    expect(page.get_by_label("Grootte van de baan, in fte")).to_have_value("veel")
    expect(page.get_by_label("Deel van de subsidie dat je terugbetaalt")).to_have_value("100")

    page.get_by_label("Grootte van de baan, in fte").fill("0,6")
    page.get_by_role("button", name="Reken uit").click()
    expect(page.get_by_text("Door jou ingevuld.").first).to_be_visible()

    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    _shot(page, "school-320")
    page.get_by_label("Onderwijs", exact=True).select_option("mbo")
    page.get_by_role("link", name="Terug naar de bronnen").click()
    expect(page.get_by_label("Grootte van de baan, in fte")).to_have_value("")
