"""SourceRegistry: every source that is watched, as delivered and as changed here."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import yaml
from pydantic import ValidationError
from sqlalchemy import select

from ingestion.source import WatchedSource
from ingestion.store.tables import SourceEditRow
from knowledge.database import Sessions

DELIVERED = Path(__file__).parent / "content"


class SourceProblem(ValueError):
    """A source that cannot be used; the message says which, and what to do."""


class SourceRegistry:
    """The delivered sources, each in the place of which an edit in the store may stand."""

    def __init__(self, sessions: Sessions, delivered: Mapping[str, WatchedSource] | None = None) -> None:
        """:param delivered: By id; without, those that come with the product."""
        self._sessions = sessions
        self._delivered = dict(delivered if delivered is not None else delivered_sources())

    def __iter__(self) -> Iterator[WatchedSource]:
        """Every source, by id."""
        known = self._delivered | self._edits()
        return iter([known[each] for each in sorted(known)])

    def get(self, source_id: str) -> WatchedSource:
        """The source of that id.

        :raises SourceProblem: If there is none.
        """
        known = self._delivered | self._edits()
        if source_id not in known:
            raise SourceProblem(f"there is no source {source_id!r}; `loket sources list` shows them")
        return known[source_id]

    def put(self, source: WatchedSource, author: str, now: datetime) -> None:
        """Add a source, or stand in the place of the one of that id."""
        with self._sessions.begin() as session:
            session.merge(
                SourceEditRow(id=source.id, content=source.model_dump(mode="json"), author=author, changed_at=now)
            )

    def due(self, now: datetime, last_ended: Mapping[str, datetime]) -> tuple[WatchedSource, ...]:
        """The active sources that were not fetched for as long as they say, longest ago first."""
        waiting = [each for each in self if each.status == "active"]
        waiting = [each for each in waiting if each.id not in last_ended or now >= last_ended[each.id] + each.every]
        return tuple(sorted(waiting, key=lambda each: (each.id in last_ended, last_ended.get(each.id, now), each.id)))

    def _edits(self) -> dict[str, WatchedSource]:
        with self._sessions() as session:
            rows = session.scalars(select(SourceEditRow)).all()
        return {row.id: WatchedSource.model_validate(row.content) for row in rows}


def delivered_sources(folder: Path = DELIVERED) -> dict[str, WatchedSource]:
    """
    The sources in a folder of YAML lists, by id.

    :raises SourceProblem: If one is not valid or an id stands twice; the message names file and id.
    """
    found: dict[str, WatchedSource] = {}
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []:
            try:
                source = WatchedSource.model_validate(entry)
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(str(each) for each in first["loc"])
                raise SourceProblem(f"{path.name}, {entry.get('id')}: {place}: {first['msg']}") from error
            if source.id in found:
                raise SourceProblem(f"{path.name}: the id {source.id!r} stands twice")
            found[source.id] = source
    return found
