"""History: what visitors were told otherwise from one publication to the next, item by item."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import BaseModel, ValidationError
from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from knowledge.database import Sessions
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.item import ItemKey, Json, parsed
from knowledge.publishing.revisions import Revision
from knowledge.publishing.signal import bump, signal
from knowledge.publishing.tables import (
    ChangeSetRow,
    DeliveredChangeRow,
    DeliveredItemRow,
    ItemRow,
    PublicationRow,
    ReleaseRow,
    RevisionRow,
)
from knowledge.record import Kind

_KINDS = (Kind.ROUTE, Kind.COST, Kind.SUBSIDY, Kind.SALARY)
_GROUPS = ("rules", "combinations", "tuition_rules")
"""Routes and money: what of the content is news. How amounts are added up is in none of them."""


@dataclass(frozen=True)
class ItemChange:
    """One item as visitors read it before and since. None: they did not read it, since it was not there or not sure."""

    batch: str
    """What was published at once: `p12` a publication, `d3` what came with a version of the product."""
    at: datetime
    key: ItemKey
    before: BaseModel | None
    after: BaseModel | None
    is_put_back: bool = False
    """Whether this took back something that was published before."""
    told: str = ""
    """What an editor tells of the whole change set, in Dutch."""
    told_en: str = ""


class History:
    """All changes of routes, rules and money. What was published never changes, so that it is read once."""

    def __init__(self, sessions: Sessions, delivered: Delivered) -> None:
        self._sessions = sessions
        self._delivered = delivered
        self._lock = threading.Lock()
        self._latest: dict[ItemKey, Json | None] = {}
        """Of every item that was published here: what its last publication says."""
        self._number = 0
        self._found: list[tuple[ItemChange, str]] = []
        """With the id of the change set that it came from."""
        self._kept: tuple[int, tuple[ItemChange, ...]] = (-1, ())

    def changes(self) -> tuple[ItemChange, ...]:
        """The newest first; what was published at once in the order of its items."""
        with self._lock, self._sessions() as session:
            if (now := signal(session)) != self._kept[0]:
                self._read_on(session)
                told = _sentences(session)
                published = [_with_words(change, told.get(set_id)) for change, set_id in self._found]
                every = [*published, *_delivered_otherwise(session)]
                self._kept = (now, tuple(sorted(every, key=lambda each: each.at, reverse=True)))
            return self._kept[1]

    def note_delivered(self, now: datetime) -> int:
        """
        Lay what the product delivers beside what it delivered the last time, and keep what became of what visitors read.

        The first time there is nothing to lay it beside.

        :returns: How many items are told to have changed.
        """
        items = {key: content for key in self._delivered.items if (content := self._news_of(key))}
        with self._sessions() as session:
            if _delivered_before(session) == items:
                return 0
        with self._sessions.begin() as session:
            bump(session)
            before = _delivered_before(session)
            edited = set(
                session.execute(select(ItemRow.group_name, ItemRow.item_id).where(ItemRow.published.is_not(None)))
            )
            changed = [
                key
                for key in dict.fromkeys((*before, *items))
                if before and before.get(key) != items.get(key) and (key.group, key.id) not in edited
            ]
            session.add_all(
                DeliveredChangeRow(
                    at=now, group_name=key.group, item_id=key.id, before=before.get(key), after=items.get(key)
                )
                for key in changed
            )
            session.execute(delete(DeliveredItemRow))
            session.add_all(
                DeliveredItemRow(group_name=key.group, item_id=key.id, content=content)
                for key, content in items.items()
            )
        return len(changed)

    def _news_of(self, key: ItemKey) -> Json | None:
        content = self._delivered.content_of(key)
        if content is None or key.group not in (*_GROUPS, "records"):
            return None
        return content if key.group != "records" or content["kind"] in _KINDS else None

    def _read_on(self, session: Session) -> None:
        """Read the publications that came since the last time."""
        rows = session.execute(
            select(ReleaseRow, PublicationRow, RevisionRow, ChangeSetRow.id)
            .join(PublicationRow, PublicationRow.number == ReleaseRow.publication)
            .join(ItemRow, and_(ItemRow.group_name == ReleaseRow.group_name, ItemRow.item_id == ReleaseRow.item_id))
            .outerjoin(RevisionRow, RevisionRow.id == ReleaseRow.revision_id)
            .outerjoin(ChangeSetRow, ChangeSetRow.unpublished == PublicationRow.number)
            .where(PublicationRow.number > self._number, _is_news())
            .order_by(PublicationRow.number, ReleaseRow.group_name, ReleaseRow.item_id)
        )
        for release, publication, revision, taken_back in rows:
            key = ItemKey(release.group_name, release.item_id)
            after = self._delivered.content_of(key) if revision is None else revision.content
            before = self._latest.get(key) if key in self._latest else revision.base if revision is not None else None
            self._latest[key] = after
            self._number = publication.number
            is_put_back = publication.back_to is not None or taken_back is not None
            change = _change(f"p{publication.number}", publication.at, key, before, after, is_put_back)
            if change is not None:
                self._found.append((change, publication.change_set_id or ""))


def changes_in(revisions: Iterable[Revision]) -> tuple[ItemChange, ...]:
    """What would be told of the versions in a change set, if it were published now."""
    made = (
        _change("", each.at, each.key, each.base, each.content)
        for each in revisions
        if each.key.group in (*_GROUPS, "records")
        and (each.key.group != "records" or (each.content or each.base or {}).get("kind") in _KINDS)
    )
    return tuple(change for change in made if change is not None)


def _is_news() -> ColumnElement[bool]:
    return or_(ReleaseRow.group_name.in_(_GROUPS), and_(ReleaseRow.group_name == "records", ItemRow.kind.in_(_KINDS)))


def _delivered_otherwise(session: Session) -> Iterator[ItemChange]:
    batches: dict[datetime, int] = {}
    for row in session.scalars(select(DeliveredChangeRow).order_by(DeliveredChangeRow.id)):
        batch = f"d{batches.setdefault(row.at, row.id)}"
        change = _change(batch, row.at, ItemKey(row.group_name, row.item_id), row.before, row.after)
        if change is not None:
            yield change


def _delivered_before(session: Session) -> dict[ItemKey, Json]:
    return {ItemKey(row.group_name, row.item_id): row.content for row in session.scalars(select(DeliveredItemRow))}


def _sentences(session: Session) -> dict[str, tuple[str, str]]:
    rows: Sequence[ChangeSetRow] = session.scalars(
        select(ChangeSetRow).where(
            ChangeSetRow.publication.is_not(None), ChangeSetRow.told + ChangeSetRow.told_en != ""
        )
    ).all()
    return {row.id: (row.told, row.told_en) for row in rows}


def _with_words(change: ItemChange, words: tuple[str, str] | None) -> ItemChange:
    return change if words is None else replace(change, told=words[0], told_en=words[1])


def _change(
    batch: str, at: datetime, key: ItemKey, before: Json | None, after: Json | None, is_put_back: bool = False
) -> ItemChange | None:
    """The change as visitors could see it; None if they could not, or if a model of today no longer reads it."""
    try:
        old, new = _shown(key, before), _shown(key, after)
    except (ValidationError, KeyError):
        return None
    return ItemChange(batch, at, key, old, new, is_put_back) if old != new else None


def _shown(key: ItemKey, content: Json | None) -> BaseModel | None:
    """What visitors read: what is not sure is for editors alone."""
    item = parsed(key.group, content) if content is not None else None
    return None if getattr(item, "confidence", "") == "low" else item
