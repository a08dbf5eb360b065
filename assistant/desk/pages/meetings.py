"""What was agreed with somebody: appointments and a day along, as a dossier shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.desk.pages.days_along import STATES
from assistant.desk.pages.parts import Tag
from assistant.leads.working_days import HERE
from assistant.meetings.day_along import DayAlong, booking_of
from assistant.meetings.slot import Booking, BookingState
from assistant.meetings.words import when, where

_STATES = {
    BookingState.BOOKED: Tag("fits", "Staat vast"),
    BookingState.WAITING: Tag("possible", "Wachtlijst"),
    BookingState.CANCELLED: Tag("does-not-fit", "Afgezegd"),
}


@dataclass(frozen=True)
class MeetingRow:
    """One of them."""

    title: str
    details: str
    state: Tag
    address: str
    """Where it is worked on."""


def meeting_rows(bookings: Sequence[Booking], day: DayAlong | None) -> tuple[MeetingRow, ...]:
    """Appointments by their moment, and then the day along."""
    rows = [
        MeetingRow(
            title=when(each.slot),
            details=f"{where(each.slot)} · {each.slot.topic}",
            state=_STATES[each.state],
            address=f"/desk/agenda?week={_day(each).isoformat()}",
        )
        for each in sorted(bookings, key=lambda each: each.slot.starts_at)
    ]
    if day is not None:
        found = booking_of(day)
        details = f"{found.slot.place}, {when(found.slot)}" if found else f"In of bij {day.area}"
        rows.append(MeetingRow("Een dag meelopen", details, STATES[day.state], f"/desk/meelopen/{day.id}"))
    return tuple(rows)


def _day(booking: Booking) -> date:
    return booking.slot.starts_at.astimezone(HERE).date()
