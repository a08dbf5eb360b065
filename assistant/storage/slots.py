"""Moments with places: all queries about them. Who has a place is in `bookings.py`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, ScalarSelect, Update, func, select, update
from sqlalchemy.orm import Session

from assistant.errors import NotFound
from assistant.meetings.slot import BOOKED_AHEAD, How, Slot
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conflict import inserted_unless_there
from assistant.storage.ids import is_id
from assistant.storage.meeting_tables import SlotRow, SlotSeatRow

_MOST = 1000


class SlotStore:
    """The moments, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def add(self, slots: Iterable[Slot], author: str) -> int:
        """
        Keep these; what is there already (the same loket, moment and topic; the same event) stays as it is. An event that
        was cancelled is opened anew.

        :returns: How many are new.
        """
        now = self._clock()
        return sum(self._add(slot, author, now) for slot in slots)

    def _add(self, slot: Slot, author: str, now: datetime) -> bool:
        values = slot.model_dump(exclude={"taken"}) | {"how": slot.how.value, "author": author, "created_at": now}
        if slot.is_event:
            again = update(SlotRow).where(SlotRow.event_id == slot.event_id, SlotRow.cancelled_at.is_not(None))
            if _changed(self._session, again.values({**values, "id": SlotRow.id, "cancelled_at": None})):
                return True
        unique = "event_id" if slot.is_event else "same"
        values["same"] = None if slot.is_event else _same(slot)
        return inserted_unless_there(self._session, SlotRow, values, unique, SlotRow.id) is not None

    def get(self, slot_id: str, regions: Sequence[str] | None = None) -> Slot:
        """
        The moment with that id.

        :param regions: Those the adviser may see; None: all, for a visitor.
        :raises NotFound: If there is none, or it belongs to another region.
        """
        found = self._of(SlotRow.id == slot_id) if is_id(slot_id) else []
        if not found or (regions is not None and found[0].region not in regions):
            raise NotFound("slot", slot_id)
        return found[0]

    def of_event(self, event_id: str) -> Slot | None:
        """The places of a published event; None if nobody opened it for registration."""
        return next(iter(self._of(SlotRow.event_id == event_id)), None)

    def of_events(self, regions: Sequence[str] | None = None) -> dict[str, Slot]:
        """By the id of the event, every one of these regions that was opened; None: of all."""
        conditions = [SlotRow.event_id.is_not(None)]
        if regions is not None:
            conditions.append(SlotRow.region.in_(regions))
        return {slot.event_id: slot for slot in self._of(*conditions) if slot.event_id}

    def open(self, until: datetime, *, regions: Sequence[str] = (), loket_id: str = "") -> list[Slot]:
        """The appointments that can be made now, before `until`, of these regions or of one loket; in order of time."""
        now = self._clock()
        whose = SlotRow.loket_id == loket_id if loket_id else SlotRow.region.in_(regions)
        found = self._of(
            whose,
            SlotRow.event_id.is_(None),
            SlotRow.cancelled_at.is_(None),
            SlotRow.starts_at >= now + BOOKED_AHEAD,
            SlotRow.starts_at < until,
        )
        return [slot for slot in found if slot.is_open(now)]

    def between(self, regions: Sequence[str], start: datetime, end: datetime) -> list[Slot]:
        """Everything of these regions that begins between two moments, in order; without what was cancelled."""
        return self._of(
            SlotRow.region.in_(regions),
            SlotRow.cancelled_at.is_(None),
            SlotRow.starts_at >= start,
            SlotRow.starts_at < end,
        )

    def change_capacity(self, slot_id: str, capacity: int) -> None:
        """Another number of places. Who has one keeps it."""
        self._session.execute(update(SlotRow).where(SlotRow.id == slot_id).values(capacity=capacity))

    def cancel(self, slot_id: str) -> bool:
        """The moment is off. Returns False if it was already: of two advisers one tells everybody."""
        there = update(SlotRow).where(SlotRow.id == slot_id, SlotRow.cancelled_at.is_(None))
        return _changed(self._session, there.values(cancelled_at=self._clock(), same=None))

    def _of(self, *conditions: ColumnElement[bool]) -> list[Slot]:
        wanted = select(SlotRow, taken_of_slot()).where(*conditions)
        rows = self._session.execute(wanted.order_by(SlotRow.starts_at, SlotRow.id).limit(_MOST))
        return [slot_of(row, taken) for row, taken in rows]


def taken_of_slot() -> ScalarSelect[int]:
    """How many places of the moment of the same row are taken."""
    return select(func.count()).where(SlotSeatRow.slot_id == SlotRow.id).correlate(SlotRow).scalar_subquery()


def slot_of(row: SlotRow, taken: int) -> Slot:
    """The record of a row."""
    return Slot(
        id=row.id,
        region=row.region,
        loket_id=row.loket_id,
        loket_title=row.loket_title,
        event_id=row.event_id,
        topic=row.topic,
        how=How(row.how),
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        capacity=row.capacity,
        taken=taken,
        cancelled_at=row.cancelled_at,
    )


def _changed(session: Session, change: Update) -> bool:
    return cast(CursorResult[Any], session.execute(change)).rowcount == 1


def _same(slot: Slot) -> str:
    return sha256("|".join((slot.loket_id, slot.starts_at.isoformat(), slot.topic)).encode()).hexdigest()
