"""Publishing: the content that visitors are answered from, in numbered states that can be gone back to."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import BaseModel, ValidationError
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from knowledge.catalogue import Catalogue, Content
from knowledge.database import Sessions
from knowledge.publishing.change_sets import review_need
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.errors import (
    ContentRefused,
    EditorialProblem,
    NoSuchItem,
    NotOpen,
    Outdated,
    SecondPersonNeeded,
)
from knowledge.publishing.following import Following, follow_along, followers_rows, following, let_go
from knowledge.publishing.item import ItemKey, Json, overlaid, parsed
from knowledge.publishing.live import LiveStore, with_live
from knowledge.publishing.problems import ContentProblem, problems_of
from knowledge.publishing.revisions import Clock, Editor, utc_now
from knowledge.publishing.rows import published_content, refresh_item, rows_in
from knowledge.publishing.signal import bump, signal
from knowledge.publishing.tables import ChangeSetRow, ItemRow, PublicationRow, ReleaseRow, RevisionRow
from knowledge.publishing.undoing import changed_by_going_back, require_own, state_at
from knowledge.reader import publish

SYSTEM = Editor("", "systeem")
"""Who publishes what was planned."""
_MOST_FOUND = 100
Check = Callable[[Content], Sequence[ContentProblem]]


@dataclass(frozen=True)
class PublicationInfo:
    """One published state of everything."""

    number: int
    at: datetime
    by: str
    change_set_id: str | None
    back_to: int | None
    comment: str
    catalogue: str
    items: tuple[ItemKey, ...] = ()
    """What changed with it."""


class Publisher:
    """
    Makes and takes back publications, and tells what is published.

    A publication is one transaction of the database: it is there as a whole, or not at all.
    """

    def __init__(
        self, sessions: Sessions, delivered: Delivered, clock: Clock = utc_now, also_check: Check = lambda _: ()
    ) -> None:
        """:param also_check: What else keeps content from being published: checks that this package cannot know of."""
        self._sessions = sessions
        self._delivered = delivered
        self._clock = clock
        self._also_check = also_check
        self._parsed: dict[int, BaseModel | None] = {}
        self._found: dict[tuple[int, date, tuple[int, ...]], tuple[ContentProblem, ...]] = {}

    # ---- reading

    def signal(self) -> int:
        """A number that grows with every change of what is published; cheap to ask for."""
        with self._sessions() as session:
            return signal(session)

    def number(self) -> int:
        """Of the publication that holds; 0: nothing was published here, and the content is as delivered."""
        with self._sessions() as session:
            return session.scalar(select(func.max(PublicationRow.number))) or 0

    def content(self) -> Content:
        """What is published, drafts of low confidence included."""
        with self._sessions() as session:
            return self._content(session)

    def catalogue(self) -> Catalogue:
        """What visitors are answered from: what is published, and the vacancies and events that go live by themselves."""
        now = self._clock()
        return publish(with_live(self.content(), LiveStore(self._sessions).published(now)))

    def content_with(self, change_set_id: str) -> Content:
        """What would be published with a change set."""
        with self._sessions() as session:
            return overlaid(self._content(session), self._changes(rows_in(session, change_set_id)))

    def catalogue_with(self, change_set_id: str) -> Catalogue:
        """What visitors would be answered from with a change set. Look at `problems` first."""
        return publish(self.content_with(change_set_id))

    def problems(self, change_set_id: str) -> tuple[ContentProblem, ...]:
        """What keeps a change set from being published; found once, until it or what is published changes."""
        with self._sessions() as session:
            rows = rows_in(session, change_set_id)
            seen = (signal(session), self._clock().date(), tuple(row.id for row in rows))
            if seen not in self._found:
                if len(self._found) >= _MOST_FOUND:
                    self._found.clear()
                self._found[seen] = self._problems(session, self._changes(rows))
            return self._found[seen]

    def followed_by(self, change_set_id: str) -> tuple[Following, ...]:
        """What of other regions follows a change set when it is published, by region."""
        with self._sessions() as session:
            saying = {ItemKey(row.group_name, row.item_id): row.content for row in rows_in(session, change_set_id)}
            return following(session, self._delivered, {key: each for key, each in saying.items() if each is not None})

    def outdated(self, change_set_id: str) -> tuple[ItemKey, ...]:
        """Items of a change set of which another version was published since it began."""
        with self._sessions() as session:
            return self._outdated(session, rows_in(session, change_set_id))

    def publications(self, limit: int = 50, before: int | None = None) -> tuple[PublicationInfo, ...]:
        """The newest first, older than the number `before`."""
        with self._sessions() as session:
            wanted = select(PublicationRow).order_by(PublicationRow.number.desc()).limit(limit)
            if before is not None:
                wanted = wanted.where(PublicationRow.number < before)
            rows = session.scalars(wanted).all()
            items: dict[int, list[ItemKey]] = {row.number: [] for row in rows}
            wanted_items = select(ReleaseRow.publication, ReleaseRow.group_name, ReleaseRow.item_id)
            for number, group, item_id in session.execute(wanted_items.where(ReleaseRow.publication.in_(items))):
                items[number].append(ItemKey(group, item_id))
            return tuple(_info(row, items[row.number]) for row in rows)

    # ---- changing

    def publish(self, change_set_id: str, by: Editor, comment: str = "") -> PublicationInfo:
        """
        Publish a change set.

        :raises NotOpen: If it is empty, waits for review, or was published or withdrawn.
        :raises SecondPersonNeeded: If it changes what needs a second person, and nobody else approved it.
        :raises Outdated: If another version of something in it was published in the meantime: `rebase` it first.
        :raises ContentRefused: If the content would not be sound.
        """
        with self._sessions.begin() as session:
            bump(session)
            return self._publish(session, change_set_id, by, comment)

    def back(
        self, number: int, by: Editor, comment: str = "", regions: Collection[str] | None = None
    ) -> PublicationInfo:
        """
        Publish the state of an earlier publication again; 0 is the content as delivered.

        :param regions: Those that `by` may publish for; None: all of them, as who runs the installation may.
        :raises NoSuchItem: If there is no such publication.
        :raises NotYours: If it would undo what is of other regions.
        :raises ContentRefused: If that state does not go with what is delivered now.
        """
        with self._sessions.begin() as session:
            bump(session)
            if number != 0 and session.get(PublicationRow, number) is None:
                raise NoSuchItem(f"no publication {number}")
            changed = changed_by_going_back(session, number)
            if not changed:
                raise NotOpen(f"publication {number} says what holds now", "Dit is wat nu al gepubliceerd is.")
            if regions is not None:
                require_own(session, self._delivered, changed, regions)
            for row in (each for key in changed for each in followers_rows(session, key)):
                let_go(session, self._delivered, row)
            return self._release(session, changed, by, comment, back_to=number)

    def take_back(self, change_set_id: str, by: Editor, comment: str = "") -> PublicationInfo:
        """
        Publish again what was there before a change set, for those of its items that nobody changed since.

        :raises NotOpen: If it was not published, or nothing of it is published any more.
        """
        with self._sessions.begin() as session:
            bump(session)
            row = session.get(ChangeSetRow, change_set_id)
            if row is None or row.publication is None:
                raise NotOpen(f"change set {change_set_id} was not published")
            now, before = state_at(session, None), state_at(session, row.publication - 1)
            own = {
                ItemKey(release.group_name, release.item_id): release.revision_id
                for release in session.scalars(select(ReleaseRow).where(ReleaseRow.publication == row.publication))
            }
            changed = {key: before.get(key) for key, revision in own.items() if now.get(key) == revision}
            if not changed:
                raise NotOpen(
                    f"nothing of change set {change_set_id} is published any more",
                    "Van deze wijziging is niets meer gepubliceerd.",
                )
            saying = {key: self._saying(session, key, revision) for key, revision in changed.items()}
            for each in self._following(session, saying, change_set_id, by):
                changed[ItemKey(each.group_name, each.item_id)] = each.id
            info = self._release(session, changed, by, comment or f"Teruggenomen: {row.title}")
            row.unpublished, row.unpublish_at = info.number, None
            return info

    def publish_due(self) -> tuple[PublicationInfo, ...]:
        """Publish and take back what was planned for now or earlier. What cannot be says why in `why_late`."""
        now = self._clock()
        with self._sessions() as session:
            due = session.scalars(
                select(ChangeSetRow.id).where(ChangeSetRow.state == "approved", ChangeSetRow.publish_at <= now)
            ).all()
            over = session.scalars(
                select(ChangeSetRow.id).where(ChangeSetRow.state == "published", ChangeSetRow.unpublish_at <= now)
            ).all()
        done = []
        for planned, work in ((due, self.publish), (over, self.take_back)):
            for change_set_id in planned:
                try:
                    done.append(work(change_set_id, SYSTEM))
                except EditorialProblem as error:
                    self._say_late(change_set_id, error)
        return tuple(done)

    # ---- inside a transaction

    def _publish(self, session: Session, change_set_id: str, by: Editor, comment: str) -> PublicationInfo:
        row = session.get(ChangeSetRow, change_set_id)
        if row is None:
            raise NoSuchItem(f"no change set {change_set_id}")
        rows = rows_in(session, change_set_id)
        if row.state not in ("draft", "approved") or not rows:
            raise NotOpen(f"change set {change_set_id} is {row.state} with {len(rows)} items")
        need = review_need(session, change_set_id)
        if need.is_needed and (row.state != "approved" or row.reviewer_id in need.authors):
            raise SecondPersonNeeded(f"change set {change_set_id} needs a second person")
        if outdated := self._outdated(session, rows):
            raise Outdated(outdated)
        saying = {ItemKey(each.group_name, each.item_id): each.content for each in rows}
        rows = [*rows, *self._following(session, saying, change_set_id, by)]
        info = self._release(
            session,
            {ItemKey(each.group_name, each.item_id): each.id for each in rows},
            by,
            comment or row.title,
            change_set_id=change_set_id,
        )
        row.state, row.publication, row.changed_at = "published", info.number, self._clock()
        return info

    def _following(
        self, session: Session, saying: Mapping[ItemKey, Json | None], change_set_id: str, by: Editor
    ) -> list[RevisionRow]:
        """What goes along with items that will say this. What is taken away leaves its followers as they are."""
        originals = {key: content for key, content in saying.items() if content is not None}
        return follow_along(session, self._delivered, originals, change_set_id, by, self._clock())

    def _saying(self, session: Session, key: ItemKey, revision: int | None) -> Json | None:
        if revision is None:
            return self._delivered.content_of(key)
        return session.get_one(RevisionRow, revision).content

    def _release(
        self,
        session: Session,
        changed: Mapping[ItemKey, int | None],
        by: Editor,
        comment: str,
        change_set_id: str | None = None,
        back_to: int | None = None,
    ) -> PublicationInfo:
        """Publish these revisions; None for what is to be as it was delivered."""
        revisions = {
            key: session.get_one(RevisionRow, revision) if revision is not None else None
            for key, revision in changed.items()
        }
        items = {
            key: self._item(row) if row is not None else self._delivered.items.get(key)
            for key, row in revisions.items()
        }
        content = overlaid(self._content(session), items)
        if problems := self._problems_in(content):
            raise ContentRefused(problems)
        publication = PublicationRow(
            at=self._clock(),
            by_id=by.id,
            by=by.name,
            change_set_id=change_set_id,
            back_to=back_to,
            comment=comment[:500],
            catalogue=publish(content).version,
        )
        session.add(publication)
        session.flush()
        for key, row in revisions.items():
            session.add(
                ReleaseRow(
                    group_name=key.group,
                    item_id=key.id,
                    publication=publication.number,
                    revision_id=row.id if row is not None else None,
                )
            )
            if row is not None:
                row.state = "published"
        session.flush()
        for key, row in revisions.items():
            refresh_item(session, self._delivered, key, published=row.id if row is not None else None)
        return _info(publication, list(revisions))

    def _content(self, session: Session) -> Content:
        published = session.execute(
            select(ItemRow.group_name, ItemRow.item_id, ItemRow.published).where(ItemRow.published.is_not(None))
        ).all()
        missing = [revision for _, _, revision in published if revision is not None and revision not in self._parsed]
        for at in range(0, len(missing), 500):
            for row in session.scalars(select(RevisionRow).where(RevisionRow.id.in_(missing[at : at + 500]))):
                self._item(row)
        return overlaid(
            self._delivered.content,
            {ItemKey(group, id_): self._parsed[revision] for group, id_, revision in published if revision is not None},
        )

    def _item(self, row: RevisionRow) -> BaseModel | None:
        """The item of a revision, which never changes, so that it is parsed once."""
        if row.id not in self._parsed:
            try:
                self._parsed[row.id] = None if row.content is None else parsed(row.group_name, row.content)
            except ValidationError as error:
                raise ContentRefused(_as_problems(ItemKey(row.group_name, row.item_id), error)) from error
        return self._parsed[row.id]

    def _changes(self, rows: Iterable[RevisionRow]) -> dict[ItemKey, BaseModel | None]:
        return {ItemKey(row.group_name, row.item_id): self._item(row) for row in rows}

    def _problems(self, session: Session, changes: Mapping[ItemKey, BaseModel | None]) -> tuple[ContentProblem, ...]:
        return self._problems_in(overlaid(self._content(session), changes))

    def _problems_in(self, content: Content) -> tuple[ContentProblem, ...]:
        return problems_of(content) or tuple(self._also_check(content))

    def _outdated(self, session: Session, rows: Sequence[RevisionRow]) -> tuple[ItemKey, ...]:
        keys = [(ItemKey(row.group_name, row.item_id), row) for row in rows]
        return tuple(key for key, row in keys if published_content(session, self._delivered, key) != row.base)

    def _say_late(self, change_set_id: str, why: EditorialProblem) -> None:
        """Leave it to people, unless another process has done it in the meantime."""
        with self._sessions.begin() as session:
            session.execute(
                update(ChangeSetRow)
                .where(ChangeSetRow.id == change_set_id, ChangeSetRow.state == "approved")
                .values(why_late=why.dutch, publish_at=None)
            )
            session.execute(
                update(ChangeSetRow)
                .where(ChangeSetRow.id == change_set_id, ChangeSetRow.state == "published")
                .values(why_late=why.dutch, unpublish_at=None)
            )


def _as_problems(key: ItemKey, error: ValidationError) -> tuple[ContentProblem, ...]:
    return tuple(
        ContentProblem(
            key,
            f"‘{key.id}’ kan niet meer worden gelezen: {detail['msg']}.",
            f"{key}: {detail['msg']}",
            ".".join(str(part) for part in detail["loc"]),
        )
        for detail in error.errors(include_url=False, include_context=False, include_input=False)
    )


def _info(row: PublicationRow, items: Iterable[ItemKey]) -> PublicationInfo:
    return PublicationInfo(
        row.number, row.at, row.by, row.change_set_id, row.back_to, row.comment, row.catalogue, tuple(items)
    )
