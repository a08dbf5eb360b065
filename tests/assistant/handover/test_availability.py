"""When a loket can be reached, and how that is said."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.handover.availability import availability, moment_in_words, openness_in_words
from assistant.leads.working_days import HERE, end_of_next_working_day, holiday_name, is_working_day
from knowledge.place import Loket, OpeningHours

WEEK = ("ma", "di", "wo", "do", "vr")
OFFICE: list[Any] = [
    {"days": WEEK, "opens": "09:00", "closes": "12:30"},
    {"days": WEEK, "opens": "13:00", "closes": "17:00"},
]


def _loket(*hours: dict[str, Any]) -> Loket:
    return Loket.model_validate(
        {
            "id": "loket",
            "kind": "loket",
            "title": "Loket",
            "summary": "Een loket.",
            "status": "active",
            "sources": ["bron"],
            "hours": list(hours),
        }
    )


def _here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("now", "open_now", "words"),
    [
        ("2026-11-30 08:59", False, "vandaag om 9.00 uur"),
        ("2026-11-30 09:00", True, ""),
        ("2026-11-30 12:30", False, "vandaag om 13.00 uur"),  # lunch
        ("2026-11-30 17:00", False, "morgen om 9.00 uur"),
        ("2026-11-27 18:00", False, "maandag om 9.00 uur"),  # Friday evening
        ("2026-12-24 18:00", False, "maandag om 9.00 uur"),  # Christmas on Friday and Saturday
        ("2026-12-25 10:00", False, "maandag om 9.00 uur"),
        ("2026-12-31 17:30", False, "maandag om 9.00 uur"),
        ("2027-04-27 10:00", False, "morgen om 9.00 uur"),  # King's Day on a Tuesday
        ("2027-05-05 10:00", True, ""),  # Liberation Day, no day off this year
        ("2030-05-05 10:00", False, "morgen om 9.00 uur"),  # and one in a fifth year
    ],
)
def test_it_is_known_when_somebody_can_be_reached_again(now: str, open_now: bool, words: str) -> None:
    found = availability(_loket(*OFFICE), _here(now))

    assert found.open_now is open_now
    assert (moment_in_words(found.opens_at, _here(now)) if found.opens_at else "") == words


def test_a_loket_without_hours_is_neither_open_nor_closed() -> None:
    assert availability(_loket(), _here("2026-11-30 10:00")).open_now is None


def test_the_holiday_is_named_in_the_language_of_the_visitor() -> None:
    easter = _here("2027-03-29 10:00")

    assert availability(_loket(*OFFICE), easter).holiday == "Tweede paasdag"
    assert availability(_loket(*OFFICE), easter, "en").holiday == "Easter Monday"


def test_a_loket_that_opens_once_a_week_is_named_with_its_day_when_that_is_far() -> None:
    monthly = _loket({"days": ["za"], "opens": "10:00", "closes": "12:00"})

    found = availability(monthly, _here("2026-12-19 12:00"))

    assert found.opens_at is not None
    # The Saturday after is the second day of Christmas.
    assert moment_in_words(found.opens_at, _here("2026-12-19 12:00")) == "zaterdag 2 januari om 10.00 uur"
    assert moment_in_words(found.opens_at, _here("2026-12-19 12:00"), "en") == "Saturday 2 January at 10:00"


@pytest.mark.parametrize(
    ("at", "utc"),
    [
        ("2026-10-23 18:00", "2026-10-26 08:00"),  # the clock goes back on Sunday: nine is eight o'clock UTC
        ("2027-03-26 18:00", "2027-03-30 07:00"),  # it goes forward; Monday is Easter
    ],
)
def test_nine_in_the_morning_stays_nine_in_the_morning_when_the_clock_changes(at: str, utc: str) -> None:
    assert availability(_loket(*OFFICE), _here(at)).opens_at == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_an_evening_may_run_past_midnight() -> None:
    late = _loket({"days": ["vr"], "opens": "20:00", "closes": "01:00"})

    assert availability(late, _here("2026-11-28 00:59")).open_now is True
    assert availability(late, _here("2026-11-28 01:00")).open_now is False


PERIODS = st.tuples(
    st.sets(st.sampled_from(("ma", "di", "wo", "do", "vr", "za", "zo")), min_size=1), st.times(), st.times()
)


@given(
    st.lists(PERIODS, min_size=1, max_size=3),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_just_before_it_opens_it_is_closed_and_at_that_moment_open(
    periods: list[tuple[set[str], time, time]], now: datetime
) -> None:
    hours = [{"days": sorted(days), "opens": opens, "closes": closes} for days, opens, closes in periods]
    loket = _loket(*hours)

    found = availability(loket, now)

    assert found.open_now is not None
    if found.opens_at is not None:
        assert found.opens_at > now
        assert availability(loket, found.opens_at).open_now is True
        assert availability(loket, found.opens_at - timedelta(microseconds=1)).open_now is False
    if found.closes_at is not None:
        assert found.closes_at > now
        assert isinstance(loket.hours[0], OpeningHours)


def test_a_lead_on_the_day_before_christmas_is_due_on_the_next_day_that_people_work() -> None:
    assert end_of_next_working_day(_here("2026-12-24 12:00")) == _here("2026-12-28 17:00")
    assert not is_working_day(_here("2026-12-25 12:00").date())
    assert holiday_name(_here("2026-12-24 12:00").date()) == ""


@pytest.mark.parametrize(
    ("at", "nl", "en"),
    [
        (datetime(2026, 11, 27, 10, 0, tzinfo=UTC), "Nu open, tot 12.30 uur.", "Open now, until 12:30."),
        (
            datetime(2026, 11, 27, 17, 0, tzinfo=UTC),
            "Nu gesloten. Maandag om 9.00 uur weer open.",
            "Closed now. Open again Monday at 9:00.",
        ),
        (
            datetime(2026, 11, 30, 20, 0, tzinfo=UTC),
            "Nu gesloten. Morgen om 9.00 uur weer open.",
            "Closed now. Open again tomorrow at 9:00.",
        ),
    ],
)
def test_whether_a_loket_is_open_is_said_in_a_sentence(at: datetime, nl: str, en: str) -> None:
    hours = (
        OpeningHours(days=("ma", "di", "vr"), opens=time(9), closes=time(12, 30)),
        OpeningHours(days=("ma", "di", "vr"), opens=time(13), closes=time(17)),
    )
    loket = Loket(id="l", title="Loket", summary="Een loket.", sources=("bron",), status="active", hours=hours)

    assert (openness_in_words(loket, at), openness_in_words(loket, at, "en")) == (nl, en)
    assert openness_in_words(loket.model_copy(update={"hours": ()}), at) == ""
    assert openness_in_words(loket.model_copy(update={"status": "ended"}), at) == ""


def test_a_holiday_is_named_when_it_keeps_a_loket_closed() -> None:
    hours = (OpeningHours(days=("vr", "ma"), opens=time(9), closes=time(17)),)
    loket = Loket(id="l", title="Loket", summary="Een loket.", sources=("bron",), status="active", hours=hours)

    said = openness_in_words(loket, datetime(2026, 12, 25, 10, 0, tzinfo=UTC))

    assert said.startswith("Nu gesloten (Eerste kerstdag).")
    assert said.endswith("Maandag om 9.00 uur weer open.")
