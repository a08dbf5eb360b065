"""Erases what has been kept long enough: once a day, and when an operator asks."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from assistant.settings import Settings

_ONCE_IN = timedelta(days=1)
_AFTER_FAILURE = timedelta(minutes=10)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """How many of each were erased."""

    conversations: int = 0
    leads: int = 0
    receipts: int = 0
    saved: int = 0
    """Zelftests that visitors saved."""
    catalogues: int = 0
    """Catalogues that were archived to replay receipts."""
    audit: int = 0
    """Lines of the log of who saw and changed what."""
    mails: int = 0
    """Mail that was sent long ago, of which address and subject were left."""
    bookings: int = 0
    """Who came to an event."""

    def __str__(self) -> str:
        return (
            f"{self.conversations} conversation(s), {self.leads} lead(s), {self.receipts} receipt(s), "
            f"{self.saved} saved zelftest(s), {self.catalogues} archived catalogue(s), {self.audit} line(s) of the audit log, "
            f"{self.mails} mail(s) and {self.bookings} booking(s)"
        )


@dataclass(frozen=True)
class Due:
    """What is past its time: everything of a kind that was last touched before its moment."""

    conversations_before: datetime
    leads_before: datetime
    receipts_before: datetime
    audit_before: datetime
    mail_before: datetime
    bookings_before: datetime
    """Of events that ended before then, who came."""
    now: datetime
    """A saved zelftest has its own last moment: it goes when that is not after this."""


class Expiring(Protocol):
    """What keeps data of visitors. The storage has one."""

    def erase(self, due: Due) -> Erased:
        """Erase what is due, so that its text cannot be read back."""
        ...


class Ageing(Protocol):
    """What keeps published catalogues. Theirs is the time of the receipts that they can replay."""

    def drop_unused_since(self, moment: datetime) -> int:
        """Remove what was last published before that moment. Returns how many."""
        ...


class Retention:
    """Keeps the promise of the consent text, and of the pages, about how long."""

    def __init__(
        self,
        store: Expiring,
        archive: Ageing,
        settings: Settings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._archive = archive
        self._settings = settings
        self._clock = clock

    def erase_due(self) -> Erased:
        """Erase what is past its time now."""
        now = self._clock()
        receipts_before = now - self._settings.receipt_retention
        due = Due(
            conversations_before=now - self._settings.conversation_retention,
            leads_before=now - self._settings.lead_retention,
            receipts_before=receipts_before,
            audit_before=now - self._settings.audit_retention,
            mail_before=now - self._settings.outbox_retention,
            bookings_before=now - self._settings.booking_retention,
            now=now,
        )
        erased = replace(self._store.erase(due), catalogues=self._archive.drop_unused_since(receipts_before))
        if erased != Erased():
            _log.info("retention erased %s", erased)
        return erased

    async def run(self, stop: asyncio.Event) -> None:
        """Erase at the start and then daily, until `stop` is set; after a failure again in ten minutes."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self.erase_due)
                pause = _ONCE_IN
            except Exception:
                _log.exception("retention failed; trying again in %s", _AFTER_FAILURE)
                pause = _AFTER_FAILURE
            try:
                await asyncio.wait_for(stop.wait(), pause.total_seconds())
            except TimeoutError:
                continue
