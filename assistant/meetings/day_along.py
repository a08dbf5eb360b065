"""A day along with a teacher (meelopen): what a visitor wishes, what the loket finds, and what becomes of it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Literal

from assistant.meetings.slot import Booking, How, Slot
from knowledge.place import Weekday
from knowledge.record import Frozen

WEEKDAYS: Mapping[Weekday, str] = {
    "ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag",
}  # fmt: skip


class DayState(StrEnum):
    """How a wish for a day along stands."""

    ASKED = "asked"
    PROPOSED = "proposed"
    """The loket found a school and a day; the visitor has to say whether it suits."""
    REFUSED = "refused"
    """It did not suit; the loket looks for another day."""
    CONFIRMED = "confirmed"
    DONE = "done"
    CANCELLED = "cancelled"


class DayMove(StrEnum):
    """What somebody does about it."""

    PROPOSE = "propose"
    ACCEPT = "accept"
    REFUSE = "refuse"
    FINISH = "finish"
    CALL_OFF = "call_off"


MOVES: Mapping[DayMove, tuple[frozenset[DayState], DayState]] = {
    DayMove.PROPOSE: (
        frozenset({DayState.ASKED, DayState.PROPOSED, DayState.REFUSED, DayState.CONFIRMED}),
        DayState.PROPOSED,
    ),
    DayMove.ACCEPT: (frozenset({DayState.PROPOSED}), DayState.CONFIRMED),
    DayMove.REFUSE: (frozenset({DayState.PROPOSED, DayState.CONFIRMED}), DayState.REFUSED),
    DayMove.FINISH: (frozenset({DayState.CONFIRMED}), DayState.DONE),
    DayMove.CALL_OFF: (
        frozenset({DayState.ASKED, DayState.PROPOSED, DayState.REFUSED, DayState.CONFIRMED}),
        DayState.CANCELLED,
    ),
}
"""Every move: from which states, and to which."""


class Proposal(Frozen):
    """A school and a day."""

    school: str
    place: str
    remark: str = ""
    starts_at: datetime
    ends_at: datetime


class DayAlong(Frozen):
    """A wish for a day along, of one lead."""

    id: str
    lead_id: str
    name: str
    email: str | None
    region: str
    loket_id: str
    loket_title: str
    sector: str
    area: str
    """Where, as the visitor wrote it or chose it."""
    weekdays: tuple[Weekday, ...]
    """Empty: any."""
    wish: str
    state: DayState
    proposal: Proposal | None = None
    answer: str = ""
    """Why a proposal did not suit, in the visitor's words."""
    sequence: int
    """How often it changed; a form carries the one that was seen."""
    created_at: datetime
    changed_at: datetime
    locale: Literal["nl", "en"] = "nl"
    """What the visitor reads."""


def may(day: DayAlong, move: DayMove) -> bool:
    """Whether that can be done about it now."""
    return day.state in MOVES[move][0]


def booking_of(day: DayAlong) -> Booking | None:
    """The day as a meeting, for calendars; None while there is none."""
    if day.proposal is None:
        return None
    proposal = day.proposal
    slot = Slot(
        id=day.id,
        region=day.region,
        loket_id=day.loket_id,
        loket_title=day.loket_title,
        topic=f"Meelopen bij {proposal.school}",
        how=How.PLACE,
        place=", ".join(filter(None, (proposal.school, proposal.place))),
        starts_at=proposal.starts_at,
        ends_at=proposal.ends_at,
        capacity=1,
        taken=1,
    )
    return Booking(
        id=day.id,
        slot=slot,
        lead_id=day.lead_id,
        name=day.name,
        email=day.email,
        phone=None,
        seat=1,
        sequence=day.sequence,
        created_at=day.created_at,
        changed_at=day.changed_at,
        locale=day.locale,
        cancelled_at=day.changed_at if day.state in (DayState.CANCELLED, DayState.REFUSED) else None,
    )
