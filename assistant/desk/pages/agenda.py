"""The week of a loket: moments with who comes, and the form for more of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, choices, shell
from assistant.leads.contact import clean_line, phone_as_read
from assistant.leads.working_days import HERE, holiday_name
from assistant.meetings.series import LONGEST, MOST_AT_ONCE, Series
from assistant.meetings.slot import Booking, BookingState, How, Slot
from assistant.meetings.words import DAYS, HOWS, hours_of
from knowledge.catalogue import Catalogue
from knowledge.place import Loket
from knowledge.programme import MONTHS

FIELDS = ("loket", "onderwerp", "hoe", "waar", "eerste", "laatste", "van", "tot", "lengte", "plekken")
_MAX_LINE = 200
_MAX_CAPACITY = 50
_LENGTHS = {15: "15 minuten", 20: "20 minuten", 30: "30 minuten", 45: "45 minuten", 60: "1 uur", 90: "anderhalf uur"}


@dataclass(frozen=True)
class BookedRow:
    """Somebody who comes."""

    name: str
    address: str
    """The dossier; empty for who comes to an event."""
    reach: str
    is_waiting: bool


@dataclass(frozen=True)
class SlotRow:
    """A moment in the week."""

    id: str
    hours: str
    topic: str
    how: str
    place: str
    loket: str
    taken: str
    state: str
    """`free`, `some` or `full`, which colours it."""
    booked: tuple[BookedRow, ...]
    event_address: str
    is_over: bool


@dataclass(frozen=True)
class DayColumn:
    """A day of the week."""

    title: str
    iso: str
    note: str
    """The name of a public holiday."""
    is_today: bool
    slots: tuple[SlotRow, ...]


@dataclass(frozen=True)
class AgendaPage:
    """The week and the form."""

    shell: Shell
    title: str
    week: str
    days: tuple[DayColumn, ...]
    earlier: str
    later: str
    this_week: str
    typed: Mapping[str, str]
    lokets: tuple[Choice, ...]
    hows: tuple[Choice, ...]
    lengths: tuple[Choice, ...]
    weekdays: tuple[Choice, ...]
    error: str
    done: str
    skipped: tuple[str, ...]
    public_address: str


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def agenda_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    monday: date,
    found: Sequence[Slot],
    booked: Sequence[Booking],
    now: datetime,
    *,
    typed: Mapping[str, str] | None = None,
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4}),
    error: str = "",
    done: str = "",
    skipped: Sequence[tuple[date, str]] = (),
) -> AgendaPage:
    """The page of one week."""
    today = now.astimezone(HERE).date()
    plain = {
        "eerste": today.isoformat(), "laatste": (today + timedelta(days=28)).isoformat(), "van": "09:00", "tot": "12:00",
        "lengte": "30", "plekken": "1", "onderwerp": "Kennismaken en oriënteren", "hoe": How.PHONE.value,
    }  # fmt: skip
    filled = dict.fromkeys(FIELDS, "") | plain | dict(typed or {})
    days = [monday + timedelta(days=number) for number in range(7)]
    last = days[-1]
    return AgendaPage(
        shell=shell("Agenda", adviser),
        title=f"Week van {wording.day_in_words(monday)}",
        week=monday.isoformat(),
        days=tuple(
            _day(day, found, booked, today, now)
            for day in days
            if day.weekday() < 5 or any(_day_of(slot) == day for slot in found)
        ),
        earlier=(monday - timedelta(days=7)).isoformat(),
        later=(last + timedelta(days=1)).isoformat(),
        this_week="" if monday <= today <= last else monday_of(today).isoformat(),
        typed=filled,
        lokets=choices({each.id: each.title for each in lokets_of(adviser, catalogue)}, filled["loket"]),
        hows=choices({how.value: words for how, words in HOWS.items()}, filled["hoe"]),
        lengths=choices({str(minutes): words for minutes, words in _LENGTHS.items()}, filled["lengte"]),
        weekdays=tuple(Choice(str(number), DAYS[number], number in weekdays) for number in range(6)),
        error=error,
        done=done,
        skipped=tuple(f"{wording.day_in_words(day)}: {why}" for day, why in skipped),
        public_address=f"/afspraak?regio={adviser.account.regions[0]}" if adviser.account.regions else "/afspraak",
    )


def lokets_of(adviser: SignedInAdviser, catalogue: Catalogue) -> list[Loket]:
    """The lokets of this adviser's regions that take people."""
    regions = set(adviser.account.regions)
    return [
        each
        for each in catalogue.all(Loket)
        if each.status == "active" and each.takes_leads and regions & set(each.regions)
    ]


def parse_series(
    given: Mapping[str, str], weekdays: frozenset[int], lokets: Sequence[Loket], today: date
) -> tuple[tuple[Series, Loket, How, int] | None, str]:
    """
    The moments as they were filled in.

    :returns: The series, its loket, how people meet and the places of each; or None with what is wrong, in Dutch.
    """
    loket = next((each for each in lokets if each.id == given["loket"]), None)
    if loket is None:
        return None, "Kies een loket van jouw regio."
    if given["hoe"] not in set(How):
        return None, "Kies hoe je elkaar spreekt."
    if not 1 <= len(clean_line(given["onderwerp"])) <= _MAX_LINE or len(clean_line(given["waar"])) > _MAX_LINE:
        return None, f"Schrijf op waar het over gaat, in hoogstens {_MAX_LINE} tekens."
    if given["hoe"] == How.PLACE and not clean_line(given["waar"]):
        return None, "Vul het adres in waar je elkaar ziet."
    try:
        first, last = date.fromisoformat(given["eerste"]), date.fromisoformat(given["laatste"])
        begins, ends = time.fromisoformat(given["van"]), time.fromisoformat(given["tot"])
        length, capacity = timedelta(minutes=int(given["lengte"])), int(given["plekken"])
    except ValueError:
        return None, "Kijk de dagen, de tijden en het aantal plekken na."
    if begins.tzinfo or ends.tzinfo or int(given["lengte"]) not in _LENGTHS or not 1 <= capacity <= _MAX_CAPACITY:
        return None, f"Kies een lengte uit de lijst, en 1 tot en met {_MAX_CAPACITY} plekken."
    if not today <= first <= last <= today + LONGEST:
        return None, "Kies een eerste en een laatste dag, van vandaag tot hoogstens een half jaar vooruit."
    if not weekdays:
        return None, "Kies minstens één dag van de week."
    if not time(7) <= begins < ends <= time(22):
        return None, "Kies tijden tussen 7.00 en 22.00 uur, met het begin voor het eind."
    return (Series(first, last, weekdays, begins, ends, length), loket, How(given["hoe"]), capacity), ""


def too_many() -> str:
    """What is said of a series that is too long."""
    return f"Dit zijn meer dan {MOST_AT_ONCE} momenten. Kies minder dagen of langere gesprekken."


def _day(day: date, found: Sequence[Slot], booked: Sequence[Booking], today: date, now: datetime) -> DayColumn:
    return DayColumn(
        title=f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}",
        iso=day.isoformat(),
        note=holiday_name(day),
        is_today=day == today,
        slots=tuple(
            _slot(slot, [each for each in booked if each.slot.id == slot.id], now)
            for slot in found
            if _day_of(slot) == day
        ),
    )


def _slot(slot: Slot, booked: Sequence[Booking], now: datetime) -> SlotRow:
    state = "full" if slot.free == 0 else "some" if slot.taken else "free"
    return SlotRow(
        id=slot.id,
        hours=hours_of(slot) or "de hele dag",
        topic=slot.topic,
        how="Bijeenkomst" if slot.is_event else HOWS[slot.how],
        place=slot.place,
        loket=slot.loket_title,
        taken=f"{slot.taken} van {slot.capacity} bezet",
        state=state,
        booked=() if slot.is_event else tuple(booked_row(each) for each in booked),
        event_address=f"/desk/bijeenkomsten/{slot.event_id}" if slot.is_event else "",
        is_over=slot.starts_at <= now,
    )


def booked_row(booking: Booking) -> BookedRow:
    """Somebody who comes, and how to reach them."""
    phone = phone_as_read(booking.phone) if booking.phone else ""
    return BookedRow(
        name=booking.name,
        address=f"/desk/leads/{booking.lead_id}" if booking.lead_id else "",
        reach=" · ".join(filter(None, (phone, booking.email))),
        is_waiting=booking.state is BookingState.WAITING,
    )


def _day_of(slot: Slot) -> date:
    return slot.starts_at.astimezone(HERE).date()
