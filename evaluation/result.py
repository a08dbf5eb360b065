"""What an evaluation finds: scores, judged cases and tables of each part, and all of them as a run."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from evaluation.interval import Interval
from knowledge.record import Frozen

Unit = Literal["share", "count", "ms", "s", "MB", "kB"]


class Score(Frozen):
    """One number, with how sure it is and what was promised."""

    name: str
    value: float | None
    """None: there was nothing to measure."""
    low: float | None = None
    high: float | None = None
    of: int
    """How many cases or measurements it is over."""
    unit: Unit = "share"
    better: Literal["higher", "lower"] = "higher"
    promise: float | None = None

    @property
    def is_kept(self) -> bool | None:
        """Whether the promise is kept; None if nothing was promised or measured."""
        if self.promise is None or self.value is None:
            return None
        return self.value >= self.promise if self.better == "higher" else self.value <= self.promise

    def written(self, value: float | None) -> str:
        """A value of this score as people read it."""
        if value is None:
            return "-"
        if self.unit == "share":
            return f"{100 * value:.1f}%"
        if self.unit == "count":
            return f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
        return f"{value:.1f} {self.unit}"


def score(
    name: str,
    interval: Interval,
    of: int,
    promise: float | None = None,
    *,
    unit: Unit = "share",
    better: Literal["higher", "lower"] = "higher",
) -> Score:
    """A score with its interval; empty if there were no cases."""
    known = {"value": interval.value, "low": interval.low, "high": interval.high} if of else {"value": None}
    return Score(name=name, **known, of=of, promise=promise, unit=unit, better=better)


class Judged(Frozen):
    """One case: whether it went right, and what was wrong, in words."""

    id: str
    topic: str
    asked: str
    right: bool
    wrong: tuple[str, ...] = ()
    """One sentence a fault."""
    got: str = ""
    source: str = ""
    severity: int = 0
    """What comes first in the report: 3 untrue, 2 wrong, 1 not good enough."""


class Table(Frozen):
    """Scores split up."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Histogram(Frozen):
    """How often each range of values came."""

    title: str
    unit: str
    edges: tuple[float, ...]
    """One more than there are counts."""
    counts: tuple[int, ...]


class Point(Frozen):
    """A place on a curve: what was said would come, and what came."""

    said: float
    came: float
    of: int


class Curve(Frozen):
    """How often what was said to be so sure came true; a perfect one is the diagonal. Both axes run from 0 to 1."""

    title: str
    said: str
    """What the horizontal axis holds."""
    came: str
    """What the vertical axis holds."""
    points: tuple[Point, ...]


class PartResult(Frozen):
    """What one part scores."""

    part: str
    scores: tuple[Score, ...]
    judged: tuple[Judged, ...] = ()
    tables: tuple[Table, ...] = ()
    histograms: tuple[Histogram, ...] = ()
    curves: tuple[Curve, ...] = ()

    def find(self, name: str) -> Score | None:
        """The score of that name."""
        return next((each for each in self.scores if each.name == name), None)


class RunResult(Frozen):
    """Every part that was run, on one catalogue, on one machine."""

    run: str
    started_at: datetime
    catalogue: str
    split: Literal["dev", "test", "all"]
    machine: str
    parts: tuple[PartResult, ...] = Field(default=())

    def find(self, part: str) -> PartResult | None:
        """The result of that part."""
        return next((each for each in self.parts if each.part == part), None)
