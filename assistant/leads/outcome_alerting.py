"""OutcomeAlerts: after each publication, and each new day, looks whose outcome changed, and mails them once."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from assistant.eligibility.verdict import Eligibility
from assistant.leads.outbox import NewMail
from assistant.leads.outcome_alert import OutcomeAlert, change_mail, deciding
from assistant.zelftest.outcome_change import outcome_changes
from assistant.zelftest.receipt import Receipt, receipt_of, told_again
from assistant.zelftest.replay import Replayer

_EVERY_SECONDS = 60.0
_AT_ONCE = 50
_NEVER = "-"
"""What no alert was ever looked at with."""
_log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
"""Told how many alerts were looked at, of how many."""


class OutcomeBook(Protocol):
    """Where alerts are kept. The storage has one in its tables."""

    def count_due(self, looked: str) -> int:
        """How many have to be looked at."""
        ...

    def due(self, looked: str, limit: int) -> tuple[OutcomeAlert, ...]:
        """Some of those that run, may be mailed now, and were not looked at since this decides outcomes."""
        ...

    def nothing_new(self, alert: OutcomeAlert, looked: str) -> None:
        """Note that its outcome is what it was."""
        ...

    def send(self, alert: OutcomeAlert, looked: str, receipt: Receipt, mail: Callable[[str], NewMail]) -> bool:
        """
        Keep the receipt, put the mail that its number makes in the outbox, and note both: all of it or nothing.

        :returns: False if another process did, or the alert was stopped meanwhile.
        """
        ...


class OutcomeAlerts:
    """
    One round over all alerts.

    Each alert is a transaction of its own that notes what it was looked at with, so that a round that was broken off goes
    on where it was, and nobody is mailed twice.
    """

    def __init__(
        self,
        book: OutcomeBook,
        eligibility: Callable[[], Eligibility],
        replayer: Replayer,
        public_url: str,
        on_progress: Progress | None = None,
    ) -> None:
        self._book = book
        self._eligibility = eligibility
        self._replayer = replayer
        self._public_url = public_url
        self._on_progress = on_progress or _logged
        self._deciding: tuple[Eligibility | None, str] = (None, "")

    def send_due(self) -> int:
        """Look at every alert that was not looked at since outcomes may have changed; how many were mailed."""
        if not self._book.count_due(_NEVER):
            return 0  # Nobody may be mailed now, and what decides outcomes takes a second to work out.
        today = self._eligibility()
        looked = self._decides(today)
        of, done, sent = self._book.count_due(looked), 0, 0
        while due := self._book.due(looked, _AT_ONCE):
            for each in due:
                sent += self._look(each, looked, today)
                done += 1
            self._on_progress(done, max(of, done))
        return sent

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self.send_due)
            except Exception:
                _log.exception("changed outcomes could not be mailed; trying again later, where it was left")
            try:
                await asyncio.wait_for(stop.wait(), _EVERY_SECONDS)
            except TimeoutError:
                continue

    def _look(self, alert: OutcomeAlert, looked: str, today: Eligibility) -> bool:
        receipt = alert.receipt
        since = self._replayer.since(receipt, today)
        changes = outcome_changes(receipt, since, self._replayer.then(receipt), today)
        if not changes:
            self._book.nothing_new(alert, looked)
            return False
        profile, _ = told_again(receipt, today.catalogue)
        now = receipt_of(today, profile, receipt.region)
        return self._book.send(
            alert,
            looked,
            now,
            lambda number: change_mail(alert, changes, number, today.catalogue, self._public_url),
        )

    def _decides(self, today: Eligibility) -> str:
        if self._deciding[0] is not today:
            self._deciding = (today, deciding(today))
        return self._deciding[1]


def _logged(done: int, of: int) -> None:
    if done == of or done % 500 == 0:
        _log.info("outcomes looked at for who asked to be told: %d of %d", done, of)
