"""Figures of regions over a period, without persons: all counting is the database's."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, case, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant.leads.lead import Phase
from assistant.storage.counts import ADVISED, ASKED, OPENED, UNANSWERED
from assistant.storage.desk_tables import DailyCountRow, LeadInteractionRow, LeadLetterRow, LeadTaskRow
from assistant.storage.tables import LeadRow

_ON_THE_WAY = (Phase.PREPARING.value, Phase.IN_TRAINING.value, Phase.WORKING.value)
_DAY = 8 * 60
"""A working day, in minutes."""


@dataclass(frozen=True)
class Period:
    """The first day, and the first one after."""

    since: date
    until: date


@dataclass(frozen=True)
class Cohort:
    """The leads of one quarter, by the phase they are in now."""

    year: int
    quarter: int
    phases: dict[str, int]

    @property
    def size(self) -> int:
        """How many came in."""
        return sum(self.phases.values())


@dataclass(frozen=True)
class Figures:
    """What is counted; keys are ids and values, for the desk to word."""

    opened: int
    asked: int
    advised: int
    unanswered: int
    leads: int
    contacted: int
    on_the_way: int
    by: dict[str, dict[str, int]]
    """`route`, `sector`, `municipality`, `source`, `campaign`, `phase`, `left_because`: leads by value."""
    opened_by: dict[str, dict[str, int]]
    """`source` and `campaign`: conversations by value."""
    waits: dict[str, int]
    """`day`, `two_days`, `week`, `longer`, `none`: leads by the working time until the first contact."""
    interactions: dict[str, int]
    letters: dict[str, int]
    outcomes: dict[int, dict[str, int]]
    """What became of it after 3, 6 and 12 months."""
    cohorts: tuple[Cohort, ...]


class FigureStore:
    """The figures, within the transaction of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def figures(self, regions: Sequence[str], period: Period) -> Figures:
        """Everything over a period: leads that came in then, and what was done then."""
        counted = self._counted(regions, period)
        leads = [
            LeadRow.region.in_(regions),
            LeadRow.created_at >= _begin(period.since),
            LeadRow.created_at < _begin(period.until),
            LeadRow.merged_into.is_(None),
        ]
        phases = self._group(LeadRow.phase, leads)
        sectors = Counter[str]()
        for both, number in self._group(LeadRow.sectors, leads).items():
            for sector in both.split():
                sectors[sector] += number
        columns: dict[str, InstrumentedAttribute[str] | InstrumentedAttribute[str | None]] = {
            "route": LeadRow.best_route,
            "municipality": LeadRow.municipality,
            "source": LeadRow.source,
            "campaign": LeadRow.campaign,
            "left_because": LeadRow.left_because,
        }
        waits = self._waits(leads)
        return Figures(
            opened=counted.get(OPENED, 0),
            asked=counted.get(ASKED, 0),
            advised=counted.get(ADVISED, 0),
            unanswered=counted.get(UNANSWERED, 0),
            leads=sum(phases.values()),
            contacted=sum(number for wait, number in waits.items() if wait != "none"),
            on_the_way=sum(number for phase, number in phases.items() if phase in _ON_THE_WAY),
            by={name: self._group(column, leads) for name, column in columns.items()}
            | {"phase": phases, "sector": dict(sectors)},
            opened_by={
                "source": self._opened_by(DailyCountRow.source, regions, period),
                "campaign": self._opened_by(DailyCountRow.campaign, regions, period),
            },
            waits=waits,
            interactions=self._done(LeadInteractionRow.kind, LeadInteractionRow.happened_at, regions, period),
            letters=self._done(LeadLetterRow.kind, LeadLetterRow.created_at, regions, period),
            outcomes=self._outcomes(regions, period),
            cohorts=self._cohorts(leads),
        )

    def first_year(self, regions: Sequence[str]) -> int | None:
        """The year of the first lead; None if there is none."""
        first = self._session.scalar(select(func.min(LeadRow.created_at)).where(LeadRow.region.in_(regions)))
        return first.year if first else None

    def _counted(self, regions: Sequence[str], period: Period) -> dict[str, int]:
        rows = self._session.execute(
            select(DailyCountRow.what, func.sum(DailyCountRow.number))
            .where(*_on_days(regions, period))
            .group_by(DailyCountRow.what)
        )
        return _pairs(rows)

    def _opened_by(self, column: InstrumentedAttribute[str], regions: Sequence[str], period: Period) -> dict[str, int]:
        rows = self._session.execute(
            select(column, func.sum(DailyCountRow.number))
            .where(*_on_days(regions, period), DailyCountRow.what == OPENED)
            .group_by(column)
        )
        return _pairs(rows)

    def _group(
        self,
        column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
        conditions: list[ColumnElement[bool]],
    ) -> dict[str, int]:
        rows = self._session.execute(select(column, func.count()).where(*conditions).group_by(column))
        return {value or "": number for value, number in rows}

    def _waits(self, leads: list[ColumnElement[bool]]) -> dict[str, int]:
        minutes = LeadRow.contact_minutes
        bucket = case(
            (minutes.is_(None), "none"),
            (minutes <= _DAY, "day"),
            (minutes <= 2 * _DAY, "two_days"),
            (minutes <= 5 * _DAY, "week"),
            else_="longer",
        )
        rows = self._session.execute(select(bucket.label("bucket"), func.count()).where(*leads).group_by("bucket"))
        return _pairs(rows)

    def _done(
        self,
        kind: InstrumentedAttribute[str],
        at: InstrumentedAttribute[datetime],
        regions: Sequence[str],
        period: Period,
    ) -> dict[str, int]:
        row = kind.class_
        rows = self._session.execute(
            select(kind, func.count())
            .select_from(row)
            .join(LeadRow, LeadRow.id == row.lead_id)
            .where(LeadRow.region.in_(regions), at >= _begin(period.since), at < _begin(period.until))
            .group_by(kind)
        )
        return _pairs(rows)

    def _outcomes(self, regions: Sequence[str], period: Period) -> dict[int, dict[str, int]]:
        rows = self._session.execute(
            select(LeadTaskRow.months, LeadTaskRow.outcome, func.count())
            .join(LeadRow, LeadRow.id == LeadTaskRow.lead_id)
            .where(
                LeadRow.region.in_(regions),
                LeadTaskRow.outcome.is_not(None),
                LeadTaskRow.done_at >= _begin(period.since),
                LeadTaskRow.done_at < _begin(period.until),
            )
            .group_by(LeadTaskRow.months, LeadTaskRow.outcome)
        )
        found: dict[int, dict[str, int]] = {}
        for months, outcome, number in rows:
            found.setdefault(months or 0, {})[outcome or ""] = number
        return found

    def _cohorts(self, leads: list[ColumnElement[bool]]) -> tuple[Cohort, ...]:
        year, month = extract("year", LeadRow.created_at), extract("month", LeadRow.created_at)
        rows = self._session.execute(
            select(year, month, LeadRow.phase, func.count()).where(*leads).group_by(year, month, LeadRow.phase)
        )
        found: dict[tuple[int, int], Counter[str]] = {}
        for in_year, in_month, phase, number in rows:
            found.setdefault((int(in_year), (int(in_month) + 2) // 3), Counter())[phase] += number
        return tuple(Cohort(*quarter, phases=dict(phases)) for quarter, phases in sorted(found.items()))


def _pairs(rows: Iterable[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in rows}


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _on_days(regions: Sequence[str], period: Period) -> list[ColumnElement[bool]]:
    return [DailyCountRow.region.in_(regions), DailyCountRow.day >= period.since, DailyCountRow.day < period.until]
