"""Erases what has been kept long enough: once a day, and when an operator asks."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from assistant.settings import Settings

_ONCE_IN = timedelta(days=1)
_AFTER_FAILURE = timedelta(minutes=10)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """How many of each were erased."""

    conversations: int
    leads: int


class Expiring(Protocol):
    """What keeps personal data. The storage has one."""

    def erase_older_than(self, conversations_before: datetime, leads_before: datetime) -> Erased:
        """Erase what was last touched before these moments, so that its text cannot be read back."""
        ...


class Retention:
    """Keeps the promise of the consent text about how long."""

    def __init__(
        self, store: Expiring, settings: Settings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    def erase_due(self) -> Erased:
        """Erase what is past its time now."""
        now = self._clock()
        erased = self._store.erase_older_than(
            conversations_before=now - self._settings.conversation_retention,
            leads_before=now - self._settings.lead_retention,
        )
        if erased.conversations or erased.leads:
            _log.info("retention erased %d conversations and %d leads", erased.conversations, erased.leads)
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
