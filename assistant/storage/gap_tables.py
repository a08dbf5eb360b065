"""The rows about questions without a good answer, beside those that were dismissed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.tables import Base, Words


class AnsweredQuestionRow(Base):
    """
    A question without a good answer that gets one: somebody is writing it, or it is found by now. It goes with its turn.
    """

    __tablename__ = "answered_question"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(200))
    """The record that answers it, published or still a draft."""
    author: Mapped[str] = mapped_column(Words)
    """Who writes it; empty: the answer was found by itself."""
    drafted_at: Mapped[datetime | None]
    found_at: Mapped[datetime | None]
    """When the assistant was first seen to answer it."""
