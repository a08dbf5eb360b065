"""The days on which people work in the Netherlands: no weekends, no public holidays."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

HERE = ZoneInfo("Europe/Amsterdam")
END_OF_DAY = time(17)
_SATURDAY = 5


def holiday_name(day: date, locale: str = "nl") -> str:
    """`Tweede paasdag`; empty on any other day. Liberation Day is one in every fifth year, Good Friday is none."""
    return _named(day.year, "en_US" if locale == "en" else "nl").get(day, "")


def is_working_day(day: date) -> bool:
    """Whether it is a Monday to Friday, and no public holiday."""
    return day.weekday() < _SATURDAY and not holiday_name(day)


def end_of_next_working_day(moment: datetime) -> datetime:
    """Five in the afternoon, Dutch time, of the first working day after the day of `moment`; in UTC."""
    day = moment.astimezone(HERE).date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, END_OF_DAY, HERE).astimezone(UTC)


@cache
def _named(year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("NL", years=year, language=language))
