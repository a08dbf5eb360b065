"""Visitors are reminded a day before, advisers of what is due, each once and at a decent hour."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from assistant.leads.contact import Contact
from assistant.leads.lead import Lead
from assistant.leads.outbox import NewMail
from assistant.meetings.day_along import DayMove, Proposal
from assistant.meetings.reminding import Reminded
from assistant.meetings.slot import How, Slot
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.bookings import BookingStore
from assistant.storage.days_along import DayAlongStore
from assistant.storage.ids import new_id
from assistant.storage.leads import LeadStore
from assistant.storage.person import PersonStore
from assistant.storage.reminders import ReminderStore
from assistant.storage.session import Sessions
from assistant.storage.slots import SlotStore
from assistant.storage.tables import OutboxRow
from assistant.storage.work import WorkStore
from knowledge.catalogue import Catalogue

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MakeLead = Callable[..., tuple[Lead, NewMail]]
Remind = Callable[[datetime], Reminded]


@pytest.fixture
def remind(sessions: Sessions, small_catalogue: Catalogue, people_settings: Settings) -> Remind:
    """Looks who is due at a moment."""

    def at(moment: datetime) -> Reminded:
        return ReminderStore(sessions, lambda: small_catalogue, people_settings, lambda: moment).remind()

    return at


@pytest.fixture
def lead(sessions: Sessions, make_lead: MakeLead) -> Lead:
    """Somebody whom nobody took on yet."""
    made, mail = make_lead()
    with sessions.begin() as session:
        LeadStore(session).add(made, mail)
    return made


def mails(sessions: Sessions, subject: str) -> list[tuple[str, str]]:
    with sessions() as session:
        wanted = select(OutboxRow.to, OutboxRow.body).where(OutboxRow.subject.startswith(subject))
        return [(to, body) for to, body in session.execute(wanted)]


def a_slot(**fields: object) -> Slot:
    plain = {
        "id": new_id(), "region": "haaglanden", "loket_id": "loket-haaglanden", "loket_title": "Loket Haaglanden",
        "topic": "Oriënteren", "how": How.PHONE, "starts_at": MONDAY + timedelta(days=4),
        "ends_at": MONDAY + timedelta(days=4, minutes=30), "capacity": 1,
    }  # fmt: skip
    return Slot.model_validate(plain | fields)


def test_a_visitor_is_reminded_of_an_appointment_a_day_before_with_the_link_to_call_it_off(
    sessions: Sessions, remind: Remind, lead: Lead
) -> None:
    slot = a_slot()
    with sessions.begin() as session:
        SlotStore(session, lambda: MONDAY).add([slot], "Noor")
        BookingStore(session, lambda: MONDAY).book(slot.id, lead.contact, lead.id)

    assert remind(slot.starts_at - timedelta(hours=25)) == Reminded()
    with ThreadPoolExecutor(3) as pool:
        reminded = list(pool.map(remind, [slot.starts_at - timedelta(hours=23)] * 3))

    assert sum(each.visitors for each in reminded) == 1
    [(to, body)] = mails(sessions, "Morgen")
    assert to == "sam@example.org"
    assert "/mijn-afspraak/" in body


def test_a_day_along_that_is_certain_is_reminded_of_once(sessions: Sessions, remind: Remind, lead: Lead) -> None:
    starts_at = MONDAY + timedelta(days=4)
    proposal = Proposal(school="De Klimop", place="", starts_at=starts_at, ends_at=starts_at + timedelta(hours=6))
    with sessions.begin() as session:
        days = DayAlongStore(session, lambda: MONDAY)
        day = days.move(days.add(lead.id, "po", "Zoetermeer", ("ma",)), DayMove.PROPOSE, proposal)
    assert remind(starts_at - timedelta(hours=23)).visitors == 0, "the visitor did not agree yet"
    with sessions.begin() as session:
        DayAlongStore(session, lambda: MONDAY).move(day, DayMove.ACCEPT)

    assert [remind(starts_at - timedelta(hours=hours)).visitors for hours in (25, 23, 22)] == [0, 1, 0]
    assert "De Klimop" in mails(sessions, "Morgen loop je een dag mee")[0][1]


def test_tasks_that_are_due_go_to_who_has_the_lead_in_one_mail_in_working_hours_and_name_nobody(
    sessions: Sessions, remind: Remind, lead: Lead
) -> None:
    with sessions.begin() as session:
        noor = AccountStore(session).add("noor@example.org", "Noor Bakker", ("haaglanden",), None)
        LeadStore(session).claim(lead.id, noor.id, noor.name)
        work = WorkStore(session)
        work.add_task(lead.id, noor.name, "Bel Sam de Vries", MONDAY.date())
        work.add_task(lead.id, noor.name, "Vraag wat ervan geworden is", MONDAY.date() - timedelta(days=1), months=3)
        work.add_task(lead.id, noor.name, "Later", MONDAY.date() + timedelta(days=1))

    saturday, early = MONDAY - timedelta(days=2), MONDAY - timedelta(hours=2)
    assert [remind(at).advisers for at in (saturday, early, MONDAY, MONDAY + timedelta(hours=1))] == [0, 0, 1, 0]
    [(to, body)] = mails(sessions, "Taken voor vandaag")
    assert to == "noor@example.org"
    assert "2 taken" in body
    assert "Sam" not in body
    assert remind(MONDAY + timedelta(days=1)).advisers == 1


@pytest.mark.parametrize("is_disabled", [False, True])
def test_tasks_of_a_lead_that_nobody_has_go_to_the_mailbox_of_the_loket(
    sessions: Sessions, remind: Remind, lead: Lead, is_disabled: bool
) -> None:
    with sessions.begin() as session:
        if is_disabled:
            accounts = AccountStore(session)
            gone = accounts.add("weg@example.org", "Iemand Weg", ("haaglanden",), None)
            LeadStore(session).claim(lead.id, gone.id, gone.name)
            accounts.disable(gone.email)
        WorkStore(session).add_task(lead.id, "Noor", "Bel", MONDAY.date())

    assert remind(MONDAY).advisers == 1
    assert [to for to, _ in mails(sessions, "Een taak voor vandaag")] == ["loket@localhost"]


def test_who_is_erased_from_an_event_leaves_their_place_to_who_waits(sessions: Sessions, remind: Remind) -> None:
    event = a_slot(event_id="open-dag", starts_at=MONDAY + timedelta(days=30), ends_at=MONDAY + timedelta(days=30))
    with sessions.begin() as session:
        SlotStore(session, lambda: MONDAY).add([event], "Noor")
        for number, name in enumerate(("sam", "kim")):
            at = MONDAY + timedelta(minutes=number)
            who = Contact(name=name, email=f"{name}@example.org", preferred="email")
            BookingStore(session, lambda at=at: at).book(event.id, who)  # type: ignore[misc]
    with sessions.begin() as session:
        people = PersonStore(session)
        sam = people.find("SAM@example.org", ("haaglanden",))
        assert not people.find("sam@example.org", ("hak",))
        assert [row["name"] for row in people.records(sam)["booking"]] == ["sam"]
        people.erase(sam)

    assert remind(MONDAY).moved_up == 1
    assert remind(MONDAY).moved_up == 0
    assert [to for to, _ in mails(sessions, "Er is plek voor je")] == ["kim@example.org"]


def test_who_came_to_an_event_is_forgotten_some_time_after_it_and_an_appointment_goes_with_its_lead(
    sessions: Sessions, lead: Lead
) -> None:
    event, slot = a_slot(event_id="open-dag"), a_slot()
    with sessions.begin() as session:
        SlotStore(session, lambda: MONDAY).add([event, slot], "Noor")
        bookings = BookingStore(session, lambda: MONDAY)
        bookings.book(event.id, Contact(name="kim", email="kim@example.org", preferred="email"))
        mine = bookings.book(slot.id, lead.contact, lead.id).booking
        assert bookings.erase_over(event.ends_at) == 0
        assert bookings.erase_over(event.ends_at + timedelta(minutes=31)) == 1
        assert bookings.get(mine.id).lead_id == lead.id
        assert SlotStore(session).of_events() == {}
