"""Reminds visitors of what is tomorrow and advisers of what is to be done, and gives free places to who waits."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Protocol

_EVERY_SECONDS = 300.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reminded:
    """How many of each were reminded or moved up."""

    visitors: int = 0
    advisers: int = 0
    moved_up: int = 0


class Reminders(Protocol):
    """What knows who has to be reminded. The storage has one."""

    def remind(self) -> Reminded:
        """Remind everybody who is due, each once, whoever else asks at the same moment."""
        ...


class Reminding:
    """Looks every five minutes. Several processes may each run one on the same store."""

    def __init__(self, reminders: Reminders) -> None:
        self._reminders = reminders

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. A failing store is logged and waited out."""
        while not stop.is_set():
            try:
                reminded = await asyncio.to_thread(self._reminders.remind)
                if reminded != Reminded():
                    _log.info("reminders: %s", reminded)
            except Exception:
                _log.exception("reminding failed; trying again in %.0f s", _EVERY_SECONDS)
            try:
                await asyncio.wait_for(stop.wait(), _EVERY_SECONDS)
            except TimeoutError:
                continue
