"""OwnProcess: a command of ours beside a running server, at a low priority, that can be broken off."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

_log = logging.getLogger(__name__)
LOKET = (sys.executable, "-c", "from assistant.cli import app; app()")
_NICENESS = 15
_PATIENCE_SECONDS = 20
"""A run that is asked to stop has so long to finish its page; the next one goes on from there."""


class OwnProcess:
    """
    Runs one command at a time.

    In a process of its own: reading pages and asking every question again take memory and processor time that visitors wait
    for, and what brings such a process down does not bring the server down.
    """

    def __init__(self, environment: Mapping[str, str] = MappingProxyType({})) -> None:
        """:param environment: What it is told besides what this process was."""
        self._environment = dict(environment)
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self, command: Sequence[str], then: Callable[[int], None] | None = None) -> None:
        """
        Run the command to its end; nothing happens if another one runs, or after `stop`.

        :param then: Is told the exit code.
        """
        with self._lock:
            if self._stopped or self._running is not None:
                return
            # Only our own words, and no shell.
            self._running = running = subprocess.Popen(  # noqa: S603
                command,
                env=os.environ | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            if hasattr(os, "setpriority"):
                with suppress(OSError):  # It may be over already.
                    os.setpriority(os.PRIO_PROCESS, running.pid, _NICENESS)
        _, errors = running.communicate()
        with self._lock:
            self._running = None
        if running.returncode not in (0, 1) and not self._stopped:
            # 1: some page or source failed, of which the report of its run tells.
            last = errors.decode(errors="replace").strip().splitlines()[-1:]
            words = " ".join(each for each in command[len(LOKET) :] if each != "--json")
            _log.warning("`loket %s` ended with %s: %s", words, running.returncode, *last or ["no words"])
        if then is not None:
            then(running.returncode)

    def begin(self, command: Sequence[str], then: Callable[[int], None] | None = None) -> None:
        """Run the command without waiting for it."""
        threading.Thread(target=self.run, args=(command, then), name="own process", daemon=True).start()

    def stop(self) -> None:
        """Run nothing more, and break off what runs."""
        with self._lock:
            self._stopped = True
            running = self._running
        if running is not None:
            running.terminate()
            try:
                running.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                running.kill()
