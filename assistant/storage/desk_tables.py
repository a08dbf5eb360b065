"""The rows of the people store that the desk works with."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.tables import Base, Words


class LeadSearchRow(Base):
    """
    The words by which a lead is found, folded. An index over `text` is kept by the database itself: FTS5 in SQLite
    (`lead_search_index`, by triggers), GIN in PostgreSQL.
    """

    __tablename__ = "lead_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), unique=True)
    text: Mapped[str] = mapped_column(Words)


class LeadSeenRow(Base):
    """When an adviser last looked at a lead."""

    __tablename__ = "lead_seen"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), primary_key=True, index=True)
    seen_at: Mapped[datetime]


class SavedViewRow(Base):
    """A choice of filters that an adviser gave a name."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Words)
    query: Mapped[str] = mapped_column(Words)
    created_at: Mapped[datetime]


class LeadInteractionRow(Base):
    """A contact with a visitor, or a try."""

    __tablename__ = "lead_interaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(Words)
    text: Mapped[str] = mapped_column(Words)
    happened_at: Mapped[datetime]


class LeadTaskRow(Base):
    """Something to do for a lead."""

    __tablename__ = "lead_task"
    __table_args__ = (Index("ix_lead_task_done_at_due_on", "done_at", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(Words)
    due_on: Mapped[date]
    author: Mapped[str] = mapped_column(Words)
    months: Mapped[int | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(Words)
    outcome: Mapped[str | None] = mapped_column(String(24))
    reminded_at: Mapped[datetime | None]
    """When its adviser got mail about it; once is enough."""


class LeadLetterRow(Base):
    """A mail that an adviser wrote; its sending is a row of the outbox with the same id."""

    __tablename__ = "lead_letter"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(Words)
    receiver: Mapped[str] = mapped_column(Words)
    to: Mapped[str] = mapped_column(Words)
    subject: Mapped[str] = mapped_column(Words)
    body: Mapped[str] = mapped_column(Words)
    consent: Mapped[str] = mapped_column(Words)
    answers: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]
    reply_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the code in the address that answers go to; null: they go to the mailbox of the loket."""
    mailbox: Mapped[str] = mapped_column(Words, default="")
    """Where people of the loket read, who are told of an answer."""
    bounced_at: Mapped[datetime | None]
    """When a mail server told that it could not be delivered."""


class LeadAnswerRow(Base):
    """A mail that came in on a letter."""

    __tablename__ = "lead_answer"
    __table_args__ = (UniqueConstraint("lead_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"), index=True)
    letter_id: Mapped[str] = mapped_column(ForeignKey("lead_letter.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    """Of the mail itself: brought twice, it is kept once."""
    kind: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(Words)
    subject: Mapped[str] = mapped_column(Words)
    text: Mapped[str] = mapped_column(Words)
    is_shortened: Mapped[bool]
    attachments: Mapped[list[Any]]
    """Names of files, which are not kept."""
    received_at: Mapped[datetime] = mapped_column(index=True)


class CannedTextRow(Base):
    """A text that the advisers of a region use often."""

    __tablename__ = "canned_text"
    __table_args__ = (UniqueConstraint("region", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(Words)
    subject: Mapped[str] = mapped_column(Words)
    body: Mapped[str] = mapped_column(Words)
    author: Mapped[str] = mapped_column(Words)
    updated_at: Mapped[datetime]


class DailyCountRow(Base):
    """How often something happened on a day, of nobody in particular."""

    __tablename__ = "daily_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(80), primary_key=True)
    what: Mapped[str] = mapped_column(String(16), primary_key=True)
    source: Mapped[str] = mapped_column(String(100), primary_key=True)
    campaign: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]


class MonthlyCountRow(Base):
    """More or less of something in a month, of nobody in particular; the sum of all rows is how often."""

    __tablename__ = "monthly_count"
    __table_args__ = (Index("ix_monthly_count_region_month", "region", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(80))
    month: Mapped[str] = mapped_column(String(7))
    what: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(100))
    number: Mapped[int]


class YearlyFigureRow(Base):
    """Something that a colleague filled in for the yearly account of a region."""

    __tablename__ = "yearly_figure"
    __table_args__ = (UniqueConstraint("region", "year", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(80))
    year: Mapped[str] = mapped_column(String(9))
    item: Mapped[str] = mapped_column(String(48))
    label: Mapped[str] = mapped_column(Words)
    """Of what the region added itself."""
    value: Mapped[str] = mapped_column(Words)
    author: Mapped[str] = mapped_column(Words)
    filled_at: Mapped[datetime]


class SchoolNeedRow(Base):
    """That a school needs somebody, until a day."""

    __tablename__ = "school_need"
    __table_args__ = (Index("ix_school_need_region_until", "region", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(80))
    employer: Mapped[str] = mapped_column(Words)
    title: Mapped[str] = mapped_column(Words)
    sector: Mapped[str] = mapped_column(String(8))
    municipality: Mapped[str] = mapped_column(Words)
    subject: Mapped[str] = mapped_column(Words)
    kind: Mapped[str] = mapped_column(String(16))
    is_urgent: Mapped[bool]
    until: Mapped[date]
    contact: Mapped[str] = mapped_column(Words)
    author: Mapped[str] = mapped_column(Words)


class WeeklyDigestRow(Base):
    """A colleague who wants the weekly mail for editors."""

    __tablename__ = "weekly_digest"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    told_at: Mapped[datetime]
    """When the last one was put in the outbox; at first, when it was asked for."""
