"""TranslationBook: English that is behind its Dutch, and English of which an editor said that it is still right."""

import threading
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.database import Sessions
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.errors import NoSuchItem
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.revisions import Clock, Editor, utc_now
from knowledge.publishing.tables import DeliveredChangeRow, ReleaseRow, RevisionRow, TranslationSeenRow
from knowledge.publishing.translated import Pair, StaleField, Standing, pairs, read_on, stale_fields

_Seen = Mapping[ItemKey, Mapping[str, Pair]]


class TranslationBook:
    """
    What of the English is behind. Each version that was published is read once; after that only what came since.

    Content as delivered counts as right: only what became of it here, or with another version of the product, is behind.
    """

    def __init__(self, sessions: Sessions, delivered: Delivered, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._delivered = delivered
        self._clock = clock
        self._lock = threading.Lock()
        self._standing: dict[ItemKey, Mapping[str, Standing]] = {}
        self._number = -1
        """Of the publication that was read last; below zero: not even what was delivered."""

    def behind(self) -> Mapping[ItemKey, tuple[StaleField, ...]]:
        """By published item the fields of which the English may be behind."""
        with self._lock, self._sessions() as session:
            self._read_on(session)
            seen = _seen(session)
            found = {key: stale_fields(each, seen.get(key, {})) for key, each in self._standing.items()}
            return {key: fields for key, fields in found.items() if fields}

    def of(self, key: ItemKey, draft: Json | None = None) -> tuple[StaleField, ...]:
        """The same of one item, as it is published or as a draft of it would be."""
        with self._lock, self._sessions() as session:
            self._read_on(session)
            standing = self._standing.get(key)
            if standing is None:
                standing = read_on({}, self._delivered.content_of(key))
            if draft is not None:
                standing = read_on(standing, draft)
            return stale_fields(standing, _seen(session, key).get(key, {}))

    def still_right(self, key: ItemKey, content: Json | None, by: Editor) -> None:
        """
        Say that the English goes with the Dutch as it is, so that it is not behind.

        :param content: The item as the editor sees it.
        :raises NoSuchItem: If it is not there.
        """
        if content is None:
            raise NoSuchItem(f"no {key} whose English could be right")
        with self._sessions.begin() as session:
            for path, pair in pairs(content):
                session.merge(
                    TranslationSeenRow(
                        group_name=key.group,
                        item_id=key.id,
                        path=path,
                        dutch=dict(pair.dutch),
                        english=dict(pair.english),
                        by=by.name,
                        at=self._clock(),
                    )
                )

    def _read_on(self, session: Session) -> None:
        if self._number < 0:
            for change in session.scalars(select(DeliveredChangeRow).order_by(DeliveredChangeRow.id)):
                key = ItemKey(change.group_name, change.item_id)
                before = self._standing.get(key) or read_on({}, change.before)
                self._standing[key] = read_on(before, change.after)
            self._number = 0
        rows = session.execute(
            select(
                ReleaseRow.group_name, ReleaseRow.item_id, ReleaseRow.publication, RevisionRow.id, RevisionRow.content
            )
            .outerjoin(RevisionRow, RevisionRow.id == ReleaseRow.revision_id)
            .where(ReleaseRow.publication > self._number)
            .order_by(ReleaseRow.publication)
        )
        for group, item_id, publication, revision, content in rows:
            key = ItemKey(group, item_id)
            delivered = self._delivered.content_of(key)
            before = self._standing.get(key) or read_on({}, delivered)
            self._standing[key] = read_on(before, delivered if revision is None else content)
            self._number = publication


def _seen(session: Session, key: ItemKey | None = None) -> _Seen:
    wanted = select(TranslationSeenRow)
    if key is not None:
        wanted = wanted.where(TranslationSeenRow.group_name == key.group, TranslationSeenRow.item_id == key.id)
    found: dict[ItemKey, dict[str, Pair]] = defaultdict(dict)
    for row in session.scalars(wanted):
        found[ItemKey(row.group_name, row.item_id)][row.path] = Pair(row.dutch, row.english)
    return found
