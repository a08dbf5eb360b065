"""
An editor looks at a source while it is fetched, and at what came of it, in a real browser.

With LOKET_TEST_PICTURES a picture of each page is kept in that folder.
"""

import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.accounts.role import Role
from assistant.settings import Settings
from ingestion.overseeing import LOCK
from ingestion.registry import SourceRegistry
from ingestion.store.pages import Fetched, PageStore, ToFetch
from ingestion.store.session import open_knowledge
from tests.journeys.conftest import AddColleague, LogIn

pytestmark = pytest.mark.browser

PAGE = "/desk/redactie/ophalen"
REPORT = {
    "fetched": {
        "counts": {"new": 14, "changed": 3, "same": 212, "gone": 1, "failed": 2}, "bytes": 4_812_000, "stopped": "",
        "seconds": 251.0,
        "failed": [
            {"address": "https://www.loket.example/agenda/2031", "why": "the server answers 503"},
            {"address": "https://www.loket.example/een-heel-lang-adres-dat-nergens-een-spatie-heeft/en-nog-langer-wordt/flyer.pdf", "why": "it is over 30 MB"},
        ],
        "moved": [{"address": "https://www.loket.example/leraar-worden", "to": "https://www.loket.example/zij-instroom"}],
        "left_out": {"of another year": 48, "no page": 5},
    },
    "read": 17, "added": 31, "unchanged": 420, "removed": 4, "seconds": 274.0,
    "refused": [{"file": "https://www.loket.example/rooster.pdf", "why": "it is locked with a password", "fix": ""}],
    "proposals": {"opened": 2, "standing": 1, "superseded": 0, "decided_before": 3, "taken_over": 0},
    "vacancies": {"added": 2, "changed": 1, "same": 9, "gone": 1}, "events": None,
    "dropped": [{"url": "https://www.loket.example/v/7", "title": "Leerkracht groep 7", "why": "it closed on 2026-10-01"}],
    "repairs": ["https://www.loket.example/vacatures: JobPosting without a closing quote"],
}  # fmt: skip


@pytest.fixture(scope="module")
def store(live_settings: Settings) -> PageStore:
    """Where the service keeps its runs."""
    return PageStore(open_knowledge(live_settings.knowledge_address))


@pytest.fixture
def page(browser: Browser, add_colleague: AddColleague, log_in: LogIn) -> Iterator[Page]:
    """Of an editor."""
    context = browser.new_context(bypass_csp=True)
    shown = context.new_page()
    log_in(shown, add_colleague("Noor Bakker", role=Role.EDITOR), PAGE)
    expect(shown.get_by_role("heading", name="Bronnen ophalen")).to_be_visible()
    yield shown
    context.close()


def looked_at(page: Page, name: str) -> None:
    """Nothing to find for axe, and nothing wider than a telephone or a desk."""
    pictures = os.environ.get("LOKET_TEST_PICTURES")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]] == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), name
        if pictures:
            page.screenshot(path=Path(pictures) / f"{name}-{width}.png", full_page=True)


def test_an_editor_follows_a_run_to_its_end_and_reads_page_by_page_what_went_wrong(
    page: Page, live_server: str, live_settings: Settings, store: PageStore
) -> None:
    began = datetime.now(UTC) - timedelta(minutes=5)
    source = next(
        each for each in SourceRegistry(store.sessions) if "haaglanden" in each.regions and each.status == "active"
    )
    with (live_settings.var / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run_id, _ = store.begin(source.id, began)
        store.add(run_id, (ToFetch(f"https://www.loket.example/{number}", 1) for number in range(40)), 100)
        for number in range(25):
            store.keep(run_id, source.id, None, Fetched(f"https://www.loket.example/{number}", "new"))
        page.goto(f"{live_server}{PAGE}")
        expect(page.get_by_role("status")).to_contain_text(source.title)
        looked_at(page, "sources")
        page.goto(f"{live_server}{PAGE}/ronde/{run_id}")
        expect(page.get_by_role("status")).to_contain_text("25 van de 40 adressen")
        looked_at(page, "run-going-on")
        for number in range(25, 31):
            store.keep(run_id, source.id, None, Fetched(f"https://www.loket.example/{number}", "new"))
        # By itself: nobody has to look again.
        expect(page.get_by_role("status")).to_contain_text("31 van de 40 adressen")
    store.end(run_id, "done", REPORT, datetime.now(UTC))

    expect(page.get_by_role("heading", name="Niet gelezen")).to_be_visible(timeout=20_000)
    looked_at(page, "run")
    page.locator(".crumbs").get_by_text(source.title).click()
    expect(page.get_by_role("button", name="Nu ophalen")).to_be_visible()
    looked_at(page, "source")
    page.get_by_role("button", name="Pauzeren").click()
    expect(page.get_by_role("button", name="Weer volgen")).to_be_visible()
    page.get_by_role("button", name="Weer volgen").click()
    expect(page.get_by_role("button", name="Pauzeren")).to_be_visible()
