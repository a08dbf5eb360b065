"""The rows of colleagues: who may log in, in which browser, and what is written down of what they did."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.base_table import Base, Words


class AccountRow(Base):
    """Somebody who may log in on the desk."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Words)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In lower case."""
    password_hash: Mapped[str] = mapped_column(Words)
    roles: Mapped[dict[str, Any]]
    """By region what they are there."""
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
