"""Figures of regions over a period, without persons, from counts a day and a month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant.leads.lead import Phase
from assistant.storage.counts import ADVISED, ASKED, OPENED, UNANSWERED
from assistant.storage.desk_tables import DailyCountRow
from assistant.storage.tally import first_month, tallies

_ON_THE_WAY = (Phase.PREPARING.value, Phase.IN_TRAINING.value, Phase.WORKING.value)


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
        """
        Everything over a period: leads that came in then, and what was done then.

        :param period: Whole months.
        """
        counted = self._counted(regions, period)
        by = defaultdict[str, Counter[str]](Counter)
        quarters = defaultdict[tuple[int, int], Counter[str]](Counter)
        for each in tallies(self._session, regions, _month(period.since), _month(period.until)):
            by[each.what][each.value] += each.number
            if each.what == "phase":
                year, month = map(int, each.month.split("-"))
                quarters[year, (month + 2) // 3][each.value] += each.number
        sectors = Counter[str]()
        for both, number in by["sectors"].items():
            for sector in both.split():
                sectors[sector] += number
        phases, waits = by["phase"], by["wait"]
        named = ("route", "municipality", "source", "campaign", "left_because", "phase")
        return Figures(
            opened=counted.get(OPENED, 0),
            asked=counted.get(ASKED, 0),
            advised=counted.get(ADVISED, 0),
            unanswered=counted.get(UNANSWERED, 0),
            leads=phases.total(),
            contacted=waits.total() - waits["none"],
            on_the_way=sum(phases[phase] for phase in _ON_THE_WAY),
            by={name: dict(by[name]) for name in named} | {"sector": dict(sectors)},
            opened_by={
                "source": self._opened_by(DailyCountRow.source, regions, period),
                "campaign": self._opened_by(DailyCountRow.campaign, regions, period),
            },
            waits={wait: number for wait, number in waits.items() if number},
            interactions=dict(by["interaction"]),
            letters=dict(by["letter"]),
            outcomes=_outcomes(by["outcome"]),
            cohorts=tuple(Cohort(*quarter, phases=dict(found)) for quarter, found in sorted(quarters.items())),
        )

    def first_year(self, regions: Sequence[str]) -> int | None:
        """The year of the first lead; None if there is none."""
        month = first_month(self._session, regions)
        return int(month[:4]) if month else None

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


def _outcomes(counted: Mapping[str, int]) -> dict[int, dict[str, int]]:
    """From `3 in_training` to the months and what became of it."""
    found: dict[int, dict[str, int]] = {}
    for value, number in counted.items():
        months, _, outcome = value.partition(" ")
        found.setdefault(int(months), {})[outcome] = number
    return found


def _pairs(rows: Iterable[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in rows}


def _month(day: date) -> str:
    if day.day != 1:
        raise ValueError(f"figures are of whole months, and {day} begins none")
    return f"{day:%Y-%m}"


def _on_days(regions: Sequence[str], period: Period) -> list[ColumnElement[bool]]:
    return [DailyCountRow.region.in_(regions), DailyCountRow.day >= period.since, DailyCountRow.day < period.until]
