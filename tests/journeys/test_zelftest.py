"""Somebody takes the zelftest on a phone or a wide screen, without JavaScript, from nothing to the overview on paper."""

import re
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

NURSE = {"sector": "Basisonderwijs", "role": "Leraar", "diploma_level": "Hbo-bachelor"}


def without_scripts(browser: Browser, width: int = 360) -> BrowserContext:
    return browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)


def answer(page: Page, told: dict[str, str]) -> None:
    """Answer the question on the page, and wait for the next; "weet ik niet" where nothing is told."""
    fact = page.locator("input[name=vraag]").get_attribute("value") or ""
    if fact not in told:
        send = page.get_by_role("button", name="Weet ik niet")
    elif page.locator("button.option").count():
        send = page.get_by_role("button", name=told[fact], exact=True)
    else:
        if page.locator("label.option").count():
            page.get_by_label(told[fact]).check()
        else:
            page.locator("#antwoord").fill(told[fact])
        send = page.get_by_role("button", name="Verder", exact=True)
    with page.expect_navigation():
        send.click()


def finish(page: Page, told: dict[str, str]) -> int:
    """Answer until there is an outcome; how many questions that took."""
    asked = 0
    while page.locator("#vraagformulier").count():
        asked += 1
        assert asked < 30, "the zelftest does not end"
        answer(page, told)
    return asked


def test_from_nothing_to_the_overview(browser: Browser, live_server: str) -> None:
    context = without_scripts(browser)
    page = context.new_page()
    page.goto(f"{live_server}/zelftest")

    finish(page, NURSE)

    assert page.url == f"{live_server}/zelftest"
    expect(page.get_by_role("heading", level=1)).to_contain_text("past")
    page.locator("summary", has_text="Waarom?").first.click()
    expect(page.locator(".reason").first).to_be_visible()
    page.get_by_label("In welke gemeente of plaats woon je?").fill("Zoetremeer")
    page.get_by_role("button", name="Toon mijn loket").click()
    page.get_by_role("button", name="Zoetermeer", exact=True).click()
    expect(page.get_by_label("In welke gemeente of plaats woon je?")).to_have_value("Zoetermeer")
    page.get_by_role("button", name="Overzicht om te printen").click()
    expect(page.get_by_role("heading", name="Bronnen", exact=True)).to_be_visible()
    assert context.cookies() == []
    context.close()


def test_going_back_in_the_browser_loses_nothing(browser: Browser, live_server: str) -> None:
    context = without_scripts(browser, 1280)
    page = context.new_page()
    page.goto(f"{live_server}/zelftest")
    for _ in range(3):
        answer(page, NURSE)

    page.go_back()
    page.go_back()
    expect(page.locator("input[name=vraag]")).to_have_value("role")
    answer(page, NURSE | {"role": "Onderwijsassistent"})

    expect(page.locator(".given")).to_contain_text("Onderwijsassistent")
    expect(page.locator(".given")).to_contain_text("Basisonderwijs")
    expect(page.locator(".given")).to_contain_text("Hbo-bachelor")
    context.close()


def test_an_answer_is_changed_from_the_outcome_and_the_others_stay(browser: Browser, live_server: str) -> None:
    context = without_scripts(browser)
    page = context.new_page()
    page.goto(f"{live_server}/zelftest")
    finish(page, NURSE)

    page.get_by_role("button", name="Wijzig Hoogste diploma").click()
    page.get_by_role("button", name="Havo", exact=True).click()
    finish(page, NURSE)

    expect(page.locator(".given")).to_contain_text("Havo")
    expect(page.locator(".given")).to_contain_text("Basisonderwijs")
    context.close()


def test_a_saved_zelftest_opens_on_another_device_and_is_erased(browser: Browser, live_server: str) -> None:
    context = without_scripts(browser)
    page = context.new_page()
    page.goto(f"{live_server}/zelftest")
    answer(page, NURSE)
    page.get_by_role("button", name="Bewaar en ga later verder").click()
    link = page.locator(".saved__link a").get_attribute("href") or ""
    code = link.rpartition("/")[2]
    expect(page.get_by_text("tot en met").first).to_be_visible()

    other = without_scripts(browser, 1280)
    elsewhere = other.new_page()
    elsewhere.goto(f"{live_server}/zelftest/verder/{code}")
    expect(elsewhere.locator(".given")).to_contain_text("Basisonderwijs")
    page.get_by_role("button", name="Verwijder nu").click()
    expect(page.get_by_text("is weg")).to_be_visible()
    elsewhere.reload()

    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet (meer)")
    context.close()
    other.close()


def test_the_keyboard_alone_will_do(browser: Browser, live_server: str) -> None:
    context = without_scripts(browser, 1280)
    page = context.new_page()
    page.goto(f"{live_server}/zelftest")

    page.locator("input[type=checkbox]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.locator(".given")).to_contain_text("Basisonderwijs")
    context.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_zelftest_has_an_accessibility_violation(
    browser: Browser, live_server: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()

    def look() -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, page.url

    page.goto(f"{live_server}/zelftest")
    look()
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.locator("#fout")).to_be_visible()
    look()
    seen = set()
    while page.locator("#vraagformulier").count():
        kind = (
            "buttons"
            if page.locator("button.option").count()
            else "boxes"
            if page.locator("label.option").count()
            else "field"
        )
        if kind not in seen:
            look()
        seen.add(kind)
        answer(page, NURSE)
    look()
    for summary in page.locator("details.fold > summary").all()[:6]:
        summary.click()
    look()
    for button in ("Overzicht om te printen", "Bewaar en ga later verder"):
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
        look()
    page.goto(f"{live_server}/zelftest/overzicht/x")
    look()
    context.close()


def test_the_overview_on_paper_has_everything_and_no_buttons(browser: Browser, live_server: str) -> None:
    context = without_scripts(browser, 1280)
    page = context.new_page()
    page.goto(f"{live_server}/zelftest")
    finish(page, NURSE)
    page.get_by_role("button", name="Overzicht om te printen").click()
    expect(page.get_by_role("heading", name="Wat je vertelde")).to_be_visible()

    paper = PdfReader(BytesIO(page.pdf(format="A4")))

    text = " ".join(re.sub(r"\s+", " ", sheet.extract_text()) for sheet in paper.pages)
    for words in ("Wat je vertelde", "Jouw loket", "Waarom?", "De stappen", "Bronnen", "Nummer van dit advies", "€"):
        assert words in text, words
    for words in (
        "Bewaar en ga later verder",
        "Wijzig Hoogste diploma",
        "Afdrukken",
        "Hoofdmenu",
        "Liever een mens spreken?",
    ):
        assert words not in text, words
    assert len(paper.pages) <= 14
    context.close()
