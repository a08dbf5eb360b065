"""Zelftests that visitors saved: all queries about them. A code opens one; only its hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from assistant.errors import LoketError
from assistant.storage.clock import Clock, utc_now
from assistant.storage.tables import SavedZelftestRow
from assistant.zelftest.saved import SavedAnswers

_RANDOM_BYTES = 20
"""160 bits: nobody finds a code by trying."""
_LONGEST_CODE = 60


class NothingSaved(LoketError):
    """The code was never given, is mistyped, is past its time, or its zelftest was erased: nobody can tell which."""

    status_code = 404
    title = "Nothing saved under this code"
    visitor_message = (
        "Onder deze code is niets (meer) bewaard. Misschien is hij verlopen, of is er een teken weggevallen. "
        "Je kunt de zelftest opnieuw doen: dat duurt een paar minuten."
    )

    def __init__(self) -> None:
        super().__init__("no saved zelftest is opened by the code that was given")


@dataclass(frozen=True)
class SavedZelftest:
    """A zelftest as it was saved, and until when."""

    answers: SavedAnswers
    expires_at: datetime


class SavedStore:
    """The saved zelftests, within the transaction of one session."""

    def __init__(self, session: Session, keeps: timedelta, clock: Clock = utc_now) -> None:
        """:param keeps: How long a zelftest is kept after it was saved last."""
        self._session = session
        self._keeps = keeps
        self._clock = clock

    def save(self, answers: SavedAnswers, code: str = "") -> tuple[str, SavedZelftest]:
        """
        Save answers, under the same code if there is one that still opens something, and begin its time anew.

        :returns: The code, which nobody can read back later, and what is kept.
        """
        now = self._clock()
        row = self._row(code)
        if row is None:
            code = secrets.token_urlsafe(_RANDOM_BYTES)
            row = SavedZelftestRow(code_hash=_hash(code), created_at=now)
            self._session.add(row)
        row.answers = answers.model_dump(mode="json")
        row.expires_at = now + self._keeps
        self._session.flush()
        return code, SavedZelftest(answers, row.expires_at)

    def open(self, code: str) -> SavedZelftest:
        """
        What the code opens.

        :raises NothingSaved: If it opens nothing, or nothing any more.
        """
        row = self._row(code)
        if row is None:
            raise NothingSaved
        try:
            return SavedZelftest(SavedAnswers.model_validate(row.answers), row.expires_at)
        except ValidationError as error:
            raise NothingSaved from error

    def erase(self, code: str) -> None:
        """
        Erase what the code opens.

        :raises NothingSaved: If it opens nothing.
        """
        row = self._row(code)
        if row is None:
            raise NothingSaved
        self._session.delete(row)
        self._session.flush()

    def erase_expired(self) -> int:
        """Erase what is past its time. Returns how many."""
        erased = self._session.execute(delete(SavedZelftestRow).where(SavedZelftestRow.expires_at <= self._clock()))
        return cast(CursorResult[Any], erased).rowcount

    def _row(self, code: str) -> SavedZelftestRow | None:
        if not 0 < len(code) <= _LONGEST_CODE or not code.isascii():
            return None
        row = self._session.get(SavedZelftestRow, _hash(code))
        return row if row is not None and row.expires_at > self._clock() else None


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
