"""The rows of the people store about meetings: moments with places, who has one, and days along at schools."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.tables import Base, Words


class SlotRow(Base):
    """A moment with places. It is of nobody; who comes is in `booking`."""

    __tablename__ = "slot"
    __table_args__ = (
        Index("ix_slot_region_starts_at", "region", "starts_at"),
        Index("ix_slot_loket_id_starts_at", "loket_id", "starts_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    region: Mapped[str] = mapped_column(String(80))
    loket_id: Mapped[str] = mapped_column(String(80))
    loket_title: Mapped[str] = mapped_column(Words)
    event_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    topic: Mapped[str] = mapped_column(Words)
    how: Mapped[str] = mapped_column(String(8))
    place: Mapped[str] = mapped_column(Words)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int]
    same: Mapped[str | None] = mapped_column(String(64), unique=True)
    """A fingerprint of loket, moment and topic: entered twice it is there once. Null once it is cancelled."""
    author: Mapped[str] = mapped_column(Words)
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class BookingRow(Base):
    """Somebody's wish for a place. It has one if a row of `slot_seat` says so; if not, it waits."""

    __tablename__ = "booking"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    slot_id: Mapped[str] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"), index=True)
    lead_id: Mapped[str | None] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    """Null: somebody who comes to an event, and is no lead."""
    name: Mapped[str] = mapped_column(Words)
    email: Mapped[str | None] = mapped_column(Words, index=True)
    phone: Mapped[str | None] = mapped_column(String(20))
    consent_version: Mapped[str] = mapped_column(String(120))
    consent_text: Mapped[str] = mapped_column(Words)
    """What was agreed to, word for word; empty for an appointment, whose lead has it."""
    wish: Mapped[str | None] = mapped_column(String(64), unique=True)
    """A fingerprint of moment and person: sent twice it is there once. Null once it is cancelled."""
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(String(2), server_default="nl")
    """What the visitor reads."""


class SlotSeatRow(Base):
    """One place of a moment, taken. That it can be there once is what keeps two people out of one place."""

    __tablename__ = "slot_seat"

    slot_id: Mapped[str] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), unique=True)


class DayAlongRow(Base):
    """A lead's wish to go along with a teacher for a day, and what the desk found."""

    __tablename__ = "day_along"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), unique=True)
    sector: Mapped[str] = mapped_column(String(8))
    area: Mapped[str] = mapped_column(Words)
    weekdays: Mapped[str] = mapped_column(String(20))
    """`ma di vr`."""
    state: Mapped[str] = mapped_column(String(16))
    school: Mapped[str] = mapped_column(Words)
    place: Mapped[str] = mapped_column(Words)
    remark: Mapped[str] = mapped_column(Words)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Words)
    """What the visitor said to a proposal that did not suit."""
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(String(2), server_default="nl")
    """What the visitor reads."""
