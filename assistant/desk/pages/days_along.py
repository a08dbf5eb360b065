"""Wishes for a day along: which wait for a school, and the page on which a school and a day are proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Moment, Shell, Tag, moment_of, paragraphs, shell
from assistant.leads.contact import clean_line
from assistant.leads.working_days import HERE, holiday_name
from assistant.meetings.day_along import WEEKDAYS, DayAlong, DayMove, DayState, Proposal, booking_of, may
from assistant.meetings.words import when
from knowledge.catalogue import Catalogue
from knowledge.place import Institution

FIELDS = ("school", "waar", "dag", "van", "tot", "opmerking")
STATES: Mapping[DayState, Tag] = {
    DayState.ASKED: Tag("waiting", "Zoekt een school"),
    DayState.REFUSED: Tag("late", "Dag paste niet"),
    DayState.PROPOSED: Tag("possible", "Voorstel gedaan"),
    DayState.CONFIRMED: Tag("fits", "Staat vast"),
    DayState.DONE: Tag("phase-working", "Geweest"),
    DayState.CANCELLED: Tag("does-not-fit", "Afgezegd"),
}
OPEN = (DayState.ASKED, DayState.REFUSED, DayState.PROPOSED, DayState.CONFIRMED)
_MAX_LINE, _MAX_REMARK = 200, 500
_FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class DayRow:
    """A wish in the list."""

    name: str
    address: str
    wish: str
    state: Tag
    day: str
    asked: Moment


@dataclass(frozen=True)
class DaysPage:
    """The wishes: those that wait for us first."""

    shell: Shell
    ours: tuple[DayRow, ...]
    theirs: tuple[DayRow, ...]


@dataclass(frozen=True)
class DayPage:
    """One wish with what can be done about it."""

    shell: Shell
    name: str
    dossier: str
    state: Tag
    facts: tuple[tuple[str, str], ...]
    wish: tuple[str, ...]
    answer: str
    form: str
    seen: int
    typed: Mapping[str, str]
    schools: tuple[str, ...]
    can_propose: bool
    is_again: bool
    """Whether a proposal was made before."""
    can_finish: bool
    can_call_off: bool
    has_email: bool
    done: str
    error: str


def days_page(adviser: SignedInAdviser, found: Sequence[DayAlong], now: datetime) -> DaysPage:
    """The list."""
    ours = (DayState.ASKED, DayState.REFUSED)
    return DaysPage(
        shell=shell("Meelopen", adviser),
        ours=tuple(_row(each, now) for each in found if each.state in ours),
        theirs=tuple(_row(each, now) for each in found if each.state not in ours),
    )


def day_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    day: DayAlong,
    schools: Sequence[str],
    *,
    typed: Mapping[str, str] | None = None,
    done: str = "",
    error: str = "",
) -> DayPage:
    """
    The page of one wish.

    :param schools: Those that told the loket that they need somebody; the boards of the catalogue come after them.
    """
    booking, proposal = booking_of(day), day.proposal
    boards = sorted(each.title for each in catalogue.all(Institution) if each.type == "schoolbestuur")
    pairs = (
        ("Soort school", wording.SECTORS.get(day.sector, day.sector)),
        ("Waar", day.area),
        ("Dagen", ", ".join(WEEKDAYS[each] for each in day.weekdays) or "maakt niet uit"),
        ("Voorstel", f"{proposal.school}, {when(booking.slot)}" if proposal and booking else ""),
        ("Adres", proposal.place if proposal else ""),
        ("Opmerking", proposal.remark if proposal else ""),
    )
    plain = dict.fromkeys(FIELDS, "") | {"van": "08:30", "tot": "15:00"}
    return DayPage(
        shell=shell(f"Meelopen: {day.name}", adviser),
        name=day.name,
        dossier=f"/desk/leads/{day.lead_id}",
        state=STATES[day.state],
        facts=tuple((term, words) for term, words in pairs if words),
        wish=paragraphs(day.wish),
        answer=day.answer,
        form=f"/desk/meelopen/{day.id}",
        seen=day.sequence,
        typed=plain | dict(typed or {}),
        schools=tuple(dict.fromkeys([*schools, *boards])),
        can_propose=may(day, DayMove.PROPOSE),
        is_again=proposal is not None,
        can_finish=may(day, DayMove.FINISH),
        can_call_off=may(day, DayMove.CALL_OFF),
        has_email=day.email is not None,
        done=done,
        error=error,
    )


def parse_proposal(given: Mapping[str, str], today: date) -> tuple[Proposal | None, str]:
    """
    A school and a day as they were filled in.

    :returns: The proposal, or None with what is wrong, in Dutch.
    """
    school, place, remark = (clean_line(given[name]) for name in ("school", "waar", "opmerking"))
    if not 1 <= len(school) <= _MAX_LINE or len(place) > _MAX_LINE or len(remark) > _MAX_REMARK:
        return None, f"Vul de school in, in hoogstens {_MAX_LINE} tekens."
    try:
        day = date.fromisoformat(given["dag"])
        begins, ends = time.fromisoformat(given["van"]), time.fromisoformat(given["tot"])
    except ValueError:
        return None, "Kijk de dag en de tijden na."
    if not today < day <= today + _FARTHEST:
        return None, "Kies een dag vanaf morgen, hoogstens een jaar vooruit."
    if name := holiday_name(day):
        return None, f"Dat is {name}. Kies een andere dag."
    if begins.tzinfo or ends.tzinfo or begins >= ends:
        return None, "Kies een begin dat voor het eind ligt."
    starts_at, ends_at = (datetime.combine(day, each, HERE).astimezone(UTC) for each in (begins, ends))
    return Proposal(school=school, place=place, remark=remark, starts_at=starts_at, ends_at=ends_at), ""


def _row(day: DayAlong, now: datetime) -> DayRow:
    booking = booking_of(day)
    days = ", ".join(WEEKDAYS[each] for each in day.weekdays)
    is_shown = booking is not None and day.state in (DayState.PROPOSED, DayState.CONFIRMED)
    return DayRow(
        name=day.name,
        address=f"/desk/meelopen/{day.id}",
        wish=" · ".join(filter(None, (wording.SECTORS.get(day.sector, day.sector), day.area, days))),
        state=STATES[day.state],
        day=f"{booking.slot.place}, {when(booking.slot)}" if booking and is_shown else "",
        asked=moment_of(day.created_at, now),
    )
