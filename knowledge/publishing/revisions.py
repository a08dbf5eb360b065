"""Revisions: every saved version of every item, who saved it, and what it was made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel
from sqlalchemy import case, select
from sqlalchemy.orm import Session

from knowledge.database import Sessions
from knowledge.publishing.autosaves import forget_autosave
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.errors import EditorialProblem, NoSuchItem
from knowledge.publishing.item import ItemKey, Json, dumped, parsed
from knowledge.publishing.merge import FieldConflict, Together, merged, together
from knowledge.publishing.rows import (
    EDITABLE,
    batched,
    newest_in,
    open_change_set,
    published_content,
    refresh_item,
    rows_in,
    versions_of,
)
from knowledge.publishing.tables import ChangeSetRow, ItemRow, RevisionRow

Clock = Callable[[], datetime]
RevisionState = Literal["draft", "in_review", "published", "withdrawn", "aside"]


def utc_now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Editor:
    """Whoever edits, reviews or publishes."""

    id: str
    name: str
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Revision:
    """One saved version of one item."""

    id: int
    key: ItemKey
    change_set_id: str
    content: Json | None
    """None: the item is taken away."""
    base: Json | None
    """What was published when the change set began to change it; None: nothing."""
    state: RevisionState
    author_id: str
    author: str
    reviewer: str
    at: datetime
    comment: str


@dataclass(frozen=True)
class Saved:
    """What came of saving."""

    revision: Revision
    conflicts: tuple[FieldConflict, ...] = ()
    """Fields that somebody else changed otherwise in the meantime. Theirs stands; mine is kept in `aside`."""
    taken: tuple[str, ...] = ()
    """Fields that somebody else changed in the meantime and that came in by themselves."""
    aside: Revision | None = None


class RevisionStore:
    """Items as published and as drafted, and their history. Each call is a transaction."""

    def __init__(self, sessions: Sessions, delivered: Delivered, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._delivered = delivered
        self._clock = clock

    # ---- reading

    def published(self, key: ItemKey) -> Json | None:
        """What visitors are answered from now; None if it is not there, or was taken away."""
        with self._sessions() as session:
            return published_content(session, self._delivered, key)

    def published_all(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Json]:
        """What visitors are answered from now, of those of these items that are there, in their order."""
        wanted = list(keys)
        with self._sessions() as session:
            kept = dict[ItemKey, Json | None]()
            for part in batched(wanted):
                rows = session.execute(
                    select(ItemRow.group_name, ItemRow.item_id, RevisionRow.content)
                    .join(RevisionRow, RevisionRow.id == ItemRow.published)
                    .where(ItemRow.item_id.in_([key.id for key in part]))
                )
                kept |= {ItemKey(row.group_name, row.item_id): row.content for row in rows}
        found = ((key, kept[key] if key in kept else self._delivered.content_of(key)) for key in wanted)
        return {key: content for key, content in found if content is not None}

    def draft(self, change_set_id: str, key: ItemKey) -> Revision | None:
        """The newest version of an item in a change set; None if it is not in there."""
        with self._sessions() as session:
            row = newest_in(session, change_set_id, key)
            return _revision(row) if row else None

    def open_draft(self, key: ItemKey, first_of: str = "") -> Revision | None:
        """
        The newest version of an item in a change set that stands open; None if it is in none.

        :param first_of: The account whose own change sets come first.
        """
        with self._sessions() as session:
            row = session.scalars(
                select(RevisionRow)
                .join(ChangeSetRow, ChangeSetRow.id == RevisionRow.change_set_id)
                .where(
                    RevisionRow.group_name == key.group,
                    RevisionRow.item_id == key.id,
                    RevisionRow.state.in_(("draft", "in_review")),
                    ChangeSetRow.state.in_(EDITABLE),
                )
                .order_by(
                    case((ChangeSetRow.author_id == first_of, 0), else_=1),
                    ChangeSetRow.changed_at.desc(),
                    RevisionRow.id.desc(),
                )
                .limit(1)
            ).first()
            return _revision(row) if row else None

    def revision(self, revision_id: int) -> Revision:
        """
        One version.

        :raises NoSuchItem: If there is none of that number.
        """
        with self._sessions() as session:
            row = session.get(RevisionRow, revision_id)
            if row is None:
                raise NoSuchItem(f"no revision {revision_id}")
            return _revision(row)

    def history(self, key: ItemKey, limit: int = 50, before: int | None = None) -> tuple[Revision, ...]:
        """Its versions, the newest first, older than the revision `before`."""
        with self._sessions() as session:
            wanted = (
                select(RevisionRow)
                .where(RevisionRow.group_name == key.group, RevisionRow.item_id == key.id)
                .order_by(RevisionRow.id.desc())
                .limit(limit)
            )
            if before is not None:
                wanted = wanted.where(RevisionRow.id < before)
            return tuple(_revision(row) for row in session.scalars(wanted))

    def changed_in(self, change_set_id: str) -> tuple[Revision, ...]:
        """The newest version of every item in a change set, in the order in which they were first saved."""
        with self._sessions() as session:
            return tuple(_revision(row) for row in rows_in(session, change_set_id))

    # ---- saving

    def save(
        self,
        change_set_id: str,
        key: ItemKey,
        content: Json | None,
        by: Editor,
        seen: int | None = None,
        comment: str = "",
    ) -> Saved:
        """
        Keep a version of an item as a draft in a change set.

        What somebody else saved since `seen` is merged in by field. Where both changed one field, theirs stands, the
        conflict is told, and this version is kept beside it: nothing is lost.

        :param content: Checked by its model, and kept in the model's own form; None takes the item away.
        :param seen: The revision that `by` began with; None: the item was not in the change set yet.
        :raises ValidationError: If the model refuses the content.
        :raises NotOpen: If the change set was published or withdrawn.
        :raises EditorialProblem: If the content has another id than the key says.
        """
        item = None if content is None else parsed(key.group, content)
        whole = None if item is None else dumped(item)
        named = key if item is None else ItemKey.of(key.group, item)
        if named != key and key.group != "phrasings":
            raise EditorialProblem(
                f"{key} would become {named}", "De naam (id) van een bestaand item verandert niet. Maak een kopie."
            )
        with self._sessions.begin() as session:
            if named != key:
                # Sentences are named after the first of them: with another first one they are others.
                self._save(session, change_set_id, key, None, by, seen, comment)
                seen = None
            return self._save(session, change_set_id, named, whole, by, seen, comment)

    def save_all(
        self, change_set_id: str, changed: Mapping[ItemKey, BaseModel | None], by: Editor, comment: str = ""
    ) -> None:
        """Keep many items as drafts in one transaction, all of them or none; None takes an item away."""
        with self._sessions.begin() as session:
            for key, item in changed.items():
                newest = newest_in(session, change_set_id, key)
                content = None if item is None else dumped(item)
                self._save(session, change_set_id, key, content, by, newest.id if newest else None, comment)

    def retire(self, change_set_id: str, key: ItemKey, by: Editor, comment: str = "") -> Saved:
        """Take an item away, as a draft."""
        latest = self.draft(change_set_id, key)
        return self.save(change_set_id, key, None, by, latest.id if latest else None, comment)

    def restore(self, change_set_id: str, revision_id: int, by: Editor) -> Saved:
        """
        Make an older version the draft again.

        :raises ValidationError: If the models of today no longer know it.
        """
        old = self.revision(revision_id)
        latest = self.draft(change_set_id, old.key)
        comment = f"Teruggezet: versie {revision_id}"
        return self.save(change_set_id, old.key, old.content, by, latest.id if latest else None, comment)

    def copy(
        self,
        change_set_id: str,
        key: ItemKey,
        new_id: str,
        by: Editor,
        fields: Mapping[str, object] = MappingProxyType({}),
    ) -> Saved:
        """
        A new item with what this one says.

        :param fields: What is different in the copy: `{"title": "…", "regions": ["leiden"]}`.
        :raises NoSuchItem: If there is nothing to copy.
        :raises EditorialProblem: If the new id is in use.
        """
        original = self.draft(change_set_id, key)
        content = original.content if original else self.published(key)
        if content is None:
            raise NoSuchItem(f"no {key} to copy")
        new = ItemKey(key.group, new_id)
        if self.published(new) is not None or self.draft(change_set_id, new) is not None:
            raise EditorialProblem(f"{new} is already there", f"De naam ‘{new_id}’ is al in gebruik. Kies een andere.")
        name = "name" if "name" in content and "id" not in content else "id"
        return self.save(change_set_id, new, {**content, **fields, name: new_id}, by, comment=f"Kopie van {key.id}")

    def translate(self, change_set_id: str, key: ItemKey, locale: str, words: Json, by: Editor) -> Saved:
        """Give a record its words in another language: title, summary and body."""
        latest = self.draft(change_set_id, key)
        content = latest.content if latest else self.published(key)
        if content is None:
            raise NoSuchItem(f"no {key} to translate")
        translations = {**content.get("translations", {}), locale: words}
        seen = latest.id if latest else None
        return self.save(change_set_id, key, {**content, "translations": translations}, by, seen, "Vertaling")

    def take_out(self, change_set_id: str, key: ItemKey) -> None:
        """Leave an item out of a change set; its versions stay in the history."""
        with self._sessions.begin() as session:
            open_change_set(session, self._delivered, change_set_id, self._clock())
            for row in session.scalars(versions_of(change_set_id, key)):
                row.state = "withdrawn"
            session.flush()
            refresh_item(session, self._delivered, key)

    def rebase(self, change_set_id: str, by: Editor) -> dict[ItemKey, tuple[FieldConflict, ...]]:
        """
        Take into a change set what was published since it began, field by field.

        :returns: By item that was merged the fields on which both differ; there the draft stands, and `theirs` is
            what is published.
        """
        found = dict[ItemKey, tuple[FieldConflict, ...]]()
        with self._sessions.begin() as session:
            open_change_set(session, self._delivered, change_set_id, self._clock())
            for row in rows_in(session, change_set_id):
                key = ItemKey(row.group_name, row.item_id)
                now = published_content(session, self._delivered, key)
                if now == row.base:
                    continue
                content, conflicts = row.content, tuple[FieldConflict, ...]()
                if content is not None and now is not None:
                    both = merged(row.base or {}, content, now)
                    content = both.content
                    conflicts = tuple(FieldConflict(each.field, each.mine, each.theirs) for each in both.conflicts)
                found[key] = conflicts
                self._add(session, change_set_id, key, content, now, by, "Bijgewerkt met wat gepubliceerd is")
                refresh_item(session, self._delivered, key)
        return found

    # ---- inside a transaction

    def _save(
        self,
        session: Session,
        change_set_id: str,
        key: ItemKey,
        content: Json | None,
        by: Editor,
        seen: int | None,
        comment: str,
    ) -> Saved:
        open_change_set(session, self._delivered, change_set_id, self._clock())
        newest = newest_in(session, change_set_id, key)
        base = newest.base if newest else published_content(session, self._delivered, key)
        kept, aside = Together(content), None
        if newest is not None and newest.id != seen:
            began = session.get(RevisionRow, seen) if seen is not None else None
            kept = together(key, began.content if began else base, newest.content, content)
            if kept.conflicts:
                aside = _revision(self._add(session, change_set_id, key, content, base, by, comment, "aside"))
        row = self._add(session, change_set_id, key, kept.content, base, by, comment)
        forget_autosave(session, key, by.id)
        refresh_item(session, self._delivered, key)
        return Saved(_revision(row), kept.conflicts, kept.taken, aside)

    def _add(
        self,
        session: Session,
        change_set_id: str,
        key: ItemKey,
        content: Json | None,
        base: Json | None,
        by: Editor,
        comment: str,
        state: RevisionState = "draft",
    ) -> RevisionRow:
        row = RevisionRow(
            group_name=key.group,
            item_id=key.id,
            change_set_id=change_set_id,
            content=content,
            base=base,
            state=state,
            author_id=by.id,
            author=by.name,
            at=self._clock(),
            comment=comment[:500],
        )
        session.add(row)
        session.flush()
        return row


def _revision(row: RevisionRow) -> Revision:
    return Revision(
        id=row.id,
        key=ItemKey(row.group_name, row.item_id),
        change_set_id=row.change_set_id,
        content=row.content,
        base=row.base,
        state=row.state,  # type: ignore[arg-type]
        author_id=row.author_id,
        author=row.author,
        reviewer=row.reviewer,
        at=row.at,
        comment=row.comment,
    )
