"""When what happens on the way into a route, as bars on a line of years. Each bar's words stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.eligibility.stretch import Stretch

_SHORTEST_LINE = 60
"""In months: bars of two routes can be laid beside each other, unless one takes more than five years."""
_YEAR = 12


@dataclass(frozen=True)
class TimeBar:
    """One thing that happens. The numbers are percentages of the line; a width of 0 is not drawn."""

    label: str
    words: str
    left: float = 0
    width: float = 0
    """How long it takes at least."""
    more: float = 0
    """How much longer it may take."""


@dataclass(frozen=True)
class TimeShown:
    """The bars one under another, and where on the line each year stands, in percent with its number."""

    bars: tuple[TimeBar, ...]
    years: tuple[tuple[float, int], ...]
    """Empty: there is nothing to draw, the words are all we know."""
    may_take_longer: bool
    """Whether a bar has a light part, which then has to be explained."""


def time_shown(stretches: Sequence[Stretch]) -> TimeShown:
    """The stretches of one route, drawn on a line of five years or more."""
    latest = max((each.latest or 0 for each in stretches), default=0)
    whole = max(_SHORTEST_LINE, -(-latest // _YEAR) * _YEAR)
    bars = tuple(_bar(each, whole) for each in stretches)
    years = tuple((100 * month / whole, month // _YEAR) for month in range(0, whole + 1, _YEAR)) if latest else ()
    return TimeShown(bars, years, any(each.more for each in bars))


def _bar(stretch: Stretch, whole: int) -> TimeBar:
    if stretch.begins is None or stretch.ends is None or stretch.latest is None:
        return TimeBar(stretch.label, stretch.time)
    left, ends, latest = (round(100 * month / whole, 2) for month in (stretch.begins, stretch.ends, stretch.latest))
    return TimeBar(stretch.label, stretch.time, left, round(ends - left, 2), round(latest - ends, 2))
