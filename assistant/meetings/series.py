"""Many moments at once: the same hours on some weekdays, without holidays and outside no opening hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assistant.handover.availability import is_open_between
from assistant.leads.working_days import HERE, holiday_name
from knowledge.place import Loket

LONGEST = timedelta(days=184)
"""A series is planned half a year ahead at most."""
MOST_AT_ONCE = 400


@dataclass(frozen=True)
class Series:
    """What an adviser fills in: days, hours and the length of a talk, in Dutch time."""

    first: date
    last: date
    """Both days are in it."""
    weekdays: frozenset[int]
    """0 is Monday."""
    begins: time
    ends: time
    length: timedelta


@dataclass(frozen=True)
class Planned:
    """The moments, and the days that were left out with the reason."""

    moments: tuple[tuple[datetime, datetime], ...]
    """Start and end, in UTC."""
    skipped: tuple[tuple[date, str], ...]


def planned(series: Series, loket: Loket, now: datetime) -> Planned:
    """
    The moments of a series: one after the other, as many as fit in the hours of each day.

    On a public holiday there are none, and outside the opening hours of the loket, if we know them, neither. What lies
    behind us is left out without a word.
    """
    moments: list[tuple[datetime, datetime]] = []
    skipped: list[tuple[date, str]] = []
    for day in _days(series):
        if name := holiday_name(day):
            skipped.append((day, name))
            continue
        of_day = [each for each in _moments(series, day) if each[0] > now]
        opened = [each for each in of_day if is_open_between(loket, *each)]
        if len(opened) < len(of_day):
            skipped.append((day, "(deels) buiten de openingstijden van het loket"))
        moments += opened
    return Planned(tuple(moments), tuple(skipped))


def _days(series: Series) -> Iterator[date]:
    day = series.first
    while day <= series.last:
        if day.weekday() in series.weekdays:
            yield day
        day += timedelta(days=1)


def _moments(series: Series, day: date) -> Iterator[tuple[datetime, datetime]]:
    # By the clock on the wall, which is what people plan by; none of it is at night, when the clock changes.
    starts, last = datetime.combine(day, series.begins), datetime.combine(day, series.ends)
    while starts + series.length <= last:
        ends = starts + series.length
        yield starts.replace(tzinfo=HERE).astimezone(UTC), ends.replace(tzinfo=HERE).astimezone(UTC)
        starts = ends
