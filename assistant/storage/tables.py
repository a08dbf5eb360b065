"""The rows of the people store. Only this folder knows them; the others get records."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from knowledge.database import UtcDateTime


class Words(TypeDecorator[str]):
    """Text from outside. PostgreSQL refuses the NUL sign, which nobody types, so it is left out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value.replace("\x00", "") if value is not None else None


class Base(DeclarativeBase):
    """The people store, with names for constraints so that migrations can reach them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


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


class LeadRow(Base):
    """A lead, whole: it does not need its conversation."""

    __tablename__ = "lead"
    __table_args__ = (
        Index("ix_lead_region_created_at", "region", "created_at"),
        Index("ix_lead_region_loket_id", "region", "loket_id"),
        Index("ix_lead_phase_contacted_at", "phase", "contacted_at", "region"),
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
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(index=True)
    """Null once it is sent, or stuck: then nobody tries any more."""
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Words, default="")


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


class AccountRow(Base):
    """Somebody who may log in on the desk."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Words)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In lower case."""
    password_hash: Mapped[str] = mapped_column(Words)
    regions: Mapped[list[Any]]
    role: Mapped[str] = mapped_column(String(16))
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None] = mapped_column(Words)
    """Sealed under the secret of the installation; null: no second step."""
    totp_step: Mapped[int] = mapped_column(default=0)
    """The latest time step whose code was used: each code opens the door once."""
    oidc_subject: Mapped[str | None] = mapped_column(String(300), unique=True)
    """Who it is at the organisation's own login, with the address of that."""


class RecoveryCodeRow(Base):
    """The hash of a code for when the phone is lost; using it deletes it."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)


class DeskSessionRow(Base):
    """A browser in which a colleague is logged in."""

    __tablename__ = "desk_session"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(Words)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class AttemptRow(Base):
    """How often something was guessed at, by a hash of what."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    attempts: Mapped[int]
    free_at: Mapped[datetime]
    """Before this no further attempt is looked at."""
    last_at: Mapped[datetime] = mapped_column(index=True)


class LinkRow(Base):
    """A link that opens one thing once for an account."""

    __tablename__ = "one_time_link"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class AuditRow(Base):
    """Who saw or changed what. The database refuses to change a line, or to delete one before its time."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_subject_at", "subject", "at"),
        Index("ix_audit_actor_id_regions_id", "actor_id", "regions", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[str] = mapped_column(String(36))
    """No foreign key: a line outlives the account. Empty: the service itself."""
    actor: Mapped[str] = mapped_column(Words)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(64))
    regions: Mapped[str] = mapped_column(Words)
    """With a space before and after each, so that one can be searched: ` haaglanden hak `."""
    detail: Mapped[str] = mapped_column(Words)


class AuditHorizonRow(Base):
    """One row: lines of the log from before this moment may be deleted."""

    __tablename__ = "audit_horizon"

    id: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[datetime]


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
