"""Meetings in the words of visitors and advisers; advisers read Dutch."""

from datetime import date

from assistant.leads.working_days import HERE
from assistant.meetings.english import said
from assistant.meetings.slot import How, Slot
from knowledge.programme import MONTHS, MONTHS_EN

HOWS = {How.PHONE: "Bellen", How.VIDEO: "Videogesprek", How.PLACE: "Op locatie"}
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def day_of(slot: Slot, locale: str = "nl") -> str:
    """`maandag 4 januari 2027`."""
    return _day(slot.starts_at.astimezone(HERE).date(), locale)


def hours_of(slot: Slot, locale: str = "nl") -> str:
    """`9.00 tot 9.30 uur`; empty for a whole day."""
    if slot.is_whole_day:
        return ""
    starts, ends = slot.starts_at.astimezone(HERE), slot.ends_at.astimezone(HERE)
    if locale == "en":
        return f"{starts.hour}:{starts:%M}" + (f" to {ends.hour}:{ends:%M}" if ends > starts else "")
    until = f" tot {ends.hour}.{ends:%M}" if ends > starts else ""
    return f"{starts.hour}.{starts:%M}{until} uur"


def when(slot: Slot, locale: str = "nl") -> str:
    """`maandag 4 januari 2027, 9.00 tot 9.30 uur`; of several days the first and the last."""
    starts, ends = slot.starts_at.astimezone(HERE).date(), slot.ends_at.astimezone(HERE).date()
    if ends > starts:
        return f"{day_of(slot, locale)} {'to' if locale == 'en' else 'tot en met'} {_day(ends, locale)}"
    return ", ".join(filter(None, (day_of(slot, locale), hours_of(slot, locale))))


def where(slot: Slot, locale: str = "nl") -> str:
    """How and where, in a few words."""
    if slot.is_event:
        return slot.place
    words = {How.PHONE: "We bellen je", How.VIDEO: "Videogesprek", How.PLACE: "Op locatie"}[slot.how]
    return said(words, locale) + (f": {slot.place}" if slot.place else "")


def _day(day: date, locale: str) -> str:
    months = MONTHS_EN if locale == "en" else MONTHS
    return f"{said(DAYS[day.weekday()], locale)} {day.day} {months[day.month - 1]} {day.year}"
