"""Links that open one thing once, for one account. Only the hash of what is in the mail is kept."""

import secrets
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from assistant.errors import LoketError
from assistant.storage.clock import Clock, utc_now
from assistant.storage.tables import LinkRow

_LONGEST = 100


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"


VALID_FOR = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=1)}


class LinkOver(LoketError):
    """The link was never made, was used, is past its time, or a newer one took its place: nobody can tell which."""

    status_code = 404
    title = "Link is over"
    visitor_message = (
        "Deze link werkt niet (meer). Hij is al gebruikt, verlopen of vervangen door een nieuwe. "
        "Vraag een nieuwe aan bij Wachtwoord vergeten, of vraag de beheerder van jullie regio om een uitnodiging."
    )

    def __init__(self) -> None:
        super().__init__("a one-time link of an account opens nothing any more")


class LinkStore:
    """The links, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def make(self, account_id: str, purpose: Purpose) -> str:
        """A link for an account, in the place of those it had. Returns its code."""
        self._session.execute(delete(LinkRow).where(LinkRow.account_id == account_id))
        code = secrets.token_urlsafe(32)
        now = self._clock()
        self._session.add(
            LinkRow(
                code_hash=_hash(code),
                account_id=account_id,
                purpose=purpose.value,
                created_at=now,
                expires_at=now + VALID_FOR[purpose],
            )
        )
        self._session.flush()
        return code

    def look(self, code: str) -> tuple[str, Purpose]:
        """
        Whose link it is and what for, without using it: programs that check mail follow links too.

        :raises LinkOver: If it opens nothing.
        """
        row = self._session.get(LinkRow, _hash(code)) if 0 < len(code) <= _LONGEST and code.isascii() else None
        if row is None or row.expires_at <= self._clock():
            raise LinkOver
        return row.account_id, Purpose(row.purpose)

    def use(self, code: str) -> tuple[str, Purpose]:
        """
        The same, and it opens nothing after this. Of two at once, one gets it.

        :raises LinkOver: If it opens nothing.
        """
        found = self.look(code)
        used = self._session.execute(delete(LinkRow).where(LinkRow.code_hash == _hash(code)))
        if cast(CursorResult[Any], used).rowcount != 1:
            raise LinkOver
        return found

    def erase_over(self) -> int:
        """Erase the links that are past their time. Returns how many."""
        erased = self._session.execute(delete(LinkRow).where(LinkRow.expires_at <= self._clock()))
        return cast(CursorResult[Any], erased).rowcount


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
