"""Who has a place at a moment, and who waits for one: all queries about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from assistant.errors import LoketError, NotFound, Overtaken
from assistant.leads.contact import Contact
from assistant.meetings.slot import Booking, Slot
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conflict import inserted_unless_there
from assistant.storage.ids import is_id, new_id
from assistant.storage.meeting_tables import BookingRow, SlotRow, SlotSeatRow
from assistant.storage.slots import SlotStore, slot_of, taken_of_slot

_A_DAY = 5
"""Of one address: nobody can be flooded with mail about what others fill in, and nobody takes every moment."""
_REMINDED_BEFORE = timedelta(days=1)


class NoPlace(LoketError):
    """The moment is full, over, or off."""

    status_code = 409
    title = "No place left"
    visitor_message = "Dit moment is net bezet of voorbij. Kies een ander moment. Wat je invulde, staat er nog."

    def __init__(self, slot_id: str) -> None:
        super().__init__(f"slot {slot_id[:60]!r} has no place left")


class TooOften(LoketError):
    """One address was filled in too often today."""

    status_code = 429
    title = "Too many bookings for one address"
    visitor_message = (
        "Met dit adres of nummer is vandaag al vaak iets vastgelegd. Probeer het morgen, of bel het loket."
    )

    def __init__(self) -> None:
        super().__init__("too many bookings today for one address or number")


@dataclass(frozen=True)
class Agreed:
    """What somebody agreed to who is no lead."""

    version: str = ""
    text: str = ""


@dataclass(frozen=True)
class Made:
    """A booking, and whether it was made now or was there already."""

    booking: Booking
    is_new: bool


class BookingStore:
    """The bookings, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock
        self._slots = SlotStore(session, clock)

    def book(
        self, slot_id: str, who: Contact, lead_id: str | None = None, agreed: Agreed = Agreed(), locale: str = "nl"
    ) -> Made:
        """
        Take a place, or a place on the waiting list of a full event.

        The same person at the same moment twice is one booking.

        :raises NoPlace: If there is none (any more).
        :raises TooOften: If this address or number was filled in often today.
        :raises NotFound: If there is no such moment.
        """
        slot, now = self._slots.get(slot_id), self._clock()
        if not slot.is_open(now):
            raise NoPlace(slot_id)
        if self._recent(who, now) >= _A_DAY:
            raise TooOften
        booking_id = new_id()
        values = {
            "id": booking_id, "slot_id": slot_id, "lead_id": lead_id, "name": who.name, "email": who.email,
            "phone": who.phone, "consent_version": agreed.version, "consent_text": agreed.text,
            "wish": _wish(slot_id, who), "sequence": 0, "locale": locale, "created_at": now, "changed_at": now,
        }  # fmt: skip
        if inserted_unless_there(self._session, BookingRow, values, "wish", BookingRow.id) is None:
            [there] = self._of(BookingRow.wish == _wish(slot_id, who))
            return Made(there, is_new=False)
        if self._take(slot, booking_id) is None and not slot.is_event:
            raise NoPlace(slot_id)  # The transaction is taken back, with all that came before.
        return Made(self.get(booking_id), is_new=True)

    def get(self, booking_id: str) -> Booking:
        """
        The booking with that id.

        :raises NotFound: If there is none.
        """
        found = self._of(BookingRow.id == booking_id) if is_id(booking_id) else []
        if not found:
            raise NotFound("booking", booking_id)
        return found[0]

    def cancel(self, booking: Booking) -> list[Booking]:
        """
        Give a place back.

        :returns: Who moved up from the waiting list.
        :raises Overtaken: If it was cancelled already.
        """
        now = self._clock()
        given_back = (
            update(BookingRow)
            .where(BookingRow.id == booking.id, BookingRow.cancelled_at.is_(None))
            .values(cancelled_at=now, changed_at=now, wish=None, sequence=BookingRow.sequence + 1)
        )
        if _count(self._session, given_back) != 1:
            raise Overtaken("booking", booking.id)
        self._session.execute(delete(SlotSeatRow).where(SlotSeatRow.booking_id == booking.id))
        return self.move_up(booking.slot.id)

    def forget(self, booking_id: str) -> None:
        """Erase whose it was; that it was cancelled stays, for the link in their mail."""
        nobody = {"name": "", "email": None, "phone": None}
        self._session.execute(update(BookingRow).where(BookingRow.id == booking_id).values(nobody))

    def move(self, booking: Booking, slot_id: str) -> Booking:
        """
        Another moment of the same loket, if it has a place; the old one is only given back then.

        :raises NoPlace: If there is none (any more).
        :raises Overtaken: If the booking was cancelled or moved by now.
        """
        slot, now = self._slots.get(slot_id), self._clock()
        if not slot.is_open(now) or slot.loket_id != booking.slot.loket_id or slot.is_event:
            raise NoPlace(slot_id)
        moved = (
            update(BookingRow)
            .where(
                BookingRow.id == booking.id, BookingRow.slot_id == booking.slot.id, BookingRow.cancelled_at.is_(None)
            )
            .values(slot_id=slot_id, changed_at=now, reminded_at=None, sequence=BookingRow.sequence + 1, wish=None)
        )
        if _count(self._session, moved) != 1:
            raise Overtaken("booking", booking.id)
        self._session.execute(delete(SlotSeatRow).where(SlotSeatRow.booking_id == booking.id))
        if self._take(slot, booking.id) is None:
            raise NoPlace(slot_id)
        return self.get(booking.id)

    def cancel_slot(self, slot_id: str) -> list[Booking]:
        """
        A moment is off, for everybody.

        :returns: Who had a place or waited, as it was; they have to be told. Empty if it was off already.
        """
        if not self._slots.cancel(slot_id):
            return []
        now = self._clock()
        told = self.of_slot(slot_id)
        off = (BookingRow.slot_id == slot_id, BookingRow.cancelled_at.is_(None))
        self._session.execute(
            update(BookingRow)
            .where(*off)
            .values(cancelled_at=now, changed_at=now, wish=None, sequence=BookingRow.sequence + 1)
        )
        self._session.execute(delete(SlotSeatRow).where(SlotSeatRow.slot_id == slot_id))
        ids = {each.id for each in told}
        return [each for each in self._of(BookingRow.slot_id == slot_id) if each.id in ids]

    def move_up(self, slot_id: str) -> list[Booking]:
        """Give free places of an event to who waits longest. Returns who got one; they have to be told."""
        slot = self._slots.get(slot_id)
        if not slot.is_event or slot.cancelled_at is not None or slot.starts_at <= self._clock():
            return []
        up = []
        for booking in [each for each in self.of_slot(slot_id) if each.seat is None][: slot.free]:
            if self._take(slot, booking.id) is None:
                break
            changed = update(BookingRow).where(BookingRow.id == booking.id)
            self._session.execute(changed.values(changed_at=self._clock(), sequence=BookingRow.sequence + 1))
            up.append(self.get(booking.id))
        return up

    def full_events(self) -> list[str]:
        """Events to come on which somebody waits."""
        waiting = (
            select(BookingRow.slot_id)
            .join(SlotRow, SlotRow.id == BookingRow.slot_id)
            .where(
                SlotRow.event_id.is_not(None),
                SlotRow.cancelled_at.is_(None),
                SlotRow.starts_at > self._clock(),
                BookingRow.cancelled_at.is_(None),
                ~select(SlotSeatRow.booking_id).where(SlotSeatRow.booking_id == BookingRow.id).exists(),
            )
        )
        return list(self._session.scalars(waiting.distinct()))

    def of_slot(self, slot_id: str) -> list[Booking]:
        """Who comes and who waits, in the order they asked; without who cancelled."""
        return self._of(BookingRow.slot_id == slot_id, BookingRow.cancelled_at.is_(None))

    def of_slots(self, slot_ids: Sequence[str]) -> list[Booking]:
        """The same of several moments."""
        return self._of(BookingRow.slot_id.in_(slot_ids), BookingRow.cancelled_at.is_(None))

    def of_lead(self, lead_id: str) -> list[Booking]:
        """Every appointment of a lead, cancelled ones too."""
        return self._of(BookingRow.lead_id == lead_id)

    def take_due(self) -> list[Booking]:
        """
        Whose meeting begins within a day, and who was not reminded yet; nobody else gets them. Who booked or moved it
        within that day needs no reminder.
        """
        now = self._clock()
        due = self._of(
            BookingRow.cancelled_at.is_(None),
            BookingRow.reminded_at.is_(None),
            SlotRow.cancelled_at.is_(None),
            SlotRow.starts_at > now,
            SlotRow.starts_at <= now + _REMINDED_BEFORE,
            SlotSeatRow.number.is_not(None),
        )
        taken = []
        for booking in due:
            once = update(BookingRow).where(BookingRow.id == booking.id, BookingRow.reminded_at.is_(None))
            if _count(self._session, once.values(reminded_at=now)) == 1:
                taken.append(booking)
        return [each for each in taken if each.changed_at <= each.slot.starts_at - _REMINDED_BEFORE]

    def erase_over(self, before: datetime) -> int:
        """Erase who came to an event that ended before a moment, and moments of which nobody is known any more."""
        over = select(SlotRow.id).where(SlotRow.ends_at < before)
        erased = _count(
            self._session, delete(BookingRow).where(BookingRow.lead_id.is_(None), BookingRow.slot_id.in_(over))
        )
        left = select(BookingRow.id).where(BookingRow.slot_id == SlotRow.id).exists()
        self._session.execute(delete(SlotRow).where(SlotRow.ends_at < before, ~left))
        return erased

    def _take(self, slot: Slot, booking_id: str) -> int | None:
        """A free place; of two who want the last one at the same moment, one gets it."""
        taken = set(self._session.scalars(select(SlotSeatRow.number).where(SlotSeatRow.slot_id == slot.id)))
        insert_ = postgresql_insert if self._session.get_bind().dialect.name == "postgresql" else sqlite_insert
        for number in range(1, slot.capacity + 1):
            if number in taken:
                continue
            row = insert_(SlotSeatRow).values(slot_id=slot.id, number=number, booking_id=booking_id)
            unless_there = row.on_conflict_do_nothing(index_elements=["slot_id", "number"])
            if self._session.scalar(unless_there.returning(SlotSeatRow.number)) is not None:
                return number
        return None

    def _recent(self, who: Contact, now: datetime) -> int:
        same = [
            *([func.lower(BookingRow.email) == who.email.lower()] if who.email else []),
            *([BookingRow.phone == who.phone] if who.phone else []),
        ]
        wanted = select(func.count()).select_from(BookingRow)
        return self._session.scalar(wanted.where(or_(*same), BookingRow.created_at > now - timedelta(days=1))) or 0

    def _of(self, *conditions: ColumnElement[bool]) -> list[Booking]:
        rows = self._session.execute(_found(*conditions))
        return [_booking(row, slot_of(slot, taken), seat) for row, slot, taken, seat in rows]


def _found(*conditions: ColumnElement[bool]) -> Any:
    return (
        select(BookingRow, SlotRow, taken_of_slot(), SlotSeatRow.number)
        .join(SlotRow, SlotRow.id == BookingRow.slot_id)
        .outerjoin(SlotSeatRow, SlotSeatRow.booking_id == BookingRow.id)
        .where(*conditions)
        .order_by(BookingRow.created_at, BookingRow.id)
    )


def _booking(row: BookingRow, slot: Slot, seat: int | None) -> Booking:
    return Booking(
        id=row.id,
        slot=slot,
        lead_id=row.lead_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        seat=seat,
        sequence=row.sequence,
        created_at=row.created_at,
        changed_at=row.changed_at,
        cancelled_at=row.cancelled_at,
        locale="en" if row.locale == "en" else "nl",
    )


def _wish(slot_id: str, who: Contact) -> str:
    return sha256("|".join((slot_id, who.email or "", who.phone or "")).lower().encode()).hexdigest()


def _count(session: Session, statement: Any) -> int:
    return cast(CursorResult[Any], session.execute(statement)).rowcount
