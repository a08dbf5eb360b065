"""A visitor asks for a day along, the loket proposes a school, the visitor answers: in a real Chromium, without JavaScript."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.leads.working_days import is_working_day
from tests.journeys.conftest import Looks

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1280)
DAY = next(
    day
    for day in (datetime.now(UTC).date() + timedelta(days=number) for number in range(20, 60))
    if is_working_day(day)
)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A visitor's small screen, without JavaScript."""
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
    yield page
    page.context.close()


def _ask(page: Page, live_server: str, name: str, email: str) -> None:
    page.goto(f"{live_server}/meelopen?regio=haaglanden")
    page.get_by_label("Wat voor school?").select_option("po")
    page.get_by_label("In of bij welke plaats?").fill("Zoetermeer")
    page.get_by_label("dinsdag").check()
    page.get_by_label("Naam").fill(name)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wat wil je graag zien").fill("Graag een groep 7.")
    page.get_by_label("Een adviseur mag contact met mij opnemen.").check()
    page.get_by_role("button", name="Verstuur naar het loket").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We zoeken een school voor je")


def _propose(desk: Page, live_server: str, name: str, school: str) -> None:
    desk.goto(f"{live_server}/desk/meelopen")
    desk.get_by_role("link", name=name).click()
    desk.get_by_label("School", exact=True).fill(school)
    desk.get_by_label("Adres").fill("Dorpsstraat 1, Zoetermeer")
    desk.get_by_label("Dag", exact=True).fill(DAY.isoformat())
    desk.get_by_role("button", name="Stuur het voorstel").click()
    expect(desk.get_by_role("status")).to_contain_text("Het voorstel gaat zo weg.")


def _mails(data_folder: Path, to: str) -> list[tuple[str, str, str]]:
    with sqlite3.connect(data_folder / "people.sqlite") as people:
        wanted = 'SELECT subject, body, calendar FROM outbox WHERE "to" = ? ORDER BY created_at'
        return people.execute(wanted, (to,)).fetchall()


def test_a_day_is_asked_proposed_refused_proposed_again_and_agreed(
    phone: Page, desk: Page, live_server: str, data_folder: Path
) -> None:
    _ask(phone, live_server, "Sam de Vries", "sam@example.org")
    _propose(desk, live_server, "Sam de Vries", "De Zonnebloem")
    subject, body, calendar = _mails(data_folder, "sam@example.org")[-1]
    assert subject == "Een voorstel om een dag mee te lopen"
    assert calendar == "", "nothing is certain yet"
    link = re.search(r"/mijn-dag/\S+", body)
    assert link
    phone.goto(live_server + link.group())
    expect(phone.get_by_role("heading", level=1)).to_have_text("Past deze dag?")
    phone.get_by_label("Wat past er niet?").fill("Dan werk ik.")
    phone.get_by_role("button", name="Nee, zoek een andere dag").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("We zoeken een andere dag")

    desk.reload()
    expect(desk.get_by_text("Dan werk ik.")).to_be_visible()
    _propose(desk, live_server, "Sam de Vries", "De Klimop")
    phone.reload()
    phone.get_by_role("button", name="Ja, dit past").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Je gaat een dag meelopen")

    assert "STATUS:CONFIRMED" in _mails(data_folder, "sam@example.org")[-1][2]
    subject, _, calendar = _mails(data_folder, "loket@localhost")[-1]
    assert subject == "Akkoord met een dag meelopen"
    assert "De Klimop" in calendar
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Zet in je eigen agenda").click()
    assert "De Klimop" in download.value.path().read_text()

    desk.reload()
    desk.get_by_role("button", name="Het is geweest").click()
    desk.get_by_role("link", name="Naar het dossier").click()
    expect(desk.get_by_text("Meegelopen bij De Klimop")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Je hebt een dag meegelopen")


def test_what_is_off_is_off_for_both_and_an_old_page_changes_nothing(
    browser: Browser, phone: Page, desk: Page, live_server: str, data_folder: Path
) -> None:
    _ask(phone, live_server, "Robin de Wit", "robin@example.org")
    desk.goto(f"{live_server}/desk/meelopen")
    desk.get_by_role("link", name="Robin de Wit").click()
    phone.get_by_role("button", name="Trek mijn wens in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Het meelopen gaat niet door")

    desk.get_by_label("School", exact=True).fill("De Zonnebloem")
    desk.get_by_label("Dag", exact=True).fill(DAY.isoformat())
    desk.get_by_role("button", name="Stuur het voorstel").click()

    expect(desk.get_by_role("alert")).to_contain_text("er is niets veranderd")
    assert [subject for subject, *_ in _mails(data_folder, "loket@localhost")][-1] == "Meelopen afgezegd"
    assert browser


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_fits_the_screen(
    browser: Browser, desk: Page, live_server: str, width: int, look: Looks
) -> None:
    visitor = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    state = desk.context.storage_state()
    adviser = browser.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, storage_state=state
    ).new_page()
    visitor.goto(f"{live_server}/meelopen")
    look(visitor, "formulier")
    visitor.goto(f"{live_server}/meelopen?taal=en")
    look(visitor, "form")
    visitor.goto(f"{live_server}/meelopen")
    visitor.get_by_role("button", name="Verstuur naar het loket").click()
    expect(visitor.locator("#fouten")).to_be_visible()
    look(visitor, "fouten")
    _ask(visitor, live_server, f"Bo {width}", f"bo{width}@example.org")
    _propose(desk, live_server, f"Bo {width}", "De Zonnebloem")
    visitor.reload()
    look(visitor, "voorstel")
    adviser.goto(f"{live_server}/desk/meelopen")
    look(adviser, "lijst")
    adviser.get_by_role("link", name=f"Bo {width}").click()
    look(adviser, "wens")
    visitor.context.close()
    adviser.context.close()

    assert look.found == []
