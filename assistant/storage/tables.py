"""
The rows of the people store. Only this folder knows them; the others get records.

Rows of conversations, leads and colleagues are in modules of their own, and are imported from here all the same: with this
module the whole store is known.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.account_tables import (
    AccountRow,
    AttemptRow,
    AuditHorizonRow,
    AuditRow,
    DeskSessionRow,
    LinkRow,
    RecoveryCodeRow,
)
from assistant.storage.base_table import Base, Words
from assistant.storage.conversation_tables import (
    ConversationRow,
    DismissedQuestionRow,
    FeedbackRow,
    HandoverRow,
    PresenceRow,
    ReachableRow,
    SaidRow,
    TurnRow,
)
from assistant.storage.lead_tables import (
    LeadConsentRow,
    LeadEarlierRow,
    LeadEventRow,
    LeadNoteRow,
    LeadRow,
    OutboxRow,
    WithdrawalRow,
)

__all__ = [
    "AccountRow",
    "AttemptRow",
    "AuditHorizonRow",
    "AuditRow",
    "Base",
    "ConversationRow",
    "DeskSessionRow",
    "DismissedQuestionRow",
    "FeedbackRow",
    "HandoverRow",
    "LeadConsentRow",
    "LeadEarlierRow",
    "LeadEventRow",
    "LeadNoteRow",
    "LeadRow",
    "LinkRow",
    "OutboxRow",
    "OutcomeAlertRow",
    "PeriodRow",
    "PresenceRow",
    "ReachableRow",
    "ReceiptRow",
    "RecoveryCodeRow",
    "SaidRow",
    "SavedZelftestRow",
    "TurnRow",
    "VacancyAlertRow",
    "WithdrawalRow",
    "Words",
]


class ReceiptRow(Base):
    """The receipt of an advice: no visitor, no conversation, no words of anybody."""

    __tablename__ = "receipt"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """Of what was told and what came of it: the same advice on the same day is one receipt."""
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(index=True)


class SavedZelftestRow(Base):
    """A zelftest that a visitor wants to go on with later. Only the hash of its code is kept."""

    __tablename__ = "saved_zelftest"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    answers: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class PeriodRow(Base):
    """How many days a region keeps something, where that is less than the installation does."""

    __tablename__ = "period"

    region: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    days: Mapped[int]


class VacancyAlertRow(Base):
    """Who asked to be mailed about vacancies, and about which."""

    __tablename__ = "vacancy_alert"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(Words, index=True)
    region: Mapped[str] = mapped_column(String(80))
    search: Mapped[dict[str, Any]]
    told: Mapped[list[Any]] = mapped_column(JSON)
    consent_version: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]


class OutcomeAlertRow(Base):
    """Who asked to be mailed when the outcome of their zelftest changes, with the outcome that they know of."""

    __tablename__ = "outcome_alert"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(Words, index=True)
    region: Mapped[str] = mapped_column(String(80))
    receipt: Mapped[dict[str, Any]]
    looked: Mapped[str] = mapped_column(String(40))
    """What decided outcomes when it was last looked at."""
    consent_version: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
