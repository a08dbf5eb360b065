"""A visitor and an adviser talk: two browsers at once, and what each sees of the other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.conftest import AddColleague, LogIn

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1280)
LISTEN = """async ({id, token, after}) => {
  window.listening?.abort()
  window.listening = new AbortController()
  const heard = window.heard = []
  const answer = await fetch(`/api/v1/conversations/${id}/events?after=${after}`,
    {headers: {Authorization: `Bearer ${token}`}, signal: window.listening.signal})
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  const pump = async () => {
    let rest = ''
    for (;;) {
      const {done, value} = await reader.read()
      if (done) return
      const events = (rest + value).split('\\n\\n')
      rest = events.pop()
      for (const each of events) {
        const field = name => (each.match(new RegExp(`^${name}: (.*)$`, 'm')) ?? [])[1]
        if (field('event')) heard.push({event: field('event'), id: field('id'), data: JSON.parse(field('data'))})
      }
    }
  }
  pump().catch(() => {})
}"""
CALL = """async ({method, path, token, body}) => {
  const answer = await fetch(path, {method, headers: {'Content-Type': 'application/json', Authorization: `Bearer ${token}`},
    body: body ? JSON.stringify(body) : undefined})
  return answer.status === 204 ? null : await answer.json()
}"""


class Visitor:
    """A visitor in a browser of their own, without the widget: the API as any page may use it."""

    def __init__(self, page: Page, server: str) -> None:
        self._page = page
        page.goto(server)
        begun = self._call("POST", "/api/v1/conversations", body={"region": "haaglanden"}, token="")
        self.id, self._token = begun["conversation_id"], begun["token"]

    @property
    def path(self) -> str:
        """Where the conversation is."""
        return f"/api/v1/conversations/{self.id}"

    def _call(self, method: str, path: str, body: Any = None, token: str | None = None) -> Any:
        token = self._token if token is None else token
        return self._page.evaluate(CALL, {"method": method, "path": path, "token": token, "body": body})

    def listen(self, after: int = 0) -> None:
        """Open the stream, in the place of the one that was open: what that one still had to say is not heard."""
        self._page.evaluate(LISTEN, {"id": self.id, "token": self._token, "after": after})

    def says(self, text: str) -> Any:
        return self._call("POST", f"{self.path}/messages", {"text": text})

    def wishes(self, wish: str) -> Any:
        return self._call("POST", f"{self.path}/handover", {"wish": wish})

    def types(self) -> None:
        self._call("POST", f"{self.path}/typing")

    def hears(self, event: str, words: str) -> None:
        """Wait until an event of that kind says that."""
        self._page.wait_for_function(
            "([event, words]) => window.heard.some(each => each.event === event && each.data.text.includes(words))",
            arg=[event, words],
        )

    def heard(self, event: str) -> list[Any]:
        """Every event of that kind so far."""
        found: list[Any] = self._page.evaluate("event => window.heard.filter(each => each.event === event)", event)
        return found


@pytest.fixture(scope="module")
def advisers(add_colleague: AddColleague) -> tuple[str, str]:
    """Two advisers of Haaglanden."""
    return add_colleague("Noor Bakker"), add_colleague("Daan Smit")


@pytest.fixture
def open_browser(browser: Browser) -> Iterator[Any]:
    """Opens a browser of its own for somebody."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def _reachable(page: Page, is_on: bool = True) -> None:
    """See to it that the adviser can be called, or cannot; another test may have left it so already."""
    as_wished = page.get_by_role("heading", name="Je bent bereikbaar" if is_on else "Je bent niet bereikbaar")
    button = page.get_by_role("button", name="Ik ben bereikbaar" if is_on else "Niet meer bereikbaar")
    expect(as_wished.or_(button).first).to_be_visible()
    if button.count():
        button.click()
    # Only then has the form arrived: going elsewhere at once would break it off.
    expect(as_wished).to_be_visible()


def test_a_visitor_and_an_adviser_talk_and_both_see_it_at_once(
    open_browser: Any, live_server: str, advisers: tuple[str, str], log_in: LogIn
) -> None:
    desk, visitor = open_browser(), Visitor(open_browser(), live_server)
    visitor.listen()
    log_in(desk, advisers[0], "/desk/gesprekken")
    expect(desk.get_by_text("Er wacht nu niemand.")).to_be_visible()
    _reachable(desk)
    visitor.says("ik ben 42 en wil leraar worden op een basisschool")

    assert visitor.wishes("talk")["state"] == "waiting"
    expect(desk.get_by_text("1 bezoeker wacht op een mens.")).to_be_visible()
    desk.get_by_role("link", name=re.compile("Bekijken en nemen")).click()
    expect(desk.get_by_role("log")).to_contain_text("ik ben 42 en wil leraar worden")
    visitor.hears("presence", "Noor kijkt mee.")
    desk.get_by_role("button", name="Neem dit gesprek").click()
    visitor.hears("message", "Noor van Word leraar in Den Haag is er nu")

    desk.get_by_label("Je bericht aan de bezoeker").press_sequentially("Dag! Dat kan")
    visitor.hears("presence", "Noor is aan het typen.")
    desk.get_by_label("Je bericht aan de bezoeker").fill("Dag! Dat kan zeker. <b>Bel</b> gerust.")
    desk.get_by_role("button", name="Versturen").click()
    visitor.hears("message", "Dag! Dat kan zeker. <b>Bel</b> gerust.")
    expect(desk.get_by_role("log")).to_contain_text("Dag! Dat kan zeker. <b>Bel</b> gerust.")
    visitor.types()
    expect(desk.get_by_text("De bezoeker is aan het typen.")).to_be_visible()
    silent = visitor.says("Fijn, <img src=x onerror=alert(1)> dank je")
    assert (silent["status"], silent["blocks"]) == ("handed_over_connected", [])
    expect(desk.get_by_role("log")).to_contain_text("Fijn, <img src=x onerror=alert(1)> dank je")

    # A reload of the visitor's page: nothing lost, nothing twice.
    visitor.hears("message", "dank je")
    before = [each["id"] for each in visitor.heard("message")]
    visitor.listen(int(before[1]))
    visitor.hears("message", "dank je")
    assert [each["id"] for each in visitor.heard("message")] == before[2:]

    desk.get_by_role("button", name="Terug naar de assistent").click()
    expect(desk.get_by_role("heading", name="Live gesprekken")).to_be_visible()
    visitor.hears("state", "Je praat met de digitale assistent.")
    assert visitor.says("wat kost de pabo?")["blocks"]
    _reachable(desk, is_on=False)


def test_of_two_advisers_one_gets_the_conversation_and_can_pass_it_on_with_a_note(
    open_browser: Any, live_server: str, advisers: tuple[str, str], log_in: LogIn
) -> None:
    noor, daan, visitor = open_browser(), open_browser(), Visitor(open_browser(), live_server)
    visitor.listen()
    for page, email in ((noor, advisers[0]), (daan, advisers[1])):
        log_in(page, email, "/desk/gesprekken")
        _reachable(page)
    visitor.wishes("talk")
    for page in (noor, daan):
        page.goto(f"{live_server}/desk/gesprekken/{visitor.id}")
        expect(page.get_by_role("button", name="Neem dit gesprek")).to_be_visible()

    noor.get_by_role("button", name="Neem dit gesprek").click()
    expect(daan.get_by_text("Noor Bakker heeft dit gesprek. Je kijkt mee.")).to_be_visible()
    noor.get_by_label("Je bericht aan de bezoeker").fill("Ik vraag mijn collega.")
    noor.get_by_role("button", name="Versturen").click()
    expect(noor.get_by_role("log")).to_contain_text("Ik vraag mijn collega.")
    noor.get_by_text("Doorgeven", exact=True).first.click()
    noor.get_by_label("Aan wie").select_option(label="Daan Smit (bereikbaar)")
    noor.get_by_label(re.compile("Wat moet die weten")).fill("Vraagt naar mbo, weet jij meer van.")
    noor.get_by_role("button", name="Doorgeven").click()

    visitor.hears("message", "Je gesprek is doorgegeven aan Daan.")
    kept = visitor.says("prima")
    assert kept["status"] == "handed_over_waiting"
    expect(daan.get_by_role("log")).to_contain_text("Vraagt naar mbo, weet jij meer van.")
    assert not [each for each in visitor.heard("message") if "weet jij meer" in each["data"]["text"]]
    daan.get_by_role("button", name="Neem dit gesprek").click()
    visitor.hears("message", "Daan van Word leraar in Den Haag is er nu")
    daan.get_by_role("button", name="Gesprek afsluiten").click()
    visitor.hears("state", "Dit gesprek is afgesloten.")
    daan.goto(f"{live_server}/desk/gesprekken/{visitor.id}")
    expect(daan.get_by_text("Dit bestaat niet of niet meer.")).to_be_visible()


def test_without_javascript_an_adviser_can_talk_too(
    open_browser: Any, live_server: str, advisers: tuple[str, str], log_in: LogIn
) -> None:
    desk, visitor = open_browser(java_script_enabled=False), Visitor(open_browser(), live_server)
    log_in(desk, advisers[0], "/desk/gesprekken")
    _reachable(desk)
    visitor.wishes("talk")

    desk.goto(f"{live_server}/desk/gesprekken")
    desk.get_by_role("link", name=re.compile("Bekijken en nemen")).first.click()
    desk.get_by_role("button", name="Neem dit gesprek").click()
    desk.get_by_label("Je bericht aan de bezoeker").fill("Dag!")
    desk.get_by_role("button", name="Versturen").click()

    expect(desk.get_by_role("log")).to_contain_text("Dag!")
    desk.get_by_role("button", name="Gesprek afsluiten").click()
    expect(desk.get_by_role("heading", name="Live gesprekken")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_live_conversations_are_accessible_and_fit_the_screen(
    open_browser: Any, live_server: str, advisers: tuple[str, str], width: int, tmp_path: Path, log_in: LogIn
) -> None:
    page, visitor = (
        open_browser(viewport={"width": width, "height": 800}, bypass_csp=True),
        Visitor(open_browser(), live_server),
    )
    problems: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found = [f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("wider than the screen")
        page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
        if found:
            problems[name] = found

    log_in(page, advisers[0], "/desk/gesprekken")
    look("nobody")
    _reachable(page)
    visitor.says("ik heb hbo verpleegkunde en woon in Delft, kan ik voor de klas in het basisonderwijs?")
    visitor.wishes("talk")
    page.goto(f"{live_server}/desk/gesprekken")
    look("waiting")
    page.get_by_role("link", name=re.compile("Bekijken en nemen")).first.click()
    look("before claiming")
    page.get_by_role("button", name="Neem dit gesprek").click()
    page.get_by_label("Je bericht aan de bezoeker").fill("Dag! Ik lees even mee.")
    page.get_by_role("button", name="Versturen").click()
    page.get_by_text("Doorgeven", exact=True).first.click()
    look("talking")
    page.get_by_role("button", name="Gesprek afsluiten").click()

    assert problems == {}


def test_what_changes_before_the_stream_is_open_is_shown_too(
    open_browser: Any, live_server: str, advisers: tuple[str, str], log_in: LogIn
) -> None:
    noor, daan, visitor = open_browser(), open_browser(), Visitor(open_browser(), live_server)
    held: list[Route] = []
    daan.route("**/events?*", lambda route: held.append(route))
    for page, email in ((noor, advisers[0]), (daan, advisers[1])):
        log_in(page, email, "/desk/gesprekken")
    _reachable(noor)
    visitor.wishes("talk")
    for page in (noor, daan):
        page.goto(f"{live_server}/desk/gesprekken/{visitor.id}")
    noor.get_by_role("button", name="Neem dit gesprek").click()
    expect(noor.get_by_role("button", name="Terug naar de assistent")).to_be_visible()
    expect(daan.get_by_role("button", name="Neem dit gesprek")).to_be_visible()

    held[-1].continue_()

    expect(daan.get_by_text("Noor Bakker heeft dit gesprek. Je kijkt mee.")).to_be_visible()
    noor.get_by_role("button", name="Terug naar de assistent").click()
    _reachable(noor, is_on=False)
