"""Rows of revisions, change sets and items inside a transaction: what they say together, and how they change."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from knowledge.publishing.delivered import Delivered
from knowledge.publishing.errors import NoSuchItem, NotOpen
from knowledge.publishing.item import ItemKey, Json, titled
from knowledge.publishing.signal import bump_lists
from knowledge.publishing.tables import ChangeSetRow, ItemRow, RevisionRow

EDITABLE = ("draft", "in_review", "approved")
"""States of a change set in which its items may still be changed; what was reviewed is then reviewed again."""
_IN_ONE_STATEMENT = 500


def batched(keys: Sequence[ItemKey]) -> Iterator[Sequence[ItemKey]]:
    """Keys in parts that fit in one statement of any database."""
    return (keys[at : at + _IN_ONE_STATEMENT] for at in range(0, len(keys), _IN_ONE_STATEMENT))


def open_change_set(session: Session, delivered: Delivered, change_set_id: str, now: datetime) -> None:
    """
    Take a change set to work on: nobody else writes until this transaction ends, and a review of it no longer counts.

    :raises NoSuchItem, NotOpen: If it is not there, or no longer open.
    """
    # First a statement that writes: SQLite gives out its one lock for writing here, and nothing that was read before
    # can be old.
    session.execute(update(ChangeSetRow).where(ChangeSetRow.id == change_set_id).values(changed_at=now))
    row = session.get(ChangeSetRow, change_set_id)
    if row is None:
        raise NoSuchItem(f"no change set {change_set_id}")
    if row.state not in EDITABLE:
        raise NotOpen(f"change set {change_set_id} is {row.state}")
    if row.state != "draft":
        row.state, row.reviewer_id, row.reviewer, row.reviewed_at, row.publish_at = "draft", "", "", None, None
        session.execute(
            update(RevisionRow)
            .where(RevisionRow.change_set_id == change_set_id, RevisionRow.state == "in_review")
            .values(state="draft", reviewer="")
        )
        for revision in rows_in(session, change_set_id):
            refresh_item(session, delivered, ItemKey(revision.group_name, revision.item_id))


def rows_in(session: Session, change_set_id: str) -> Sequence[RevisionRow]:
    """The newest row of every item in a change set, in the order in which the items were first saved."""
    newest = dict[tuple[str, str], RevisionRow]()
    for row in session.scalars(
        select(RevisionRow)
        .where(RevisionRow.change_set_id == change_set_id, RevisionRow.state.not_in(("aside", "withdrawn")))
        .order_by(RevisionRow.id)
    ):
        newest[row.group_name, row.item_id] = row
    return list(newest.values())


def newest_in(session: Session, change_set_id: str, key: ItemKey) -> RevisionRow | None:
    """The newest row of an item in a change set."""
    return session.scalars(versions_of(change_set_id, key).order_by(RevisionRow.id.desc()).limit(1)).first()


def published_content(session: Session, delivered: Delivered, key: ItemKey) -> Json | None:
    """What visitors are answered from, inside a transaction."""
    row = session.get(ItemRow, (key.group, key.id))
    if row is None or row.published is None:
        return delivered.content_of(key)
    return session.get_one(RevisionRow, row.published).content


def refresh_item(
    session: Session, delivered: Delivered, key: ItemKey, published: int | Literal["same"] | None = "same"
) -> None:
    """
    Write anew how an item stands in lists.

    :param published: The revision that is published from now on; None: the delivered one.
    """
    row = session.get(ItemRow, (key.group, key.id))
    newest = session.scalars(
        select(RevisionRow)
        .where(
            RevisionRow.group_name == key.group,
            RevisionRow.item_id == key.id,
            RevisionRow.state.not_in(("aside", "withdrawn")),
        )
        .order_by(RevisionRow.id.desc())
        .limit(1)
    ).first()
    if row is None:
        if newest is None:
            return
        row = ItemRow(group_name=key.group, item_id=key.id, published=None)
        session.add(row)
    if published != "same":
        row.published = published
    shown = newest or (session.get(RevisionRow, row.published) if row.published else None)
    content = shown.content if shown else None
    told = content or (shown.base if shown else None) or delivered.content_of(key) or {}
    row.latest = newest.id if newest else row.published
    row.kind = str(told.get("kind", "")) if key.group == "records" else ""
    row.title = titled(key.group, told)
    row.regions = list(told.get("regions", ())) if key.group == "records" else []
    row.state = newest.state if newest else "published"
    row.is_retired = shown is not None and content is None
    row.is_sure = told.get("confidence") != "low"
    row.changed_at = shown.at if shown else datetime.now(UTC)
    row.changed_by = shown.author if shown else ""
    session.flush()
    bump_lists(session)


def versions_of(change_set_id: str, key: ItemKey) -> Select[RevisionRow]:
    """Every row of an item in a change set that counts."""
    return select(RevisionRow).where(
        RevisionRow.change_set_id == change_set_id,
        RevisionRow.group_name == key.group,
        RevisionRow.item_id == key.id,
        RevisionRow.state.not_in(("aside", "withdrawn")),
    )
