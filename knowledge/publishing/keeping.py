"""KeeperStore: who looks after which item, for editors alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from knowledge.database import Sessions
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Clock, Editor, utc_now
from knowledge.publishing.tables import ItemKeeperRow


@dataclass(frozen=True)
class Keeper:
    """A colleague who looks after an item, or the region of which everybody does."""

    account_id: str = ""
    name: str = ""
    """Of the colleague, as it was when they were chosen."""
    region: str = ""

    def is_of(self, account_id: str, regions: Collection[str]) -> bool:
        """Whether that is somebody's work, who works for these regions."""
        return self.account_id == account_id if self.account_id else self.region in regions


class KeeperStore:
    """Each call is a transaction."""

    def __init__(self, sessions: Sessions, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    def all(self) -> Mapping[ItemKey, Keeper]:
        """By item who looks after it, of those that somebody does."""
        with self._sessions() as session:
            return {
                ItemKey(row.group_name, row.item_id): Keeper(row.account_id, row.name, row.region)
                for row in session.scalars(select(ItemKeeperRow))
            }

    def of(self, key: ItemKey) -> Keeper | None:
        """Who looks after an item; None: nobody in particular."""
        with self._sessions() as session:
            row = session.get(ItemKeeperRow, (key.group, key.id))
            return Keeper(row.account_id, row.name, row.region) if row else None

    def put(self, key: ItemKey, keeper: Keeper | None, by: Editor) -> None:
        """Say who looks after an item from now on; None: nobody in particular."""
        with self._sessions.begin() as session:
            if keeper is None:
                session.execute(
                    delete(ItemKeeperRow).where(ItemKeeperRow.group_name == key.group, ItemKeeperRow.item_id == key.id)
                )
                return
            session.merge(
                ItemKeeperRow(
                    group_name=key.group,
                    item_id=key.id,
                    account_id=keeper.account_id,
                    name=keeper.name,
                    region=keeper.region,
                    by=by.name,
                    at=self._clock(),
                )
            )
