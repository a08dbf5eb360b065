"""The money picture of a route for one visitor: lines a year, with totals as ranges and what is not known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assistant.money.amount import ZERO, Span
from knowledge.fact import Localised
from knowledge.finance import Flow

Certainty = Literal["certain", "open", "uncertain"]
"""
`certain`: it applies, on what the visitor told. `open`: it hangs on a fact that is not told.
`uncertain`: the facts are there, and something else stays to be seen; `why` says what.
"""
FLOWS: tuple[Flow, ...] = ("pay", "receive", "borrow", "earn", "school-pays", "school-receives")


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """
    One amount in one year of a route.

    `low` and `high` are what it is if it applies; `in_low` and `in_high` what it adds to the two ends of the total. They
    differ where something is open, where it is one of two that do not go together, or in a year that may not come.
    """

    item: str
    title: Localised
    flow: Flow
    record: str
    """The record that holds the amounts."""
    sources: tuple[str, ...]
    low: Decimal | None
    """In euros, not rounded; None: no amount is known."""
    high: Decimal | None
    per: Literal["jaar", "maand", "eenmalig"]
    """`maand`: told a month for a full-time job, and not added up."""
    prices_of: tuple[str, ...]
    """The years for which the amounts hold, the newest first."""
    certainty: Certainty
    why: tuple[Localised, ...] = ()
    """Why it is not certain, and what to know of the amount."""
    missing: tuple[str, ...] = ()
    """The facts that would decide it."""
    in_low: Decimal = ZERO
    in_high: Decimal = ZERO
    is_addable: bool = True
    """False where no amount is known, or one that is too old, or one a month for a job of unknown size."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines add up to, a flow at a time, rounded to whole euros."""

    by_flow: Mapping[Flow, Span]
    incomplete: frozenset[Flow]
    """Flows with a line that could not be added."""

    def of(self, flow: Flow) -> Span:
        """The total of one flow; nothing if no line has it."""
        return self.by_flow.get(flow, Span())

    @classmethod
    def over(cls, lines: Iterable[MoneyLine]) -> "Totals":
        """The totals of these lines; rounding comes last."""
        sums: dict[Flow, Span] = {}
        incomplete: set[Flow] = set()
        for line in lines:
            sums[line.flow] = sums.get(line.flow, Span()) + Span(line.in_low, line.in_high)
            if not line.is_addable:
                incomplete.add(line.flow)
        return cls({flow: sums[flow].rounded() for flow in FLOWS if flow in sums}, frozenset(incomplete))


@dataclass(frozen=True, slots=True)
class PictureYear:
    """One year of a route."""

    number: int
    """From 1."""
    may_not_come: bool
    """Whether some people are done before it."""
    lines: tuple[MoneyLine, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class NotForYou:
    """Something that goes with the route and not with this visitor."""

    title: Localised
    says: Localised
    """For whom it is."""
    record: str


@dataclass(frozen=True, slots=True)
class MoneyPicture:
    """All the money of one route for one visitor."""

    route: str
    title: Localised
    study_year: str
    """The study year of the first year, `2026-2027`: later years are counted with its amounts."""
    years: tuple[PictureYear, ...]
    whole: Totals
    """Of all years together."""
    is_whole: bool
    """Whether it is known how many years the route takes; if not, one is shown."""
    tuition: tuple[Localised, ...] = ()
    """Who pays the fee, and the rule that decides which fee it is."""
    missing: tuple[str, ...] = ()
    """The facts that would make the picture sharper, in the order of the vocabulary."""
    unknown: tuple[Localised, ...] = ()
    """What no source tells."""
    not_for_you: tuple[NotForYou, ...] = ()
    records: tuple[str, ...] = field(default=())
    """Every record it leans on, the route first."""

    def lines(self) -> Iterable[MoneyLine]:
        """Every line of every year."""
        return (line for year in self.years for line in year.lines)
