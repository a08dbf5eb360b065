"""What one region takes over from another: follow it, and say what it says; or fork it, and be told when it changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from knowledge.database import Sessions
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.errors import EditorialProblem, NoSuchItem
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.merge import FieldChange, FieldConflict, changes, merged
from knowledge.publishing.revisions import Clock, Editor, RevisionStore, utc_now
from knowledge.publishing.rows import EDITABLE, published_content
from knowledge.publishing.tables import ChangeSetRow, FollowRow, PublicationRow, ReleaseRow, RevisionRow

Mode = Literal["follow", "fork"]


@dataclass(frozen=True)
class TakenOver:
    """One item that a region took over."""

    key: ItemKey
    original: ItemKey
    region: str
    mode: Mode
    by: str
    at: datetime
    changed: tuple[FieldChange, ...]
    """What the original says otherwise since the region last looked; always empty for one that follows."""
    waiting: str = ""
    """The change in which the newest version of the original waits for a colleague; empty: none waits."""


class TakingOver:
    """Records of other regions, followed or forked. Each call is a transaction."""

    def __init__(
        self, sessions: Sessions, delivered: Delivered, revisions: RevisionStore, clock: Clock = utc_now
    ) -> None:
        self._sessions = sessions
        self._delivered = delivered
        self._revisions = revisions
        self._clock = clock

    def take_over(
        self, change_set_id: str, original: ItemKey, new_id: str, region: str, mode: Mode, by: Editor
    ) -> ItemKey:
        """
        Make a record for a region that says what another region's does, as a draft.

        One that follows is published anew with every publication of its original. One that forks goes its own way.

        :raises NoSuchItem: If the original is not published.
        :raises EditorialProblem: If the new id is in use, or it is no record.
        """
        if original.group != "records":
            raise EditorialProblem(f"{original} is no record", "Alleen teksten en bedragen neem je over, geen regels.")
        with self._sessions() as session:
            seen = published_content(session, self._delivered, original)
            followed = session.get(FollowRow, (original.group, original.id))
        if seen is None:
            raise NoSuchItem(f"{original} is not published")
        if followed is not None and followed.mode == "follow":
            raise EditorialProblem(
                f"{original} follows {followed.original_id} itself",
                f"Dit volgt zelf ‘{followed.original_id}’. Neem dat over.",
            )
        key = ItemKey(original.group, new_id)
        self._revisions.copy(change_set_id, original, new_id, by, _own(seen, region))
        with self._sessions.begin() as session:
            session.merge(
                FollowRow(
                    group_name=key.group,
                    item_id=key.id,
                    original_id=original.id,
                    region=region,
                    mode=mode,
                    seen=seen,
                    by=by.name,
                    at=self._clock(),
                )
            )
        return key

    def fork(self, key: ItemKey) -> None:
        """Let one that follows go its own way from now on."""
        with self._sessions.begin() as session:
            row = _row(session, key)
            row.mode, row.seen = (
                "fork",
                published_content(session, self._delivered, ItemKey(key.group, row.original_id)),
            )

    def of_region(self, region: str) -> tuple[TakenOver, ...]:
        """What a region took over, and what changed in the originals of its forks."""
        with self._sessions() as session:
            rows = session.scalars(select(FollowRow).where(FollowRow.region == region).order_by(FollowRow.item_id))
            return tuple(self._taken(session, row) for row in rows)

    def all(self) -> tuple[TakenOver, ...]:
        """What every region took over."""
        with self._sessions() as session:
            rows = session.scalars(select(FollowRow).order_by(FollowRow.region, FollowRow.item_id))
            return tuple(self._taken(session, row) for row in rows)

    def went_along(self, regions: Collection[str], since: datetime) -> tuple[ItemKey, ...]:
        """What of these regions follows another item, and was published anew since a moment."""
        wanted = (
            select(FollowRow.group_name, FollowRow.item_id)
            .join(
                ReleaseRow,
                and_(ReleaseRow.group_name == FollowRow.group_name, ReleaseRow.item_id == FollowRow.item_id),
            )
            .join(PublicationRow, PublicationRow.number == ReleaseRow.publication)
            .join(RevisionRow, RevisionRow.id == ReleaseRow.revision_id)
            .where(FollowRow.mode == "follow", FollowRow.region.in_(regions), PublicationRow.at >= since)
            .where(RevisionRow.base.is_not(None))  # The first one is that it was taken over.
            .distinct()
            .order_by(FollowRow.item_id)
        )
        with self._sessions() as session:
            return tuple(ItemKey(group, item_id) for group, item_id in session.execute(wanted))

    def find(self, key: ItemKey) -> TakenOver | None:
        """How an item was taken over; None if it was not."""
        with self._sessions() as session:
            row = session.get(FollowRow, (key.group, key.id))
            return self._taken(session, row) if row else None

    def following_in(self, keys: Collection[ItemKey]) -> frozenset[ItemKey]:
        """Those of these items that follow another one of them: they were published with it, by whoever published it."""
        with self._sessions() as session:
            return followers_among(session, keys)

    def catch_up(self, change_set_id: str, key: ItemKey, by: Editor) -> tuple[FieldConflict, ...]:
        """
        Take what changed in the original into a fork, field by field, as a draft.

        :returns: Fields that both changed: there the fork stands, and `theirs` is what the original says.
        """
        with self._sessions() as session:
            row = _row(session, key)
            now = published_content(session, self._delivered, ItemKey(key.group, row.original_id))
            seen, region = row.seen or {}, row.region
        draft = self._revisions.draft(change_set_id, key)
        mine = draft.content if draft else self._revisions.published(key)
        if now is None or mine is None:
            raise NoSuchItem(f"{key} or its original is not there")
        own = [_own(version, region) | {"id": key.id} for version in (seen, now)]
        both = merged({**seen, **own[0]}, mine, {**now, **own[1]})
        self._revisions.save(
            change_set_id, key, both.content, by, draft.id if draft else None, "Bijgewerkt naar het origineel"
        )
        with self._sessions.begin() as session:
            _row(session, key).seen = now
        return tuple(FieldConflict(each.field, each.mine, each.theirs) for each in both.conflicts)

    def _taken(self, session: Session, row: FollowRow) -> TakenOver:
        original = ItemKey(row.group_name, row.original_id)
        now = published_content(session, self._delivered, original) if row.mode == "fork" else row.seen
        return TakenOver(
            ItemKey(row.group_name, row.item_id),
            original,
            row.region,
            row.mode,  # type: ignore[arg-type]
            row.by,
            row.at,
            changes(row.seen, now),
            _waiting(session, row),
        )


def _waiting(session: Session, row: FollowRow) -> str:
    change_set = session.get(ChangeSetRow, row.waiting) if row.waiting else None
    return change_set.id if change_set is not None and change_set.state in EDITABLE else ""


def followers_among(session: Session, keys: Collection[ItemKey]) -> frozenset[ItemKey]:
    """Those of these items that follow another one of them, inside a transaction."""
    following = session.scalars(select(FollowRow).where(FollowRow.mode == "follow"))
    both = ((ItemKey(row.group_name, row.item_id), ItemKey(row.group_name, row.original_id)) for row in following)
    return frozenset(key for key, original in both if key in keys and original in keys)


def as_follower(content: Json, id_: str, region: str) -> Json:
    """What an item that follows says: what its original says, in its own region."""
    return {**content, **_own(content, region), "id": id_}


def _own(content: Json, region: str) -> Json:
    """What is never taken over. Names stay with the original: two records of one kind do not share one."""
    return {"regions": [region], **({"also_called": []} if "also_called" in content else {})}


def _row(session: Session, key: ItemKey) -> FollowRow:
    row = session.get(FollowRow, (key.group, key.id))
    if row is None:
        raise NoSuchItem(f"{key} was not taken over")
    return row
