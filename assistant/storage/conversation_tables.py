"""The rows of conversations: what was asked and answered, and how a person comes in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.base_table import Base, Words


class ConversationRow(Base):
    """A conversation; `state` is what the answering remembers between turns."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(8))
    region: Mapped[str] = mapped_column(String(80))
    page_url: Mapped[str] = mapped_column(Words)
    campaign: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[dict[str, Any]]
    turn_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    """Goes up with every change of `state`, so that no change overwrites another one unseen."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class TurnRow(Base):
    """One question and its reply."""

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    number: Mapped[int]
    question: Mapped[str] = mapped_column(Words)
    choice: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    choice_label: Mapped[str] = mapped_column(Words)
    reply: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(40), index=True)
    trace: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class FeedbackRow(Base):
    """What a visitor thought of one reply; a later opinion replaces the earlier one."""

    __tablename__ = "feedback"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True)
    helpful: Mapped[bool]
    comment: Mapped[str] = mapped_column(Words)
    created_at: Mapped[datetime]


class DismissedQuestionRow(Base):
    """A question without an answer that somebody said is not our work."""

    __tablename__ = "dismissed_question"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True)
    author: Mapped[str] = mapped_column(Words)
    dismissed_at: Mapped[datetime]


class HandoverRow(Base):
    """How a conversation stands between the assistant and a person; there is none while nobody thought of a person."""

    __tablename__ = "handover"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    record: Mapped[dict[str, Any]]
    """The whole `Handover`; the columns below repeat what is searched for."""
    state: Mapped[str] = mapped_column(String(16), index=True)
    region: Mapped[str] = mapped_column(String(80))
    last_number: Mapped[int] = mapped_column(default=0)
    """Of what was said; it grows under the lock of this row, so that a higher number is never seen before a lower one."""
    version: Mapped[int] = mapped_column(default=0)
    """Goes up with every change, also with something said."""
    updated_at: Mapped[datetime] = mapped_column(index=True)


class SaidRow(Base):
    """Something said in a conversation that is no turn: by an adviser, or by the service; or a copy of a visitor's words."""

    __tablename__ = "said"
    __table_args__ = (UniqueConstraint("conversation_id", "key"),)

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("handover.conversation_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(64))
    """The sender's own, by which something sent twice is kept once."""
    sender: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Words)
    text: Mapped[str] = mapped_column(Words)
    for_visitor: Mapped[bool]
    """False: for advisers alone."""
    said_at: Mapped[datetime]


class PresenceRow(Base):
    """Who has a conversation open now; forgotten a while after the last beat."""

    __tablename__ = "presence"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    """Of the account; empty for the visitor."""
    name: Mapped[str] = mapped_column(Words)
    seen_at: Mapped[datetime] = mapped_column(index=True)
    typed_at: Mapped[datetime | None]


class ReachableRow(Base):
    """An adviser who can be called for a talk."""

    __tablename__ = "reachable"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(Words)
    regions: Mapped[list[Any]]
    until: Mapped[datetime]
