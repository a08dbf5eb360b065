"""The rows of the people store that the desk works with."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
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
