"""Meetings in the words of visitors and advisers, in Dutch."""

from assistant.leads.working_days import HERE
from assistant.meetings.slot import How, Slot
from knowledge.programme import MONTHS

HOWS = {How.PHONE: "Bellen", How.VIDEO: "Videogesprek", How.PLACE: "Op locatie"}
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def day_of(slot: Slot) -> str:
    """`maandag 4 januari 2027`."""
    day = slot.starts_at.astimezone(HERE).date()
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def hours_of(slot: Slot) -> str:
    """`9.00 tot 9.30 uur`; empty for a whole day."""
    if slot.is_whole_day:
        return ""
    starts, ends = slot.starts_at.astimezone(HERE), slot.ends_at.astimezone(HERE)
    until = f" tot {ends.hour}.{ends:%M}" if ends > starts else ""
    return f"{starts.hour}.{starts:%M}{until} uur"


def when(slot: Slot) -> str:
    """`maandag 4 januari 2027, 9.00 tot 9.30 uur`; of several days the first and the last."""
    starts, ends = slot.starts_at.astimezone(HERE).date(), slot.ends_at.astimezone(HERE).date()
    if ends > starts:
        return f"{day_of(slot)} tot en met {DAYS[ends.weekday()]} {ends.day} {MONTHS[ends.month - 1]} {ends.year}"
    return ", ".join(filter(None, (day_of(slot), hours_of(slot))))


def where(slot: Slot) -> str:
    """How and where, in a few words."""
    if slot.is_event:
        return slot.place
    words = {How.PHONE: "We bellen je", How.VIDEO: "Videogesprek", How.PLACE: "Op locatie"}[slot.how]
    return f"{words}: {slot.place}" if slot.place else words
