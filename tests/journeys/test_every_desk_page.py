"""
Every page of the desk in a real Chromium, at three widths: no finding of axe, nothing wider than the screen.

The addresses are read off the service, and the templates off their folder, so that a new page is looked at, or missed here.
With LOKET_TEST_PICTURES a picture of each is kept in that folder.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete

from assistant.accounts.role import Role
from assistant.desk import rendering
from assistant.handover.handover import Person
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.clock import utc_now
from assistant.storage.links import LinkStore, Purpose
from assistant.storage.session import Sessions, open_store
from assistant.storage.tables import DeskSessionRow
from assistant.storage.talks import TalkStore
from assistant.storage.work import WorkStore
from ingestion.registry import SourceRegistry
from ingestion.store.pages import PageStore
from ingestion.store.session import open_knowledge
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser

PASSWORD = "een lang genoeg wachtwoord"
EMAIL = "noor@example.org"
WIDTHS = (320, 768, 1280)
NO_PAGE = re.compile(r"/static/|/events$|\.(csv|xlsx|pdf|ics|\{form\})$|/desk/(login|link/)|/nieuw$|\{path")
IN_THEIR_OWN_JOURNEYS = {"day_along.html", "event.html", "keuzewijzer_voorbeeld.html"}
"""With axe, and with what they show: a day along, an event, a document."""
FRAME = {"desk.html"}


@pytest.fixture(scope="module")
def drawn() -> Iterator[set[str]]:
    """The templates that were drawn."""
    names: set[str] = set()
    plain = rendering._env.get_template

    def noted(name: Any, *rest: Any, **more: Any) -> Any:
        names.add(str(name))
        return plain(name, *rest, **more)

    rendering._env.get_template = noted  # type: ignore[method-assign]
    yield names
    rendering._env.get_template = plain  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def store(live_settings: Settings) -> Sessions:
    """Where the service keeps people."""
    return open_store(live_settings.people_address)


@pytest.fixture(scope="module")
def known(live_app: FastAPI, live_server: str, store: Sessions) -> dict[str, str]:
    """An administrator, a colleague, and a visitor with a lead on whom work was done, who waits for a person now."""
    with store.begin() as session:
        accounts = AccountStore(session)
        noor = accounts.add(EMAIL, "Noor Bakker", ("haaglanden", "hak"), PASSWORD, Role.REGION_ADMIN)
        colleague = accounts.add("henk@example.org", "Henk de Groot", ("haaglanden",), PASSWORD)
        code = LinkStore(session).make(colleague.id, Purpose.RESET)
        talks = TalkStore(session, live_app.state.knowledge.catalogue)
        talks.set_reachable(Person(id=noor.id, name=noor.name), noor.regions, True)
    with httpx.Client(base_url=live_server, timeout=PATIENCE_SECONDS) as visitor:
        begun = visitor.post("/api/v1/conversations", json={"locale": "nl", "region": "haaglanden"}).json()
        conversation, bearer = f"/api/v1/conversations/{begun['conversation_id']}", f"Bearer {begun['token']}"
        visitor.headers["Authorization"] = bearer
        said = "ik heb hbo verpleegkunde, ben 42 en woon in Zoetermeer, ik wil voor de basisschool staan"
        visitor.post(f"{conversation}/messages", json={"text": said}).raise_for_status()
        version = visitor.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
        wish = {
            "conversation_id": begun["conversation_id"],
            "name": "Sam de Vries",
            "email": "sam@example.org",
            "preferred_contact": "email",
            "message": "Ik ben op donderdag vrij.",
            "consent": {"version": version, "given": True, "share_transcript": True, "refer": True, "follow_up": True},
        }
        lead_id = visitor.post("/api/v1/leads", json=wish).raise_for_status().json()["lead_id"]
        visitor.post(f"{conversation}/handover", json={"wish": "talk"}).raise_for_status()
    runs = PageStore(open_knowledge(live_app.state.settings.knowledge_address))
    source = next(iter(SourceRegistry(runs.sessions)))
    run_id, _ = runs.begin(source.id, utc_now())
    with store.begin() as session:
        WorkStore(session).plan_follow_up(lead_id, "Noor", utc_now().date())
    return {
        "lead_id": lead_id,
        "account_id": colleague.id,
        "conversation_id": begun["conversation_id"],
        "code": code,
        "source_id": source.id,
        "run_id": run_id,
    }


class Looking:
    """Looks at pages, and remembers what is wrong with them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: dict[str, list[str]] = {}
        pictures = os.environ.get("LOKET_TEST_PICTURES")
        self._pictures = Path(pictures) if pictures else None

    def at(self, name: str) -> None:
        """The page that is open, at every width."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            found = [
                f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(self.page).response["violations"]
            ]
            if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append("wider than the screen")
            if found:
                self.problems[f"{name} at {width}"] = found
            if self._pictures:
                file = f"{re.sub('[^a-z]+', '-', name.lower()).strip('-')}-{width}.png"
                self.page.screenshot(path=self._pictures / file, full_page=True)


def _addresses(app: FastAPI, known: dict[str, str]) -> dict[str, str]:
    def within(routes: Any) -> Iterator[APIRoute]:
        for route in routes:
            if isinstance(route, APIRoute):
                yield route
            else:
                yield from within(getattr(getattr(route, "original_router", route), "routes", ()))

    return {
        route.path: re.sub(r"\{(\w+)[^}]*\}", lambda name: known.get(name[1], "1"), route.path)
        for route in within(app.routes)
        if route.path.startswith("/desk") and "GET" in (route.methods or ()) and not NO_PAGE.search(route.path)
    }


def _fill_in(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"[name={name}]:visible").first.fill(value)


def _log_in(page: Page) -> None:
    _fill_in(page, email=EMAIL, password=PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def test_every_page_of_the_desk_is_accessible_and_fits_the_screen(
    browser: Browser, live_app: FastAPI, live_server: str, known: dict[str, str], store: Sessions, drawn: set[str]
) -> None:
    context = browser.new_context(bypass_csp=True)
    look, page = Looking(context.new_page()), None
    page = look.page
    page.goto(f"{live_server}/desk")
    look.at("login")
    _fill_in(page, email=EMAIL, password="fout")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    look.at("login refused")
    page.goto(f"{live_server}/desk/link/{known['code']}")
    look.at("link")
    page.goto(f"{live_server}/desk")
    _log_in(page)
    expect(page.get_by_role("heading", name="Aanmeldingen")).to_be_visible()

    for name, address in _addresses(live_app, known).items():
        page.goto(live_server + address)
        look.at(name)
    for name, address in {
        "nothing found": "/desk?zoek=zzz",
        "error": "/desk/nergens",
        "done": f"/desk/leads/{known['lead_id']}?gedaan=fase",
    }.items():
        page.goto(live_server + address)
        look.at(name)

    page.goto(f"{live_server}/desk/privacy")
    _fill_in(page, email="sam@example.org")
    page.locator("form[action='/desk/privacy/persoon'] button").click()
    look.at("person found")

    page.goto(f"{live_server}/desk/account/tweede-stap")
    app = pyotp.TOTP(page.locator("code").first.inner_text().replace(" ", ""))
    _fill_in(page, code=app.now())
    page.get_by_role("button", name="Aanzetten").click()
    codes = page.locator("main").inner_text()
    look.at("recovery codes")

    page.goto(f"{live_server}/desk/leads/{known['lead_id']}")
    page.locator("form[action$='/notitie'] textarea").fill("Sam belt donderdag terug, na vier uur.")
    with store.begin() as session:
        session.execute(delete(DeskSessionRow))
    page.locator("form[action$='/notitie'] button").click()
    expect(page.get_by_text("Je was te lang weg")).to_be_visible()
    look.at("login with what was typed")
    _log_in(page)
    expect(page.locator("[name=code]")).to_be_visible()
    look.at("login code")
    recovery = re.search(r"\b(\w{4}-\w{4}-\w{4}-\w{4})\b", codes)
    assert recovery
    _fill_in(page, code=recovery[1])
    page.locator("form[action='/desk/login/code'] button").click()
    expect(page.get_by_text("Sam belt donderdag terug, na vier uur.")).to_be_visible()
    look.at("what was typed is still there")
    context.close()

    ours = {file.name for file in (Path(rendering.__file__).parent / "templates").glob("*.html")}
    assert look.problems == {}
    assert ours - FRAME - IN_THEIR_OWN_JOURNEYS - drawn == set(), "pages that nobody looked at"
