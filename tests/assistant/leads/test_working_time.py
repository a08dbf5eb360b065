"""When the clock of a loket runs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.leads.working_days import end_of_next_working_day, is_working_day
from assistant.leads.working_time import working_time

# hypothesis wants its bounds without a zone.
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23T09:00+01:00", "2026-11-23T17:00+01:00", 8),
        ("2026-11-23T20:00+01:00", "2026-11-24T10:30+01:00", 1.5),
        ("2026-11-20T16:00+01:00", "2026-11-23T10:00+01:00", 2),  # over a weekend
        ("2026-12-24T16:00+01:00", "2026-12-28T10:00+01:00", 2),  # both days of Christmas
        ("2026-04-24T16:00+02:00", "2026-04-28T10:00+02:00", 2),  # King's Day on a Monday
        ("2026-03-27T16:00+01:00", "2026-03-30T10:00+02:00", 2),  # the clocks change
        ("2026-11-24T10:00+01:00", "2026-11-23T10:00+01:00", 0),
    ],
)
def test_the_clock_runs_on_working_days_from_nine_to_five(start: str, end: str, hours: float) -> None:
    assert working_time(datetime.fromisoformat(start), datetime.fromisoformat(end)) == timedelta(hours=hours)


def test_a_lead_on_the_day_before_a_holiday_is_due_after_it() -> None:
    due = end_of_next_working_day(datetime(2026, 12, 24, 12, tzinfo=UTC))

    assert due == datetime(2026, 12, 28, 16, tzinfo=UTC)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_time_adds_up_and_never_runs_faster_than_the_wall_clock(a: datetime, b: datetime, c: datetime) -> None:
    first, middle, last = sorted((a, b, c))

    assert working_time(first, middle) + working_time(middle, last) == working_time(first, last)
    assert timedelta() <= working_time(first, last) <= last - first


@given(MOMENTS)
def test_a_due_moment_is_on_a_working_day_after_today(moment: datetime) -> None:
    due = end_of_next_working_day(moment)

    assert is_working_day(due.date())
    assert due > moment
