"""iCalendar: each event with its moment and place."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import HttpUrl, TypeAdapter, ValidationError

from ingestion.connectors.told import Answer, Connected, Unreadable, found
from ingestion.extract.finding import EventFound, Finding

_HERE = ZoneInfo("Europe/Amsterdam")
_MOST = 2_000
_URL = TypeAdapter(HttpUrl)


def read_calendar(answer: Answer) -> Connected:
    """
    The events of a calendar. Of one that repeats, the first time alone: a calendar without end has no last one.

    icalendar reads them; the runner-up, ics, drops time zones that it does not know.

    :raises Unreadable: If there is no calendar in it.
    """
    from icalendar import Calendar  # Loaded at first use, like all converters.

    try:
        calendar = Calendar.from_ical(answer.raw.decode(answer.charset or "utf-8", errors="replace"))
    except (ValueError, IndexError, KeyError, LookupError) as error:
        raise Unreadable(f"it is no iCalendar ({str(error)[:80]})", "look at the address") from error
    events = tuple(_events(calendar))
    lines = [
        f"## {_value(each).title}\n\n{_value(each).starts_at:%d-%m-%Y %H:%M}. {_value(each).place}" for each in events
    ]
    return Connected(str(calendar.get("X-WR-CALNAME", "Agenda")), "\n\n".join(lines), events)


def _events(calendar: Any) -> Iterator[Finding]:
    for event in calendar.walk("VEVENT")[:_MOST]:
        try:
            starts = _local(event.decoded("DTSTART"))
            ends = _local(event.decoded("DTEND")) if "DTEND" in event else None
            title, place = str(event.get("SUMMARY", "")).strip(), str(event.get("LOCATION", "")).strip()
            url = str(event.get("URL", ""))
            value = EventFound(
                title=title[:300],
                starts_at=starts,
                ends_at=ends if ends and ends > starts else None,
                place=place,
                is_online="online" in place.lower() or "teams" in place.lower(),
                is_cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
                url=_URL.validate_python(url) if url.startswith("http") else None,
                description=str(event.get("DESCRIPTION", ""))[:4000],
            )
        except (ValueError, KeyError, TypeError, AttributeError, ValidationError):
            continue  # One that makes no sense does not keep the others away.
        yield found(value, {"SUMMARY": title, "DTSTART": starts.isoformat(), "LOCATION": place, "URL": url})


def _local(moment: date | datetime) -> datetime:
    """Local time without a zone; midnight if there is a day alone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.astimezone(_HERE).replace(tzinfo=None) if moment.tzinfo else moment


def _value(finding: Finding) -> EventFound:
    assert isinstance(finding.value, EventFound)  # noqa: S101 - made above
    return finding.value
