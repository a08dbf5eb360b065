"""Lists of leads for one adviser: filters, search, pages, what they have seen, and the views they saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, false, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from assistant.eligibility.profile import KnownFact
from assistant.errors import LoketError, NotFound
from assistant.leads.lead import Phase, RouteVerdict
from assistant.leads.received import MailKind
from assistant.leads.search_words import wanted_words
from assistant.leads.warmth import Signal, signals
from assistant.storage.clock import Clock, utc_now
from assistant.storage.desk_tables import LeadAnswerRow, LeadLetterRow, LeadSeenRow, SavedViewRow
from assistant.storage.ids import is_id
from assistant.storage.lead_search import found_by
from assistant.storage.tables import LeadRow, OutboxRow

COUNTED_UP_TO = 1000
MAX_VIEWS = 20


class TooManyViews(LoketError):
    """Nobody finds anything among more."""

    status_code = 422
    title = "Too many saved views"
    visitor_message = f"Je hebt al {MAX_VIEWS} eigen lijsten. Verwijder er eerst een."

    def __init__(self) -> None:
        super().__init__(f"an account keeps at most {MAX_VIEWS} saved views")


@dataclass(frozen=True)
class Cursor:
    """A place in the list, newest first: just before or after this lead."""

    created_at: datetime
    lead_id: str

    def __str__(self) -> str:
        return f"{self.created_at.isoformat()}_{self.lead_id}"

    @classmethod
    def parse(cls, written: str) -> "Cursor | None":
        """The place that an address names; None if it names none."""
        moment, _, lead_id = written.partition("_")
        try:
            at = datetime.fromisoformat(moment)
        except ValueError:
            return None
        return cls(at, lead_id) if at.tzinfo and is_id(lead_id) else None


@dataclass(frozen=True)
class LeadFilter:
    """Which leads to list. `regions` are those the adviser may see; the rest narrows down, empty is everything."""

    regions: tuple[str, ...]
    region: str = ""
    loket: str = ""
    sector: str = ""
    phase: str = ""
    warmth: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    """Beginnings of words in name, address, what was said, and notes."""
    state: Literal["", "waiting", "mine", "free", "unread"] = ""
    """Who waits for a first contact; whom this adviser took on; whom nobody did; whom this adviser has not looked at."""


@dataclass(frozen=True)
class LeadSummary:
    """A lead as it stands in a list."""

    id: str
    name: str
    region: str
    sectors: tuple[str, ...]
    loket_title: str
    preferred_contact: str
    phase: Phase
    verdicts: tuple[RouteVerdict, ...]
    signals: tuple[Signal, ...]
    created_at: datetime
    due_at: datetime
    contacted_at: datetime | None
    claimed_name: str
    is_mine: bool
    is_unread: bool
    mail_is_stuck: bool
    has_new_answer: bool
    """A mail came in that this adviser has not looked at."""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has been in touch yet."""
        return self.phase is Phase.NEW and self.contacted_at is None


@dataclass(frozen=True)
class LeadPage:
    """One page of a list, with the places where the next ones begin."""

    leads: tuple[LeadSummary, ...]
    count: int
    """Of all pages; `COUNTED_UP_TO + 1` stands for more than can be counted while somebody waits."""
    newer: Cursor | None
    older: Cursor | None


@dataclass(frozen=True)
class SavedView:
    """A choice of filters with a name."""

    id: int
    name: str
    query: str


class InboxStore:
    """The leads as one adviser sees them, within the transaction of one session."""

    def __init__(self, session: Session, account_id: str, clock: Clock = utc_now) -> None:
        self._session = session
        self._account = account_id
        self._clock = clock

    def page(
        self, wanted: LeadFilter, size: int, after: Cursor | None = None, before: Cursor | None = None
    ) -> LeadPage:
        """
        The newest leads first.

        :param size: How many on a page.
        :param after: Those that are older than this place.
        :param before: Those that are just newer than this place; not together with `after`.
        """
        conditions = self._conditions(wanted)
        place = tuple_(LeadRow.created_at, LeadRow.id)
        newest_first = (LeadRow.created_at.desc(), LeadRow.id.desc())
        query = self._summaries().where(*conditions).limit(size + 1)
        if before:
            query = query.where(place > (before.created_at, before.lead_id))
            found = list(self._session.execute(query.order_by(LeadRow.created_at, LeadRow.id)))
            if len(found) <= size:
                return self.page(wanted, size)  # There is nothing newer than this: it is the first page.
            rows, has_newer, has_older = found[:size][::-1], True, True
        else:
            if after:
                query = query.where(place < (after.created_at, after.lead_id))
            found = list(self._session.execute(query.order_by(*newest_first)))
            rows, has_newer, has_older = found[:size], after is not None, len(found) > size
        leads = tuple(self._summary(row._mapping) for row in rows)
        return LeadPage(
            leads=leads,
            count=self._count(conditions),
            newer=_place(leads[0]) if leads and has_newer else None,
            older=_place(leads[-1]) if leads and has_older else None,
        )

    def waiting(self, regions: Sequence[str]) -> int:
        """How many leads of these regions nobody has been in touch with yet."""
        waiting = [LeadRow.region.in_(regions), *_waiting()]
        return self._session.scalar(select(func.count()).select_from(LeadRow).where(*waiting)) or 0

    def came_in_since(self, wanted: LeadFilter, moment: datetime) -> int:
        """How many leads of a list came in after a moment, up to `COUNTED_UP_TO`."""
        return self._count([*self._conditions(wanted), LeadRow.created_at > moment])

    def answered_since(self, regions: Sequence[str], moment: datetime) -> int:
        """About how many leads of these regions mail came in after a moment."""
        newer = (LeadAnswerRow.received_at > moment, LeadAnswerRow.kind != MailKind.AUTOMATIC.value)
        wanted = select(func.count(func.distinct(LeadAnswerRow.lead_id))).where(
            *newer, LeadRow.id == LeadAnswerRow.lead_id, LeadRow.region.in_(regions)
        )
        return self._session.scalar(wanted) or 0

    def seen_at(self, lead_id: str) -> datetime | None:
        """When this adviser looked at a lead last."""
        row = self._session.get(LeadSeenRow, (self._account, lead_id))
        return row.seen_at if row else None

    def lokets(self, regions: Sequence[str]) -> list[str]:
        """The ids of the lokets that leads of these regions went to."""
        return list(self._session.scalars(select(LeadRow.loket_id).where(LeadRow.region.in_(regions)).distinct()))

    def mark_seen(self, lead_id: str) -> None:
        """Remember that this adviser looked at a lead."""
        self._session.merge(LeadSeenRow(account_id=self._account, lead_id=lead_id, seen_at=self._clock()))

    def mark_unseen(self, lead_id: str) -> None:
        """Put a lead back among those to look at."""
        row = self._session.get(LeadSeenRow, (self._account, lead_id))
        if row:
            self._session.delete(row)

    def views(self) -> list[SavedView]:
        """The views this adviser saved, by name."""
        rows = self._session.scalars(
            select(SavedViewRow).where(SavedViewRow.account_id == self._account).order_by(SavedViewRow.name)
        )
        return [SavedView(row.id, row.name, row.query) for row in rows]

    def save_view(self, name: str, query: str) -> None:
        """
        Keep a view; one of that name is replaced.

        :raises TooManyViews: If there are `MAX_VIEWS` already.
        """
        mine = SavedViewRow.account_id == self._account
        row = self._session.scalar(select(SavedViewRow).where(mine, SavedViewRow.name == name))
        if row is None:
            if (self._session.scalar(select(func.count()).select_from(SavedViewRow).where(mine)) or 0) >= MAX_VIEWS:
                raise TooManyViews
            row = SavedViewRow(account_id=self._account, name=name, created_at=self._clock())
            self._session.add(row)
        row.query = query
        self._session.flush()

    def drop_view(self, view_id: int) -> None:
        """
        Forget a view.

        :raises NotFound: If this adviser has none with that number.
        """
        row = self._session.get(SavedViewRow, view_id)
        if row is None or row.account_id != self._account:
            raise NotFound("saved view", str(view_id))
        self._session.delete(row)

    def _summaries(self) -> Any:
        stuck = (
            select(OutboxRow.id)
            .where(OutboxRow.lead_id == LeadRow.id, OutboxRow.sent_at.is_(None), OutboxRow.next_attempt_at.is_(None))
            .exists()
        )
        bounced = select(LeadLetterRow.id).where(LeadLetterRow.lead_id == LeadRow.id, _is_not_delivered()).exists()
        return select(
            LeadRow.id,
            LeadRow.name,
            LeadRow.region,
            LeadRow.sectors,
            LeadRow.loket_title,
            LeadRow.preferred_contact,
            LeadRow.phase,
            LeadRow.verdicts,
            LeadRow.facts,
            LeadRow.created_at,
            LeadRow.due_at,
            LeadRow.contacted_at,
            LeadRow.claimed_by,
            LeadRow.claimed_name,
            self._is_unread().label("is_unread"),
            or_(stuck, bounced).label("mail_is_stuck"),
            self._has_new_answer().label("has_new_answer"),
        )

    def _is_unread(self) -> ColumnElement[bool]:
        """Never looked at, or changed since."""
        return ~(
            select(LeadSeenRow.lead_id)
            .where(
                LeadSeenRow.lead_id == LeadRow.id,
                LeadSeenRow.account_id == self._account,
                LeadSeenRow.seen_at >= LeadRow.updated_at,
            )
            .exists()
        )

    def _has_new_answer(self) -> ColumnElement[bool]:
        seen = (
            select(LeadSeenRow.lead_id)
            .where(
                LeadSeenRow.lead_id == LeadAnswerRow.lead_id,
                LeadSeenRow.account_id == self._account,
                LeadSeenRow.seen_at >= LeadAnswerRow.received_at,
            )
            .exists()
        )
        is_answer = LeadAnswerRow.kind == MailKind.ANSWER.value
        return select(LeadAnswerRow.id).where(LeadAnswerRow.lead_id == LeadRow.id, is_answer, ~seen).exists()

    def _count(self, conditions: list[ColumnElement[bool]]) -> int:
        some = select(LeadRow.id).where(*conditions).limit(COUNTED_UP_TO + 1).subquery()
        return self._session.scalar(select(func.count()).select_from(some)) or 0

    def _conditions(self, wanted: LeadFilter) -> list[ColumnElement[bool]]:
        regions = (wanted.region,) if wanted.region else wanted.regions
        is_sqlite = self._session.get_bind().dialect.name == "sqlite"
        conditions = _listed_in_sqlite(regions) if is_sqlite else _listed(regions)
        for column, value in (
            (LeadRow.loket_id, wanted.loket),
            (LeadRow.phase, wanted.phase),
            (LeadRow.warmth, wanted.warmth),
        ):
            if value:
                conditions.append(column == value)
        if wanted.sector:
            conditions.append(LeadRow.sectors.contains(f" {wanted.sector} ", autoescape=True))
        if wanted.since:
            conditions.append(LeadRow.created_at >= wanted.since)
        if wanted.until:
            conditions.append(LeadRow.created_at < wanted.until)
        match wanted.state:
            case "waiting":
                conditions += _waiting()
            case "mine":
                conditions.append(LeadRow.claimed_by == self._account)
            case "free":
                conditions += [func.coalesce(LeadRow.claimed_by, "") == "", LeadRow.phase != Phase.LEFT.value]
            case "unread":
                conditions.append(self._is_unread())
        if wanted.words:
            words = wanted_words(wanted.words)
            conditions.append(LeadRow.id.in_(found_by(self._session, words)) if words else false())
        return conditions

    def _summary(self, row: Any) -> LeadSummary:
        return LeadSummary(
            id=row["id"],
            name=row["name"],
            region=row["region"],
            sectors=tuple(row["sectors"].split()),
            loket_title=row["loket_title"],
            preferred_contact=row["preferred_contact"],
            phase=Phase(row["phase"]),
            verdicts=tuple(RouteVerdict.model_validate(verdict) for verdict in row["verdicts"]),
            signals=signals(KnownFact.model_validate(fact) for fact in row["facts"]),
            created_at=row["created_at"],
            due_at=row["due_at"],
            contacted_at=row["contacted_at"],
            claimed_name=row["claimed_name"],
            is_mine=row["claimed_by"] == self._account,
            is_unread=bool(row["is_unread"]),
            mail_is_stuck=bool(row["mail_is_stuck"]),
            has_new_answer=bool(row["has_new_answer"]),
        )


def _listed(regions: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [LeadRow.region.in_(regions), LeadRow.merged_into.is_(None)]


def _listed_in_sqlite(regions: tuple[str, ...]) -> list[ColumnElement[bool]]:
    """
    The same for SQLite, which does not weigh its indices well. Of several regions it would read the index of regions whole
    and sort it, 100 ms with 50,000 leads; so that is kept out of sight, and the leads are walked from the newest on.
    PostgreSQL knows better, and would be misled: it reads every lead.
    """
    in_regions = LeadRow.region == regions[0] if len(regions) == 1 else func.coalesce(LeadRow.region, "").in_(regions)
    return [in_regions, func.coalesce(LeadRow.merged_into, "") == ""]


def _waiting() -> list[ColumnElement[bool]]:
    return [LeadRow.phase == Phase.NEW.value, LeadRow.contacted_at.is_(None), LeadRow.merged_into.is_(None)]


def _is_not_delivered() -> ColumnElement[bool]:
    """A letter that came back, and after which no other was written."""
    newer = aliased(LeadLetterRow)
    later = select(newer.id).where(
        newer.lead_id == LeadLetterRow.lead_id,
        newer.to == LeadLetterRow.to,
        newer.created_at > LeadLetterRow.created_at,
    )
    return LeadLetterRow.bounced_at.is_not(None) & ~later.exists()


def _place(lead: LeadSummary) -> Cursor:
    return Cursor(lead.created_at, lead.id)
