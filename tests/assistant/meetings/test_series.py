"""A series of moments fits its hours, leaves out holidays and closing hours, and nothing overlaps."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.leads.working_days import HERE, holiday_name
from assistant.meetings.calendar import booking_file
from assistant.meetings.day_along import MOVES, DayMove, DayState
from assistant.meetings.series import Series, planned
from assistant.meetings.slot import Booking, How, Slot
from assistant.meetings.words import when
from knowledge.place import Loket, OpeningHours

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def a_loket(*hours: OpeningHours) -> Loket:
    return Loket(id="loket", title="Loket", summary="Een loket.", sources=("bron",), status="active", hours=hours)


def a_series(**fields: object) -> Series:
    plain: dict[str, object] = {
        "first": date(2026, 12, 21), "last": date(2026, 12, 28), "weekdays": frozenset(range(5)),
        "begins": time(9), "ends": time(12), "length": timedelta(minutes=45),
    }  # fmt: skip
    return Series(**(plain | fields))  # type: ignore[arg-type]


def test_christmas_is_left_out_and_said() -> None:
    plan = planned(a_series(), a_loket(), NOW)

    assert [day for day, _ in plan.skipped] == [date(2026, 12, 25)]
    assert "erst" in plan.skipped[0][1]
    assert len(plan.moments) == 4 * 5, "four of 45 minutes fit in three hours, on five days"


def test_what_lies_outside_the_opening_hours_is_left_out_and_said() -> None:
    loket = a_loket(OpeningHours(days=("ma", "di"), opens=time(9), closes=time(10)))

    plan = planned(a_series(last=date(2026, 12, 22)), loket, NOW)

    assert [start.astimezone(HERE).time() for start, _ in plan.moments] == [time(9), time(9)]
    assert len(plan.skipped) == 2


def test_an_hour_on_the_wall_stays_that_hour_when_the_clock_changes() -> None:
    plan = planned(a_series(first=date(2027, 3, 25), last=date(2027, 3, 30), ends=time(9, 45)), a_loket(), NOW)

    assert {start.astimezone(HERE).time() for start, _ in plan.moments} == {time(9)}
    assert len({start.time() for start, _ in plan.moments}) == 2, "in UTC it is another hour"


@given(
    days=st.integers(0, 60),
    weekdays=st.frozensets(st.integers(0, 6)),
    begins=st.times(time(7), time(20)),
    hours=st.integers(0, 300),
    length=st.sampled_from([15, 20, 30, 45, 60, 90]),
)
def test_moments_follow_each_other_within_their_hours(
    days: int, weekdays: frozenset[int], begins: time, hours: int, length: int
) -> None:
    ends = (datetime.combine(NOW, begins) + timedelta(minutes=hours)).time()
    first = NOW.date() + timedelta(days=1)
    series = Series(first, first + timedelta(days=days), weekdays, begins, ends, timedelta(minutes=length))

    moments = planned(series, a_loket(), NOW).moments

    for start, end in moments:
        assert end - start == timedelta(minutes=length)
        local = start.astimezone(HERE)
        assert local.weekday() in weekdays
        assert not holiday_name(local.date())
        assert begins <= local.time()
        assert end.astimezone(HERE).time() <= ends
    assert all(before[1] <= after[0] for before, after in pairwise(moments))


def test_a_calendar_file_keeps_its_id_counts_its_changes_and_folds_what_people_typed() -> None:
    starts_at = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
    slot = Slot(
        id="s", region="r", loket_id="l", loket_title="Loket", topic="Praten; over, werk\r\nATTENDEE:x", how=How.PHONE,
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30), capacity=1,
    )  # fmt: skip
    booking = Booking(
        id="b", slot=slot, lead_id=None, name="Sam", email=None, phone=None, seat=1, sequence=2, created_at=NOW,
        changed_at=NOW, cancelled_at=NOW,
    )  # fmt: skip

    lines = booking_file(booking, slot.topic, NOW).replace("\r\n ", "").split("\r\n")

    assert "UID:b@loketgids" in lines
    assert "SEQUENCE:2" in lines
    assert "STATUS:CANCELLED" in lines
    assert "DTSTART;TZID=Europe/Amsterdam:20270104T090000" in lines
    assert not [line for line in lines if line.startswith("ATTENDEE")], "a summary makes no line of its own"
    assert when(slot) == "maandag 4 januari 2027, 9.00 tot 9.30 uur"


@pytest.mark.parametrize("move", list(DayMove))
def test_what_is_over_stays_over(move: DayMove) -> None:
    before, after = MOVES[move]

    assert not before & {DayState.DONE, DayState.CANCELLED}
    assert after not in before or move is DayMove.PROPOSE
