"""An event as a file for somebody's own calendar (RFC 5545), by way of icalendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from knowledge.event import Event

_HERE = ZoneInfo("Europe/Amsterdam")
_PRODUCT = "-//Loketgids//agenda//NL"


def calendar_file(event: Event, address: str, on: date) -> bytes:
    """
    The event as an .ics file: whole days where the hour is not known.

    :param address: The full address of its page.
    :param on: The day that the file is made, which the format wants to know.
    """
    entry = Entry()
    entry.add("uid", f"{event.id}@loketgids")
    entry.add("dtstamp", datetime.combine(on, time(), tzinfo=UTC))
    entry.add("summary", event.title)
    entry.add("description", "\n\n".join(part for part in (event.summary, event.uncertain) if part))
    entry.add("location", event.place)
    entry.add("url", address)
    for name, moment in zip(("dtstart", "dtend"), _period(event), strict=False):
        entry.add(name, moment)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _period(event: Event) -> tuple[date | datetime, ...]:
    """The start and, where it is known, the end; a whole day ends where the next begins."""
    if event.starts_at.time() == time():
        last = (event.ends_at or event.starts_at).date()
        return event.starts_at.date(), last + timedelta(days=1)
    moments = (event.starts_at, event.ends_at) if event.ends_at else (event.starts_at,)
    return tuple(moment if moment.tzinfo else moment.replace(tzinfo=_HERE) for moment in moments)
