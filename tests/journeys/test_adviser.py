"""An adviser finds the person who waits, reads the story, gets in touch and writes it down: in a real Chromium."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.session import open_store
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser

PASSWORD = "een lang genoeg wachtwoord"
SENTENCE = "ik heb hbo verpleegkunde, ben 42 en woon in Zoetermeer, ik wil voor de basisschool staan"


@pytest.fixture(scope="module")
def adviser(live_settings: Settings) -> str:
    """The address of an adviser who may see Haaglanden and HAK."""
    with open_store(live_settings.people_address).begin() as session:
        AccountStore(session).add("noor@example.org", "Noor Bakker", ("haaglanden", "hak"), PASSWORD)
    return "noor@example.org"


@pytest.fixture(scope="module")
def lead_id(live_server: str) -> str:
    """Somebody who told their story and left their details."""
    with httpx.Client(base_url=live_server, timeout=PATIENCE_SECONDS) as visitor:
        begun = visitor.post("/api/v1/conversations", json={"locale": "nl", "region": "haaglanden"}).json()
        bearer = {"Authorization": f"Bearer {begun['token']}"}
        said = visitor.post(
            f"/api/v1/conversations/{begun['conversation_id']}/messages", json={"text": SENTENCE}, headers=bearer
        )
        assert said.status_code == 200
        version = visitor.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
        wish = {
            "conversation_id": begun["conversation_id"],
            "name": "Sam de Vries",
            "phone": "06 12345678",
            "preferred_contact": "phone",
            "message": "Ik ben op donderdag vrij.",
            "consent": {"version": version, "given": True, "share_transcript": True},
        }
        return str(visitor.post("/api/v1/leads", json=wish, headers=bearer).json()["lead_id"])


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without JavaScript: the desk does not need it."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def _log_in(page: Page, live_server: str, email: str, path: str = "/desk") -> None:
    page.goto(live_server + path)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


def test_an_adviser_reads_the_story_calls_and_writes_it_down(
    context: BrowserContext, live_server: str, adviser: str, lead_id: str
) -> None:
    page = context.new_page()
    _log_in(page, live_server, adviser)
    expect(page.get_by_text("wacht op een eerste contact").or_(page.get_by_text("wachten op een"))).to_be_visible()

    page.get_by_role("link", name="Sam de Vries").click()

    expect(page).to_have_url(re.compile(lead_id))
    expect(page.get_by_role("heading", level=1, name="Sam de Vries")).to_be_visible()
    expect(page.get_by_role("link", name="06 12345678")).to_have_attribute("href", "tel:+31612345678")
    expect(page.get_by_text("Ik ben op donderdag vrij.")).to_be_visible()
    told = page.get_by_role("region", name="Wat er is verteld")
    for words in ("Zoetermeer", "Hbo-bachelor", "Basisonderwijs"):
        expect(told).to_contain_text(words)
    routes = page.get_by_role("region", name="Welke routes passen")
    expect(routes.get_by_role("listitem").first).to_contain_text(re.compile("Past|adviseur"))
    talk = page.get_by_role("region", name="Gesprek met de assistent")
    expect(talk).to_contain_text(SENTENCE)
    talk.get_by_text("Waar dit op steunt").first.click()
    expect(talk.locator("details[open] q").first).to_be_visible()

    page.get_by_label("Deze aanmelding is nu").select_option("Oriënteren")
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("De fase is aangepast.")
    page.get_by_label("Voor jou en je collega's").fill("Gebeld, komt donderdag langs.")
    page.get_by_role("button", name="Notitie bewaren").click()
    history = page.get_by_role("region", name="Geschiedenis")
    expect(history).to_contain_text("Gebeld, komt donderdag langs.")
    expect(history).to_contain_text("Van “Nieuw” naar “Oriënteren”")

    page.get_by_role("button", name="Terug naar “Nieuw”").click()
    expect(page.get_by_role("status")).to_have_text("De fase is teruggezet.")
    expect(page.get_by_label("Deze aanmelding is nu")).to_have_value("new")

    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()


def test_after_logging_in_an_adviser_is_on_the_page_of_the_link_in_the_mail(
    context: BrowserContext, live_server: str, adviser: str, lead_id: str
) -> None:
    page = context.new_page()

    _log_in(page, live_server, adviser, f"/desk/leads/{lead_id}")

    expect(page.get_by_role("heading", level=1, name="Sam de Vries")).to_be_visible()


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(
    browser: Browser, live_server: str, adviser: str, lead_id: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    _log_in(page, live_server, adviser, f"/desk/leads/{lead_id}")
    expect(page.get_by_role("heading", level=1, name="Sam de Vries")).to_be_visible()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    # The menu on top has a link of that name too; it was skipped.
    crumbs = page.get_by_role("navigation", name="Kruimelpad")
    expect(crumbs.get_by_role("link", name="Aanmeldingen")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    context.close()
    assert outline != "none"


def test_single_keys_work_are_told_and_can_be_switched_off(
    browser: Browser, live_server: str, adviser: str, lead_id: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    _log_in(page, live_server, adviser)
    expect(page.get_by_role("heading", name="Aanmeldingen")).to_be_visible()
    page.wait_for_load_state("load")  # until then nobody listens to keys

    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Sam de Vries")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Zoek op naam")).to_be_focused()
    page.keyboard.type("j?a")  # In a field they are letters.
    expect(page.get_by_label("Zoek op naam")).to_have_value("j?a")
    page.goto(f"{live_server}/desk/leads/{lead_id}")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Sneltoetsen")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Sneltoetsen gebruiken").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("n")
    expect(page.get_by_label("Voor jou en je collega's")).not_to_be_focused()
    page.get_by_role("button", name="Sneltoetsen").click()
    dialog.get_by_label("Sneltoetsen gebruiken").check()
    dialog.get_by_role("button", name="Sluiten").click()
    page.keyboard.press("n")
    expect(page.get_by_label("Voor jou en je collega's")).to_be_focused()
    context.close()


def test_the_inbox_says_that_somebody_came_in_while_it_was_open(
    browser: Browser, live_server: str, adviser: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    _log_in(page, live_server, adviser)
    expect(page.get_by_role("heading", name="Aanmeldingen")).to_be_visible()
    with httpx.Client(base_url=live_server, timeout=PATIENCE_SECONDS) as visitor:
        version = visitor.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
        consent = {"version": version, "given": True, "share_transcript": False}
        wish = {"name": "Later Gekomen", "email": "l@example.org", "preferred_contact": "email", "consent": consent}
        assert visitor.post("/api/v1/leads", json=wish).status_code == 201

    expect(page.get_by_role("status")).to_contain_text("Er is 1 nieuwe aanmelding.")
    page.get_by_role("link", name="Toon", exact=True).click()
    expect(page.get_by_role("link", name="Later Gekomen")).to_be_visible()
    context.close()
