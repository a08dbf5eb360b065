"""The widget in a real Chromium, against the scripted API of conftest.py."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

SHARED = Path(__file__).parents[3] / "shared"
WIDTHS = (320, 768, 1280)
HEIGHT = 800
AXE = Axe()
Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address in a browser of its own; a page's own error fails the test."""
    contexts = []
    errors: list[str] = []

    def opened(address: str, width: int = 1280, script: str = "", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": options.pop("height", HEIGHT)}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def launch(page: Page) -> None:
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_text("Stel gerust je vraag.")).to_be_visible()


def say(page: Page, text: str) -> None:
    replies = page.get_by_role("article").count()
    page.get_by_label("Je vraag", exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(replies + 1)


def violations(page: Page) -> list[str]:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = AXE.run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def overflow(page: Page) -> int:
    """By how many pixels the page or the conversation is wider than its window."""
    return page.evaluate(
        """() => {
            const root = document.querySelector('loket-gids').shadowRoot
            const boxes = [document.documentElement, ...root.querySelectorAll('.panel, .scroller, .sheet')]
            return Math.max(...boxes.map(box => box.scrollWidth - box.clientWidth))
        }"""
    )


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (768, "light"), (1280, "light"), (320, "dark"), (1280, "dark")]
)
def test_every_state_is_accessible_and_fits(api: Any, open_page: Open, width: int, scheme: str) -> None:
    page = open_page(f"{api.address}/host", width, color_scheme=scheme, reduced_motion="reduce")
    found = {"launcher": violations(page)}
    launch(page)
    found["open"] = violations(page)
    for name in ("text", "route", "comparison", "money", "vacancies", "loket", "events", "choice", "set", "number"):
        say(page, name)
    for mark in page.get_by_role("button", name="Bron 1: DUO").all()[:1]:
        mark.click()
    for details in page.locator("summary").all():
        details.click()
    page.get_by_role("button", name="Verder").last.click()
    found["every block, opened"] = violations(page)
    assert overflow(page) <= 0
    say(page, "lead")
    page.get_by_role("button", name="Laat je gegevens achter").click()
    expect(page.get_by_text("We bewaren je gegevens")).to_be_visible()
    found["lead form"] = violations(page)
    page.get_by_role("button", name="Verstuur naar het loket").click()
    found["lead form with errors"] = violations(page)
    assert overflow(page) <= 0
    assert {state: each for state, each in found.items() if each} == {}


def test_at_400_percent_zoom_all_of_it_can_be_reached(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host", 320, height=256)
    launch(page)
    say(page, "route")

    button = page.get_by_role("button", name="Verstuur", exact=True)
    button.scroll_into_view_if_needed()

    expect(button).to_be_in_viewport()
    assert overflow(page) <= 0


def test_text_four_times_as_big_still_fits(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host", 1280, height=900)
    page.evaluate("document.documentElement.style.fontSize = '400%'")
    launch(page)
    say(page, "route")

    assert overflow(page) <= 0


def test_buttons_are_big_enough_to_touch(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host", 320)
    launch(page)
    for name in ("text", "choice", "lead"):
        say(page, name)

    sizes = page.evaluate(
        """() => [...document.querySelector('loket-gids').shadowRoot.querySelectorAll('button, summary, label.option')]
            .filter(each => each.checkVisibility())
            .map(each => [each.textContent, each.getBoundingClientRect()])
            .filter(([, box]) => Math.min(box.width, box.height) < 24).map(([text]) => text)"""
    )
    assert sizes == []


def test_the_dialog_and_its_log_are_in_the_accessibility_tree(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    say(page, "text")

    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    of_role = {node["role"]["value"]: node for node in tree if not node["ignored"]}
    properties = {each["name"]: each["value"].get("value") for each in of_role["log"]["properties"]}

    assert of_role["dialog"]["name"]["value"] == "Digitale assistent van het loket"
    assert of_role["log"]["name"]["value"] == "Gesprek"
    assert properties["live"] == "polite"
    assert not properties.get("busy")
    assert of_role["article"]["role"]["value"] == "article"


def test_a_reply_is_announced_once_and_whole(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    page.evaluate(
        """() => {
            const log = document.querySelector('loket-gids').shadowRoot.querySelector('[role=log]')
            window.changes = []
            new MutationObserver(records => {
                for (const {addedNodes, removedNodes, target} of records)
                    window.changes.push({
                        added: [...addedNodes].map(node => node.textContent),
                        live: [...addedNodes].map(node => node.getAttribute?.('aria-live')),
                        removed: removedNodes.length,
                        direct: target === log,
                    })
            }).observe(log, {childList: true, subtree: true, characterData: true})
        }"""
    )

    say(page, "money")
    page.wait_for_function("window.changes.length")
    page.wait_for_timeout(100)  # for a change too many

    [change] = page.evaluate("window.changes")
    question, answer = change["added"]
    assert change["direct"]
    assert change["removed"] == 0
    assert "money" in question
    assert change["live"] == ["off", None]
    assert "Collegegeld" in answer
    assert "€ 3.044" in answer


def test_waiting_is_told_in_words(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    api.delay_seconds = 0.4

    page.get_by_label("Je vraag", exact=True).fill("text")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="ik zoek het op")).to_have_count(1)
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="ik zoek het op")).to_have_count(0)


def focused(page: Page) -> str:
    return page.evaluate(
        "() => { const it = document.querySelector('loket-gids').shadowRoot.activeElement;"
        "return it ? (it.getAttribute('aria-label') || it.textContent || it.id) : '' }"
    )


def wait_for_focus(page: Page, text: str) -> None:
    page.wait_for_function(
        "text => document.querySelector('loket-gids').shadowRoot.activeElement?.textContent.includes(text)", arg=text
    )


def test_the_whole_conversation_goes_by_keyboard(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Stel gerust je vraag.")).to_be_visible()
    page.keyboard.type("choice")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wat wil je worden?")).to_be_visible()

    walked = []
    for _ in range(14):
        page.keyboard.press("Shift+Tab")
        walked.append(focused(page))
    while focused(page) != "Leraar":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Voor een voltijdstudie")).to_be_visible()

    assert {
        "Weet ik niet",
        "Waarom vraag ik dit?",
        "Praat met een mens",
        "Doe de zelftest",
        "Sluit het gesprek",
    } <= set(walked)
    assert api.said[-1][1] == {"choice": {"fact": "role", "value": "leraar"}}
    # The button that was used is gone: the focus is at what it brought.
    wait_for_focus(page, "Voor een voltijdstudie")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    wait_for_focus(page, "Stel je vraag")


def test_over_a_small_screen_the_focus_stays_in_the_conversation(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host", 360)
    launch(page)

    wait_for_focus(page, "Digitale assistent van het loket")
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "[null, document.body, document.querySelector('loket-gids')].includes(document.activeElement)"
        )
    page.keyboard.press("Escape")
    wait_for_focus(page, "Stel je vraag")


def test_a_failure_keeps_the_words_and_can_be_tried_again(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    field = page.get_by_label("Je vraag", exact=True)
    field.fill("Wat kost de pabo?")

    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").get_by_text("Je bericht kwam niet aan. Het staat er nog.")).to_be_visible()
    expect(field).to_have_value("Wat kost de pabo?")
    page.context.set_offline(False)
    page.get_by_role("button", name="Opnieuw proberen").click()

    expect(page.get_by_text("Voor een voltijdstudie")).to_be_visible()
    expect(field).to_have_value("")
    expect(page.get_by_role("button", name="Opnieuw proberen")).to_have_count(0)


def test_the_sentence_of_the_server_is_shown_when_it_refuses(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    api.failures.append(429)

    page.get_by_label("Je vraag", exact=True).fill("text")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert").get_by_text("Wacht een minuut.")).to_be_visible()
    expect(page.get_by_label("Je vraag", exact=True)).to_have_value("text")


def test_a_conversation_that_the_server_forgot_is_begun_again_with_the_question(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    api.failures.append(404)

    say(page, "money")

    expect(page.get_by_role("table")).to_be_visible()
    assert [call for call, _ in api.said[-3:]] == [
        "POST conversations/c1/messages",
        "POST conversations",
        "POST conversations/c1/messages",
    ]


def test_a_launcher_that_cannot_load_the_rest_shows_what_the_page_has_without_it(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    page.route("**/conversation.js", lambda route: route.abort())

    page.get_by_role("button", name="Stel je vraag").click()

    expect(page.get_by_text("Bel het loket: 070 123.")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Het gesprek kan nu niet openen.")


def test_without_javascript_the_text_between_the_tags_is_there(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host", java_script_enabled=False)

    expect(page.get_by_text("Bel het loket: 070 123.")).to_be_visible()


def test_the_widget_works_where_storage_is_blocked(api: Any, open_page: Open) -> None:
    blocked = (
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page = open_page(f"{api.address}/host", script=blocked)
    launch(page)
    say(page, "money")

    expect(page.get_by_role("table")).to_be_visible()


def test_the_widget_works_on_another_site_with_a_strict_policy(api: Any, open_page: Open, strict_site: str) -> None:
    refused: list[str] = []
    asked: set[str] = set()
    page = open_page(strict_site)
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    page.reload()
    launch(page)
    for name in ("text", "route", "set", "lead"):
        say(page, name)

    assert refused == []
    assert asked == {strict_site, api.address}
    assert page.get_by_role("dialog").bounding_box()["width"] > 400  # type: ignore[index]
    assert page.context.cookies() == []


def test_who_comes_back_reads_the_conversation_on(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    say(page, "choice")
    from_then = page.evaluate("JSON.parse(Object.values(sessionStorage)[0])")
    api.turns.extend(_turns(api, "choice", "money"))

    page.reload()
    page.get_by_role("button", name="Stel je vraag").click()

    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("table")).to_be_visible()
    # The question of an older turn is there to be read, not to be answered.
    expect(page.get_by_role("heading", name="Wat wil je worden?")).to_be_visible()
    expect(page.get_by_role("button", name="Leraar", exact=True)).to_have_count(0)
    assert from_then == {"id": "c1", "token": "t1"}


def _turns(api: Any, *names: str) -> list[dict[str, Any]]:
    reply = sys.modules[type(api).__module__].reply
    return [
        {"question": name, "choice_label": "", "reply": reply(name), "created_at": "2026-11-22T10:00:00Z"}
        for name in names
    ]


def test_starting_over_erases_the_conversation_after_a_question(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    say(page, "money")

    page.get_by_role("button", name="Jouw gesprek").click()
    page.get_by_role("button", name="Begin opnieuw").click()
    page.get_by_role("button", name="Nee, ga verder").click()
    assert not [call for call, _ in api.said if call.startswith("DELETE")]
    page.get_by_role("button", name="Jouw gesprek").click()
    page.get_by_role("button", name="Begin opnieuw").click()
    page.get_by_role("button", name="Ja, wis het gesprek").click()

    expect(page.get_by_role("table")).to_have_count(0)
    expect(page.get_by_role("article")).to_have_count(1)
    assert [call for call, _ in api.said if call.startswith("DELETE")] == ["DELETE conversations/c1"]


def test_the_language_can_be_switched_without_losing_what_was_typed(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    page.get_by_label("Je vraag", exact=True).fill("Wat kost")

    page.get_by_role("button", name="English").click()

    expect(page.get_by_label("Your question", exact=True)).to_have_value("Wat kost")
    expect(page.get_by_role("button", name="Talk to a person")).to_be_visible()
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_role("button", name="Praat met een mens")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "answer", "sent", "shown"),
    [
        (
            "choice",
            lambda page: page.get_by_role("button", name="Weet ik niet").click(),
            {"fact": "role", "value": None},
            "Weet ik niet",
        ),
        (
            "flag",
            lambda page: page.get_by_role("button", name="Ja", exact=True).click(),
            {"fact": "needs_income", "value": True},
            "Ja",
        ),
        (
            "set",
            lambda page: (
                page.get_by_label("Basisonderwijs").check(),
                page.get_by_label("Speciaal onderwijs").check(),
                page.get_by_role("button", name="Verder").click(),
            ),
            {"fact": "sector", "value": ["po", "so"]},
            "Basisonderwijs, Speciaal onderwijs",
        ),
        (
            "number",
            lambda page: (page.get_by_label("Hoe oud ben je?").last.fill("42"), page.keyboard.press("Enter")),
            {"fact": "age", "value": 42},
            "42",
        ),
        (
            "municipality",
            lambda page: (
                page.get_by_role("combobox", name="In welke gemeente").fill("den haag"),
                page.keyboard.press("Enter"),
            ),
            {"fact": "municipality", "value": "den-haag"},
            "den haag",
        ),
    ],
)
def test_a_question_sends_the_value_and_shows_the_words(
    api: Any, open_page: Open, name: str, answer: Callable[[Page], Any], sent: dict[str, Any], shown: str
) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    say(page, name)

    answer(page)

    expect(page.get_by_role("article")).to_have_count(3)
    expect(page.locator(".asked").last).to_contain_text(shown)
    assert api.said[-1][1] == {"choice": sent}
    expect(page.get_by_role("button", name="Weet ik niet")).to_have_count(0)


def test_one_question_is_open_at_a_time(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    say(page, "choice")
    say(page, "money")
    expect(page.get_by_role("button", name="Leraar", exact=True)).to_be_visible()

    say(page, "set")

    expect(page.get_by_role("button", name="Leraar", exact=True)).to_have_count(0)
    expect(page.get_by_label("Basisonderwijs")).to_be_visible()


def test_a_number_out_of_range_is_refused_in_words_and_not_sent(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    say(page, "number")
    calls = len(api.said)

    page.get_by_role("textbox", name="Hoe oud ben je?").fill("200")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Vul een getal in van 15 tot en met 99.")).to_be_visible()
    assert len(api.said) == calls


def test_a_visitor_becomes_a_lead_and_nothing_typed_is_lost_on_the_way(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host", 360)
    page.evaluate("window.told = []; addEventListener('loket-lead', event => window.told.push(event.detail))")
    launch(page)
    say(page, "lead")
    page.get_by_role("button", name="Laat je gegevens achter").click()
    page.get_by_role("button", name="Verstuur naar het loket").click()
    for sentence in ("Vul je naam in.", "Vul je e-mailadres in", "Zet een vinkje als je akkoord gaat."):
        expect(page.get_by_text(sentence)).to_be_visible()
    page.get_by_label("Naam").fill("Noor Voorbeeld")
    page.get_by_label("Telefonisch").check()
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.get_by_label("Ja, ik ga akkoord").check()
    expect(page.get_by_text("Zet een vinkje als je akkoord gaat.")).to_have_count(0)
    page.get_by_role("button", name="Terug naar het gesprek").click()
    page.get_by_role("button", name="Laat je gegevens achter").click()
    expect(page.get_by_label("Naam")).to_have_value("Noor Voorbeeld")

    api.refused_fields.append({"field": "phone", "message": "Dit nummer klopt niet."})
    page.get_by_role("button", name="Verstuur naar het loket").click()
    expect(page.get_by_text("Dit nummer klopt niet.")).to_be_visible()
    expect(page.get_by_label("Telefoonnummer")).to_be_focused()
    page.get_by_label("Stuur dit gesprek mee").check()
    page.get_by_role("button", name="Verstuur naar het loket").click()

    expect(page.get_by_text("Gelukt! Je gegevens zijn verstuurd naar Onderwijsloket Voorbeeldregio.")).to_be_visible()
    assert api.said[-1] == (
        "POST leads",
        {
            "conversation_id": "c1",
            "name": "Noor Voorbeeld",
            "phone": "06 12345678",
            "preferred_contact": "phone",
            "consent": {"version": "1", "given": True, "share_transcript": True},
        },
    )
    assert page.evaluate("window.told") == [{"lead_id": "lead-1", "loket": "voorbeeldloket"}]


def test_a_route_says_when_what_happens_in_words_and_as_a_bar(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host", 320)
    launch(page)
    say(page, "route")

    card = page.get_by_role("region", name="Zij-instroom in het basisonderwijs")

    assert card.locator(".facts li").all_inner_texts()[:3] == [
        "Hoogste diploma: hbo-bachelor: 2 tot 4 jaar",
        "Begin: In september of februari.",
        "Daarna deze route: 1 tot 2 jaar",
    ]
    first, then = (each.bounding_box() for each in card.locator(".bar").all())
    fastest, slowest = (each.bounding_box() for each in card.locator(".bar").last.locator("path").all())
    assert first
    assert then
    assert fastest
    assert slowest
    assert first["height"] >= 5
    assert fastest["x"] == pytest.approx(then["x"] + then["width"] * 24 / 72, abs=1), (
        "the second begins after the first"
    )
    assert slowest["x"] == pytest.approx(fastest["x"] + fastest["width"], abs=1)
    assert card.locator(".bar").first.get_attribute("aria-hidden") == "true"


def test_an_opinion_takes_one_tap(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    say(page, "money")

    page.get_by_role("button", name=re.compile("^Ja")).click()

    expect(page.get_by_text("Bedankt voor je reactie.")).to_be_visible()
    assert api.said[-1] == ("POST feedback", {"conversation_id": "c1", "reply_id": "reply-money", "helpful": True})


def test_a_citation_opens_its_source_date_and_quote_and_closes_again(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    launch(page)
    say(page, "text")
    mark = page.get_by_role("button", name="Bron 1: DUO")

    mark.click()
    expect(page.get_by_text("DUO · Stand van 1 september 2026")).to_be_visible()
    expect(page.get_by_text("Het wettelijk collegegeld voor een voltijdstudie is")).to_be_visible()
    expect(mark).to_have_attribute("aria-expanded", "true")
    mark.click()

    expect(page.get_by_text("DUO · Stand van")).to_have_count(0)


def hostile_texts() -> list[str]:
    """Strings meant to break out of a page: a sample of the shared lists, and some for this widget's own parser."""
    own = [
        "<img src=x onerror=window.hacked=1>",
        "<script>window.hacked=1</script>",
        '<a href="javascript:window.hacked=1">klik</a>',
        "<a href='&#106;avascript:window.hacked=1'>klik</a>",
        '<p onclick="window.hacked=1" style="position:fixed">p</p>',
        "<svg onload=window.hacked=1><p>",
        '<sup data-citation="1"><img src=x onerror=window.hacked=1></sup>',
        '<p title="><img src=x onerror=window.hacked=1>">x',
        "<iframe srcdoc='<script>parent.hacked=1</script>'>",
        "<<p>p</</p>&lt;img src=x onerror=window.hacked=1&gt;",
    ]
    listed = SHARED / "data" / "xss_payloads.txt"
    found = listed.read_text(encoding="utf-8", errors="replace").splitlines()[::60] if listed.exists() else []
    return own + [line.replace("prompt", "window.hacked=").replace("alert", "window.hacked=") for line in found]


def test_hostile_texts_are_shown_or_dropped_and_never_run(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    launch(page)
    say(page, "money")
    texts = hostile_texts()

    page.evaluate(
        """async texts => {
            const {replyArticle} = await import('/widget/reply.js')
            const {wordsIn} = await import('/widget/words.js')
            const root = document.querySelector('loket-gids').shadowRoot.querySelector('[role=log]')
            const context = {words: wordsIn('nl'), live: true, choose() {}, openLeadForm() {}}
            for (const t of texts) {
                const blocks = [
                    {type: 'text', html: t, text: t},
                    {type: 'route', route: t, title: t, summary: t, verdict: t, reasons: [{text: t, met: true, source: t}],
                     missing: [t], would_change: [{fact: t, value: t, text: t}], duration: t, next_step: t, citation: 1},
                    {type: 'comparison', columns: [t, t], rows: [[t, t]]},
                    {type: 'money', title: t, lines: [{label: t, amount: t, period: t, year: t, paid_by: t, citation: 1}], total: t, note: t},
                    {type: 'vacancies', items: [{id: t, title: t, employer: t, place: t, url: t}]},
                    {type: 'loket', loket: {id: t, title: t, summary: t, reason: t, url: t, email: t, phone: t, address: t, hours: [t]}},
                    {type: 'events', items: [{id: t, title: t, summary: t, when: t, place: t, url: t}]},
                    {type: 'question', fact: t, text: t, why: t, input: 'municipality', options: [{value: t, label: t}]},
                    {type: 'lead_form', reason: t},
                    {type: 'unheard_of', html: t},
                ]
                const citations = [{n: 1, record_id: t, title: t, url: t, publisher: t, as_of: t, quote: t}]
                const article = replyArticle({id: t, locale: 'nl', blocks, citations, quick_replies: [], status: 'answered_record'}, context, () => {})
                root.append(article)
                for (const mark of article.querySelectorAll('.cite')) mark.click()
            }
        }""",
        texts,
    )
    page.wait_for_timeout(300)
    found = page.evaluate(
        """() => {
            const all = [...document.querySelector('loket-gids').shadowRoot.querySelectorAll('[role=log] *')]
            return {
                hacked: window.hacked ?? null,
                foreign: all.filter(each => /^(script|iframe|img|object|embed|style|link|base|meta)$/i.test(each.localName)).length,
                handlers: all.flatMap(each => each.getAttributeNames()).filter(name => /^on|^style$/.test(name)),
                addresses: all.map(each => each.getAttribute('href')).filter(href => href && !/^(https?:|mailto:|tel:)/i.test(href)),
                shown: all.length,
            }
        }"""
    )
    assert found.pop("shown") > len(texts) * 20
    assert found == {"hacked": None, "foreign": 0, "handlers": [], "addresses": []}


def test_a_page_can_ask_a_question_itself_and_hears_what_happens(api: Any, open_page: Open) -> None:
    page = open_page(f"{api.address}/host")
    page.evaluate(
        """window.told = []
        for (const name of ['loket-open', 'loket-answer']) addEventListener(name, event => told.push([name, event.detail?.id ?? null]))"""
    )

    page.evaluate("document.querySelector('loket-gids').ask('money')")
    expect(page.get_by_role("table")).to_be_visible()

    assert page.evaluate("told") == [["loket-open", None], ["loket-answer", "reply-money"]]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_demo_page_is_accessible_and_its_questions_ask_themselves(api: Any, open_page: Open, width: int) -> None:
    page = open_page(api.address, width, reduced_motion="reduce")
    assert violations(page) == []
    assert overflow(page) <= 0

    page.get_by_role("button", name="Wat kost een opleiding tot leraar?").click()

    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_text("Voor een voltijdstudie")).to_be_visible()
    assert json.loads(json.dumps(api.said[-1][1])) == {"text": "Wat kost een opleiding tot leraar?"}
