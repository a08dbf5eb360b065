"""An adviser makes a keuzewijzer for a board on the desk, in a real Chromium without JavaScript."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store

pytestmark = pytest.mark.browser

PASSWORD = "een lang genoeg wachtwoord"
BOARD = "Stichting “De Zonnewijzer” & Co"
SHOTS = os.environ.get("LOKET_SHOTS")
"""A folder for pictures of the pages, for who wants to look at them."""


@pytest.fixture(scope="module")
def adviser(live_settings: Settings) -> str:
    """The address of an adviser of Haaglanden."""
    with open_store(live_settings.people_address).begin() as session:
        AccountStore(session).add("noor@example.org", "Noor Bakker", ("haaglanden",), PASSWORD)
    return "noor@example.org"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without JavaScript: the desk does not need it."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    """A picture of a board."""
    file = tmp_path / "logo.png"
    Image.new("RGB", (320, 120), "#b3541e").save(file)
    return file


def _open(context: BrowserContext, server: str, adviser: str) -> Page:
    page = context.new_page()
    page.goto(f"{server}/desk/keuzewijzer")
    page.get_by_label("E-mailadres").fill(adviser)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1, name="Keuzewijzer")).to_be_visible()
    return page


def _shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_an_adviser_chooses_looks_and_downloads(
    context: BrowserContext, live_server: str, adviser: str, logo: Path
) -> None:
    page = _open(context, live_server, adviser)
    expect(page.get_by_label("Regio")).to_have_value("haaglanden")
    page.get_by_label("Onderwijs").select_option("mbo")
    page.get_by_role("button", name="Toon de routes").click()
    expect(page.get_by_label("Instructeur in het mbo")).to_be_checked()
    page.get_by_label("Instructeur in het mbo").uncheck()
    page.get_by_label("Naam van het bestuur").fill(BOARD)
    page.get_by_label("Logo (hoeft niet)").set_input_files(logo)
    _shot(page, "form")
    page.get_by_role("button", name="Bekijk het voorbeeld").click()

    expect(page.get_by_role("heading", level=1, name="Keuzewijzer mbo")).to_be_visible()
    expect(page.get_by_role("img", name=f"Logo van {BOARD}")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Instructeur in het mbo")).to_have_count(0)
    _shot(page, "preview")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download PDF").click()
    pdf = PdfReader(io.BytesIO(coming.value.path().read_bytes()))
    assert coming.value.suggested_filename.startswith("keuzewijzer-mbo-haaglanden-")
    assert BOARD in " ".join((pdf.pages[0].extract_text() or "").split())
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"Keuzewijzer mbo voor {BOARD}"


def test_what_was_filled_in_survives_a_mistake_and_the_way_back(
    context: BrowserContext, live_server: str, adviser: str, logo: Path, tmp_path: Path
) -> None:
    lying = tmp_path / "logo.jpg"
    lying.write_text("dit is geen plaatje", encoding="utf-8")
    page = _open(context, live_server, adviser)
    page.goto(f"{live_server}/desk/keuzewijzer?sector=po&region=ldb")
    page.get_by_label("Naam van het bestuur").fill(BOARD)
    page.get_by_label("Logo (hoeft niet)").set_input_files(lying)
    page.get_by_role("button", name="Bekijk het voorbeeld").click()

    expect(page.get_by_role("alert")).to_contain_text("geen PNG, JPEG of SVG")
    _shot(page, "error")
    expect(page.get_by_label("Naam van het bestuur")).to_have_value(BOARD)
    page.get_by_label("Logo (hoeft niet)").set_input_files(logo)
    page.get_by_role("button", name="Bekijk het voorbeeld").click()
    page.get_by_role("button", name="Terug en aanpassen").click()

    expect(page.get_by_label("Naam van het bestuur")).to_have_value(BOARD)
    expect(page.get_by_role("img", name="Het logo dat er nu op komt")).to_be_visible()
    expect(page.get_by_label("Zij-instroom in het basisonderwijs", exact=True)).to_be_checked()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_pages_have_no_accessibility_violations(
    browser: Browser, live_server: str, adviser: str, width: int
) -> None:
    # axe is a script itself; the pages bring none.
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = _open(context, live_server, adviser)
    page.goto(f"{live_server}/desk/keuzewijzer?sector=vo&region=hak")
    _shot(page, f"form-{width}")
    form = Axe().run(page)
    page.get_by_label("Naam van het bestuur").fill(BOARD)
    page.get_by_role("button", name="Bekijk het voorbeeld").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    preview = Axe().run(page)
    _shot(page, f"preview-{width}")

    assert form.violations_count == 0, form.generate_report()
    assert preview.violations_count == 0, preview.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()
