"""What visitors answered in the last hours, in memory alone: so that who goes back in the browser loses nothing."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from assistant.site.answers import Answers

_SECONDS = 2 * 3600.0
_MOST = 5_000


class RecentAnswers:
    """
    The latest answers of each run through the zelftest.

    A page that a browser goes back to knows the answers up to itself; the later ones are here. When they are not (another
    process, a restart, hours later) the visitor is asked again, and nothing else happens.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Answers]] = OrderedDict()
        self._lock = Lock()

    def keep(self, answers: Answers) -> None:
        """Remember these as the latest of their run."""
        with self._lock:
            self._drop_old()
            self._kept[answers.run] = (self._clock(), answers)
            self._kept.move_to_end(answers.run)

    def latest(self, run: str) -> Answers | None:
        """The latest answers of a run, if they are not too old."""
        with self._lock:
            self._drop_old()
            found = self._kept.get(run)
        return found[1] if found else None

    def forget(self, run: str) -> None:
        """Drop a run: its visitor erased it."""
        with self._lock:
            self._kept.pop(run, None)

    def _drop_old(self) -> None:
        too_old = self._clock() - _SECONDS
        while self._kept and (len(self._kept) >= _MOST or next(iter(self._kept.values()))[0] < too_old):
            self._kept.popitem(last=False)
