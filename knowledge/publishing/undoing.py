"""Going back: what it would undo, whose that is, and who may."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.publishing.delivered import Delivered
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.item import ItemKey, Json, may_change, region_ids, titled
from knowledge.publishing.tables import PublicationRow, ReleaseRow, RevisionRow
from knowledge.publishing.taking_over import followers_among


@dataclass(frozen=True)
class Undone:
    """An item that would say something else again, and the publication that last changed it."""

    key: ItemKey
    title: str
    regions: frozenset[str]
    """Of which it is, as it is and as it would be; empty: it holds everywhere."""
    publication: int
    by: str
    at: datetime
    change_set_id: str | None


class NotYours(EditorialProblem):
    """Going back would undo what is of other regions; `undone` says what."""

    dutch = "Hiermee gaat ook terug wat van een andere regio is. Een redacteur van die regio moet dat doen."

    def __init__(self, undone: tuple[Undone, ...]) -> None:
        super().__init__(f"it would undo {len(undone)} items of other regions: {', '.join(str(e.key) for e in undone)}")
        self.undone = undone


def state_at(session: Session, number: int | None) -> Mapping[ItemKey, int | None]:
    """By item that was ever published here the revision that held after a publication; None: now."""
    wanted = select(ReleaseRow).order_by(ReleaseRow.publication)
    if number is not None:
        wanted = wanted.where(ReleaseRow.publication <= number)
    return MappingProxyType({ItemKey(row.group_name, row.item_id): row.revision_id for row in session.scalars(wanted)})


def changed_by_going_back(session: Session, number: int) -> Mapping[ItemKey, int | None]:
    """By item that says something else now the revision that held after a publication; None: as delivered."""
    then, now = state_at(session, number), state_at(session, None)
    return MappingProxyType({key: then.get(key) for key, revision in now.items() if then.get(key) != revision})


def require_own(
    session: Session, delivered: Delivered, changed: Mapping[ItemKey, int | None], regions: Collection[str]
) -> None:
    """
    See to it that somebody who works for these regions undoes nothing of others.

    What follows something that goes back goes back with it, as it was published with it.

    :param changed: The revision that each item would have again.
    :raises NotYours: If it would.
    """
    following = followers_among(session, changed)
    refused = []
    for key, revision in changed.items():
        release = _newest(session, key)
        sides = [_content(session, delivered, key, each) for each in (release.revision_id, revision)]
        if key not in following and not may_change(regions, *(side.get("regions", ()) for side in sides)):
            refused.append(_undone(session, key, sides, release.publication))
    if refused:
        raise NotYours(tuple(sorted(refused, key=lambda each: (-each.publication, each.key))))


def _newest(session: Session, key: ItemKey) -> ReleaseRow:
    return session.scalars(
        select(ReleaseRow)
        .where(ReleaseRow.group_name == key.group, ReleaseRow.item_id == key.id)
        .order_by(ReleaseRow.publication.desc())
        .limit(1)
    ).one()


def _content(session: Session, delivered: Delivered, key: ItemKey, revision: int | None) -> Json:
    if revision is None:
        return delivered.content_of(key) or {}
    return session.get_one(RevisionRow, revision).content or {}


def _undone(session: Session, key: ItemKey, sides: list[Json], number: int) -> Undone:
    publication = session.get_one(PublicationRow, number)
    regions = frozenset(region for side in sides for region in region_ids(side.get("regions", ())))
    title = next((titled(key.group, side) for side in sides if side), key.id)
    return Undone(key, title, regions, number, publication.by, publication.at, publication.change_set_id)
