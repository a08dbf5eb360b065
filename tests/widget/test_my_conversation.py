"""What belongs to the visitor: what is known of them, what they typed, and the conversation to take along."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

PRINTS = "window.print = () => { top.printed = document.body.innerText; dispatchEvent(new Event('afterprint')) }"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own."""
    made = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, api: Any) -> Iterator[Page]:
    """The host page with the conversation open; a page's own error fails the test."""
    errors: list[str] = []
    made = context.new_page()
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.goto(f"{api.address}/host")
    launch(made)
    yield made
    assert errors == []


def launch(page: Page) -> None:
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_role("article").first).to_be_visible()


def say(page: Page, text: str) -> None:
    replies = page.get_by_role("article").count()
    page.get_by_label("Je vraag", exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(replies + 1)


def know(api: Any) -> None:
    api.facts[:] = sys.modules[type(api).__module__].known_facts()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_state_of_it_is_accessible_and_fits(page: Page, api: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    know(api)
    found = {}
    say(page, "money")
    page.get_by_role("button", name=re.compile("^Nee")).last.click()
    found["why it did not help"] = violations(page)
    page.get_by_role("button", name="Jouw gesprek").click()
    page.get_by_role("button", name="Verander: Hoogste diploma").click()
    found["correcting"] = violations(page)
    page.get_by_role("button", name="Begin opnieuw").click()
    found["asked whether to start over"] = violations(page)
    page.context.set_offline(True)
    expect(page.get_by_text("Je hebt nu geen internet.")).to_be_visible()
    found["offline"] = violations(page)

    assert {state: each for state, each in found.items() if each} == {}


def violations(page: Page) -> list[str]:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    wider = page.evaluate(
        "Math.max(...[...document.querySelector('loket-gids').shadowRoot.querySelectorAll('.panel, .scroller, .sheet')]"
        ".map(box => box.scrollWidth - box.clientWidth))"
    )
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found] + ["too wide"] * (wider > 0)


def test_a_visitor_reads_what_is_known_with_their_own_words_and_how_long_it_is_kept(page: Page, api: Any) -> None:
    know(api)

    page.get_by_role("button", name="Jouw gesprek").click()

    expect(page.get_by_role("heading", name="Jouw gesprek")).to_be_focused()
    expect(page.get_by_text("Ik bewaar dit gesprek 30 dagen na je laatste bericht.")).to_be_visible()
    expect(page.get_by_text("Je zei: “ik heb hbo verpleegkunde”")).to_be_visible()
    expect(page.get_by_text("Dat denk ik, want je zei: “ik heb twee kinderen”")).to_be_visible()
    # What was chosen needs no words beside it.
    expect(page.get_by_text("“Zoetermeer”")).to_have_count(0)


def test_a_visitor_corrects_confirms_and_erases_each_thing(page: Page, api: Any) -> None:
    know(api)
    page.get_by_role("button", name="Jouw gesprek").click()

    page.get_by_role("button", name="Verander: Hoogste diploma").click()
    page.get_by_role("button", name="Mbo niveau 4").click()
    expect(page.get_by_text("Ik heb het veranderd.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Mbo niveau 4")).to_be_visible()
    expect(page.get_by_role("heading", name="Dit weet ik van jou")).to_be_focused()
    page.get_by_role("button", name=re.compile("^Klopt: Geld verdienen")).click()
    expect(page.get_by_text("Dat denk ik")).to_have_count(0)
    page.get_by_role("button", name="Wis: Woonplaats").click()
    expect(page.get_by_text("Ik heb het gewist.")).to_be_visible()

    assert [call for call in api.said if "/facts/" in call[0]] == [
        ("PATCH conversations/c1/facts/diploma_level", {"value": "mbo-4"}),
        ("PATCH conversations/c1/facts/needs_income", {"confirmed": True}),
        ("DELETE conversations/c1/facts/municipality", None),
    ]
    expect(page.get_by_text("Zoetermeer")).to_have_count(0)


def test_with_nothing_known_it_says_so(page: Page) -> None:
    page.get_by_role("button", name="Jouw gesprek").click()

    expect(page.get_by_text("Nog niets. Wat je vertelt, komt hier te staan.")).to_be_visible()


def test_the_conversation_can_be_taken_along_with_all_its_sources(page: Page, tmp_path: Path) -> None:
    for name in ("text", "route"):
        say(page, name)
    page.get_by_role("button", name="Jouw gesprek").click()

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download dit gesprek").click()
    kept = tmp_path / "gesprek.html"
    waiting.value.save_as(kept)
    page.context.new_page().goto(kept.as_uri())
    copy = page.context.pages[-1]

    assert waiting.value.suggested_filename == "Jouw gesprek.html"
    expect(copy.get_by_text("Het wettelijk collegegeld voor een voltijdstudie is")).to_be_visible()
    expect(copy.get_by_text("Een school wil je aannemen.")).to_be_visible()
    expect(copy.get_by_text("Heb je hier iets aan?")).to_have_count(0)
    assert copy.locator("script, iframe").count() == 0


def test_the_conversation_is_printed_alone_also_under_a_strict_policy(
    context: BrowserContext, strict_site: str
) -> None:
    page = context.new_page()
    page.add_init_script(PRINTS)
    page.goto(strict_site)
    launch(page)
    say(page, "money")
    page.get_by_role("button", name="Jouw gesprek").click()

    page.get_by_role("button", name="Print dit gesprek").click()
    page.wait_for_function("window.printed")

    printed = page.evaluate("window.printed")
    assert "€ 3.044" in printed
    assert "Gastpagina" not in printed
    with page.expect_download():
        page.get_by_role("button", name="Download dit gesprek").click()


def test_an_event_leads_on_to_the_pages_that_the_server_names(page: Page, api: Any) -> None:
    say(page, "events")

    for name, address in (
        ("Meld je aan", "https://gids.example.org/aanmelden/e1?gesprek=abc"),
        ("Zet in je agenda", "https://gids.example.org/agenda/e1.ics"),
        ("Vraag een dag meelopen aan", "https://gids.example.org/meelopen"),
    ):
        expect(page.get_by_role("link", name=name)).to_have_attribute("href", address)
    assert api.said


def test_who_was_not_helped_can_say_why_with_one_more_tap_or_in_their_own_words(page: Page, api: Any) -> None:
    about = {"conversation_id": "c1", "reply_id": "reply-money", "helpful": False}
    say(page, "money")
    page.get_by_role("button", name=re.compile("^Nee")).last.click()
    page.get_by_role("button", name="Ik snap het niet").click()
    expect(page.get_by_text("Bedankt voor je reactie.")).to_be_visible()
    assert api.said[-2:] == [("POST feedback", about), ("POST feedback", about | {"comment": "Ik snap het niet"})]

    say(page, "money")
    page.get_by_role("button", name=re.compile("^Nee")).last.click()
    page.get_by_role("textbox", name="In je eigen woorden").fill("De bedragen zijn oud")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Bedankt voor je reactie.")).to_have_count(2)
    assert api.said[-1] == ("POST feedback", about | {"comment": "De bedragen zijn oud"})


def test_what_was_typed_outlives_a_reload_and_going_back(page: Page, api: Any) -> None:
    say(page, "lead")
    page.get_by_role("button", name="Laat je gegevens achter").click()
    page.get_by_label("Naam").fill("Noor Voorbeeld")
    page.get_by_label("Telefonisch").check()
    page.get_by_role("button", name="Terug naar het gesprek").click()
    page.get_by_label("Je vraag", exact=True).fill("En als ik")

    page.goto(f"{api.address}/widget/example.html")
    page.go_back()
    if page.get_by_role("button", name="Stel je vraag").is_visible():
        launch(page)

    expect(page.get_by_label("Je vraag", exact=True)).to_have_value("En als ik")
    say(page, "lead")
    page.get_by_role("button", name="Laat je gegevens achter").last.click()
    expect(page.get_by_label("Naam")).to_have_value("Noor Voorbeeld")
    expect(page.get_by_label("Telefonisch")).to_be_checked()
    expect(page.get_by_label("Ja, ik ga akkoord")).not_to_be_checked()


def test_starting_over_forgets_what_was_typed_too(page: Page) -> None:
    page.get_by_label("Je vraag", exact=True).fill("En als ik")
    page.get_by_role("button", name="Jouw gesprek").click()
    page.get_by_role("button", name="Begin opnieuw").click()
    page.get_by_role("button", name="Ja, wis het gesprek").click()
    expect(page.get_by_role("button", name="Ja, wis het gesprek")).to_have_count(0)

    # Only once the server has erased it, the field is emptied.
    expect(page.get_by_label("Je vraag", exact=True)).to_have_value("")
    assert "drafts" not in page.evaluate("Object.values(sessionStorage)[0]")


def test_being_offline_is_told_and_nothing_typed_is_lost(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.get_by_text("Je hebt nu geen internet. Wat je typt, blijft staan.")).to_be_visible()
    page.get_by_label("Je vraag", exact=True).fill("money")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Je vraag", exact=True)).to_have_value("money")

    page.context.set_offline(False)
    expect(page.get_by_text("Je hebt nu geen internet.")).to_have_count(0)
    page.get_by_role("button", name="Opnieuw proberen").click()

    expect(page.get_by_role("table")).to_be_visible()


def test_a_double_click_says_a_thing_once(page: Page, api: Any) -> None:
    api.delay_seconds = 0.2

    page.get_by_role("button", name="Wat kost de pabo?").dblclick()
    expect(page.get_by_role("table")).to_be_visible()

    assert [call for call, _ in api.said if call.endswith("/messages")] == ["POST conversations/c1/messages"]


def test_the_launcher_clicked_twice_begins_one_conversation(context: BrowserContext, api: Any) -> None:
    page = context.new_page()
    page.goto(f"{api.address}/host")

    page.get_by_role("button", name="Stel je vraag").dblclick()
    expect(page.get_by_role("article")).to_have_count(1)
    page.wait_for_timeout(200)

    assert [call for call, _ in api.said] == ["POST conversations"]


def test_a_lead_sent_with_a_double_click_is_sent_once(page: Page, api: Any) -> None:
    say(page, "lead")
    page.get_by_role("button", name="Laat je gegevens achter").click()
    page.get_by_label("Naam").fill("Noor Voorbeeld")
    page.get_by_label("E-mailadres").fill("noor@example.org")
    page.get_by_label("Ja, ik ga akkoord").check()
    api.delay_seconds = 0.2

    page.get_by_role("button", name="Verstuur naar het loket").dblclick()
    expect(page.get_by_text("Gelukt!")).to_be_visible()

    assert [call for call, _ in api.said].count("POST leads") == 1


def test_a_second_tab_has_the_same_conversation_and_goes_on_when_the_first_erased_it(page: Page, api: Any) -> None:
    with page.context.expect_page() as waiting:
        page.evaluate("void open(location.href)")
    other = waiting.value
    launch(other)
    page.get_by_role("button", name="Jouw gesprek").click()
    page.get_by_role("button", name="Begin opnieuw").click()
    with page.expect_response(f"{api.address}/api/v1/conversations"):
        page.get_by_role("button", name="Ja, wis het gesprek").click()
    api.failures.append(404)

    say(other, "money")

    expect(other.get_by_role("table")).to_be_visible()
    assert [call for call, _ in api.said].count("POST conversations") == 4


def test_a_server_that_restarts_costs_no_words(page: Page, api: Any) -> None:
    api.failures.append(503)
    page.get_by_label("Je vraag", exact=True).fill("money")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Opnieuw proberen")).to_be_visible()
    expect(page.get_by_label("Je vraag", exact=True)).to_have_value("money")

    page.get_by_role("button", name="Opnieuw proberen").click()

    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_label("Je vraag", exact=True)).to_have_value("")
