"""An editor looks after the content: what is past its day, what leads nowhere, what was asked and nothing knows."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from assistant.accounts.role import Role
from assistant.storage.accounts import AccountStore
from assistant.storage.clock import utc_now
from assistant.storage.conversations import ConversationStore, NewTurn
from knowledge.publishing.links import LinkStore, Look

pytestmark = pytest.mark.browser

PASSWORD = "een lang genoeg wachtwoord"
WIDTHS = (320, 768, 1280)
QUESTIONS = ("hoe word ik lesboer", "waar is de meelupdag in kijkduyn", "mag mijn papegaai mee naar de stage")


@pytest.fixture(scope="module")
def asked(live_app: FastAPI) -> None:
    """An editor, questions of some weeks that had no answer, and an address that failed three nights."""
    sessions = live_app.state.sessions
    with sessions.begin() as session:
        AccountStore(session).add("noor@example.org", "Noor Bakker", ("haaglanden",), PASSWORD, Role.EDITOR)
    for weeks in range(3):
        at = utc_now() - timedelta(weeks=weeks)
        with sessions.begin() as session:
            store = ConversationStore(session, lambda at=at: at)  # type: ignore[misc]
            for n, question in enumerate(QUESTIONS):
                conversation, _ = store.create("nl", "haaglanden", "", {})
                turn = NewTurn(f"{weeks}-{n}", question, {}, "unanswerable_not_found")
                store.add_turn(conversation, turn, {})
    editorial = live_app.state.editorial
    address = next(each for each, keys in editorial.upkeep.now().addresses.items() if keys[0].group == "sources")
    for night in range(3):
        look = Look(at=utc_now() - timedelta(days=3 - night), outcome="failed", status=404)
        LinkStore(editorial.sessions).note(address, look)


@pytest.fixture
def page(browser: Browser, live_server: str, asked: None) -> Iterator[Page]:  # noqa: ARG001
    """The editor's browser, without scripts: every page works without them."""
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    opened.goto(f"{live_server}/desk/redactie")
    opened.get_by_label("E-mailadres").fill("noor@example.org")
    opened.get_by_label("Wachtwoord").fill(PASSWORD)
    opened.get_by_role("button", name="Inloggen").click()
    yield opened
    context.close()


def _looked_at(page: Page, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = [f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]]
        assert found == [], f"{name} at {width}"
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), name
        if folder := os.environ.get("LOKET_TEST_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_an_editor_sees_what_asks_for_upkeep_and_goes_to_it(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Onderhoud")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Onderhoud: over de datum")
    for name in ("Kalender", "Bronnen om te lezen", "Tegenspraak", "Niet gebruikt", "Onzeker"):
        page.get_by_role("link", name=re.compile(f"^{name}")).click()
        expect(page.get_by_role("link", name=re.compile(f"^{name}"))).to_have_attribute("aria-current", "page")
    _looked_at(page, "onzeker")
    page.get_by_role("link", name=re.compile("^Kalender")).click()
    _looked_at(page, "kalender")

    page.get_by_role("link", name=re.compile("^Dode links")).click()
    expect(page.get_by_text("al 3 nachten achter elkaar").first).to_be_visible()
    page.get_by_text("Hoe het eerder ging").first.click()
    _looked_at(page, "dode-links")
    page.locator(".rows a strong").first.click()

    expect(page.get_by_role("region", name="Waar dit wordt gebruikt")).to_be_visible()
    with page.expect_download() as sheet:
        page.go_back()
        page.get_by_role("link", name="Download als CSV").click()
    assert sheet.value.suggested_filename == "onderhoud-links.csv"


def test_a_question_becomes_a_draft_with_a_case_and_stays_on_the_list_until_it_is_answered(
    page: Page, live_server: str
) -> None:
    page.goto(f"{live_server}/desk/vragen")
    _looked_at(page, "vragen")
    papegaai = page.get_by_role("region", name=re.compile("papegaai"))
    papegaai.get_by_role("link", name="Maak hier een antwoord van").click()
    expect(page.get_by_label(re.compile("Bewaar de vraag als proefvraag"))).to_be_checked()
    page.get_by_label(re.compile("Antwoord in het kort")).first.fill(
        "Dat bepaalt de school waar je stage loopt. Vraag het daar."
    )
    if not page.locator("[name=sources]").first.input_value():
        page.locator("[name=sources]").first.fill("geld-haagse-collegegeld-2026")
    page.get_by_role("button", name="Bewaren als concept").click()
    expect(page.get_by_text("Bewaard als concept.")).to_be_visible()

    page.goto(f"{live_server}/desk/vragen")

    expect(papegaai.get_by_text("Hier wordt al een antwoord op geschreven")).to_be_visible()
    expect(page.get_by_role("heading", name="Hoe het gaat")).to_be_visible()
    page.get_by_text("Als tabel").click()
    expect(page.get_by_role("columnheader", name="Nu wel beantwoord")).to_be_visible()
    _looked_at(page, "vragen-met-concept")


def test_a_word_that_nothing_knows_becomes_a_name_as_a_draft(page: Page, live_server: str) -> None:
    page.goto(f"{live_server}/desk/redactie/woorden")
    _looked_at(page, "woorden")
    word = page.get_by_role("article", name=re.compile("meelupdag"))
    word.get_by_role("button", name=re.compile("^Meeloopdag")).click()

    expect(page.get_by_text("Bewaard als concept. Kijk hieronder")).to_be_visible()
    mine = page.get_by_role("region", name="Wat je toevoegde")
    expect(mine.get_by_text("‘meelupdag’ erbij")).to_be_visible()
    expect(mine.get_by_role("button", name="Kijk wat dit doet met de antwoorden")).to_be_visible()
    page.get_by_text("Een plaatsnaam of wijk").click()
    page.get_by_label("Plaats, dorp of wijk").fill("Kijkduyn")
    page.get_by_label("In welke gemeente").fill("den-haag")
    page.locator("details[open] button").click()
    expect(mine.get_by_text("‘Kijkduyn’ erbij")).to_be_visible()
    _looked_at(page, "woorden-met-concept")
    mine.get_by_role("link", name="Verder naar nakijken en publiceren").click()
    expect(page.get_by_role("button", name="Laat een collega meekijken")).to_be_visible()
