"""Watched: the sources that are looked at again and again, and how that went, for who keeps an eye on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

WatchStatus = Literal["active", "paused", "unchecked"]
RunState = Literal["running", "broken_off", "done", "failed"]
"""`broken_off`: it was stopped halfway, and the next run of the source goes on from there."""


@dataclass(frozen=True)
class Run:
    """One time that a source was fetched, read and compared."""

    id: str
    source_id: str
    state: RunState
    started_at: datetime
    ended_at: datetime | None
    report: Mapping[str, Any]
    """As `ingestion.site_report.SiteReport.to_dict` gives it; empty while it fetches."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """While it fetches: how many addresses by outcome, those still to fetch under an empty name."""

    @property
    def fetched(self) -> Mapping[str, Any]:
        """What it did with addresses: the whole of the report until the pages are read too."""
        told: Mapping[str, Any] = self.report.get("fetched", self.report)
        return told


@dataclass(frozen=True)
class WatchedSite:
    """A source, and how it went the last time."""

    id: str
    title: str
    owner: str
    address: str
    """Where it begins."""
    regions: tuple[str, ...]
    """Empty: it holds everywhere."""
    status: WatchStatus
    every: timedelta
    goes_live: tuple[str, ...]
    """What is told to visitors without an editor's yes: `passages`, `vacancies`, `events`."""
    last_run: Run | None = None
    last_done_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it is fetched at the next occasion."""
        return self.status == "active" and (self.last_done_at is None or now >= self.last_done_at + self.every)


class Overseeing(Protocol):
    """What can be seen and asked of the sources."""

    def sites(self) -> tuple[WatchedSite, ...]:
        """Every source, by owner."""

    def regions_of(self) -> Mapping[str, tuple[str, ...]]:
        """By source the regions that it holds for."""

    def site(self, source_id: str) -> WatchedSite | None:
        """One source; None if there is none of that id."""

    def runs(self, source_id: str, limit: int = 20) -> tuple[Run, ...]:
        """Its newest runs, the last first."""

    def run(self, run_id: str) -> Run | None:
        """One run; None if there is none of that id."""

    def is_busy(self) -> bool:
        """Whether some source is being fetched now: only one is at a time."""

    def fetch(self, source_id: str) -> bool:
        """Begin to fetch a source now, in a process of its own; False if another one is being fetched."""

    def set_status(self, source_id: str, status: WatchStatus, by: str) -> None:
        """Pause a source, or watch it again."""

    def stop(self) -> None:
        """Break off what was begun here; the next run goes on where it was."""
