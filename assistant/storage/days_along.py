"""Wishes for a day along: all queries about them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, select, update
from sqlalchemy.orm import Session

from assistant.errors import NotFound, Overtaken
from assistant.meetings.day_along import MOVES, WEEKDAYS, DayAlong, DayMove, DayState, Proposal
from assistant.storage.clock import Clock, utc_now
from assistant.storage.ids import is_id, new_id
from assistant.storage.meeting_tables import DayAlongRow
from assistant.storage.tables import LeadRow
from knowledge.place import Weekday

_MOST = 300
_REMINDED_BEFORE = timedelta(days=1)


class DayAlongStore:
    """The wishes, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def add(self, lead_id: str, sector: str, area: str, weekdays: Sequence[Weekday], locale: str = "nl") -> DayAlong:
        """Keep a new lead's wish."""
        now = self._clock()
        row = DayAlongRow(
            id=new_id(), lead_id=lead_id, sector=sector, area=area, weekdays=" ".join(weekdays), sequence=0,
            state=DayState.ASKED.value, school="", place="", remark="", answer="", created_at=now, changed_at=now,
            locale=locale,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return self.get(row.id)

    def get(self, day_id: str, regions: Sequence[str] | None = None) -> DayAlong:
        """
        The wish with that id.

        :param regions: Those the adviser may see; None: all, for the visitor.
        :raises NotFound: If there is none, or it belongs to another region.
        """
        found = self._of(DayAlongRow.id == day_id) if is_id(day_id) else []
        if not found or (regions is not None and found[0].region not in regions):
            raise NotFound("day along", day_id)
        return found[0]

    def of_lead(self, lead_id: str) -> DayAlong | None:
        """The wish of a lead."""
        return next(iter(self._of(DayAlongRow.lead_id == lead_id)), None)

    def of_regions(self, regions: Sequence[str], states: Sequence[DayState]) -> list[DayAlong]:
        """The wishes of these regions that stand so, the oldest first."""
        return self._of(LeadRow.region.in_(regions), DayAlongRow.state.in_([each.value for each in states]))

    def move(self, day: DayAlong, move: DayMove, proposal: Proposal | None = None, answer: str = "") -> DayAlong:
        """
        Do something about it.

        :param day: As it was seen.
        :param proposal: For `PROPOSE`.
        :param answer: For `REFUSE`: why it does not suit.
        :raises Overtaken: If that cannot be done (any more): somebody was first.
        """
        before, after = MOVES[move]
        values: dict[str, Any] = {
            "state": after.value, "sequence": day.sequence + 1, "changed_at": self._clock(), "answer": answer,
            "reminded_at": None,
        }  # fmt: skip
        if proposal is not None:
            values |= proposal.model_dump()
        moved = self._session.execute(
            update(DayAlongRow)
            .where(
                DayAlongRow.id == day.id,
                DayAlongRow.sequence == day.sequence,
                DayAlongRow.state.in_([each.value for each in before]),
            )
            .values(values)
        )
        if cast(CursorResult[Any], moved).rowcount != 1:
            raise Overtaken("day along", day.id)
        self._session.execute(update(LeadRow).where(LeadRow.id == day.lead_id).values(updated_at=self._clock()))
        self._session.expire_all()
        return self.get(day.id)

    def take_due(self) -> list[DayAlong]:
        """Whose day begins within a day, and who was not reminded yet; nobody else gets them."""
        now = self._clock()
        due = self._of(
            DayAlongRow.state == DayState.CONFIRMED.value,
            DayAlongRow.reminded_at.is_(None),
            DayAlongRow.starts_at > now,
            DayAlongRow.starts_at <= now + _REMINDED_BEFORE,
        )
        taken = []
        for day in due:
            once = update(DayAlongRow).where(DayAlongRow.id == day.id, DayAlongRow.reminded_at.is_(None))
            if cast(CursorResult[Any], self._session.execute(once.values(reminded_at=now))).rowcount == 1:
                taken.append(day)
        return [
            each for each in taken if each.proposal and each.changed_at <= each.proposal.starts_at - _REMINDED_BEFORE
        ]

    def _of(self, *conditions: ColumnElement[bool]) -> list[DayAlong]:
        rows = self._session.execute(
            select(DayAlongRow, LeadRow)
            .join(LeadRow, LeadRow.id == DayAlongRow.lead_id)
            .where(*conditions)
            .order_by(DayAlongRow.created_at, DayAlongRow.id)
            .limit(_MOST)
        )
        return [_day_along(row, lead) for row, lead in rows]


def _day_along(row: DayAlongRow, lead: LeadRow) -> DayAlong:
    proposal = None
    if row.starts_at is not None and row.ends_at is not None:
        proposal = Proposal(
            school=row.school, place=row.place, remark=row.remark, starts_at=row.starts_at, ends_at=row.ends_at
        )
    return DayAlong(
        id=row.id,
        lead_id=row.lead_id,
        name=lead.name,
        email=lead.email,
        region=lead.region,
        loket_id=lead.loket_id,
        loket_title=lead.loket_title,
        sector=row.sector,
        area=row.area,
        weekdays=tuple(day for day in WEEKDAYS if day in row.weekdays.split()),
        wish=lead.message,
        state=DayState(row.state),
        proposal=proposal,
        answer=row.answer,
        sequence=row.sequence,
        created_at=row.created_at,
        changed_at=row.changed_at,
        locale="en" if row.locale == "en" else "nl",
    )
