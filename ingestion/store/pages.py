"""What is known of pages, and what a run has still to fetch: all queries on them."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ingestion.store.tables import FrontierRow, PageRow, RunRow
from knowledge.database import Sessions

Outcome = Literal["new", "changed", "same", "gone", "failed"]


@dataclass(frozen=True)
class KnownPage:
    """The last that is known of a page; `digest` names its bytes in the archive."""

    key: str
    found_at: str
    digest: str
    media_type: str
    charset: str
    etag: str
    last_modified: str
    links: tuple[str, ...]
    fetched_at: datetime
    changed_at: datetime
    gone_at: datetime | None = None
    why_gone: str = ""
    canonical: str = ""
    """The key of the address that it says it has; empty: it says none."""


@dataclass(frozen=True)
class ToFetch:
    """An address of a run, and how many links from the start it is."""

    key: str
    depth: int


@dataclass(frozen=True)
class Fetched:
    """What became of one address."""

    key: str
    outcome: Outcome
    why: str = ""
    seconds: float = 0.0
    size: int = 0


@dataclass(frozen=True)
class RunKept:
    """A run as it is kept."""

    id: str
    source_id: str
    state: Literal["running", "done", "failed"]
    started_at: datetime
    ended_at: datetime | None
    report: dict[str, Any]
    """Empty while it fetches."""


class PageStore:
    """Pages and runs of all sources. Each call is a transaction, so a kill between two leaves a run that goes on."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    def begin(self, source_id: str, now: datetime) -> tuple[str, bool]:
        """The run of that source to go on with, or a new one: its id, and whether it was broken off before."""
        with self.sessions.begin() as session:
            open_run = session.scalars(
                select(RunRow)
                .where(RunRow.source_id == source_id, RunRow.state == "running")
                .order_by(RunRow.started_at.desc())
            ).first()
            if open_run:
                return open_run.id, True
            run = RunRow(id=str(uuid.uuid4()), source_id=source_id, state="running", started_at=now, report={})
            session.add(run)
            return run.id, False

    def end(self, run_id: str, state: Literal["done", "failed"], report: dict[str, Any], now: datetime) -> None:
        """Close a run with its report; what it had to fetch is forgotten."""
        with self.sessions.begin() as session:
            run = session.get_one(RunRow, run_id)
            run.state, run.report, run.ended_at = state, report, now
            session.execute(delete(FrontierRow).where(FrontierRow.run_id == run_id))

    def note(self, run_id: str, report: dict[str, Any], state: Literal["done", "failed"] = "done") -> None:
        """Keep what a run did after it fetched."""
        with self.sessions.begin() as session:
            run = session.get_one(RunRow, run_id)
            run.state, run.report = state, report

    def last_report(self, source_id: str, before: str) -> dict[str, Any]:
        """The report of the newest run of that source that was done, other than `before`; empty if there is none."""
        with self.sessions() as session:
            report = session.scalar(
                select(RunRow.report)
                .where(RunRow.source_id == source_id, RunRow.state == "done", RunRow.id != before)
                .order_by(RunRow.ended_at.desc())
                .limit(1)
            )
            return dict(report or {})

    def last_ended(self, source_id: str) -> datetime | None:
        """When a run of that source was last done; None if it never was."""
        with self.sessions() as session:
            return session.scalar(
                select(RunRow.ended_at)
                .where(RunRow.source_id == source_id, RunRow.state == "done")
                .order_by(RunRow.ended_at.desc())
                .limit(1)
            )

    def add(self, run_id: str, addresses: Iterable[ToFetch], most: int) -> int:
        """Put addresses on a run's list that are not there yet, up to so many in all; how many did not go on it."""
        wanted = {each.key: each for each in addresses}
        if not wanted:
            return 0
        with self.sessions.begin() as session:
            known = set(
                session.scalars(
                    select(FrontierRow.key).where(FrontierRow.run_id == run_id, FrontierRow.key.in_(list(wanted)))
                )
            )
            count = session.scalar(select(func.count()).where(FrontierRow.run_id == run_id)) or 0
            fresh = [each for key, each in wanted.items() if key not in known]
            taken = fresh[: max(0, most - count)]
            session.add_all(
                FrontierRow(run_id=run_id, key=each.key, position=count + place, depth=each.depth)
                for place, each in enumerate(taken)
            )
            return len(fresh) - len(taken)

    def next(self, run_id: str, count: int) -> tuple[ToFetch, ...]:
        """The first addresses that are still to fetch, nearest to the start first."""
        with self.sessions() as session:
            rows = session.execute(
                select(FrontierRow.key, FrontierRow.depth)
                .where(FrontierRow.run_id == run_id, FrontierRow.outcome == "")
                .order_by(FrontierRow.depth, FrontierRow.position)
                .limit(count)
            )
            return tuple(ToFetch(key, depth) for key, depth in rows)

    def outcomes(self, run_id: str) -> tuple[Fetched, ...]:
        """What became of each address so far, in the order in which they were found."""
        with self.sessions() as session:
            rows = session.scalars(
                select(FrontierRow)
                .where(FrontierRow.run_id == run_id, FrontierRow.outcome != "")
                .order_by(FrontierRow.position)
            )
            return tuple(
                Fetched(row.key, row.outcome, row.why, row.seconds, row.size)  # type: ignore[arg-type]
                for row in rows
            )

    def pages(self, source_id: str, gone: bool = False) -> tuple[KnownPage, ...]:
        """The pages of a source that are there, or with `gone` also those that are no more."""
        with self.sessions() as session:
            query = select(PageRow).where(PageRow.source_id == source_id).order_by(PageRow.key)
            if not gone:
                query = query.where(PageRow.gone_at.is_(None))
            return tuple(_page(row) for row in session.scalars(query))

    def page(self, source_id: str, key: str) -> KnownPage | None:
        """One page; None if it was never fetched."""
        with self.sessions() as session:
            row = session.get(PageRow, (source_id, key))
            return _page(row) if row else None

    def keep(self, run_id: str, source_id: str, page: KnownPage | None, fetched: Fetched) -> None:
        """What one fetch gave: the page as it is now, if it came, and what became of the address."""
        with self.sessions.begin() as session:
            if page is not None and fetched.outcome == "same":
                # Most pages of most runs: one statement, and no row that is read to write it back.
                session.execute(
                    update(PageRow)
                    .where(PageRow.source_id == source_id, PageRow.key == page.key)
                    .values(
                        fetched_at=page.fetched_at,
                        etag=page.etag,
                        last_modified=page.last_modified,
                        canonical=page.canonical,
                    )
                )
            elif page is not None:
                _put(session, source_id, page)
            session.execute(
                update(FrontierRow)
                .where(FrontierRow.run_id == run_id, FrontierRow.key == fetched.key)
                .values(outcome=fetched.outcome, why=fetched.why, seconds=fetched.seconds, size=fetched.size)
            )

    def lose(self, source_id: str, keys: Iterable[str], why: str, now: datetime) -> int:
        """Note that pages are no more; how many were there until now."""
        with self.sessions.begin() as session:
            rows = [session.get(PageRow, (source_id, key)) for key in keys]
            there = [row for row in rows if row is not None and row.gone_at is None]
            for row in there:
                row.gone_at, row.why_gone = now, why
            return len(there)

    def runs(self, source_id: str | None = None, limit: int = 20) -> tuple[dict[str, Any], ...]:
        """The newest runs, of one source or of all: id, source, state, moments and report."""
        return tuple(asdict(each) for each in self.kept_runs(source_id, limit))

    def kept_runs(self, source_id: str | None = None, limit: int = 20) -> tuple[RunKept, ...]:
        """The newest runs, of one source or of all."""
        with self.sessions() as session:
            query = select(RunRow).order_by(RunRow.started_at.desc()).limit(limit)
            if source_id:
                query = query.where(RunRow.source_id == source_id)
            return tuple(_run(row) for row in session.scalars(query))

    def kept_run(self, run_id: str) -> RunKept | None:
        """One run; None if there is none of that id."""
        with self.sessions() as session:
            row = session.get(RunRow, run_id)
            return _run(row) if row else None

    def latest(self) -> dict[str, RunKept]:
        """By source its newest run."""
        newest = select(RunRow.source_id, func.max(RunRow.started_at).label("at")).group_by(RunRow.source_id).subquery()
        same = (RunRow.source_id == newest.c.source_id) & (RunRow.started_at == newest.c["at"])
        with self.sessions() as session:
            return {row.source_id: _run(row) for row in session.scalars(select(RunRow).join(newest, same))}

    def all_ended(self) -> dict[str, datetime]:
        """By source when a run of it was last done, of those of which one was."""
        query = select(RunRow.source_id, func.max(RunRow.ended_at)).where(RunRow.state == "done")
        with self.sessions() as session:
            rows = session.execute(query.group_by(RunRow.source_id))
            return {source_id: moment for source_id, moment in rows if moment}

    def progress(self, run_id: str) -> dict[str, int]:
        """How many addresses of a run that goes on came to which outcome; those still to fetch under an empty name."""
        query = select(FrontierRow.outcome, func.count()).where(FrontierRow.run_id == run_id)
        with self.sessions() as session:
            return {row[0]: row[1] for row in session.execute(query.group_by(FrontierRow.outcome))}


def _run(row: RunRow) -> RunKept:
    return RunKept(row.id, row.source_id, row.state, row.started_at, row.ended_at, row.report)  # type: ignore[arg-type]


def _put(session: Session, source_id: str, page: KnownPage) -> None:
    values = asdict(replace(page, links=())) | {"links": list(page.links)}
    row = session.get(PageRow, (source_id, page.key))
    if row is None:
        session.add(PageRow(source_id=source_id, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)


def _page(row: PageRow) -> KnownPage:
    return KnownPage(
        row.key,
        row.found_at,
        row.digest,
        row.media_type,
        row.charset,
        row.etag,
        row.last_modified,
        tuple(row.links),
        row.fetched_at,
        row.changed_at,
        row.gone_at,
        row.why_gone,
        row.canonical,
    )
