"""IngestSchedule: inside a running server, lets a process of its own look at the sources whose time has come."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from knowledge.own_process import LOKET, OwnProcess

COMMAND = (*LOKET, "ingest", "--due", "--json")
LINKS_COMMAND = (*LOKET, "links", "check", "--json")
EVERY = timedelta(minutes=15)
AT_NIGHT = CronTrigger(hour=3, minute=10, jitter=1800, timezone="Europe/Amsterdam")
"""Some time before dawn, not at the same minute as every other installation."""


class IngestSchedule:
    """
    Starts a command, usually `loket ingest --due`, now and then or every night, never two at a time, as `OwnProcess` does.
    """

    def __init__(
        self, command: Sequence[str] = COMMAND, every: timedelta = EVERY, nightly: CronTrigger | None = None
    ) -> None:
        """:param nightly: At which hour instead of every so often."""
        self._command = tuple(command)
        self._process = OwnProcess()
        self._scheduler = BackgroundScheduler(timezone=UTC)
        how = (
            {"trigger": nightly}
            if nightly
            else {
                "trigger": IntervalTrigger(seconds=every.total_seconds()),
                "next_run_time": datetime.now(UTC) + every / 15,
            }
        )
        self._scheduler.add_job(
            self._process.run, args=(self._command,), **how, max_instances=1, coalesce=True, id="run"
        )

    def start(self) -> None:
        """Begin to look, the first time after a fifteenth of the interval."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._scheduler.start()

    def stop(self) -> None:
        """Look no more, and break off what runs: it goes on where it was the next time."""
        self._process.stop()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
