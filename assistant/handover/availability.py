"""When a loket can be reached: its hours with their breaks, Dutch holidays, Dutch time. Pure: the moment comes in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assistant.leads.working_days import HERE, holiday_name
from knowledge.place import Loket, OpeningHours
from knowledge.programme import MONTHS, MONTHS_EN

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_DAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_DAY_NAMES_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LOOKED_AHEAD = 60
_WITHIN_THE_WEEK = 6


@dataclass(frozen=True)
class Availability:
    """Whether a loket is open, and until or from when. All None: we do not know its hours."""

    open_now: bool | None = None
    closes_at: datetime | None = None
    """While open: the end of this period, perhaps for lunch."""
    opens_at: datetime | None = None
    """While closed: the next time, in UTC; None also if it does not open within two months."""
    holiday: str = ""
    """The public holiday that keeps it closed today, in the language asked for."""


def availability(loket: Loket, at: datetime, locale: str = "nl") -> Availability:
    """
    How a loket stands at a moment.

    On a public holiday it is closed, whatever its hours say. A period includes its first minute and not its last.
    """
    if not loket.hours:
        return Availability()
    today = at.astimezone(HERE).date()
    # The evening before may run into today.
    for opens, closes in _periods(loket.hours, today - timedelta(days=1), _LOOKED_AHEAD):
        if opens <= at < closes:
            return Availability(True, closes_at=closes)
        if at < opens:
            return Availability(False, opens_at=opens, holiday=holiday_name(today, locale))
    return Availability(False, holiday=holiday_name(today, locale))


def is_open_between(loket: Loket, start: datetime, end: datetime) -> bool:
    """Whether a loket is open all that time; also if we do not know its hours, since then nobody can tell."""
    if not loket.hours:
        return True
    day = start.astimezone(HERE).date()
    return any(opens <= start and end <= closes for opens, closes in _periods(loket.hours, day - timedelta(days=1), 3))


def openness_in_words(loket: Loket, now: datetime, locale: str = "nl") -> str:
    """
    `Nu open, tot vandaag om 17.00 uur.`, `Nu gesloten. Maandag om 9.00 uur weer open.`; on a holiday its name too. Empty if
    we do not know the hours of the loket, or it has stopped.
    """
    found = availability(loket, now, locale) if loket.status == "active" else Availability()
    if found.open_now is None:
        return ""
    english = locale == "en"
    if found.closes_at is not None:
        local = found.closes_at.astimezone(HERE)
        return f"Open now, until {local.hour}:{local:%M}." if english else f"Nu open, tot {local.hour}.{local:%M} uur."
    closed = "Closed now" if english else "Nu gesloten"
    closed += f" ({found.holiday})." if found.holiday else "."
    if found.opens_at is None:
        return closed
    again = moment_in_words(found.opens_at, now, locale)
    return f"{closed} Open again {again}." if english else f"{closed} {again[0].upper()}{again[1:]} weer open."


def moment_in_words(moment: datetime, now: datetime, locale: str = "nl") -> str:
    """`vandaag om 13.00 uur`, `morgen om 9.00 uur`, `maandag om 9.00 uur`, `maandag 4 januari om 9.00 uur`."""
    local, today = moment.astimezone(HERE), now.astimezone(HERE).date()
    day = _day_in_words(local.date(), today, locale)
    return f"{day} at {local.hour}:{local:%M}" if locale == "en" else f"{day} om {local.hour}.{local:%M} uur"


def _day_in_words(day: date, today: date, locale: str) -> str:
    ahead = (day - today).days
    if ahead in (0, 1):
        return (("vandaag", "morgen"), ("today", "tomorrow"))[locale == "en"][ahead]
    if locale == "en":
        name = _DAY_NAMES_EN[day.weekday()]
        return name if ahead <= _WITHIN_THE_WEEK else f"{name} {day.day} {MONTHS_EN[day.month - 1]}"
    name = _DAY_NAMES[day.weekday()]
    return name if ahead <= _WITHIN_THE_WEEK else f"{name} {day.day} {MONTHS[day.month - 1]}"


def _periods(hours: tuple[OpeningHours, ...], first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    """Every opening period of those days in order, in UTC, so that the night the clock changes counts right."""
    for day in (first + timedelta(days=number) for number in range(days)):
        if holiday_name(day):
            continue
        periods = sorted((each.opens, each.closes) for each in hours if _DAYS[day.weekday()] in each.days)
        for opens, closes in periods:
            last = day if opens < closes else day + timedelta(days=1)
            yield (
                datetime.combine(day, opens, HERE).astimezone(UTC),
                datetime.combine(last, closes, HERE).astimezone(UTC),
            )
