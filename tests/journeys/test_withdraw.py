"""A visitor opens the link in their mail, takes back what they agreed to, and has everything erased: without JavaScript."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Looks
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser


@pytest.fixture
def link(live_server: str, data_folder: Path) -> str:
    """The link in the visitor's copy."""
    return live_server + _in_copy(data_folder, _leave(live_server), r"/aanmelding/\S+")


def _leave(live_server: str) -> str:
    """Somebody asks in the chat and leaves their details; the id of the lead."""
    with httpx.Client(base_url=live_server, timeout=PATIENCE_SECONDS) as visitor:
        begun = visitor.post("/api/v1/conversations", json={"region": "haaglanden"}).json()
        bearer = {"Authorization": f"Bearer {begun['token']}"}
        visitor.post(
            f"/api/v1/conversations/{begun['conversation_id']}/messages",
            json={"text": "wat kost de pabo?"},
            headers=bearer,
        )
        version = visitor.get("/api/v1/consent", params={"region": "haaglanden"}).json()["version"]
        lead = {
            "conversation_id": begun["conversation_id"],
            "name": "Robin de Wit",
            "email": "robin@example.org",
            "preferred_contact": "email",
            "message": "Kan ik in februari beginnen?",
            "consent": {"version": version, "given": True, "share_transcript": True},
        }
        return str(visitor.post("/api/v1/leads", json=lead, headers=bearer).json()["lead_id"])


def _in_copy(data_folder: Path, lead_id: str, wanted: str) -> str:
    """What stands in the visitor's copy."""
    with sqlite3.connect(data_folder / "people.sqlite") as people:
        bodies = people.execute("SELECT body FROM outbox WHERE lead_id = ?", (lead_id,)).fetchall()
    found = re.search(wanted, "\n".join(body for (body,) in bodies))
    assert found
    return found.group()


def test_a_visitor_withdraws_in_two_steps(browser: Browser, link: str) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
    page.goto(link)
    expect(page.get_by_text("Kan ik in februari beginnen?")).to_be_visible()

    page.get_by_role("button", name=re.compile("Trek in: .*gesprek")).click()
    expect(page.get_by_text("Ingetrokken.")).to_be_visible()
    page.get_by_role("button", name="Wis mijn aanmelding").click()

    expect(page.get_by_role("heading", level=1, name="Je aanmelding is gewist")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", level=1, name="Deze aanmelding is er niet meer")).to_be_visible()
    page.context.close()


def test_a_visitor_who_came_before_types_the_code_and_the_adviser_reads_both(
    browser: Browser, live_server: str, data_folder: Path, desk: Page
) -> None:
    first, new = _leave(live_server), _later(data_folder, _leave, live_server)
    code = _in_copy(data_folder, new, r"(?<=/eerder/)[0-9A-Z-]{14}")
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()

    page.goto(f"{live_server}/eerder")
    page.get_by_label("Code uit je mail").fill("een foute code")
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_text("Deze code klopt niet")).to_be_visible()
    page.get_by_label("Code uit je mail").fill(code)
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_text("Robin de Wit")).to_be_visible()
    page.get_by_role("button", name="Ja, dat mag").click()
    expect(page.get_by_text("Gelukt! De adviseur leest je eerdere aanmelding erbij.")).to_be_visible()
    page.context.close()

    desk.goto(f"{live_server}/desk/leads/{new}")
    same = desk.get_by_role("region", name="Eerder van deze persoon")
    expect(same).to_contain_text("De bezoeker liet met een code uit de mail zien dat dit dezelfde persoon is")
    expect(same).to_contain_text("Kan ik in februari beginnen?")
    desk.goto(f"{live_server}/desk/leads/{new}/afdruk")
    expect(desk.get_by_role("region", name="Eerder van deze persoon")).to_contain_text("Kan ik in februari beginnen?")
    desk.go_back()
    same.get_by_role("link", name=re.compile("Aanmelding van")).first.click()
    assert desk.url.endswith(first)


def _later(data_folder: Path, leave: Callable[[str], str], live_server: str) -> str:
    """The same wish again, when the first is more than ten minutes old and thus another."""
    with sqlite3.connect(data_folder / "people.sqlite") as people:
        people.execute("UPDATE lead SET created_at = datetime(created_at, '-1 day'), wish = NULL")
        people.execute("DELETE FROM outbox")
    return leave(live_server)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_pages_are_accessible_and_fit_the_screen(
    browser: Browser, link: str, live_server: str, data_folder: Path, width: int, look: Looks
) -> None:
    code = _in_copy(data_folder, _later(data_folder, _leave, live_server), r"(?<=/eerder/)[0-9A-Z-]{14}")
    page = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    for name, address in (
        ("aanmelding", link),
        ("code", f"{live_server}/eerder"),
        ("eerder", f"{live_server}/eerder/{code}"),
    ):
        page.goto(address)
        look(page, name)
    page.context.close()

    assert look.found == []
