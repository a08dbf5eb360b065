"""What follows an original that is published: it goes along, or waits for a colleague of its own region."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.publishing.delivered import Delivered
from knowledge.publishing.item import ItemKey, Json, dumped, parsed, titled
from knowledge.publishing.review import Sensitive, needed, sensitive
from knowledge.publishing.revisions import Editor
from knowledge.publishing.rows import EDITABLE, published_content, refresh_item
from knowledge.publishing.tables import ChangeSetRow, FollowRow, RegionReviewRow, RevisionRow
from knowledge.publishing.taking_over import as_follower


@dataclass(frozen=True, order=True)
class Following:
    """An item of a region that follows one that is to be published."""

    region: str
    key: ItemKey
    original: ItemKey
    waits: bool
    """The region wants a colleague to look at it first."""


def following(session: Session, delivered: Delivered, originals: Mapping[ItemKey, Json]) -> tuple[Following, ...]:
    """
    What would follow.

    :param originals: What each will say.
    """
    found = []
    for original, content in originals.items():
        for row in followers_rows(session, original):
            key = ItemKey(row.group_name, row.item_id)
            before = published_content(session, delivered, key)
            if key not in originals and before is not None:
                after = as_follower(content, key.id, row.region)
                found.append(Following(row.region, key, original, is_held(session, key, row.region, before, after)))
    return tuple(sorted(found))


def follow_along(
    session: Session,
    delivered: Delivered,
    originals: Mapping[ItemKey, Json],
    change_set_id: str,
    by: Editor,
    now: datetime,
) -> list[RevisionRow]:
    """
    The versions that are published with these originals.

    Where its own region wants a second pair of eyes for such a change, it waits as a change of that region, to be
    approved; one that waited for an earlier version makes way.

    :param originals: What each will say.
    """
    made = []
    for original, content in originals.items():
        for row in followers_rows(session, original):
            key = ItemKey(row.group_name, row.item_id)
            before = published_content(session, delivered, key)
            if key in originals or before is None:
                continue
            let_go(session, delivered, row)
            after = dumped(parsed(key.group, as_follower(content, key.id, row.region)))
            if after == before:
                continue
            waits = is_held(session, key, row.region, before, after)
            to = _held(session, row, after, by, now) if waits else change_set_id
            revision = RevisionRow(
                group_name=key.group,
                item_id=key.id,
                change_set_id=to,
                content=after,
                base=before,
                state="in_review" if waits else "draft",
                author_id=by.id,
                author=by.name,
                at=now,
                comment=f"Volgt {original.id}",
            )
            session.add(revision)
            session.flush()
            if waits:
                refresh_item(session, delivered, key)
            else:
                made.append(revision)
    return made


def is_held(session: Session, key: ItemKey, region: str, before: Json, after: Json) -> bool:
    """Whether a region wants a colleague to look at this before it follows."""
    return bool(sensitive(key, before, after) & needed([region], review_settings(session)))


def review_settings(session: Session) -> dict[str, frozenset[Sensitive]]:
    """By region what needs a second person there, where that is not what is usual."""
    return {
        row.region: frozenset(Sensitive(each) for each in row.needs) for row in session.scalars(select(RegionReviewRow))
    }


def followers_rows(session: Session, original: ItemKey) -> list[FollowRow]:
    """What follows an item."""
    wanted = select(FollowRow).where(
        FollowRow.group_name == original.group, FollowRow.original_id == original.id, FollowRow.mode == "follow"
    )
    return list(session.scalars(wanted))


def let_go(session: Session, delivered: Delivered, row: FollowRow) -> None:
    """Withdraw what waits for an earlier version of the original: that is not what it says any more."""
    waiting = session.get(ChangeSetRow, row.waiting) if row.waiting else None
    row.waiting = None
    if waiting is None or waiting.state not in EDITABLE:
        return
    waiting.state, waiting.publish_at = "withdrawn", None
    for revision in session.scalars(
        select(RevisionRow).where(RevisionRow.change_set_id == waiting.id, RevisionRow.state != "aside")
    ):
        revision.state = "withdrawn"
    session.flush()
    refresh_item(session, delivered, ItemKey(row.group_name, row.item_id))


def _held(session: Session, row: FollowRow, after: Json, by: Editor, now: datetime) -> str:
    change_set = ChangeSetRow(
        id=str(uuid.uuid4()),
        title=f"Volgt het origineel: {titled(row.group_name, after)}"[:200],
        state="in_review",
        region=row.region,
        author_id=by.id,
        author=by.name,
        created_at=now,
        changed_at=now,
    )
    session.add(change_set)
    session.flush()
    row.waiting = change_set.id
    return change_set.id
