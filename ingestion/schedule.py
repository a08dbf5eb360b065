"""IngestSchedule: inside a running server, lets a process of its own look at the sources whose time has come."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

_log = logging.getLogger(__name__)
_LOKET = (sys.executable, "-c", "from assistant.cli import app; app()")
COMMAND = (*_LOKET, "ingest", "--due", "--json")
LINKS_COMMAND = (*_LOKET, "links", "check", "--json")
EVERY = timedelta(minutes=15)
_NICENESS = 15
_PATIENCE_SECONDS = 20
"""A run that is asked to stop has so long to finish its page; the next one goes on from there."""
AT_NIGHT = CronTrigger(hour=3, minute=10, jitter=1800, timezone="Europe/Amsterdam")
"""Some time before dawn, not at the same minute as every other installation."""


class IngestSchedule:
    """
    Starts a command, usually `loket ingest --due`, now and then or every night, never two at a time.

    In a process of its own, at a low priority: reading pages takes memory and processor time that visitors wait for,
    and a page that brings its reader down does not bring the server down.
    """

    def __init__(
        self, command: Sequence[str] = COMMAND, every: timedelta = EVERY, nightly: CronTrigger | None = None
    ) -> None:
        """:param nightly: At which hour instead of every so often."""
        self._command = tuple(command)
        self._scheduler = BackgroundScheduler(timezone=UTC)
        how = (
            {"trigger": nightly}
            if nightly
            else {
                "trigger": IntervalTrigger(seconds=every.total_seconds()),
                "next_run_time": datetime.now(UTC) + every / 15,
            }
        )
        self._scheduler.add_job(self._run, **how, max_instances=1, coalesce=True, id="run")
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin to look, the first time after a fifteenth of the interval."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._scheduler.start()

    def stop(self) -> None:
        """Look no more, and break off what runs: it goes on where it was the next time."""
        with self._lock:
            self._stopped = True
            running = self._running
        if running is not None:
            running.terminate()
            try:
                running.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                running.kill()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _run(self) -> None:
        with self._lock:
            if self._stopped:
                return
            # Only our own words, and no shell.
            self._running = subprocess.Popen(  # noqa: S603
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            if hasattr(os, "setpriority"):
                os.setpriority(os.PRIO_PROCESS, self._running.pid, _NICENESS)
        _, errors = self._running.communicate()
        code = self._running.returncode
        with self._lock:
            self._running = None
        if code not in (0, 1) and not self._stopped:
            # 1: some page or source failed, of which the report of its run tells.
            last = errors.decode(errors="replace").strip().splitlines()[-1:]
            words = " ".join(each for each in self._command[len(_LOKET) :] if each != "--json")
            _log.warning("`loket %s` ended with %s: %s", words, code, *last or ["no words"])
