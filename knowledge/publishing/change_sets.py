"""Change sets: edits that belong together, from the first draft to the day they are published."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from knowledge.database import Sessions
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.errors import EditorialProblem, NoSuchItem, NotOpen, SecondPersonNeeded
from knowledge.publishing.following import review_settings
from knowledge.publishing.item import ItemKey, region_ids
from knowledge.publishing.review import Sensitive, needed, sensitive
from knowledge.publishing.revisions import Clock, Editor, utc_now
from knowledge.publishing.rows import EDITABLE, open_change_set, refresh_item, rows_in
from knowledge.publishing.signal import bump
from knowledge.publishing.tables import ChangeSetRow, CommentRow, RegionReviewRow, RevisionRow

ChangeSetState = Literal["draft", "in_review", "approved", "published", "withdrawn"]


@dataclass(frozen=True)
class ChangeSet:
    """Edits that are reviewed and published together."""

    id: str
    title: str
    state: ChangeSetState
    region: str
    author_id: str
    author: str
    created_at: datetime
    changed_at: datetime
    assignee_id: str
    assignee: str
    reviewer_id: str
    reviewer: str
    reviewed_at: datetime | None
    publish_at: datetime | None
    unpublish_at: datetime | None
    publication: int | None
    unpublished: int | None
    why_late: str
    """Why its time came and it could not be published, in Dutch."""
    told: str = ""
    """What visitors are told of it once it is published; empty: what the fields say."""
    told_en: str = ""


@dataclass(frozen=True)
class Comment:
    """What somebody said about a change set, or about one item in it."""

    author: str
    at: datetime
    text: str
    key: ItemKey | None


@dataclass(frozen=True)
class ReviewNeed:
    """What of a change set a second person has to look at, and who may not be that person."""

    what: Mapping[ItemKey, frozenset[Sensitive]]
    authors: frozenset[str]
    """Ids of everybody who wrote in it."""

    @property
    def is_needed(self) -> bool:
        """Whether anybody has to."""
        return bool(self.what)


class ChangeSetStore:
    """Change sets, what is said about them, and who has looked at them. Each call is a transaction."""

    def __init__(self, sessions: Sessions, delivered: Delivered, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._delivered = delivered
        self._clock = clock

    def begin(self, title: str, by: Editor, region: str = "") -> ChangeSet:
        """A new one, with nothing in it yet."""
        now = self._clock()
        row = ChangeSetRow(
            id=str(uuid.uuid4()),
            title=title.strip()[:200] or "Zonder titel",
            state="draft",
            region=region,
            author_id=by.id,
            author=by.name,
            created_at=now,
            changed_at=now,
        )
        with self._sessions.begin() as session:
            session.add(row)
            session.flush()
            return _change_set(row)

    def get(self, change_set_id: str) -> ChangeSet:
        """
        One of them.

        :raises NoSuchItem: If there is none of that id.
        """
        with self._sessions() as session:
            return _change_set(_row(session, change_set_id))

    def list(
        self,
        states: Sequence[ChangeSetState] = ("draft", "in_review", "approved"),
        assignee_id: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[tuple[ChangeSet, int], ...]:
        """Those in these states, changed last first, each with how many items it changes."""
        with self._sessions() as session:
            wanted = select(ChangeSetRow).where(ChangeSetRow.state.in_(states))
            if assignee_id:
                wanted = wanted.where(ChangeSetRow.assignee_id == assignee_id)
            rows = session.scalars(wanted.order_by(ChangeSetRow.changed_at.desc()).limit(limit).offset(offset)).all()
            items = (
                select(RevisionRow.change_set_id, RevisionRow.group_name, RevisionRow.item_id)
                .where(
                    RevisionRow.change_set_id.in_([row.id for row in rows]),
                    RevisionRow.state.not_in(("aside", "withdrawn")),
                )
                .distinct()
                .subquery()
            )
            counted = session.execute(select(items.c.change_set_id, func.count()).group_by(items.c.change_set_id))
            counts: dict[str, int] = {row.change_set_id: row[1] for row in counted}
            return tuple((_change_set(row), counts.get(row.id, 0)) for row in rows)

    def rename(self, change_set_id: str, title: str) -> None:
        """Give it another title."""
        with self._sessions.begin() as session:
            _row(session, change_set_id).title = title.strip()[:200] or "Zonder titel"

    def tell(self, change_set_id: str, told: str, told_en: str = "") -> ChangeSet:
        """
        Say in a sentence of one's own what visitors are told of it; empty leaves it to what the fields say.

        What was approved asks for approval again. Once it is published a sentence can only be taken away: another one
        would reach visitors without a second pair of eyes.

        :raises NotOpen: If it was withdrawn, or published and the sentence is another one.
        """
        words = (" ".join(told.split())[:500], " ".join(told_en.split())[:500])
        with self._sessions.begin() as session:
            row = _taken(session, change_set_id, (*EDITABLE, "published"), self._clock())
            old = (row.told, row.told_en)
            if words == old:
                return _change_set(row)
            if row.state == "published":
                if any(new not in ("", was) for new, was in zip(words, old, strict=True)):
                    raise NotOpen(
                        f"change set {change_set_id} is published, and its sentence would be another one",
                        "Deze wijziging is gepubliceerd. Je kunt de zin alleen nog weghalen.",
                    )
                bump(session)
            else:
                open_change_set(session, self._delivered, change_set_id, self._clock())
            row.told, row.told_en = words
            return _change_set(row)

    def comment(self, change_set_id: str, by: Editor, text: str, key: ItemKey | None = None) -> None:
        """Say something about it, or about one item in it."""
        with self._sessions.begin() as session:
            _row(session, change_set_id)
            session.add(
                CommentRow(
                    change_set_id=change_set_id,
                    author_id=by.id,
                    author=by.name,
                    at=self._clock(),
                    text=text.strip()[:4000],
                    group_name=key.group if key else "",
                    item_id=key.id if key else "",
                )
            )

    def comments(self, change_set_id: str) -> tuple[Comment, ...]:
        """What was said about it, the oldest first."""
        with self._sessions() as session:
            rows = session.scalars(
                select(CommentRow).where(CommentRow.change_set_id == change_set_id).order_by(CommentRow.id)
            )
            return tuple(
                Comment(
                    row.author,
                    row.at,
                    row.text,
                    ItemKey(row.group_name, row.item_id) if row.group_name else None,
                )
                for row in rows
            )

    def assign(self, change_set_id: str, to: Editor | None) -> None:
        """Ask somebody to look at it; None: nobody in particular."""
        with self._sessions.begin() as session:
            row = _row(session, change_set_id)
            row.assignee_id, row.assignee = (to.id, to.name) if to else ("", "")

    # ---- review

    def review_need(self, change_set_id: str) -> ReviewNeed:
        """What of it a second person has to look at."""
        with self._sessions() as session:
            return review_need(session, change_set_id)

    def submit(self, change_set_id: str) -> ChangeSet:
        """Ask for review. Who changes anything afterwards takes it back to draft."""
        with self._sessions.begin() as session:
            row = _taken(session, change_set_id, ("draft",), self._clock())
            rows = rows_in(session, change_set_id)
            if not rows:
                raise NotOpen(f"change set {change_set_id} is empty", "Er staat nog niets in deze wijziging.")
            row.state = "in_review"
            self._mark(session, rows, "in_review")
            return _change_set(row)

    def approve(self, change_set_id: str, by: Editor) -> ChangeSet:
        """
        Say that it is right, as somebody who did not write in it.

        :raises SecondPersonNeeded: If `by` wrote in it, and it changes what needs a second person.
        """
        with self._sessions.begin() as session:
            row = _taken(session, change_set_id, ("in_review",), self._clock())
            need = review_need(session, change_set_id)
            if need.is_needed and by.id in need.authors:
                raise SecondPersonNeeded(
                    f"{by.id} wrote in change set {change_set_id} and cannot approve it",
                    "Je schreef hier zelf aan mee. Een collega moet dit goedkeuren.",
                )
            row.state, row.reviewer_id, row.reviewer, row.reviewed_at = "approved", by.id, by.name, self._clock()
            for revision in rows_in(session, change_set_id):
                revision.reviewer = by.name
            return _change_set(row)

    def send_back(self, change_set_id: str, by: Editor, why: str) -> ChangeSet:
        """Ask its authors to change it, with the reason."""
        self.comment(change_set_id, by, why)
        with self._sessions.begin() as session:
            row = _taken(session, change_set_id, ("in_review", "approved"), self._clock())
            row.state, row.reviewer_id, row.reviewer, row.reviewed_at, row.publish_at = "draft", "", "", None, None
            self._mark(session, rows_in(session, change_set_id), "draft")
            return _change_set(row)

    def withdraw(self, change_set_id: str) -> ChangeSet:
        """Let go of it; its versions stay in the history."""
        with self._sessions.begin() as session:
            row = _taken(session, change_set_id, EDITABLE, self._clock())
            row.state, row.publish_at = "withdrawn", None
            self._mark(session, rows_in(session, change_set_id), "withdrawn")
            return _change_set(row)

    def schedule(
        self, change_set_id: str, publish_at: datetime | None, unpublish_at: datetime | None = None
    ) -> ChangeSet:
        """
        Let it be published, and taken back, at a moment by itself.

        :raises SecondPersonNeeded: If somebody has to approve it first.
        :raises EditorialProblem: If it would be taken back before it is published.
        """
        with self._sessions.begin() as session:
            row = _taken(session, change_set_id, (*EDITABLE, "published"), self._clock())
            if publish_at and row.state != "published":
                if review_need(session, change_set_id).is_needed and row.state != "approved":
                    raise SecondPersonNeeded(f"change set {change_set_id} is {row.state}")
                row.state = "approved"
            if publish_at and unpublish_at and unpublish_at <= publish_at:
                raise EditorialProblem(
                    "unpublish before publish", "De dag van terugnemen ligt vóór de dag van publiceren."
                )
            row.publish_at = publish_at if row.state != "published" else row.publish_at
            row.unpublish_at, row.why_late = unpublish_at, ""
            return _change_set(row)

    def needs_of(self, region: str) -> frozenset[Sensitive] | None:
        """What needs a second person in a region; None where it has not said, and everything sensitive does."""
        with self._sessions() as session:
            row = session.get(RegionReviewRow, region)
            return frozenset(Sensitive(each) for each in row.needs) if row else None

    def set_needs(self, region: str, needs: frozenset[Sensitive], by: Editor) -> None:
        """Say what needs a second person in a region."""
        with self._sessions.begin() as session:
            session.merge(
                RegionReviewRow(region=region, needs=sorted(needs), changed_by=by.name, changed_at=self._clock())
            )

    def _mark(self, session: Session, rows: Sequence[RevisionRow], state: str) -> None:
        keys = [ItemKey(row.group_name, row.item_id) for row in rows]
        for row in rows:
            row.state = state
        if state == "withdrawn" and rows:
            # Older versions in it too: none of them is what the item looks like any more.
            session.execute(
                update(RevisionRow)
                .where(RevisionRow.change_set_id == rows[0].change_set_id, RevisionRow.state != "aside")
                .values(state=state)
            )
        session.flush()
        for key in keys:
            refresh_item(session, self._delivered, key)


def review_need(session: Session, change_set_id: str) -> ReviewNeed:
    """What of a change set a second person has to look at, inside a transaction."""
    settings = review_settings(session)
    what = dict[ItemKey, frozenset[Sensitive]]()
    for row in rows_in(session, change_set_id):
        key = ItemKey(row.group_name, row.item_id)
        regions = region_ids([*(row.content or {}).get("regions", ()), *(row.base or {}).get("regions", ())])
        if found := sensitive(key, row.base, row.content) & needed(regions, settings):
            what[key] = found
    authors = session.scalars(
        select(RevisionRow.author_id).where(RevisionRow.change_set_id == change_set_id).distinct()
    )
    return ReviewNeed(what, frozenset(authors))


def _row(session: Session, change_set_id: str) -> ChangeSetRow:
    row = session.get(ChangeSetRow, change_set_id)
    if row is None:
        raise NoSuchItem(f"no change set {change_set_id}")
    return row


def _taken(session: Session, change_set_id: str, states: Sequence[str], now: datetime) -> ChangeSetRow:
    """The change set, for this transaction alone, if it is in one of these states."""
    session.execute(update(ChangeSetRow).where(ChangeSetRow.id == change_set_id).values(changed_at=now))
    row = _row(session, change_set_id)
    if row.state not in states:
        raise NotOpen(f"change set {change_set_id} is {row.state}", _WHY_NOT.get(row.state, ""))
    return row


_WHY_NOT = {
    "draft": "Deze wijziging is nog een concept. Vraag eerst een collega om mee te kijken.",
    "in_review": "Deze wijziging wacht op een collega.",
    "approved": "Deze wijziging is al goedgekeurd.",
    "published": "Deze wijziging is al gepubliceerd. Begin een nieuwe wijziging.",
    "withdrawn": "Deze wijziging is ingetrokken. Begin een nieuwe wijziging.",
}


def _change_set(row: ChangeSetRow) -> ChangeSet:
    return ChangeSet(
        id=row.id,
        title=row.title,
        state=row.state,  # type: ignore[arg-type]
        region=row.region,
        author_id=row.author_id,
        author=row.author,
        created_at=row.created_at,
        changed_at=row.changed_at,
        assignee_id=row.assignee_id,
        assignee=row.assignee,
        reviewer_id=row.reviewer_id,
        reviewer=row.reviewer,
        reviewed_at=row.reviewed_at,
        publish_at=row.publish_at,
        unpublish_at=row.unpublish_at,
        publication=row.publication,
        unpublished=row.unpublished,
        why_late=row.why_late,
        told=row.told,
        told_en=row.told_en,
    )
