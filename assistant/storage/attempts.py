"""How often somebody may guess. An attempt is counted before it is looked at: fifty at once are fifty."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from assistant.storage.clock import Clock, utc_now
from assistant.storage.conflict import inserted_unless_there
from assistant.storage.tables import AttemptRow

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Guessing:
    """Something that is guessed at: `what` it is, by a key that tells nobody whose it is."""

    what: str
    of: str
    free: int = 5
    """So many attempts cost no wait; each further one a wait of 30 s, doubling to a quarter of an hour."""

    @property
    def key(self) -> str:
        """What is kept of it."""
        return sha256(f"{self.what}\0{self.of}".encode()).hexdigest()


class AttemptStore:
    """The attempts of the last day, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def begin(self, guessing: Guessing) -> timedelta:
        """
        Count an attempt that is about to be made. Others who guess at the same wait until this is committed.

        :returns: Nothing if it may be made; else how long to wait, and it is not counted.
        """
        now = self._clock()
        fresh = {"key": guessing.key, "attempts": 0, "free_at": now, "last_at": now}
        # First a write: in SQLite it takes the lock.
        inserted_unless_there(self._session, AttemptRow, fresh, "key", AttemptRow.key)
        row = self._session.get_one(AttemptRow, guessing.key, populate_existing=True, with_for_update=True)
        if row.free_at > now:
            return row.free_at - now
        row.attempts = 1 if row.last_at <= now - _FORGOTTEN_AFTER else row.attempts + 1
        row.last_at, row.free_at = now, _free_at(now, row.attempts, guessing.free)
        self._session.flush()
        return timedelta()

    def succeeded(self, guessing: Guessing) -> None:
        """It was no guess: forget the attempts at it."""
        self._session.execute(delete(AttemptRow).where(AttemptRow.key == guessing.key))

    def take_back(self, guessing: Guessing) -> None:
        """It was no guess: take back this one, and keep what was counted before."""
        self._session.execute(
            update(AttemptRow)
            .where(AttemptRow.key == guessing.key, AttemptRow.attempts > 0)
            .values(attempts=AttemptRow.attempts - 1)
        )

    def erase_forgotten(self) -> int:
        """Erase the attempts of more than a day ago. Returns how many."""
        forgotten = delete(AttemptRow).where(AttemptRow.last_at <= self._clock() - _FORGOTTEN_AFTER)
        return cast(CursorResult[Any], self._session.execute(forgotten)).rowcount


def _free_at(now: datetime, attempts: int, free: int) -> datetime:
    if attempts < free:
        return now
    return now + min(_FIRST_WAIT * (1 << min(attempts - free, 10)), _LONGEST_WAIT)
