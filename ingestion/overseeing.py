"""Overseer: shows how watched sources stand and how their runs went, and begins a run when somebody asks for it."""

import fcntl
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from ingestion.registry import SourceProblem, SourceRegistry
from ingestion.source import WatchedSource
from ingestion.store.pages import PageStore, RunKept
from ingestion.store.session import open_knowledge
from knowledge.own_process import LOKET, OwnProcess
from knowledge.watched import Run, RunState, WatchedSite, WatchStatus

LOCK = "ingest.lock"
"""In the data folder: held by whoever fetches."""


class Overseer:
    """See `knowledge.watched.Overseeing`."""

    def __init__(
        self,
        registry: SourceRegistry,
        pages: PageStore,
        lock: Path,
        now: Callable[[], datetime],
        command: Sequence[str] = (*LOKET, "ingest", "--json", "--source"),
    ) -> None:
        """
        :param lock: The file that a run holds.
        :param command: What fetches a source, its id left out.
        """
        self._registry = registry
        self._pages = pages
        self._lock = lock
        self._now = now
        self._command = tuple(command)
        self._process = OwnProcess()

    def sites(self) -> tuple[WatchedSite, ...]:
        """See `Overseeing.sites`."""
        busy, last, done = self.is_busy(), self._pages.latest(), self._pages.all_ended()
        found = [self._site(each, last.get(each.id), done.get(each.id), busy) for each in self._registry]
        return tuple(sorted(found, key=lambda each: (each.owner.lower(), each.title.lower(), each.id)))

    def regions_of(self) -> Mapping[str, tuple[str, ...]]:
        """See `Overseeing.regions_of`."""
        return {each.id: each.regions for each in self._registry}

    def site(self, source_id: str) -> WatchedSite | None:
        """See `Overseeing.site`."""
        try:
            source = self._registry.get(source_id)
        except SourceProblem:
            return None
        last = next(iter(self._pages.kept_runs(source_id, 1)), None)
        return self._site(source, last, self._pages.last_ended(source_id), self.is_busy())

    def runs(self, source_id: str, limit: int = 20) -> tuple[Run, ...]:
        """See `Overseeing.runs`."""
        busy = self.is_busy()
        return tuple(self._run(each, busy) for each in self._pages.kept_runs(source_id, limit))

    def run(self, run_id: str) -> Run | None:
        """See `Overseeing.run`."""
        kept = self._pages.kept_run(run_id)
        return self._run(kept, self.is_busy()) if kept else None

    def is_busy(self) -> bool:
        """See `Overseeing.is_busy`."""
        try:
            with self._lock.open("r") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    def fetch(self, source_id: str) -> bool:
        """See `Overseeing.fetch`. Two who ask at the same moment: the second process finds the file held, and ends."""
        if self.is_busy() or self.site(source_id) is None:
            return False
        self._process.begin((*self._command, source_id))
        return True

    def set_status(self, source_id: str, status: WatchStatus, by: str) -> None:
        """See `Overseeing.set_status`."""
        found = self._registry.get(source_id)
        self._registry.put(found.model_copy(update={"status": status}), by, self._now())

    def stop(self) -> None:
        """See `Overseeing.stop`."""
        self._process.stop()

    def _site(
        self, source: WatchedSource, last: RunKept | None, last_done_at: datetime | None, busy: bool
    ) -> WatchedSite:
        return WatchedSite(
            source.id,
            source.title,
            source.owner,
            source.addresses[0],
            source.regions,
            source.status,
            source.every,
            tuple(sorted(source.goes_live)),
            self._run(last, busy) if last else None,
            last_done_at,
        )

    def _run(self, kept: RunKept, busy: bool) -> Run:
        # Between its fetching and its comparing a run is closed already, and still going on: the file tells.
        state: RunState = "broken_off" if kept.state == "running" and not busy else kept.state
        counts = self._pages.progress(kept.id) if kept.state == "running" else {}
        return Run(kept.id, kept.source_id, state, kept.started_at, kept.ended_at, kept.report, counts)


def overseer_in(var: Path, knowledge_url: str, now: Callable[[], datetime]) -> Overseer:
    """The overseer of an installation."""
    sessions = open_knowledge(knowledge_url)
    return Overseer(SourceRegistry(sessions), PageStore(sessions), var / LOCK, now)
