"""The widget on sites of others: the real service on one origin, pages on two others, one of which may embed it."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.settings import Settings
from tests.browser import ARGUMENTS, CHROMIUM, PATIENCE_MILLISECONDS
from tests.journeys.conftest import AddColleague, LogIn

pytestmark = pytest.mark.browser

FALLBACK = "Bel het loket: 070 123 45 67."


class Site(ThreadingHTTPServer):
    """A page of somebody else with the tag on it, under the strictest policy that still allows the widget."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.embeds = ""
        """The address of the service; known once that runs."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def policy(self) -> str:
        return (
            f"default-src 'none'; script-src {self.embeds}; connect-src {self.embeds}; form-action 'none'; base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )


class _Page(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        page = (
            '<!doctype html><html lang="nl"><title>Een school</title><h1>Werken bij ons</h1>'
            f'<script type="module" src="{self.server.embeds}/widget.js"></script>'
            f'<loket-gids region="haaglanden"><p>{FALLBACK}</p></loket-gids></html>'
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Nothing to tell."""


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[Site, Site]]:
    """One that may embed the widget, and one that may not."""
    both = Site(), Site()
    for site in both:
        threading.Thread(target=site.serve_forever, daemon=True).start()
    yield both
    for site in both:
        site.shutdown()
        site.server_close()


@pytest.fixture(scope="module")
def live_settings(
    tmp_path_factory: pytest.TempPathFactory, furnish: Callable[[Path], None], sites: tuple[Site, Site]
) -> Settings:
    """An installation that allows the first site alone."""
    var = tmp_path_factory.mktemp("var")
    furnish(var)
    return Settings(
        var=var, embedder="none", rate_limit="off", region="haaglanden", allowed_origins=(sites[0].address,)
    )


@pytest.fixture(scope="module")
def embedding(sites: tuple[Site, Site], live_server: str) -> tuple[str, str]:
    """The addresses of both, with the widget of the running service on them."""
    for site in sites:
        site.embeds = live_server
    return sites[0].address, sites[1].address


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A visitor; what a policy or a script refuses fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    refused: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    yield page
    context.close()
    assert refused == []


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Stel je vraag").click()


def _say(page: Page, text: str) -> None:
    replies = page.get_by_role("article").count()
    page.get_by_label("Je vraag", exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(replies + 1)


def _leave_details(page: Page, name: str) -> None:
    page.get_by_role("button", name="Praat met een mens").first.click()
    page.get_by_role("button", name="Laat je gegevens achter").last.click()
    page.get_by_label("Naam").fill(name)
    page.get_by_label("E-mailadres").fill("sam@example.org")
    page.get_by_label("Ja, ik ga akkoord").check()
    page.get_by_role("button", name="Verstuur naar het loket").click()
    expect(page.get_by_text("Gelukt! Je gegevens zijn verstuurd")).to_be_visible()


def _kept(data_folder: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{data_folder / 'people.sqlite'}?mode=ro", uri=True) as store:
        return store.execute(query).fetchall()


def test_on_a_site_that_may_chat_opinion_and_lead_reach_the_loket(
    visitor: Page, embedding: tuple[str, str], live_server: str, data_folder: Path
) -> None:
    asked: set[str] = set()
    visitor.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    _open(visitor, embedding[0])
    expect(visitor.get_by_role("article")).to_have_count(1)

    _say(visitor, "wat kost de pabo?")
    visitor.get_by_role("button", name="Ja: Heb je hier iets aan?").click()
    expect(visitor.get_by_text("Bedankt voor je reactie.")).to_be_visible()
    _leave_details(visitor, "Sam van een ander")

    assert _kept(data_folder, "SELECT count(*) FROM feedback") == [(1,)]
    assert _kept(data_folder, "SELECT name FROM lead") == [("Sam van een ander",)]
    assert asked == {embedding[0], live_server}
    assert visitor.context.cookies() == []


def test_on_a_site_that_may_a_person_talks_with_the_visitor(
    browser: Browser, visitor: Page, embedding: tuple[str, str], add_colleague: AddColleague, log_in: LogIn
) -> None:
    desk = browser.new_context().new_page()
    log_in(desk, add_colleague("Noor Bakker"), "/desk/gesprekken")
    desk.get_by_role("button", name="Ik ben bereikbaar").click()
    expect(desk.get_by_role("heading", name="Je bent bereikbaar")).to_be_visible()
    _open(visitor, embedding[0])
    expect(visitor.get_by_role("article")).to_have_count(1)
    _say(visitor, "ik wil een mens spreken")

    visitor.get_by_role("button", name="Praat nu met een adviseur").click()
    desk.get_by_role("link", name="Bekijken en nemen").click()
    desk.get_by_role("button", name="Neem dit gesprek").click()
    expect(visitor.get_by_text("Je praat met een mens: Noor")).to_be_visible()
    desk.get_by_label("Je bericht aan de bezoeker").fill("Dag, waarmee kan ik helpen?")
    desk.get_by_role("button", name="Versturen").click()
    expect(visitor.get_by_role("log")).to_contain_text("Dag, waarmee kan ik helpen?")
    visitor.get_by_label("Je vraag", exact=True).fill("Met de pabo")
    visitor.keyboard.press("Enter")
    expect(desk.get_by_role("log")).to_contain_text("Met de pabo")

    _open(visitor, embedding[0])
    expect(visitor.get_by_text("Dag, waarmee kan ik helpen?")).to_have_count(1)
    expect(visitor.get_by_text("Met de pabo")).to_have_count(1)
    desk.get_by_role("button", name="Gesprek afsluiten").click()
    desk.context.close()


def test_on_a_site_that_may_not_the_visitor_reads_so_and_nothing_is_kept(
    visitor: Page, embedding: tuple[str, str], data_folder: Path
) -> None:
    before = _kept(data_folder, "SELECT count(*) FROM conversation")

    _open(visitor, embedding[1])

    expect(visitor.get_by_role("dialog").get_by_role("alert")).to_contain_text(
        "Dit gesprek mag niet op deze site staan."
    )
    expect(visitor.get_by_text(FALLBACK)).to_be_visible()
    expect(visitor.get_by_role("button", name="Opnieuw proberen")).to_be_visible()
    assert _kept(data_folder, "SELECT count(*) FROM conversation") == before


@pytest.fixture
def without_storage(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """Chromium as somebody sets it who lets no site keep anything."""
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=CHROMIUM, args=ARGUMENTS, viewport={"width": 390, "height": 800}
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    yield context
    context.close()


def test_where_the_browser_keeps_nothing_all_of_it_works_too(
    without_storage: BrowserContext, embedding: tuple[str, str], data_folder: Path
) -> None:
    page = without_storage.new_page()
    _open(page, embedding[0])
    expect(page.get_by_role("article")).to_have_count(1)
    blocked = page.evaluate("(() => { try { return sessionStorage.length } catch (error) { return error.name } })()")
    assert blocked == "SecurityError"

    _say(page, "wat kost de pabo?")
    _leave_details(page, "Zonder opslag")

    assert ("Zonder opslag",) in _kept(data_folder, "SELECT name FROM lead")
