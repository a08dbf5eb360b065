"""Drawings of the report as numbers: where each mark stands, so that the template only writes SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.result import Histogram, Score

WIDTH = 360
"""Of every drawing, in CSS pixels."""
_BAR_HEIGHT = 120


@dataclass(frozen=True)
class Whisker:
    """A share between 0 and 1 as a dot, with its interval as a line."""

    name: str
    at: float
    low: float
    high: float
    words: str
    """The same for who does not see it."""


@dataclass(frozen=True)
class Bar:
    """One range of values: a rectangle from the bottom."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Bars:
    """A histogram."""

    title: str
    bars: tuple[Bar, ...]
    first: str
    last: str
    """What stands under the two ends of the axis."""
    words: str


def whiskers_of(scores: Sequence[Score]) -> tuple[Whisker, ...]:
    """One for each share that has an interval."""
    return tuple(
        Whisker(
            name=each.name,
            at=round(WIDTH * each.value, 1),
            low=round(WIDTH * each.low, 1),
            high=round(WIDTH * each.high, 1),
            words=f"{each.name}: {each.written(each.value)}, between {each.written(each.low)} and {each.written(each.high)}",
        )
        for each in scores
        if each.unit == "share" and each.value is not None and each.low is not None and each.high is not None
    )


def bars_of(histogram: Histogram) -> Bars:
    """A bar for each range, the highest as high as the drawing."""
    most = max(histogram.counts, default=0) or 1
    width = WIDTH / max(len(histogram.counts), 1)
    bars = []
    for number, count in enumerate(histogram.counts):
        height = _BAR_HEIGHT * count / most
        low, high = histogram.edges[number], histogram.edges[number + 1]
        bars.append(
            Bar(
                x=round(number * width, 1),
                y=round(_BAR_HEIGHT - height, 1),
                width=round(width - 1, 1),
                height=round(height, 1),
                words=f"{low:.1f} to {high:.1f} {histogram.unit}: {count}",
            )
        )
    first, last = (f"{edge:.1f} {histogram.unit}" for edge in (histogram.edges[0], histogram.edges[-1]))
    return Bars(
        title=histogram.title,
        bars=tuple(bars),
        first=first,
        last=last,
        words=f"{histogram.title}: {sum(histogram.counts)} values from {first} to {last}",
    )
