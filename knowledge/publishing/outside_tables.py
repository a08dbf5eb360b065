"""The rows of what came from outside, and of what is measured with. Only this folder knows them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.publishing.tables import Base


class LiveRecordRow(Base):
    """A vacancy or an event as one source tells it, which visitors see without an editor's yes."""

    __tablename__ = "live_record"
    __table_args__ = (Index("ix_live_record_source_id", "source_id"), Index("ix_live_record_cluster", "cluster"))

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    content: Mapped[dict[str, Any]]
    """The record, as its model dumps it."""
    origin: Mapped[dict[str, Any]]
    """The `Source` that a citation of it names."""
    cluster: Mapped[str] = mapped_column(String(160))
    """The id that the same job or event has on whatever site it was met first."""
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    changed_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class ProposalRow(Base):
    """What a source says that a record does not, for an editor to decide on."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_state_damage", "state", "damage"),
        Index("ix_proposal_source_id_item_id", "source_id", "item_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    item_group: Mapped[str] = mapped_column(String(40))
    item_id: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    """Of what it proposes, so that what was refused is not proposed again until it differs."""
    content: Mapped[dict[str, Any]]
    damage: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When the source was last seen to say so."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    same_as: Mapped[str] = mapped_column(String(200), default="")
    outcome: Mapped[str] = mapped_column(String(200), default="")
    """What came of it: the id of the draft or the change set."""


class TrustedFieldRow(Base):
    """That what a source says of one field of a record is taken over without asking again."""

    __tablename__ = "trusted_field"

    source_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    given_by: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]


class LinkCheckRow(Base):
    """An address that our content names, and how it answered."""

    __tablename__ = "link_check"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the address, which may be longer than a key."""
    address: Mapped[str] = mapped_column(Text)
    nights: Mapped[int]
    failed_since: Mapped[datetime | None]
    moved_to: Mapped[str] = mapped_column(Text)
    """Where the page is from now on; empty: where it was."""
    counted_at: Mapped[datetime | None]
    """When the last failure counted, so that two in one night are one."""
    looks: Mapped[list[dict[str, Any]]] = mapped_column(JSON(none_as_null=True))


class SavedCaseRow(Base):
    """A question with what would be a right answer, for the evaluation."""

    __tablename__ = "saved_case"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    data: Mapped[dict[str, Any]]
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class IgnoredWordRow(Base):
    """A word of visitors with which nothing is to be done."""

    __tablename__ = "ignored_word"

    word: Mapped[str] = mapped_column(String(80), primary_key=True)
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
