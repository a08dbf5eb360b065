"""What a screen reader, a keyboard and a steady or unsteady hand meet in each state of the opened conversation."""

import re
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

INTERACTIVE = {"button", "link", "textbox", "checkbox", "radio", "DisclosureTriangle", "combobox", "spinbutton"}
HEAR = """() => {
  const root = document.querySelector('loket-gids').shadowRoot
  window.heard = []
  const live = node => {
    const region = node.closest?.('[aria-live], [role=log], [role=status], [role=alert]')
    if (!region || region.getAttribute('aria-live') === 'off') return null
    return region.getAttribute('role')
  }
  new MutationObserver(records => {
    for (const {addedNodes, target} of records)
      for (const node of addedNodes) {
        const element = node.nodeType === 1 ? node : target
        const role = live(element)
        if (role && node.textContent.trim()) window.heard.push([role, node.textContent.trim()])
      }
  }).observe(root, {childList: true, subtree: true})
}"""
"""Keeps what a live region would read out: the region that an added text stands in, and the text."""
WALKED = """() => {
  const it = document.querySelector('loket-gids').shadowRoot.activeElement
  if (!it) return null
  const box = it.getBoundingClientRect()
  // Of a field of several lines the first is what is typed in.
  const at = it.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 24) / 2)
  return {
    name: it.getAttribute('aria-label') || it.textContent.trim() || it.name || it.id,
    in: it.closest('header, [role=log], .quick, .live, .alert, .composer, .sheet')?.className || 'header',
    x: box.x, y: box.y, bottom: box.bottom,
    clear: it.role === 'log' || (Boolean(at) && (it.contains(at) || at.contains(it))),
  }
}"""
SMALL = """() => {
  const root = document.querySelector('loket-gids').shadowRoot
  const all = 'button, summary, input, textarea, a[href], [role=button]'
  const inSentence = each => each.matches('a, .cite') && each.closest('p, li, span, td, th')?.textContent.trim() !== each.textContent.trim()
  return [...root.querySelectorAll(all)].filter(each => each.checkVisibility()).filter(each => !inSentence(each)).map(each => {
    const box = (each.closest('label') ?? each).getBoundingClientRect()
    return [each.getAttribute('aria-label') || each.textContent || each.name, box.width, box.height]
  }).filter(([, width, height]) => Math.min(width, height) < 24)
}"""


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens the conversation on a page of this size."""
    contexts = []

    def opened(address: str, width: int = 1280, height: int = 800) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/host")
        page.get_by_role("button", name="Stel je vraag").click()
        expect(page.get_by_text("Stel gerust je vraag.")).to_be_visible()
        return page

    yield opened
    for context in contexts:
        context.close()


def _say(page: Page, text: str) -> None:
    replies = page.get_by_role("article").count()
    page.get_by_label("Je vraag", exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(replies + 1)


def _opened(page: Page, _api: Any) -> None:
    """As it is when it opens."""


def _every_block(page: Page, _api: Any) -> None:
    for name in ("text", "route", "comparison", "money", "vacancies", "loket", "events", "set"):
        _say(page, name)
    page.get_by_role("button", name="Bron 1: DUO").first.click()
    page.locator("summary").first.click()


def _refused_answer(page: Page, _api: Any) -> None:
    _say(page, "number")
    page.get_by_role("button", name="Verder").click()


def _opinion(page: Page, _api: Any) -> None:
    _say(page, "text")
    page.get_by_role("button", name="Nee: Heb je hier iets aan?").click()


def _lead_form(page: Page, _api: Any) -> None:
    _say(page, "lead")
    page.get_by_role("button", name="Laat je gegevens achter").click()
    expect(page.get_by_text("We bewaren je gegevens")).to_be_visible()


def _lead_form_refused(page: Page, api: Any) -> None:
    _lead_form(page, api)
    page.get_by_role("button", name="Verstuur naar het loket").click()


def _mine(page: Page, api: Any) -> None:
    api.facts[:] = sys.modules[type(api).__module__].known_facts()
    page.get_by_role("button", name="Jouw gesprek").click()
    expect(page.get_by_text("Hbo-bachelor", exact=True)).to_be_visible()


def _starting_over(page: Page, _api: Any) -> None:
    page.get_by_role("button", name="Jouw gesprek").click()
    page.get_by_role("button", name="Begin opnieuw").click()


def _failed(page: Page, api: Any) -> None:
    api.failures.append(429)
    page.get_by_label("Je vraag", exact=True).fill("text")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Opnieuw proberen")).to_be_visible()


def _person(page: Page, api: Any) -> None:
    offered = {"state": "offered", "text": "Het loket is nu open.", "loket_title": "Loket", "adviser": None}
    api.handover.update(offered | {"can_talk": True})
    script = sys.modules[type(api).__module__]
    api.replies["mens"] = script.reply("lead") | {"handoff": {"state": "offered", "loket": "Loket", "open_now": True}}
    _say(page, "mens")
    expect(page.get_by_role("button", name="Praat nu met een adviseur")).to_be_visible()


STATES = [
    _opened, _every_block, _refused_answer, _opinion, _lead_form, _lead_form_refused, _mine, _starting_over, _failed, _person
]  # fmt: skip
each_state = pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))


def _tree(page: Page) -> list[dict[str, Any]]:
    """What the browser tells a screen reader about the dialog, in reading order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    dialog = next(node for node in nodes if not node["ignored"] and node["role"]["value"] == "dialog")

    def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if not node["ignored"]:
            yield node
        for child in node.get("childIds", []):
            if child in by_id:
                yield from walk(by_id[child])

    return list(walk(dialog))


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


@each_state
def test_every_state_has_names_roles_and_headings_in_order(
    api: Any, open_page: Callable[..., Page], state: Callable[[Page, Any], None]
) -> None:
    page = open_page(api.address)
    state(page, api)

    tree = _tree(page)

    assert _name(tree[0]) == "Digitale assistent van het loket"
    unnamed = [node["role"]["value"] for node in tree if node["role"]["value"] in INTERACTIVE and not _name(node)]
    assert unnamed == []
    # What unfolds has the name of its summary, which comes right after it.
    parts = [
        node
        for node, inside in pairwise(tree)
        if node["role"]["value"] in {"region", "group", "log"} and inside["role"]["value"] != "DisclosureTriangle"
    ]
    assert [node["role"]["value"] for node in parts if not _name(node)] == []
    levels = [
        int(each["value"]["value"])
        for node in tree if node["role"]["value"] == "heading"
        for each in node["properties"] if each["name"] == "level"
    ]  # fmt: skip
    assert levels[0] == 2
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels)), levels
    names = [_name(node) for node in tree if node["role"]["value"] in {"button", "link"}]
    assert not [name for name in names if re.search(r"\s:|\s{2}", name)], "a name is read as it is written"


@each_state
def test_the_focus_goes_through_every_state_in_the_order_of_the_screen(
    api: Any, open_page: Callable[..., Page], state: Callable[[Page, Any], None]
) -> None:
    page = open_page(api.address, 360)
    state(page, api)
    page.locator("loket-gids h2").focus()

    walked = []
    for _ in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate(WALKED)
        if at is None:
            break
        walked.append(at)

    assert [stop["name"] for stop in walked[:3]] == ["English", "Jouw gesprek", "Sluit het gesprek"]
    assert [stop["name"] for stop in walked if not stop["clear"]] == [], "nothing lies over what has the focus"
    parts = [stop["in"] for stop in walked]
    assert sorted(set(parts), key=parts.index) == [part for part, _ in _runs(parts)], "each part is passed through once"
    focusable = {_name(node) for node in _tree(page) if node["role"]["value"] in {"button", "link"}}
    assert len(walked) >= len(focusable)


def _runs(parts: list[str]) -> list[tuple[str, int]]:
    """Each part as often as the focus comes into it."""
    runs: list[tuple[str, int]] = []
    for part in parts:
        if runs and runs[-1][0] == part:
            runs[-1] = (part, runs[-1][1] + 1)
        else:
            runs.append((part, 1))
    return runs


@each_state
def test_whatever_can_be_pressed_is_at_least_24_pixels(
    api: Any, open_page: Callable[..., Page], state: Callable[[Page, Any], None]
) -> None:
    page = open_page(api.address, 320)
    state(page, api)

    assert page.evaluate(SMALL) == []


@each_state
def test_at_400_percent_zoom_whatever_gets_the_focus_is_seen(
    api: Any, open_page: Callable[..., Page], state: Callable[[Page, Any], None]
) -> None:
    page = open_page(api.address, 320, 256)
    state(page, api)
    page.locator("loket-gids h2").focus()

    hidden = []
    for _ in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate(WALKED)
        if at is None:
            break
        if at["bottom"] <= 0 or at["y"] >= 256 or not at["clear"]:
            hidden.append(at["name"])

    assert hidden == []
    wide = "document.querySelector('loket-gids').shadowRoot.querySelector('dialog').scrollWidth"
    assert page.evaluate(wide) <= 320


def test_of_one_question_waiting_and_the_whole_reply_are_read_each_once(
    api: Any, open_page: Callable[..., Page]
) -> None:
    page = open_page(api.address)
    page.evaluate(HEAR)

    _say(page, "money")
    page.wait_for_function("window.heard.length >= 2")
    page.wait_for_timeout(200)  # for what would be read once too often

    heard = page.evaluate("window.heard")
    assert [role for role, _ in heard] == ["status", "log"]
    assert "ik zoek het op" in heard[0][1]
    assert "Collegegeld" in heard[1][1]
    assert "€ 3.044" in heard[1][1]


def test_what_gets_the_focus_is_not_read_by_the_log_as_well(api: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(api.address)
    _say(page, "text")
    page.evaluate(HEAR)

    page.get_by_role("button", name="Ja: Heb je hier iets aan?").click()
    expect(page.get_by_text("Bedankt voor je reactie.")).to_be_focused()

    assert page.evaluate("window.heard") == []


def test_a_conversation_that_is_read_on_is_not_read_out_again(api: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(api.address)
    _say(page, "text")
    page.reload()
    page.get_by_role("button", name="Stel je vraag").wait_for()
    page.evaluate("import('./widget.js').catch(() => {})")
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_role("log")).to_be_visible()
    page.evaluate(HEAR)

    expect(page.get_by_role("article").last).to_be_visible()
    page.wait_for_timeout(700)

    assert [text for role, text in page.evaluate("window.heard") if role == "log"] == []
