"""Events that people register for: which are open, who comes and who waits, and the list as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.agenda import BookedRow, booked_row
from assistant.desk.pages.figures import Table
from assistant.desk.pages.parts import Shell, shell
from assistant.leads.contact import phone_as_read
from assistant.meetings.slot import MOST_PLACES, Booking, BookingState, Slot
from assistant.meetings.words import when
from knowledge.catalogue import Catalogue
from knowledge.event import Event

_STATES = {BookingState.BOOKED: "Heeft een plek", BookingState.WAITING: "Wachtlijst"}


@dataclass(frozen=True)
class EventRow:
    """A published event that is still to come."""

    title: str
    address: str
    when: str
    place: str
    taken: str
    """How many places are taken; empty: not open for registration."""


@dataclass(frozen=True)
class EventsPage:
    """Every event of these regions that is still to come."""

    shell: Shell
    rows: tuple[EventRow, ...]


@dataclass(frozen=True)
class EventPage:
    """One event with who comes."""

    shell: Shell
    title: str
    when: str
    place: str
    form: str
    """Where its forms go."""
    is_open: bool
    capacity: str
    most: int
    taken: str
    coming: tuple[BookedRow, ...]
    waiting: tuple[BookedRow, ...]
    public_address: str
    done: str
    error: str
    has_moved: bool
    """Whether the published day is another one than people registered for."""


def events_of(adviser: SignedInAdviser, catalogue: Catalogue, now: datetime) -> list[Event]:
    """The events of an adviser's regions that are still to come, in order."""
    regions, today = set(adviser.account.regions), now.date()
    found = [
        each
        for each in catalogue.all(Event)
        if not each.is_over(today) and (not each.regions or regions & set(each.regions))
    ]
    return sorted(found, key=lambda event: event.starts_at)


def events_page(adviser: SignedInAdviser, events: Sequence[Event], opened: Mapping[str, Slot]) -> EventsPage:
    """The list."""
    return EventsPage(
        shell=shell("Bijeenkomsten", adviser),
        rows=tuple(
            EventRow(
                title=event.title,
                address=f"/desk/bijeenkomsten/{event.id}",
                when=event.when(),
                place=event.place,
                taken=_taken(opened.get(event.id)),
            )
            for event in events
        ),
    )


def event_page(
    adviser: SignedInAdviser,
    event: Event,
    slot: Slot | None,
    is_moved: bool,
    booked: Sequence[Booking],
    *,
    capacity: str = "",
    done: str = "",
    error: str = "",
) -> EventPage:
    """The page of one event."""
    is_open = slot is not None and slot.cancelled_at is None
    rows = [(each.state, booked_row(each)) for each in booked]
    return EventPage(
        shell=shell(event.title, adviser),
        title=event.title,
        when=when(slot) if slot else event.when(),
        place=event.place,
        form=f"/desk/bijeenkomsten/{event.id}",
        is_open=is_open,
        capacity=capacity or str(slot.capacity if slot else 20),
        most=MOST_PLACES,
        taken=_taken(slot),
        coming=tuple(row for state, row in rows if state is BookingState.BOOKED),
        waiting=tuple(row for state, row in rows if state is BookingState.WAITING),
        public_address=f"/aanmelden/{event.id}",
        done=done,
        error=error,
        has_moved=is_moved,
    )


def attendance(slot: Slot, booked: Sequence[Booking]) -> Table:
    """Who comes and who waits, as a table."""
    rows = [
        (
            each.name,
            each.email or "",
            phone_as_read(each.phone) if each.phone else "",
            _STATES.get(each.state, ""),
            wording.moment_in_words(each.created_at),
        )
        for each in booked
    ]
    return Table(
        id="aanmeldingen",
        title=when(slot),
        columns=("Naam", "E-mail", "Telefoon", "Stand", "Aangemeld op"),
        rows=tuple(rows),
        note="",
    )


def _taken(slot: Slot | None) -> str:
    if slot is None or slot.cancelled_at is not None:
        return ""
    return f"{slot.taken} van {slot.capacity} plekken bezet"
