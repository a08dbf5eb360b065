"""Drawings of the report as numbers: where each mark stands, so that the template only writes SVG."""

from dataclasses import dataclass

from evaluation.result import Curve, Histogram, Score

WIDTH = 320
"""Of every drawing, in CSS pixels: what a phone shows without making letters smaller."""
_WHISKER = 120
"""The length of the line on which a share stands."""
_BAR_HEIGHT = 120
_SQUARE = 240
_SMALLEST, _LARGEST = 3.0, 11.0
"""Radius of a point, by how many cases it stands for."""


@dataclass(frozen=True)
class Whisker:
    """A share between 0 and 1 as a dot, with its interval as a line."""

    at: float
    low: float
    high: float
    words: str
    """The same for who does not see it."""


@dataclass(frozen=True)
class Dot:
    """A point of a curve."""

    x: float
    y: float
    radius: float
    said: str
    came: str
    of: int


@dataclass(frozen=True)
class Diagonal:
    """What was said against what came, both from 0 to 1."""

    title: str
    said: str
    came: str
    dots: tuple[Dot, ...]
    line: str
    """The points of the line through the dots."""
    words: str


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


def whisker_of(score: Score) -> Whisker | None:
    """The drawing of a share that has an interval; None for what is no share."""
    if score.unit != "share" or score.value is None or score.low is None or score.high is None:
        return None
    between = f"between {score.written(score.low)} and {score.written(score.high)}"
    return Whisker(
        at=round(_WHISKER * score.value, 1),
        low=round(_WHISKER * score.low, 1),
        high=round(_WHISKER * score.high, 1),
        words=f"{score.name}: {score.written(score.value)}, {between}",
    )


def diagonal_of(curve: Curve) -> Diagonal:
    """A curve as dots in a square, larger ones for more cases."""
    most = max((each.of for each in curve.points), default=1)
    dots = tuple(
        Dot(
            x=round(_SQUARE * each.said, 1),
            y=round(_SQUARE * (1 - each.came), 1),
            radius=round(_SMALLEST + (_LARGEST - _SMALLEST) * (each.of / most) ** 0.5, 1),
            said=f"{100 * each.said:.0f}%",
            came=f"{100 * each.came:.0f}%",
            of=each.of,
        )
        for each in curve.points
    )
    told = "; ".join(f"said {dot.said}, came {dot.came} of {dot.of}" for dot in dots)
    return Diagonal(
        title=curve.title,
        said=curve.said,
        came=curve.came,
        dots=dots,
        line=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        words=f"{curve.title}: {told}",
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
