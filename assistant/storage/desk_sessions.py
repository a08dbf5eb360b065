"""Sessions of colleagues at the desk. Only the hash of what the browser carries is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from assistant.storage.clock import Clock, utc_now
from assistant.storage.ids import new_id
from assistant.storage.tables import DeskSessionRow

_NOTED_ONCE_IN = timedelta(minutes=1)
"""How exactly we know when somebody was last there: a write a request would be too much."""


@dataclass(frozen=True)
class DeskSession:
    """One browser in which somebody is logged in."""

    id: str
    account_id: str
    csrf: str
    device: str
    created_at: datetime
    seen_at: datetime


class DeskSessionStore:
    """The sessions, within the transaction of one session of the database."""

    def __init__(self, session: Session, idle: timedelta, longest: timedelta, clock: Clock = utc_now) -> None:
        """
        :param idle: A session ends when nobody has used it for so long.
        :param longest: It ends so long after logging in, whatever happens.
        """
        self._session = session
        self._idle = idle
        self._longest = longest
        self._clock = clock

    def begin(self, account_id: str, device: str) -> str:
        """A new session. Returns what the browser carries, which nobody can read back later."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        self._session.add(
            DeskSessionRow(
                id=new_id(),
                token_hash=_hash(token),
                account_id=account_id,
                csrf=secrets.token_urlsafe(24),
                device=device,
                created_at=now,
                seen_at=now,
            )
        )
        self._session.flush()
        return token

    def find(self, token: str) -> DeskSession | None:
        """The session that a browser carries, unless it is over. Being asked for keeps it alive."""
        if not token:
            return None
        row = self._session.scalars(select(DeskSessionRow).where(DeskSessionRow.token_hash == _hash(token))).first()
        now = self._clock()
        if row is None or row.seen_at <= now - self._idle or row.created_at <= now - self._longest:
            return None
        if row.seen_at <= now - _NOTED_ONCE_IN:
            self._session.execute(update(DeskSessionRow).where(DeskSessionRow.id == row.id).values(seen_at=now))
        return _session(row)

    def whose(self, token: str) -> str:
        """The id of the account of a session, also of one that is over; empty if we do not know it any more."""
        owner = select(DeskSessionRow.account_id).where(DeskSessionRow.token_hash == _hash(token))
        return self._session.scalar(owner) or ""

    def of_account(self, account_id: str) -> list[DeskSession]:
        """Where somebody is logged in now, the latest used first."""
        now = self._clock()
        rows = self._session.scalars(
            select(DeskSessionRow)
            .where(
                DeskSessionRow.account_id == account_id,
                DeskSessionRow.seen_at > now - self._idle,
                DeskSessionRow.created_at > now - self._longest,
            )
            .order_by(DeskSessionRow.seen_at.desc(), DeskSessionRow.id)
        )
        return [_session(row) for row in rows]

    def end(self, token: str) -> None:
        """End the session that a browser carries, if it does."""
        self._session.execute(delete(DeskSessionRow).where(DeskSessionRow.token_hash == _hash(token)))

    def end_one(self, account_id: str, session_id: str) -> bool:
        """End one session of somebody. Returns whether there was one."""
        ended = self._session.execute(
            delete(DeskSessionRow).where(DeskSessionRow.account_id == account_id, DeskSessionRow.id == session_id)
        )
        return cast(CursorResult[Any], ended).rowcount == 1

    def end_all(self, account_id: str, but: str = "") -> int:
        """
        End every session of somebody.

        :param but: The id of one that stays.
        :returns: How many ended.
        """
        return end_sessions(self._session, account_id, but)


def end_sessions(session: Session, account_id: str, but: str = "") -> int:
    """See `DeskSessionStore.end_all`."""
    ended = session.execute(
        delete(DeskSessionRow).where(DeskSessionRow.account_id == account_id, DeskSessionRow.id != but)
    )
    return cast(CursorResult[Any], ended).rowcount


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _session(row: DeskSessionRow) -> DeskSession:
    return DeskSession(row.id, row.account_id, row.csrf, row.device, row.created_at, row.seen_at)
