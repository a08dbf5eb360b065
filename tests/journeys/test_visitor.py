"""A visitor asks, takes the zelftest and becomes a lead: the whole service, in a real Chromium."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

MAX_QUESTIONS = 12


@pytest.fixture
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    """The demo page on a phone; a console error fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(live_server)
    yield page
    context.close()
    assert errors == []


def say(page: Page, text: str) -> None:
    """Type it and wait for the reply."""
    replies = page.get_by_role("article").count()
    page.get_by_label("Je vraag", exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(replies + 1)


def answer_first_option(page: Page) -> None:
    """Answer the question that is open, as a hurried visitor would."""
    replies = page.get_by_role("article").count()
    question = page.locator("section.question").last
    if question.locator("label.option").count():
        question.locator("label.option").first.click()
        question.get_by_role("button", name="Verder").click()
    else:
        question.get_by_role("button", name="Weet ik niet").or_(question.locator("button.option")).first.click()
    expect(page.get_by_role("article")).to_have_count(replies + 1)


def test_a_visitor_asks_takes_the_zelftest_and_becomes_a_lead(page: Page, data_folder: Path) -> None:
    page.get_by_role("button", name="Wat kost een opleiding tot leraar?").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_text("Ik ben een computer, geen mens", exact=True)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(2)
    page.locator("button.cite").first.click()
    expect(page.get_by_text("Stand van").first).to_be_visible()

    say(page, "ik heb hbo verpleegkunde, ben 42 en woon in Zoetermeer, ik wil voor de basisschool staan")
    expect(page.locator("section.route").first).to_be_visible()
    replies = page.get_by_role("article").count()
    page.get_by_role("dialog").get_by_role("button", name="Doe de zelftest").first.click()
    expect(page.get_by_role("article")).to_have_count(replies + 1)
    expect(page.locator("section.question .answers")).to_have_count(1)
    for _ in range(MAX_QUESTIONS):
        answer_first_option(page)
        if not page.locator("section.question .answers").count():
            break
    expect(page.locator("section.question .answers")).to_have_count(0)
    expect(page.locator("section.route .verdict").last).to_be_visible()

    page.get_by_role("dialog").get_by_role("button", name="Praat met een mens").first.click()
    expect(page.locator("section.loket").last).to_be_visible()
    page.get_by_role("button", name="Laat je gegevens achter").last.click()
    expect(page.locator(".consent p").first).to_be_visible()
    page.get_by_label("Naam").fill("Noor Voorbeeld")
    page.get_by_label("E-mailadres").fill("noor@example.org")
    page.get_by_label("Wat wil je vragen").fill("Kan ik in februari beginnen?")
    page.get_by_label("Stuur dit gesprek mee").check()
    page.get_by_label("Ja, ik ga akkoord").check()
    page.get_by_role("button", name="Verstuur naar het loket").click()

    expect(page.get_by_text("Gelukt! Je gegevens zijn verstuurd naar")).to_be_visible()
    [lead] = _rows(data_folder, "SELECT name, email, message, share_transcript, facts FROM lead")
    assert lead[:4] == ("Noor Voorbeeld", "noor@example.org", "Kan ik in februari beginnen?", 1)
    assert "zoetermeer" in lead[4].lower()
    assert _rows(data_folder, "SELECT count(*) FROM outbox") == [(2,)], "the loket's mail and the visitor's copy"


def test_a_visitor_who_comes_back_to_the_page_reads_on_where_they_were(page: Page) -> None:
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_role("article")).to_have_count(1)
    say(page, "Wat is zij-instroom?")
    answer = page.get_by_role("article").last.inner_text()

    page.reload()
    page.get_by_role("button", name="Stel je vraag").click()

    expect(page.get_by_role("article")).to_have_count(1)
    assert page.get_by_role("article").last.inner_text() == answer


def test_an_english_visitor_gets_english(page: Page) -> None:
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_role("article")).to_have_count(1)

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("article")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Take the self-test").first.click()
    expect(page.get_by_role("heading", name="In which kind of school do you want to work?")).to_be_visible()


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{folder / 'people.sqlite'}?mode=ro", uri=True) as store:
        return store.execute(query).fetchall()
