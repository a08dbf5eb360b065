"""A person in the conversation, as the visitor sees it: called, there, typing, gone, and back without doubles."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

STANDS = {
    "state": "offered",
    "text": "Wil je liever met een mens praten? Het loket is nu open.",
    "loket_title": "Loket",
}
CONNECTED = STANDS | {
    "state": "connected",
    "text": "Je praat nu met Noor van Loket.",
    "adviser": "Noor",
    "can_talk": False,
}


@pytest.fixture
def page(browser: Browser, api: Any) -> Iterator[Page]:
    """A conversation in which a person was offered; a page's own error fails the test."""
    module = sys.modules[type(api).__module__]
    api.handover.update(STANDS | {"adviser": None, "can_talk": True})
    offered = {"state": "offered", "loket": "Loket", "open_now": True}
    api.replies["mens"] = module.reply("lead") | {"id": "r1", "handoff": offered}
    api.replies["dag noor"] = module.reply("text") | {"id": "r2", "blocks": [], "status": "handed_over_connected"}
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    made = context.new_page()
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.goto(f"{api.address}/host")
    made.get_by_role("button", name="Stel je vraag").click()
    expect(made.get_by_text("Stel gerust je vraag.")).to_be_visible()
    say(made, "mens")
    expect(made.get_by_text("Het loket is nu open.")).to_be_visible()
    yield made
    api.handover.clear()
    context.close()
    assert errors == []


def say(page: Page, text: str) -> None:
    page.get_by_label("Je vraag", exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".asked").last).to_contain_text(text)


def message(number: int, text: str, sender: str = "adviser", id_: str = "") -> tuple[int, str, dict[str, Any]]:
    data = {"id": id_ or f"m{number}", "sender": sender, "name": "Noor", "text": text, "at": "2026-11-30T09:02:11Z"}
    return number, "message", data


def test_a_visitor_talks_to_a_person_and_sees_who_it_is(page: Page, api: Any) -> None:
    page.get_by_role("button", name="Praat nu met een adviseur").click()
    expect(page.get_by_text("Ik heb iemand geroepen.")).to_be_visible()
    api.events += [(1, "state", CONNECTED), message(2, "Dag! Ik lees even mee.")]
    expect(page.get_by_text("Je praat met een mens: Noor, Loket")).to_be_visible()
    expect(page.get_by_role("article").last).to_contain_text("Dag! Ik lees even mee.")
    expect(page.get_by_text("Ik ben een computer, geen mens")).to_have_count(0)
    replies = page.get_by_role("article").count()

    say(page, "dag noor")
    api.events += [
        message(3, "dag noor", "visitor", "r2"),
        (0, "presence", {"people": [], "text": "Noor is aan het typen."}),
    ]

    expect(page.get_by_text("Noor is aan het typen.")).to_be_visible()
    # The assistant says nothing, and the visitor's own words stand there once.
    expect(page.get_by_role("article")).to_have_count(replies)
    expect(page.locator(".asked").filter(has_text="dag noor")).to_have_count(1)
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []


def test_a_line_that_drops_is_taken_up_where_it_was(page: Page, api: Any) -> None:
    page.get_by_role("button", name="Praat nu met een adviseur").click()
    api.events += [(1, "state", CONNECTED), message(2, "Een"), (0, "hang-up", {})]
    expect(page.get_by_text("Een", exact=True)).to_be_visible()

    api.events.append(message(3, "Twee"))

    expect(page.get_by_text("Twee", exact=True)).to_be_visible()
    expect(page.get_by_text("Een", exact=True)).to_have_count(1)


def test_the_visitor_goes_on_with_the_computer_when_they_want(page: Page, api: Any) -> None:
    page.get_by_role("button", name="Praat nu met een adviseur").click()

    page.get_by_role("button", name="Stop, en ga verder met de computer").click()

    expect(page.get_by_role("button", name="Praat nu met een adviseur")).to_be_visible()
    wishes = [body for call, body in api.said if call == "POST conversations/c1/handover"]
    assert wishes == [{"wish": "talk"}, {"wish": "back"}]


def test_a_message_while_the_conversation_is_closed_shows_on_the_button(page: Page, api: Any) -> None:
    page.get_by_role("button", name="Praat nu met een adviseur").click()
    api.events.append((1, "state", CONNECTED))
    expect(page.get_by_text("Je praat met een mens")).to_be_visible()
    page.get_by_role("button", name="Sluit het gesprek").click()

    api.events.append(message(2, "Ben je er nog?"))
    page.get_by_role("button", name="Nieuw bericht").click()

    expect(page.get_by_text("Ben je er nog?")).to_be_visible()
