"""Appointments, days along and registrations for who reads English: every page and every mail."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import select

from assistant.app import create_app
from assistant.meetings.day_along import DayMove, Proposal
from assistant.meetings.english import ENGLISH
from assistant.meetings.events import places_of
from assistant.meetings.slot import How, Slot
from assistant.settings import Settings
from assistant.storage.appointments import Appointments
from assistant.storage.bookings import BookingStore
from assistant.storage.day_wishes import DayWishes
from assistant.storage.days_along import DayAlongStore
from assistant.storage.ids import new_id
from assistant.storage.meeting_tables import BookingRow, DayAlongRow
from assistant.storage.slots import SlotStore
from assistant.storage.tables import OutboxRow
from knowledge.event import Event
from knowledge.place import Region

ASSISTANT = Path(__file__).parents[3] / "assistant"
SAID = re.compile(r"""\bsay\(\s*"((?:[^"\\]|\\.)*)"(?: if .+? else "((?:[^"\\]|\\.)*)")?\s*\)""")
DUTCH = re.compile(
    r"\b(je|jij|jouw|het|een|niet|naar|voor|kies|vul|waar|wanneer|afspraak|wij|zijn|dag|uur|meer|verplicht|nog|deze|dit)\b",
    re.IGNORECASE,
)
EVENT = "expeditie-leerkracht-2027-06"
WHO = {"name": "Sam Smith", "email": "sam@example.org", "phone": "06 12345678", "consent": "ja"}


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory, furnish: Callable[[Path], None]) -> Iterator[TestClient]:
    """A browser at an application of its own: what is opened here is not there for other tests."""
    var = tmp_path_factory.mktemp("var")
    furnish(var)
    settings = Settings(var=var, embedder="none", rate_limit="off", public_url="https://gids.example.org/")
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="module")
def slots(visitor: TestClient) -> tuple[str, str]:
    """Two moments next week, and an event with one place."""
    state = cast(Any, visitor.app).state
    starts_at = (datetime.now(UTC) + timedelta(days=7)).replace(hour=9, minute=0, second=0, microsecond=0)
    made = [
        Slot(
            id=new_id(), region="haaglanden", loket_id="word-leraar-in-den-haag", loket_title="Desk", capacity=9,
            topic="Talk", how=How.PHONE, starts_at=begins, ends_at=begins + timedelta(minutes=30),
        )
        for begins in (starts_at, starts_at + timedelta(hours=1))
    ]  # fmt: skip
    catalogue = state.knowledge.now().catalogue
    event = places_of(catalogue.get(EVENT, Event), catalogue.get("haaglanden", Region), catalogue, 1)
    with state.sessions.begin() as session:
        SlotStore(session).add([*made, event], "Noor")
    return made[0].id, made[1].id


def _dutch_on(page: html.HtmlElement) -> list[str]:
    """Dutch words on a page, its menu and foot among them: not in what a desk or an editor wrote."""
    body = deepcopy(page).cssselect("body")[0]
    for each in body.xpath(
        ".//*[@lang='nl'] | .//dd | .//script | .//datalist | .//*[@class='moment']/*[@class='quiet']"
    ):
        each.getparent().remove(each)
    words = [each for each in body.itertext() if each.strip()]
    attributes = body.xpath(".//@aria-label | .//@placeholder | .//@title")
    title = page.xpath("string(//title)")
    return [each for each in (*words, *map(str, attributes), title) if DUTCH.search(each)]


def _read(visitor: TestClient, address: str, status: int = 200, **data: str) -> html.HtmlElement:
    answer = visitor.post(address, data=data) if data else visitor.get(address)
    assert answer.status_code == status, answer.text[:500]
    page = html.fromstring(answer.text)
    assert page.get("lang") == "en"
    assert _dutch_on(page) == []
    return page


def _version(page: html.HtmlElement) -> str:
    return str(page.xpath("string(//input[@name='version']/@value)"))


def _mails(visitor: TestClient, to: str) -> list[tuple[str, str, str]]:
    with cast(Any, visitor.app).state.sessions() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.to == to).order_by(OutboxRow.created_at))
        return [(row.subject, row.body, row.calendar) for row in rows]


def _sentences() -> Iterator[tuple[str, str]]:
    for path in sorted([*(ASSISTANT / "site").rglob("*.html"), *(ASSISTANT / "site" / "pages").glob("*.py")]):
        for found in SAID.finditer(path.read_text()):
            yield from ((path.name, each) for each in found.groups() if each)


def test_every_sentence_that_a_page_says_in_two_languages_is_there_in_both() -> None:
    said = list(_sentences())

    assert len(said) > 60
    assert [(where, each) for where, each in said if each not in ENGLISH] == []
    assert [
        dutch for dutch, english in ENGLISH.items() if re.findall(r"\{\w+\}", dutch) != re.findall(r"\{\w+\}", english)
    ] == []


def test_an_appointment_is_made_moved_and_called_off_in_english(visitor: TestClient, slots: tuple[str, str]) -> None:
    moments = _read(visitor, "/afspraak?regio=haaglanden&taal=en")
    assert moments.xpath("string(//a[@class='language']/@href)") == "/afspraak?regio=haaglanden"
    assert "taal=en" in moments.xpath("string(//a[@class='moment']/@href)")
    form = _read(visitor, f"/afspraak/{slots[0]}?taal=en")
    _read(visitor, f"/afspraak/{slots[0]}?taal=en", 422, name="", email="x")
    made = visitor.post(f"/afspraak/{slots[0]}?taal=en", data=WHO | {"version": _version(form)}, follow_redirects=False)
    address = made.headers["location"]
    assert made.status_code == 303
    page = _read(visitor, address)
    assert page.cssselect("h1")[0].text == "Your appointment is confirmed"
    assert re.search(r"day \d+ \w+ 20\d\d, \d+:00 to \d+:30", page.cssselect("main")[0].text_content())
    _read(visitor, address.partition("?")[0] + "?taal=en", 200, do="move", slot=slots[1])
    _read(visitor, address.partition("?")[0] + "?taal=en", 200, do="cancel")

    subjects = [subject for subject, *_ in _mails(visitor, WHO["email"])]
    assert subjects[0].startswith("What you sent to")
    assert [each.partition(":")[0] for each in subjects[1:]] == [
        "Your appointment is confirmed", "Your appointment is moved", "Your appointment is cancelled",
    ]  # fmt: skip
    _, body, calendar = _mails(visitor, WHO["email"])[1]
    assert "?taal=en" in body
    assert not DUTCH.search(re.sub(r"\S+/mijn-\S+", "", body))
    assert "SUMMARY:Appointment with Desk: Talk" in calendar


def test_what_was_sent_is_read_and_withdrawn_in_english(visitor: TestClient, slots: tuple[str, str]) -> None:
    form = _read(visitor, f"/afspraak/{slots[0]}?taal=en")
    who = WHO | {"name": "Robin", "email": "robin@example.org", "follow_up": "ja", "version": _version(form)}
    visitor.post(f"/afspraak/{slots[0]}?taal=en", data=who)
    [link] = re.findall(r"/aanmelding/\S+", _mails(visitor, "robin@example.org")[0][1])

    assert link.endswith("?taal=en")
    _read(visitor, link)
    _read(visitor, link, 200, purpose="follow_up")
    assert _read(visitor, link, 200, purpose="contact").cssselect("h1")[0].text == "What you sent is erased"
    _read(visitor, link, 404)


def test_who_waits_for_an_event_is_told_in_english_that_there_is_a_place(
    visitor: TestClient, slots: tuple[str, str]
) -> None:
    assert slots
    for name, title in (("First", "You are registered"), ("Second", "You are on the waiting list")):
        form = _read(visitor, f"/aanmelden/{EVENT}?taal=en")
        data = {"name": name, "email": f"{name.lower()}@example.org", "consent": "ja", "version": _version(form)}
        made = visitor.post(f"/aanmelden/{EVENT}?taal=en", data=data, follow_redirects=False)
        assert _read(visitor, made.headers["location"]).cssselect("h1")[0].text == title
    _read(visitor, f"/aanmelden/{EVENT}?taal=en", 200, **data)

    state = cast(Any, visitor.app).state
    with state.sessions.begin() as session:
        first = session.scalar(select(BookingRow.id).where(BookingRow.email == "first@example.org"))
        Appointments(session, state.knowledge.now().catalogue, state.settings).cancel(BookingStore(session).get(first))

    subject, body, _ = _mails(visitor, "second@example.org")[-1]
    assert subject.startswith("There is a place for you: ")
    assert "A place came free." in body


def test_a_day_along_is_asked_and_answered_in_english(visitor: TestClient) -> None:
    form = _read(visitor, "/meelopen?regio=haaglanden&taal=en")
    _read(visitor, "/meelopen?regio=haaglanden&taal=en", 422, name="Kim")
    data = {"name": "Kim", "email": "kim@example.org", "sector": "po", "area": "Delft", "days": "di", "consent": "ja"}
    made = visitor.post(
        "/meelopen?regio=haaglanden&taal=en", data=data | {"version": _version(form)}, follow_redirects=False
    )
    address = made.headers["location"]
    assert "Primary education, in or near Delft; Tuesday" in _read(visitor, address).cssselect("main")[0].text_content()

    state = cast(Any, visitor.app).state
    begins = datetime.now(UTC) + timedelta(days=9)
    with state.sessions.begin() as session:
        row = session.scalar(select(DayAlongRow.id).order_by(DayAlongRow.created_at.desc()))
        proposal = Proposal(school="De Klimop", place="Delft", starts_at=begins, ends_at=begins + timedelta(hours=4))
        wishes = DayWishes(session, state.knowledge.now().catalogue, state.settings)
        wishes.move(DayAlongStore(session).get(row), DayMove.PROPOSE, proposal)
    page = _read(visitor, address.partition("?")[0] + "?taal=en")
    seen = str(page.xpath("string(//input[@name='seen']/@value)"))
    _read(visitor, address.partition("?")[0] + "?taal=en", 200, do="accept", seen=seen)

    mails = _mails(visitor, "kim@example.org")
    assert [subject for subject, *_ in mails][1:] == [
        "You want to go along for a day", "A proposal for a day along", "You are going along for a day",
    ]  # fmt: skip
    assert "SUMMARY:A day along: De Klimop" in mails[-1][2]
    assert all("?taal=en" in body for _, body, _ in mails[1:])


def test_the_menu_is_english_and_says_which_pages_are_dutch(visitor: TestClient) -> None:
    page = _read(visitor, "/afspraak?taal=en")

    menu = {each.text: each.get("hreflang") for each in page.cssselect("header nav a")}
    assert menu["Appointment"] is None
    assert {menu[each] for each in ("Self-test", "Routes", "Costs", "Questions")} == {"nl"}
    assert all("taal=en" in each.get("href") for each in page.cssselect("header nav a"))
    assert page.cssselect("footer a[href^='/en/changes']")


def test_what_was_sent_earlier_is_joined_in_english(visitor: TestClient, slots: tuple[str, str]) -> None:
    who = WHO | {"name": "Alex", "email": "alex@example.org"}
    for slot in slots:
        form = _read(visitor, f"/afspraak/{slot}?taal=en")
        sent = who | {"message": f"About {slot}", "version": _version(form)}
        made = visitor.post(f"/afspraak/{slot}?taal=en", data=sent, follow_redirects=False)
        assert "Have you been here before?" in _read(visitor, made.headers["location"]).text_content()
    copies = [body for subject, body, _ in _mails(visitor, "alex@example.org") if subject.startswith("What you sent")]
    [link] = re.findall(r"/eerder/\S+", copies[1])

    assert link.endswith("?taal=en")
    assert not DUTCH.search(re.sub(r"https?:\S+", "", copies[1]))
    _read(visitor, "/eerder?taal=en")
    _read(visitor, "/eerder?taal=en", 422, code="x")
    _read(visitor, link)
    assert "Done!" in _read(visitor, link, 200, do="agree").text_content()
    _read(visitor, link, 200, do="withdraw")
    assert "stays apart" in _read(visitor, link, 200, do="refuse").text_content()
    _read(visitor, link, 404)


def test_what_is_not_there_or_fails_is_told_in_english(visitor: TestClient) -> None:
    page = _read(visitor, "/routes/nowhere-at-all?taal=en", 404)
    assert page.cssselect("h1")[0].text == "This page is not there"
    assert "That is not right" in _read(visitor, "/eerder/x?taal=en", 422, do="nonsense").text_content()
    changes = html.fromstring(visitor.get("/en/changes").text)
    assert "Main menu" in changes.xpath("//header//nav/@aria-label")


def test_a_code_that_opens_nothing_is_told_in_english(visitor: TestClient) -> None:
    for path in ("/mijn-afspraak/x", "/mijn-dag/x"):
        page = _read(visitor, f"{path}?taal=en", 404)
        assert "is not there any more" in page.cssselect("h1")[0].text_content()


def test_a_page_that_is_dutch_alone_stays_so(visitor: TestClient) -> None:
    page = html.fromstring(visitor.get("/routes?taal=en").text)

    assert page.get("lang") == "nl"
    assert page.cssselect("a.language") == []


def test_from_a_chat_in_english_the_ways_on_are_in_english(visitor: TestClient, slots: tuple[str, str]) -> None:
    assert slots
    begun = visitor.post("/api/v1/conversations", json={"locale": "en", "region": "haaglanden"}).json()
    reply = visitor.post(
        f"/api/v1/conversations/{begun['conversation_id']}/messages",
        json={"text": "I want to talk to a person"},
        headers={"Authorization": f"Bearer {begun['token']}"},
    ).json()

    cards = [block.get("loket") or block for block in reply["blocks"]]
    links = [link for card in cards for link in card.get("links") or ()]
    assert {link["label"] for link in links} == {"Choose a moment to talk"}
    for link in links:
        _read(visitor, link["url"].removeprefix("https://gids.example.org"))
