"""A meeting as a file for somebody's own calendar (RFC 5545), by way of icalendar (runner-up: ics, which knows no SEQUENCE)."""

from datetime import datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from assistant.leads.working_days import HERE
from assistant.meetings.slot import Booking, BookingState, Slot

_PRODUCT = "-//Loketgids//afspraken//NL"


def booking_file(booking: Booking, summary: str, now: datetime, address: str = "") -> str:
    """
    A booking as an .ics file. It has one id for life and counts its changes, so that a calendar changes or drops what it has.

    :param summary: What stands in the calendar.
    :param address: A link that goes along; empty: none.
    """
    state = "CANCELLED" if booking.state is BookingState.CANCELLED else "CONFIRMED"
    return _file(f"{booking.id}@loketgids", booking.sequence, state, booking.slot, summary, now, address)


def _file(uid: str, sequence: int, state: str, slot: Slot, summary: str, now: datetime, address: str) -> str:
    entry = Entry()
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstamp", now)
    entry.add("summary", summary)
    entry.add("status", state)
    starts, ends = slot.starts_at.astimezone(HERE), slot.ends_at.astimezone(HERE)
    if slot.is_whole_day:
        entry.add("dtstart", starts.date())
        entry.add("dtend", ends.date() + timedelta(days=1))
    else:
        entry.add("dtstart", starts)
        entry.add("dtend", ends)
    if slot.place:
        entry.add("location", slot.place)
    if address:
        entry.add("url", address)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical()).decode()
