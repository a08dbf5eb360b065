"""The rows of leads: who wants to talk, what they agreed to, what was noted, and the mail about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.base_table import Base, Words


class LeadRow(Base):
    """A lead, whole: it does not need its conversation."""

    __tablename__ = "lead"
    __table_args__ = (
        Index("ix_lead_region_created_at", "region", "created_at"),
        Index("ix_lead_region_loket_id", "region", "loket_id"),
        Index("ix_lead_phase_contacted_at", "phase", "contacted_at", "region"),
        Index("ix_lead_email_lower", text("lower(email)")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id", ondelete="SET NULL"), index=True)
    wish: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Fingerprint of what was asked, while asking the same again counts as the same lead; then null."""
    loket_id: Mapped[str] = mapped_column(String(80))
    loket_title: Mapped[str] = mapped_column(Words)
    region: Mapped[str] = mapped_column(String(80))
    sectors: Mapped[str] = mapped_column(String(40))
    """With a space before and after each, so that one can be searched: ` po vo `."""
    reason: Mapped[str] = mapped_column(Words)
    name: Mapped[str] = mapped_column(Words)
    email: Mapped[str | None] = mapped_column(Words, index=True)
    phone: Mapped[str | None] = mapped_column(String(32), index=True)
    preferred_contact: Mapped[str] = mapped_column(String(16))
    message: Mapped[str] = mapped_column(Words)
    consent_version: Mapped[str] = mapped_column(String(120))
    consent_text: Mapped[str] = mapped_column(Words)
    consent_given_at: Mapped[datetime]
    share_transcript: Mapped[bool]
    facts: Mapped[list[Any]]
    verdicts: Mapped[list[Any]]
    transcript: Mapped[list[Any]]
    receipt: Mapped[str | None] = mapped_column(String(16))
    phase: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime]
    contacted_at: Mapped[datetime | None]
    warmth: Mapped[str] = mapped_column(String(12))
    left_because: Mapped[str | None] = mapped_column(String(24))
    claimed_by: Mapped[str | None] = mapped_column(String(36), index=True)
    """An account; it may be gone, the name stays."""
    claimed_name: Mapped[str] = mapped_column(Words)
    claimed_at: Mapped[datetime | None]
    best_route: Mapped[str] = mapped_column(String(80))
    municipality: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(100), default="")
    """The site that the visitor came from."""
    campaign: Mapped[str] = mapped_column(String(40), default="")
    contact_minutes: Mapped[int | None]
    """Until the first contact, in time that the loket was open."""
    merged_into: Mapped[str | None] = mapped_column(String(36), index=True)
    """A lead of the same person, from which this one is read."""


class LeadConsentRow(Base):
    """One purpose that a lead agreed to or not; the text and its version stand with the lead."""

    __tablename__ = "lead_consent"

    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16), primary_key=True)
    given: Mapped[bool]
    withdrawn_at: Mapped[datetime | None]


class WithdrawalRow(Base):
    """What opens the page on which a visitor withdraws. Only the hash of its code is kept."""

    __tablename__ = "withdrawal"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]


class LeadEarlierRow(Base):
    """Whether earlier leads of the same address may be read with this one. Only the hash of its code is kept."""

    __tablename__ = "lead_earlier"

    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    consent_version: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    agreed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    joined: Mapped[list[Any]]
    """Ids of the leads that the visitor had put with this one."""


class LeadNoteRow(Base):
    """A note of an adviser; the author's name stays when the account goes."""

    __tablename__ = "lead_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    author: Mapped[str] = mapped_column(Words)
    text: Mapped[str] = mapped_column(Words)
    written_at: Mapped[datetime]


class LeadEventRow(Base):
    """A change of phase."""

    __tablename__ = "lead_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    author: Mapped[str] = mapped_column(Words)
    before: Mapped[str] = mapped_column(String(16))
    after: Mapped[str] = mapped_column(String(16))
    because: Mapped[str | None] = mapped_column(String(24))
    undoes: Mapped[int | None] = mapped_column(ForeignKey("lead_event.id", ondelete="CASCADE"))
    changed_at: Mapped[datetime]


class OutboxRow(Base):
    """A mail to send. It is written in the transaction of its lead, and goes when the lead goes."""

    __tablename__ = "outbox"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    lead_id: Mapped[str | None] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    """Null: mail to a colleague about their account."""
    to: Mapped[str] = mapped_column(Words)
    subject: Mapped[str] = mapped_column(Words)
    body: Mapped[str] = mapped_column(Words)
    reply_to: Mapped[str] = mapped_column(Words, default="")
    answers: Mapped[str | None] = mapped_column(String(36))
    """The mail before it in a thread."""
    calendar: Mapped[str] = mapped_column(Words, default="")
    """A file for a calendar that goes along; empty: none."""
    region: Mapped[str] = mapped_column(String(80), default="")
    """In whose look it is sent; empty: in that of the product."""
    locale: Mapped[str] = mapped_column(String(2), default="nl")
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(index=True)
    """Null once it is sent, or stuck: then nobody tries any more."""
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Words, default="")
