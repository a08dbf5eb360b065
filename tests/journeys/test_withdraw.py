"""A visitor opens the link in their mail, takes back what they agreed to, and has everything erased: without JavaScript."""

import re
import sqlite3
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser


@pytest.fixture
def link(live_server: str, data_folder: Path) -> str:
    """The link in the visitor's copy."""
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
        lead_id = visitor.post("/api/v1/leads", json=lead, headers=bearer).json()["lead_id"]
    with sqlite3.connect(data_folder / "people.sqlite") as people:
        bodies = people.execute("SELECT body FROM outbox WHERE lead_id = ?", (lead_id,)).fetchall()
    found = re.search(r"/aanmelding/\S+", "\n".join(body for (body,) in bodies))
    assert found
    return live_server + found.group()


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


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_is_accessible_and_fits_the_screen(browser: Browser, link: str, width: int, tmp_path: Path) -> None:
    page = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    page.goto(link)

    found = [f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]]
    page.screenshot(path=tmp_path / f"{width}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.context.close()

    assert found == []
    assert not wide
