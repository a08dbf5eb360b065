"""LiveStore: vacancies and events that go live by themselves, from when they were first seen until they are over."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from knowledge.catalogue import Content
from knowledge.database import Sessions
from knowledge.event import Event
from knowledge.publishing.outside_tables import LiveRecordRow
from knowledge.publishing.signal import bump
from knowledge.record import Kind
from knowledge.source import Source
from knowledge.vacancy import Vacancy

LiveKind = Vacancy | Event
_MODELS: dict[str, type[Vacancy] | type[Event]] = {"vacancy": Vacancy, "event": Event}
_UNCONFIRMED = timedelta(days=45)
"""A record that its site has not shown for so long is not told any more, whatever its last day."""
_KEPT = timedelta(days=90)
"""What is gone is kept so long, so that a job that comes back is not new."""


@dataclass(frozen=True)
class LiveRecord:
    """A vacancy or event as one source tells it, and what a citation of it names."""

    record: LiveKind
    origin: Source
    source_id: str
    cluster: str
    """The id under which the same thing was met first, on whatever site."""
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True)
class Sighting:
    """A vacancy or event that a run met."""

    record: LiveKind
    origin: Source
    cluster: str = ""
    """Empty: it is like no other that is known."""


@dataclass(frozen=True)
class LiveTally:
    """What a run did to the live records of its source."""

    added: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0


class LiveStore:
    """All live records. Each call is a transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def replace(self, source_id: str, kind: str, sightings: Iterable[Sighting], now: datetime) -> LiveTally:
        """Take what a complete run met as all that its source has of a kind; what it has no more is gone."""
        counts = dict.fromkeys(("added", "changed", "same", "gone"), 0)
        with self._sessions.begin() as session:
            query = select(LiveRecordRow).where(LiveRecordRow.source_id == source_id, LiveRecordRow.kind == kind)
            rows = {row.id: row for row in session.scalars(query)}
            seen = set()
            for each in sightings:
                if each.record.id in seen:
                    continue
                seen.add(each.record.id)
                content, origin = each.record.model_dump(mode="json"), each.origin.model_dump(mode="json")
                row = rows.get(each.record.id)
                cluster = each.cluster or (row.cluster if row else "") or each.record.id
                if row is None:
                    counts["added"] += 1
                    row = LiveRecordRow(id=each.record.id, source_id=source_id, kind=kind, first_seen=now)
                    session.add(row)
                elif row.gone_at is not None:
                    counts["added"] += 1
                elif row.content != content or row.cluster != cluster:
                    counts["changed"] += 1
                else:
                    counts["same"] += 1
                    row.last_seen = now
                    continue
                row.content, row.origin, row.cluster = content, origin, cluster
                row.last_seen = row.changed_at = now
                row.gone_at = None
            for row in rows.values():
                if row.id not in seen and row.gone_at is None:
                    row.gone_at = row.changed_at = now
                    counts["gone"] += 1
            session.execute(delete(LiveRecordRow).where(LiveRecordRow.gone_at < now - _KEPT))
            if counts["added"] or counts["changed"] or counts["gone"]:
                bump(session)
        return LiveTally(**counts)

    def join(self, record_id: str, other_id: str, is_written: bool, now: datetime) -> None:
        """
        Tell of something once from now on: an editor said that it is the same as the other.

        Of two live records the one that was met first is told; beside a record of our editors a live one goes.

        :param is_written: Whether one of the two is a record of our editors.
        """
        with self._sessions.begin() as session:
            rows = [each for id_ in (record_id, other_id) if (each := session.get(LiveRecordRow, id_))]
            if len(rows) == 2:
                first, second = sorted(rows, key=lambda each: (each.first_seen, each.id))
                session.execute(
                    update(LiveRecordRow)
                    .where(LiveRecordRow.cluster == second.cluster)
                    .values(cluster=first.cluster, changed_at=now)
                )
            elif is_written:
                for row in rows:
                    row.gone_at = row.changed_at = now
            if rows:
                bump(session)

    def touch(self, source_id: str, now: datetime) -> None:
        """Note that a source still tells all that it told: none of its pages differs."""
        with self._sessions.begin() as session:
            session.execute(
                update(LiveRecordRow)
                .where(LiveRecordRow.source_id == source_id, LiveRecordRow.gone_at.is_(None))
                .values(last_seen=now)
            )

    def all(self, now: datetime, kind: str | None = None) -> tuple[LiveRecord, ...]:
        """Every sighting that stands, the same thing on two sites twice; the one met first goes first."""
        with self._sessions() as session:
            query = select(LiveRecordRow).where(
                LiveRecordRow.gone_at.is_(None), LiveRecordRow.last_seen >= now - _UNCONFIRMED
            )
            if kind is not None:
                query = query.where(LiveRecordRow.kind == kind)
            query = query.order_by(LiveRecordRow.first_seen, LiveRecordRow.id)
            return tuple(_live(row) for row in session.scalars(query))

    def published(self, now: datetime) -> tuple[LiveRecord, ...]:
        """
        What visitors see: each job and event once, none that is over.

        It has one id whichever site tells it: an address that somebody kept goes on, and who was mailed about it is not
        mailed again when it is another site that still has it.
        """
        found: dict[str, LiveRecord] = {}
        for each in self.all(now):
            if not each.record.is_over(now.date()):
                told = each.record.model_copy(update={"id": each.cluster})
                found.setdefault(each.cluster, replace(each, record=told))
        return tuple(found.values())


def with_live(content: Content, found: Iterable[LiveRecord]) -> Content:
    """
    Content with live records behind its own. What would not be sound is left out: it came from outside, and must never
    keep an editor's work from being published.
    """
    ids = {each.id for each in content.records}
    regions = {each.id for each in content.records if each.kind is Kind.REGION}
    lokets = {each.id for each in content.records if each.kind is Kind.LOKET}
    subjects = {each.id for each in content.subjects}
    known = {each.id for each in content.sources}
    sound = [
        each
        for each in found
        if each.record.id not in ids
        and each.origin.id not in known
        and each.record.sources == (each.origin.id,)
        and set(each.record.regions) <= regions
        and (isinstance(each.record, Event) or set(each.record.subjects) <= subjects)
        and (isinstance(each.record, Vacancy) or set(each.record.lokets) <= lokets)
    ]
    return replace(
        content,
        records=(*content.records, *(each.record for each in sound)),
        sources=(*content.sources, *{each.origin.id: each.origin for each in sound}.values()),
    )


def _live(row: LiveRecordRow) -> LiveRecord:
    content: dict[str, Any] = row.content
    return LiveRecord(
        _MODELS[row.kind].model_validate(content),
        Source.model_validate(row.origin),
        row.source_id,
        row.cluster,
        row.first_seen,
        row.last_seen,
    )
