"""The log of who saw and changed what: lines are added, never changed, and go when their time is over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Subquery, delete, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from assistant.accounts.account import Account
from assistant.accounts.audit import SEEING, Action, AuditEntry
from assistant.storage.clock import Clock, utc_now
from assistant.storage.tables import AuditHorizonRow, AuditRow

_SEEN_ONCE_IN = timedelta(minutes=15)
_NOBODY = "systeem"
_LONGEST_DETAIL = 300


def record_audit(
    session: Session,
    by: Account | None,
    action: Action,
    subject: str = "",
    regions: Sequence[str] = (),
    detail: str = "",
    clock: Clock = utc_now,
) -> None:
    """
    Write down what somebody did, in the transaction in which it is done: it stands there, or it did not happen.

    Seeing the same thing again within a quarter of an hour is one line.

    :param by: Who; None: the service itself, or the operator at the command line.
    :param subject: The id of what it was done to.
    :param regions: Those of the subject: the administrators of these read the line. Empty: the regions of `by`.
    :param detail: What changed, in words of the program (`Nieuw -> Contact gehad`): nothing a visitor typed.
    """
    now = clock()
    actor_id = by.id if by else ""
    if action in SEEING and _has_just_seen(session, actor_id, action, subject, now - _SEEN_ONCE_IN):
        return
    where = tuple(regions) or (by.regions if by else ())
    session.execute(
        insert(AuditRow).values(
            at=now,
            actor_id=actor_id,
            actor=by.name if by else _NOBODY,
            action=action.value,
            subject=subject[:64],
            regions=f" {' '.join(where)} ",
            detail=detail[:_LONGEST_DETAIL],
        )
    )


@dataclass(frozen=True)
class AuditFilter:
    """Which lines to read. `regions` are those of the reader; the rest narrows down, empty is everything."""

    regions: tuple[str, ...]
    actor_id: str = ""
    action: Action | None = None
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


class AuditStore:
    """The log, within the transaction of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, wanted: AuditFilter, before: int | None, size: int) -> list[AuditEntry]:
        """The newest lines first, at most `size`, older than the line with the number `before`."""
        conditions = _conditions(wanted)
        if before is not None:
            conditions.append(AuditRow.id < before)
        rows = self._session.scalars(select(AuditRow).where(*conditions).order_by(AuditRow.id.desc()).limit(size))
        return [_entry(row) for row in rows]

    def all(self, wanted: AuditFilter) -> Iterator[AuditEntry]:
        """Every line, newest first, read as it is asked for."""
        rows = self._session.scalars(select(AuditRow).where(*_conditions(wanted)).order_by(AuditRow.id.desc()))
        return (_entry(row) for row in rows.yield_per(500))

    def actors(self, regions: Sequence[str]) -> dict[str, str]:
        """Who stands in the lines of these regions: id to the latest name."""
        pairs = _walked_pairs()
        latest = (
            select(func.max(AuditRow.id))
            .where(AuditRow.actor_id == pairs.c.actor_id, AuditRow.regions == pairs.c.regions)
            .correlate(pairs)
            .scalar_subquery()
        )
        wanted = select(AuditRow.actor_id, AuditRow.actor).where(
            AuditRow.id.in_(select(latest).select_from(pairs)), _of(regions)
        )
        return {row.actor_id: row.actor for row in self._session.execute(wanted.order_by(AuditRow.id))}

    def begins_at(self) -> datetime | None:
        """From when on the log is whole; None: from the beginning."""
        row = self._session.get(AuditHorizonRow, 1)
        return row.before if row else None

    def erase_older_than(self, moment: datetime, regions: Sequence[str] | None = None) -> int:
        """
        Let go of lines from before that moment.

        The database itself refuses to delete a line that is younger than the horizon, which is moved first.

        :param regions: Only lines of these; None: all.
        """
        row = self._session.get(AuditHorizonRow, 1)
        if row is None:
            row = AuditHorizonRow(id=1, before=moment)
            self._session.add(row)
        elif moment > row.before:
            row.before = moment
        self._session.flush()
        conditions = [AuditRow.at < moment]
        if regions is not None:
            conditions.append(_of(regions))
        erased = self._session.execute(delete(AuditRow).where(*conditions).execution_options(synchronize_session=False))
        return cast(CursorResult[Any], erased).rowcount


def _has_just_seen(session: Session, actor_id: str, action: Action, subject: str, since: datetime) -> bool:
    seen = (
        select(AuditRow.id)
        .where(
            AuditRow.subject == subject,
            AuditRow.at >= since,
            AuditRow.actor_id == actor_id,
            AuditRow.action == action.value,
        )
        .limit(1)
    )
    return session.scalar(seen) is not None


def _walked_pairs() -> Subquery:
    """
    Every pair of who and for which regions, once. One step through the index a pair, where DISTINCT reads every line of the
    log: there are some dozens of colleagues, and a line for all that they do.
    """
    pair = (AuditRow.actor_id, AuditRow.regions)
    first = select(AuditRow.id).where(AuditRow.actor_id > "").order_by(*pair, AuditRow.id).limit(1).scalar_subquery()
    walk = select(first.label("id")).cte("walk", recursive=True)
    here, there = aliased(AuditRow), aliased(AuditRow)
    next_of = select(there.id).order_by(there.actor_id, there.regions, there.id).limit(1).correlate(here)
    # Two looks: SQLite finds its place in the index by an equal first column, and not by both together.
    following = func.coalesce(
        next_of.where(there.actor_id == here.actor_id, there.regions > here.regions).scalar_subquery(),
        next_of.where(there.actor_id > here.actor_id).scalar_subquery(),
    )
    walk = walk.union_all(select(following).select_from(walk).join(here, here.id == walk.c.id))
    return select(*pair).where(AuditRow.id.in_(select(walk.c.id))).subquery()


def _of(regions: Sequence[str]) -> ColumnElement[bool]:
    return or_(False, *(AuditRow.regions.contains(f" {region} ", autoescape=True) for region in regions))


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions = [_of(wanted.regions)]
    if wanted.actor_id:
        conditions.append(AuditRow.actor_id == wanted.actor_id)
    if wanted.action is not None:
        conditions.append(AuditRow.action == wanted.action.value)
    if wanted.subject:
        conditions.append(AuditRow.subject == wanted.subject)
    if wanted.since is not None:
        conditions.append(AuditRow.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditRow.at < wanted.until)
    return conditions


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        id=row.id,
        at=row.at,
        actor_id=row.actor_id,
        actor=row.actor,
        action=Action(row.action),
        subject=row.subject,
        regions=tuple(row.regions.split()),
        detail=row.detail,
    )
