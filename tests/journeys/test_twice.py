"""Double clicks, two tabs, the way back in the browser, an answer that gets lost, a page that is left: nothing lost, nothing doubled."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.conftest import AddColleague, LogIn

pytestmark = pytest.mark.browser

EVENT = "expeditie-leerkracht-2027-06"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser; what a script gets wrong fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The first tab."""
    return context.new_page()


@pytest.fixture(scope="module")
def opened(browser: Browser, live_server: str, add_colleague: AddColleague, log_in: LogIn) -> None:
    """Moments to talk, and an event with one place."""
    desk = browser.new_context(java_script_enabled=False).new_page()
    log_in(desk, add_colleague("Noor Bakker"), "/desk/agenda")
    first = datetime.now(UTC).date() + timedelta(days=3)
    desk.get_by_label("Loket").select_option("word-leraar-in-den-haag")
    desk.get_by_label("Eerste dag").fill(first.isoformat())
    desk.get_by_label("Laatste dag").fill((first + timedelta(days=14)).isoformat())
    desk.get_by_label("Van", exact=True).fill("09:00")
    desk.get_by_label("Tot", exact=True).fill("12:00")
    desk.get_by_role("button", name="Voeg toe").click()
    expect(desk.get_by_role("status")).to_contain_text("momenten toegevoegd")
    desk.goto(f"{live_server}/desk/bijeenkomsten/{EVENT}")
    desk.get_by_label("Plekken").fill("1")
    desk.get_by_role("button", name="Open de inschrijving").click()
    expect(desk.get_by_role("status")).to_have_text("Bezoekers kunnen zich aanmelden.")
    desk.context.close()


def _kept(data_folder: Path, query: str, *values: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{data_folder / 'people.sqlite'}?mode=ro", uri=True) as store:
        return store.execute(query, values).fetchall()


def _lose_one_answer(page: Page, address: str) -> list[int]:
    """The next request there reaches the server, and its answer does not come back."""
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    page.route(address, lose)
    return lost


# ---------------------------------------------------------------- the chat


def _chat(page: Page, live_server: str) -> None:
    page.goto(f"{live_server}/widget/example.html")
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_role("article").first).to_be_visible()


def _slow_down(page: Page) -> None:
    """Make the half second in which a second tap is none last a minute: a busy machine taps later than people do."""
    tools = page.context.new_cdp_session(page)
    tools.send("Animation.enable")
    tools.send("Animation.setPlaybackRate", {"playbackRate": 0.01})


def _questions(data_folder: Path, conversation: str = "%") -> list[object]:
    rows = _kept(data_folder, "SELECT question FROM turn WHERE conversation_id LIKE ? ORDER BY number", conversation)
    return [question for (question,) in rows]


def _conversation(page: Page) -> str:
    found = page.evaluate("Object.values(sessionStorage).map(each => JSON.parse(each).id).find(Boolean)")
    return str(found)


def test_a_question_that_is_sent_twice_in_a_row_is_asked_once(page: Page, live_server: str, data_folder: Path) -> None:
    _chat(page, live_server)
    page.get_by_label("Je vraag", exact=True).fill("Wat is zij-instroom?")

    page.get_by_role("button", name="Verstuur", exact=True).dblclick()
    expect(page.get_by_role("article")).to_have_count(2)

    assert _questions(data_folder, _conversation(page)).count("Wat is zij-instroom?") == 1


def test_a_question_whose_answer_got_lost_is_asked_once_and_the_answer_comes_after_all(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _chat(page, live_server)
    lost = _lose_one_answer(page, "**/messages")
    page.get_by_label("Je vraag", exact=True).fill("Wat kost de pabo?")
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Opnieuw proberen").click()
    expect(page.get_by_role("article")).to_have_count(2)

    assert lost == [200]
    assert _questions(data_folder, _conversation(page)).count("Wat kost de pabo?") == 1
    expect(page.locator(".asked", has_text="Wat kost de pabo?")).to_have_count(1)
    expect(page.get_by_label("Je vraag", exact=True)).to_have_value("")


def test_a_page_that_is_left_while_a_question_is_on_its_way_has_it_with_its_answer_later(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _chat(page, live_server)
    lost = _lose_one_answer(page, "**/messages")
    page.get_by_label("Je vraag", exact=True).fill("Wat verdient een leraar?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Opnieuw proberen")).to_be_visible()
    page.goto(f"{live_server}/routes")

    page.go_back()
    page.get_by_role("button", name="Stel je vraag").or_(
        page.get_by_role("button", name="Opnieuw proberen")
    ).first.click()
    expect(page.locator(".asked", has_text="Wat verdient een leraar?")).to_have_count(1)

    assert lost == [200]
    assert _questions(data_folder, _conversation(page)).count("Wat verdient een leraar?") == 1


def test_two_tabs_with_one_conversation_lose_and_double_nothing(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _chat(page, live_server)
    page.get_by_label("Je vraag", exact=True).fill("Wat is een loket?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(2)
    with page.expect_popup() as popup:
        page.evaluate("window.open(location.href)")
    other = popup.value
    other.get_by_role("button", name="Stel je vraag").click()
    expect(other.get_by_role("article")).to_have_count(1)
    assert _conversation(other) == _conversation(page)

    asking = ((page, "Wat is zij-instroom?", 3), (other, "Wat kost de pabo?", 2))
    for tab, question, _ in asking:
        tab.get_by_label("Je vraag", exact=True).fill(question)
    for tab, *_ in asking:
        tab.get_by_role("button", name="Verstuur", exact=True).click(no_wait_after=True)
    for tab, _, replies in asking:
        expect(tab.get_by_role("article")).to_have_count(replies)

    page.reload()
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_role("article")).to_have_count(3)
    asked = [str(each) for each in _questions(data_folder, _conversation(page)) if each]
    assert sorted(asked) == ["Wat is een loket?", "Wat is zij-instroom?", "Wat kost de pabo?"]


def test_a_question_that_another_tab_came_between_is_asked_again_by_itself(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _chat(page, live_server)
    refused: list[str] = []

    def overtake(route: Route) -> None:
        if len(refused) < 2:
            refused.append(route.request.url)
            # As the service refuses it, which cannot be made to happen at a chosen moment.
            route.fulfill(
                status=409, content_type="application/problem+json", body='{"title": "Tegelijk", "status": 409}'
            )
            return
        route.continue_()

    page.route("**/messages", overtake)
    page.get_by_label("Je vraag", exact=True).fill("Wat is een schoolbestuur?")
    page.keyboard.press("Enter")

    expect(page.get_by_role("article")).to_have_count(2)
    assert len(refused) == 2
    assert _questions(data_folder, _conversation(page)).count("Wat is een schoolbestuur?") == 1
    expect(page.get_by_role("button", name="Opnieuw proberen")).to_have_count(0)


def test_the_second_tap_of_a_double_one_is_no_answer_to_the_question_that_came(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _chat(page, live_server)
    page.get_by_role("button", name="Doe de zelftest").first.click()
    page.get_by_role("group", name="In welk onderwijs").get_by_text("Basisonderwijs").click()
    page.get_by_role("button", name="Verder").click()
    role = page.get_by_role("group", name="Wat wil je worden")
    _slow_down(page)
    role.get_by_role("button", name="Leraar", exact=True).click()
    expect(page.locator("section.question .answers")).to_have_count(1)
    expect(role).to_have_count(0)
    options = page.locator("section.question button.option")
    box = options.first.bounding_box()
    assert box

    page.mouse.click(box["x"] + 10, box["y"] + 10)

    page.wait_for_timeout(1_000)
    assert (
        len(
            _kept(
                data_folder, "SELECT 1 FROM turn WHERE conversation_id = ? AND choice_label != ''", _conversation(page)
            )
        )
        == 2
    )


# ---------------------------------------------------------------- the lead form


def _lead_form(page: Page, live_server: str, name: str) -> None:
    _chat(page, live_server)
    page.get_by_role("button", name="Praat met een mens").first.click()
    page.get_by_role("button", name="Laat je gegevens achter").last.click()
    page.get_by_label("Naam").fill(name)
    page.get_by_label("E-mailadres").fill("sam@example.org")
    page.get_by_label("Wat wil je vragen of vertellen?").fill(f"Ik ben {name}.")


def _send(page: Page) -> None:
    page.get_by_label("Ja, ik ga akkoord").check()
    page.get_by_role("button", name="Verstuur naar het loket").click()


def _leads(data_folder: Path, name: str) -> int:
    return len(_kept(data_folder, "SELECT 1 FROM lead WHERE name = ?", name))


def test_details_that_are_sent_twice_in_a_row_are_one_lead(page: Page, live_server: str, data_folder: Path) -> None:
    _lead_form(page, live_server, "Dubbel Klik")
    page.get_by_label("Ja, ik ga akkoord").check()

    page.get_by_role("button", name="Verstuur naar het loket").dblclick()
    expect(page.get_by_text("Gelukt! Je gegevens zijn verstuurd")).to_have_count(1)

    assert _leads(data_folder, "Dubbel Klik") == 1


def test_details_whose_answer_got_lost_stay_and_are_one_lead_when_sent_again(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _lead_form(page, live_server, "Verloren Antwoord")
    lost = _lose_one_answer(page, "**/leads")
    _send(page)
    expect(page.get_by_role("alert").filter(has_text="Je gegevens zijn niet verstuurd.")).to_be_visible()
    expect(page.get_by_label("Naam")).to_have_value("Verloren Antwoord")

    page.get_by_role("button", name="Verstuur naar het loket").click()
    expect(page.get_by_text("Gelukt! Je gegevens zijn verstuurd")).to_be_visible()

    assert lost == [201]
    assert _leads(data_folder, "Verloren Antwoord") == 1


def test_details_are_still_there_after_the_way_back_and_the_same_from_two_tabs_are_one_lead(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _lead_form(page, live_server, "Twee Tabbladen")
    page.goto(f"{live_server}/routes")
    page.go_back()
    with page.expect_popup() as popup:
        page.evaluate("window.open(location.href)")
    tabs = (page, popup.value)

    for tab in tabs:
        form = tab.get_by_role("form", name="Een adviseur neemt contact met je op")
        if not form.count():
            tab.get_by_role("button", name="Stel je vraag").click()
            tab.get_by_role("button", name="Laat je gegevens achter").last.click()
        expect(tab.get_by_label("Naam")).to_have_value("Twee Tabbladen")
        expect(tab.get_by_label("Ja, ik ga akkoord")).not_to_be_checked()
    for tab in tabs:
        _send(tab)
        expect(tab.get_by_text("Gelukt! Je gegevens zijn verstuurd")).to_be_visible()

    assert _leads(data_folder, "Twee Tabbladen") == 1


# ---------------------------------------------------------------- appointments and events


def _appointment(page: Page, live_server: str, name: str) -> None:
    page.goto(f"{live_server}/afspraak?regio=haaglanden")
    page.locator("a.moment").first.click()
    _fill_in(page, name)


def _fill_in(page: Page, name: str) -> None:
    email = f"{name.split()[0].lower()}@example.org"
    page.get_by_label("Naam").fill(name)
    page.get_by_label("E-mailadres").fill(email)
    if page.get_by_label("Telefoonnummer").count():
        page.get_by_label("Telefoonnummer").fill(f"06 {10_000_000 + sum(name.encode())}")
    page.locator("input[name=consent]").check()


def _bookings(data_folder: Path, name: str) -> int:
    return len(_kept(data_folder, "SELECT 1 FROM booking WHERE name = ?", name))


@pytest.mark.usefixtures("opened")
def test_an_appointment_that_is_sent_twice_in_a_row_is_one(page: Page, live_server: str, data_folder: Path) -> None:
    _appointment(page, live_server, "Dirk Dubbel")

    page.get_by_role("button", name="Maak de afspraak").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je afspraak staat vast")

    assert _bookings(data_folder, "Dirk Dubbel") == 1
    assert _leads(data_folder, "Dirk Dubbel") == 1
    mails = _kept(data_folder, "SELECT 1 FROM outbox WHERE \"to\" = ? AND calendar != ''", "dirk@example.org")
    assert len(mails) == 1


@pytest.mark.usefixtures("opened")
def test_going_back_to_the_form_and_sending_it_once_more_shows_the_appointment_that_is_there(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _appointment(page, live_server, "Tessa Terug")
    page.get_by_role("button", name="Maak de afspraak").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je afspraak staat vast")

    page.go_back()
    expect(page.get_by_label("Naam")).to_have_value("Tessa Terug")
    page.locator("input[name=consent]").check()
    page.get_by_role("button", name="Maak de afspraak").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Je afspraak staat vast")
    assert _bookings(data_folder, "Tessa Terug") == 1
    assert _leads(data_folder, "Tessa Terug") == 1


@pytest.mark.usefixtures("opened")
def test_an_appointment_whose_answer_got_lost_is_there_and_is_not_made_twice(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _appointment(page, live_server, "Vera Verloren")
    address = page.url
    lost = _lose_one_answer(page, "**/afspraak/*")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Maak de afspraak").click(no_wait_after=True)
    page.unroute_all()

    page.goto(address)
    if page.get_by_label("Naam").count():
        _fill_in(page, "Vera Verloren")
        page.get_by_role("button", name="Maak de afspraak").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert lost == [303] or lost == [200]
    assert _bookings(data_folder, "Vera Verloren") == 1
    assert _leads(data_folder, "Vera Verloren") == 1


@pytest.mark.usefixtures("opened")
def test_in_two_tabs_an_appointment_is_moved_or_called_off_once(
    page: Page, live_server: str, data_folder: Path
) -> None:
    _appointment(page, live_server, "Mats Meervoud")
    page.get_by_role("button", name="Maak de afspraak").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je afspraak staat vast")
    other = page.context.new_page()
    other.goto(page.url)

    page.get_by_role("button", name="Zeg de afspraak af").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze afspraak is afgezegd")
    other.get_by_role("radio").first.check()
    other.get_by_role("button", name="Verzet de afspraak").click()

    expect(other.get_by_role("heading", level=1)).to_have_text("Deze afspraak is afgezegd")
    mails = _kept(data_folder, "SELECT 1 FROM outbox WHERE \"to\" = ? AND calendar != ''", "mats@example.org")
    assert len(mails) == 2, "that it stands, and that it is off"


@pytest.mark.usefixtures("opened")
def test_a_registration_that_is_sent_twice_and_again_from_the_way_back_is_one(
    page: Page, live_server: str, data_folder: Path
) -> None:
    page.goto(f"{live_server}/aanmelden/{EVENT}")
    _fill_in(page, "Rens Register")
    page.get_by_role("button", name="Meld me aan").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("aangemeld")
    page.goto(f"{live_server}/aanmelden/{EVENT}")
    _fill_in(page, "Rens Register")
    page.get_by_role("button", name="Meld me aan").or_(page.get_by_role("button", name="Zet me op")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Je bent al aangemeld")
    assert _bookings(data_folder, "Rens Register") == 1
    assert len(_kept(data_folder, 'SELECT 1 FROM outbox WHERE "to" = ?', "rens@example.org")) == 1


# ---------------------------------------------------------------- the zelftest on pages


def test_the_second_click_of_a_double_one_answers_no_other_question(page: Page, live_server: str) -> None:
    page.goto(f"{live_server}/zelftest")
    page.get_by_label("Basisonderwijs").check()
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.locator("input[name=vraag]")).to_have_value("role")
    leraar = page.get_by_role("button", name="Leraar", exact=True)
    _slow_down(page)
    leraar.click()
    page.wait_for_function("document.querySelector('input[name=vraag]')?.value !== 'role'")
    asked = page.locator("input[name=vraag]").get_attribute("value")
    box = page.locator("button.option").first.bounding_box()
    assert box

    page.mouse.click(box["x"] + 10, box["y"] + 10)
    page.wait_for_timeout(700)

    assert page.locator("input[name=vraag]").get_attribute("value") == asked


def test_two_tabs_of_the_zelftest_do_not_mix(page: Page, context: BrowserContext, live_server: str) -> None:
    other = context.new_page()
    for tab, sector in ((page, "Basisonderwijs"), (other, "Voortgezet onderwijs (vmbo, havo, vwo)")):
        tab.goto(f"{live_server}/zelftest")
        tab.get_by_label(sector).check()
    for tab in (page, other):
        tab.get_by_role("button", name="Verder", exact=True).click()

    expect(page.locator(".given")).to_contain_text("Basisonderwijs")
    expect(page.locator(".given")).not_to_contain_text("Voortgezet onderwijs")
    expect(other.locator(".given")).to_contain_text("Voortgezet onderwijs")
