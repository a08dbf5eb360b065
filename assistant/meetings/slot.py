"""A moment with places, and who has one of them."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from assistant.leads.working_days import HERE
from knowledge.record import Frozen

BOOKED_AHEAD = timedelta(hours=2)
"""An appointment is made at least so long before it begins, so that the adviser sees it coming."""
MOST_PLACES = 500
SHOWN_AHEAD = timedelta(days=62)
"""How far ahead moments are offered."""


class How(StrEnum):
    """How people meet."""

    PHONE = "phone"
    VIDEO = "video"
    PLACE = "place"


class Slot(Frozen):
    """A moment at which people of a loket are there: for a talk, or at a published event."""

    id: str
    region: str
    loket_id: str
    loket_title: str
    event_id: str | None = None
    """The published event that it has the places of; None: an appointment."""
    topic: str
    how: How
    place: str = ""
    """The address, or what to know about the video call."""
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int = 0
    cancelled_at: datetime | None = None

    @property
    def free(self) -> int:
        """How many places are left."""
        return max(self.capacity - self.taken, 0)

    @property
    def is_event(self) -> bool:
        """Whether it is a published event, which has a waiting list."""
        return self.event_id is not None

    @property
    def is_whole_day(self) -> bool:
        """Whether the day is known and the hour is not: an event that begins at midnight, as the records write it."""
        return self.is_event and self.starts_at.astimezone(HERE).time() == time()

    def is_open(self, now: datetime) -> bool:
        """Whether a place can still be asked for; an event may be full, and then has a waiting list."""
        ahead = timedelta() if self.is_event else BOOKED_AHEAD
        return self.cancelled_at is None and now + ahead <= self.starts_at and (self.is_event or self.free > 0)


class BookingState(StrEnum):
    """How a booking stands."""

    BOOKED = "booked"
    WAITING = "waiting"
    """On the waiting list."""
    CANCELLED = "cancelled"


class Booking(Frozen):
    """Somebody's place, or their wish for one."""

    id: str
    slot: Slot
    lead_id: str | None
    """Of an appointment; who comes to an event is no lead."""
    name: str
    email: str | None
    phone: str | None
    seat: int | None
    sequence: int
    """How often it was changed, as calendars want to know."""
    created_at: datetime
    changed_at: datetime
    """When it was made or moved."""
    cancelled_at: datetime | None = None
    locale: Literal["nl", "en"] = "nl"
    """What the visitor reads."""

    @property
    def state(self) -> BookingState:
        """Cancelled, with a place, or waiting for one."""
        if self.cancelled_at is not None or self.slot.cancelled_at is not None:
            return BookingState.CANCELLED
        return BookingState.WAITING if self.seat is None else BookingState.BOOKED

    def can_change(self, now: datetime) -> bool:
        """Whether the visitor may still cancel or move it."""
        return self.state is not BookingState.CANCELLED and now < self.slot.starts_at
