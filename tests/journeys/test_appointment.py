"""A loket opens moments, a visitor chooses one, moves it and calls it off: in a real Chromium, without JavaScript."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Looks
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1280)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A visitor's small screen, without JavaScript."""
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def opened(desk: Page, live_server: str) -> Page:
    """Moments of three weeks on every working day, from nine to half past ten."""
    first = datetime.now(UTC).date() + timedelta(days=3)
    desk.goto(f"{live_server}/desk/agenda")
    desk.get_by_label("Loket").select_option("word-leraar-in-den-haag")
    desk.get_by_label("Eerste dag").fill(first.isoformat())
    desk.get_by_label("Laatste dag").fill((first + timedelta(days=21)).isoformat())
    desk.get_by_label("Van", exact=True).fill("09:00")
    desk.get_by_label("Tot", exact=True).fill("10:30")
    desk.get_by_role("button", name="Voeg toe").click()
    expect(desk.get_by_role("status")).to_contain_text("momenten toegevoegd")
    return desk


def _mails(data_folder: Path, to: str) -> list[tuple[str, str, str]]:
    with sqlite3.connect(data_folder / "people.sqlite") as people:
        wanted = 'SELECT subject, body, calendar FROM outbox WHERE "to" = ? ORDER BY created_at'
        return people.execute(wanted, (to,)).fetchall()


def _choose(page: Page, live_server: str, name: str, email: str) -> None:
    page.goto(f"{live_server}/afspraak?regio=haaglanden")
    page.locator("a.moment").first.click()
    page.get_by_label("Naam").fill(name)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Telefoonnummer").fill(f"06 {10_000_000 + sum(email.encode())}")
    page.get_by_label("Een adviseur mag contact met mij opnemen.").check()
    page.get_by_role("button", name="Maak de afspraak").click()


def test_a_visitor_makes_moves_and_calls_off_an_appointment(
    phone: Page, opened: Page, live_server: str, data_folder: Path
) -> None:
    _choose(phone, live_server, "Sam de Vries", "sam@example.org")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Je afspraak staat vast")
    first = phone.locator("dd").nth(1).inner_text()
    subjects = [subject for subject, *_ in _mails(data_folder, "sam@example.org")]
    assert subjects[-1].startswith("Je afspraak staat vast")

    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name="Verzet de afspraak").click()
    expect(phone.get_by_role("status")).to_have_text("Je afspraak is verzet.")
    assert phone.locator("dd").nth(1).inner_text() != first
    *_, (subject, body, calendar) = _mails(data_folder, "sam@example.org")
    assert subject.startswith("Je afspraak is verzet")
    assert "SEQUENCE:1" in calendar
    assert phone.url.partition("?")[0].partition("/mijn-afspraak/")[2] in body

    # The loket sees who comes, and the way to the story.
    day = re.search(r"DTSTART;TZID=Europe/Amsterdam:(\d{4})(\d\d)(\d\d)", calendar)
    assert day
    opened.goto(f"{live_server}/desk/agenda?week={'-'.join(day.groups())}")
    opened.get_by_role("link", name="Sam de Vries").click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("Sam de Vries")
    agreed = opened.get_by_role("region", name="Afgesproken")
    expect(agreed).to_contain_text("Staat vast")
    pdf = opened.context.request.get(opened.url.partition("?")[0] + "/dossier.pdf")
    assert pdf.body().startswith(b"%PDF")

    phone.get_by_role("button", name="Zeg de afspraak af").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Deze afspraak is afgezegd")
    assert "STATUS:CANCELLED" in _mails(data_folder, "sam@example.org")[-1][2]
    assert _mails(data_folder, "loket@localhost")[-1][0].startswith("Afspraak afgezegd")


def test_what_is_missing_is_told_at_its_field_and_what_was_typed_stays(
    phone: Page, opened: Page, live_server: str
) -> None:
    assert opened
    phone.goto(f"{live_server}/afspraak?regio=haaglanden")
    phone.locator("a.moment").first.click()
    phone.get_by_label("Naam").fill("Robin")
    phone.get_by_label("Wat wil je vragen").fill("Kan het in deeltijd?")
    phone.get_by_role("button", name="Maak de afspraak").click()

    expect(phone.get_by_role("alert")).to_contain_text("Zet een vinkje als je akkoord gaat.")
    expect(phone.get_by_label("Naam")).to_have_value("Robin")
    expect(phone.get_by_label("Wat wil je vragen")).to_have_value("Kan het in deeltijd?")


def test_of_two_who_want_the_same_moment_the_second_sends_the_same_form_for_another(
    browser: Browser, phone: Page, opened: Page, live_server: str
) -> None:
    assert opened
    phone.goto(f"{live_server}/afspraak?regio=haaglanden")
    phone.locator("a.moment").first.click()
    other = browser.new_context(java_script_enabled=False).new_page()
    _choose(other, live_server, "Kim Snel", "kim@example.org")
    other.context.close()

    phone.get_by_label("Naam").fill("Robin Laat")
    phone.get_by_label("Telefoonnummer").fill("06 11111111")
    phone.get_by_label("Een adviseur mag contact met mij opnemen.").check()
    phone.get_by_role("button", name="Maak de afspraak").click()
    expect(phone.get_by_role("alert")).to_contain_text("Dit moment is net bezet")
    expect(phone.get_by_label("Naam")).to_have_value("Robin Laat")
    phone.locator("button.option").first.click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Je afspraak staat vast")


def test_the_story_told_in_the_chat_goes_along_and_the_page_tells_nobody_what_it_is(
    phone: Page, opened: Page, live_server: str
) -> None:
    with httpx.Client(base_url=live_server, timeout=PATIENCE_SECONDS) as visitor:
        begun = visitor.post("/api/v1/conversations", json={"region": "haaglanden"}).json()
        bearer = {"Authorization": f"Bearer {begun['token']}"}
        said = f"/api/v1/conversations/{begun['conversation_id']}/messages"
        visitor.post(said, json={"text": "ik woon in Zoetermeer en wil in het basisonderwijs werken"}, headers=bearer)
        reply = visitor.post(said, json={"text": "welk loket is er voor mij?"}, headers=bearer).json()
    [card] = [block["loket"] for block in reply["blocks"] if block["type"] == "loket"]
    [link] = card["links"]
    assert link["label"] == "Kies zelf een moment om te praten"
    assert begun["token"] not in link["url"]

    phone.goto(link["url"])
    expect(phone.get_by_text("Je gesprek met de digitale assistent gaat mee.")).to_be_visible()
    assert "Zoetermeer" not in phone.locator("main").inner_text()
    phone.locator("a.moment").first.click()
    phone.get_by_label("Naam").fill("Lou Verteld")
    phone.get_by_label("Telefoonnummer").fill("06 22222222")
    phone.get_by_label("Een adviseur mag contact met mij opnemen.").check()
    phone.get_by_label("De adviseur mag mijn gesprek").check()
    phone.get_by_role("button", name="Maak de afspraak").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Je afspraak staat vast")

    opened.goto(f"{live_server}/desk")
    opened.get_by_role("link", name="Lou Verteld").click()
    expect(opened.get_by_text("ik woon in Zoetermeer").first).to_be_visible()


def test_a_moment_that_the_loket_calls_off_is_off_for_the_visitor(
    phone: Page, opened: Page, live_server: str, data_folder: Path
) -> None:
    _choose(phone, live_server, "Alex Groen", "alex@example.org")
    calendar = _mails(data_folder, "alex@example.org")[-1][2]
    day = re.search(r"DTSTART;TZID=Europe/Amsterdam:(\d{4})(\d\d)(\d\d)", calendar)
    assert day

    opened.goto(f"{live_server}/desk/agenda?week={'-'.join(day.groups())}")
    moment = opened.locator("article", has_text="Alex Groen")
    moment.locator("summary").click()
    moment.get_by_role("button", name="Ja, zeg dit moment af").click()

    expect(opened.get_by_role("status")).to_contain_text("Wie een plek had, krijgt een e-mail.")
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Deze afspraak is afgezegd")
    assert _mails(data_folder, "alex@example.org")[-1][0].startswith("Gaat niet door")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_fits_the_screen(
    browser: Browser, opened: Page, live_server: str, width: int, look: Looks
) -> None:
    visitor = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    state = opened.context.storage_state()
    adviser = browser.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, storage_state=state
    ).new_page()
    visitor.goto(f"{live_server}/afspraak?regio=hak")
    look(visitor, "geen-momenten")
    visitor.goto(f"{live_server}/afspraak?regio=haaglanden&taal=en")
    look(visitor, "moments")
    visitor.locator("a.moment").first.click()
    visitor.get_by_role("button", name="Make the appointment").click()
    look(visitor, "errors")
    visitor.goto(f"{live_server}/afspraak?regio=haaglanden")
    look(visitor, "momenten")
    visitor.locator("a.moment").first.click()
    look(visitor, "formulier")
    visitor.get_by_role("button", name="Maak de afspraak").click()
    expect(visitor.locator("#fouten")).to_be_visible()
    look(visitor, "fouten")
    _choose(visitor, live_server, f"Bo {width}", f"bo{width}@example.org")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Je afspraak staat vast")
    look(visitor, "mijn")
    week = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
    adviser.goto(f"{live_server}/desk/agenda?week={week}")
    for each in adviser.locator("details").all():
        each.evaluate("each => { each.open = true }")
    look(adviser, "agenda")
    visitor.context.close()
    adviser.context.close()

    assert look.found == []
