"""VectorBar: how far the vectors are that are made behind the first questions."""

import threading

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class VectorBar:
    """A progress bar that appears only if there is something to do, and goes away when it is done."""

    def __init__(self, console: Console, what: str) -> None:
        """:param what: What is going on, for whoever waits."""
        self._progress = Progress(
            TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True
        )
        self._lock = threading.Lock()
        self._task: TaskID | None = None

    def show(self, done: int, of: int) -> None:
        """Move the bar; the last step takes it away."""
        with self._lock:
            if self._task is None:
                self._progress.start()
                self._task = self._progress.add_task("", total=of)
            self._progress.update(self._task, completed=done, total=of)
            if done >= of:
                self._progress.stop()
                self._progress.console.print("[green]Vectors are made[/]: search by meaning is on.")
