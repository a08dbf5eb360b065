"""Lists of items, delivered and changed, as an editor looks through them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.database import Sessions
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.item import ItemKey, title_of
from knowledge.publishing.signal import list_signal
from knowledge.publishing.tables import ItemRow
from knowledge.record import Record

Standing = Literal["published", "draft", "in_review", "retired"]
Order = Literal["title", "changed"]


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """One item in a list."""

    key: ItemKey
    kind: str
    """Of a record; empty for what is in another group."""
    title: str
    regions: tuple[str, ...]
    standing: Standing
    """Of its newest version: `draft` and `in_review` may have a published version beside it."""
    is_live: bool
    """Whether visitors are answered from some version of it. Low confidence keeps even a published one from them."""
    is_sure: bool
    """False: of low confidence, so that visitors do not see it."""
    changed_at: datetime | None
    """None: never changed here."""
    changed_by: str


@dataclass(frozen=True)
class ItemPage:
    """A part of a list."""

    items: tuple[ItemSummary, ...]
    total: int
    """How many there are on all pages."""


class ItemList:
    """Every item, also those that exist only as a draft."""

    def __init__(self, sessions: Sessions, delivered: Delivered) -> None:
        self._sessions = sessions
        self._delivered = tuple(_as_delivered(delivered))
        self._kept: tuple[int, tuple[ItemSummary, ...]] = (-1, ())

    def page(
        self,
        *,
        group: str | None = None,
        kind: str = "",
        words: str = "",
        region: str = "",
        standing: Standing | None = None,
        order: Order = "title",
        offset: int = 0,
        size: int = 50,
    ) -> ItemPage:
        """
        The items that answer to all that is given.

        :param words: All of them have to be in the title or the id.
        :param region: Items of this region, and those that hold everywhere.
        :param standing: None leaves out what was taken away.
        """
        with self._sessions() as session:
            everything = self._everything(session)
        sought = words.casefold().split()
        found = [
            each
            for each in everything
            if (not group or each.key.group == group)
            and (not kind or each.kind == kind)
            and (not region or not each.regions or region in each.regions)
            and (each.standing == standing if standing else each.standing != "retired")
            and (not sought or _has_all(each, sought))
        ]
        if order == "changed":
            found.sort(key=lambda each: each.changed_at.timestamp() if each.changed_at else 0.0, reverse=True)
        return ItemPage(tuple(found[offset : offset + size]), len(found))

    def all(self) -> tuple[ItemSummary, ...]:
        """Everything, by title, with what was taken away."""
        with self._sessions() as session:
            return self._everything(session)

    def counts(self) -> dict[tuple[str, str], int]:
        """How many items there are of each group and kind, without what was taken away."""
        counted: dict[tuple[str, str], int] = {}
        with self._sessions() as session:
            for each in self._everything(session):
                if each.standing != "retired":
                    counted[each.key.group, each.kind] = counted.get((each.key.group, each.kind), 0) + 1
        return counted

    def _everything(self, session: Session) -> tuple[ItemSummary, ...]:
        """By title; kept in memory until some item changes, here or in another process."""
        number, kept = self._kept
        # Asked first: what changes while the rows are read is read again the next time.
        if (now := list_signal(session)) != number:
            kept = tuple(sorted(self._merged(session), key=lambda each: each.title.casefold()))
            self._kept = (now, kept)
        return kept

    def _merged(self, session: Session) -> Iterable[ItemSummary]:
        found = {each.key: each for each in self._delivered}
        for row in session.execute(select(*_SHOWN)):
            key = ItemKey(row.group_name, row.item_id)
            is_delivered = key in found
            if row.state == "published" and row.published is None and not is_delivered:
                continue
            standing: Standing = "draft"
            if row.state in ("published", "withdrawn"):
                standing = "retired" if row.is_retired else "published"
            elif row.state == "in_review":
                standing = "in_review"
            is_live = (row.published is not None or is_delivered) and standing != "retired"
            found[key] = ItemSummary(
                key,
                row.kind,
                row.title,
                tuple(row.regions),
                standing,
                is_live,
                row.is_sure,
                row.changed_at,
                row.changed_by,
            )
        return found.values()


_SHOWN = (
    ItemRow.group_name,
    ItemRow.item_id,
    ItemRow.kind,
    ItemRow.title,
    ItemRow.regions,
    ItemRow.state,
    ItemRow.is_retired,
    ItemRow.is_sure,
    ItemRow.published,
    ItemRow.changed_at,
    ItemRow.changed_by,
)


def _as_delivered(delivered: Delivered) -> Iterator[ItemSummary]:
    for key, item in delivered.items.items():
        kind = item.kind.value if isinstance(item, Record) else ""
        regions = item.regions if isinstance(item, Record) else ()
        title = title_of(key.group, item)
        is_sure = getattr(item, "confidence", "medium") != "low"
        yield ItemSummary(key, kind, title, regions, "published", True, is_sure, None, "")


def _has_all(each: ItemSummary, sought: list[str]) -> bool:
    text = f"{each.title} {each.key.id}".casefold()
    return all(word in text for word in sought)
