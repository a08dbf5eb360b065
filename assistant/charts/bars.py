"""A bar chart as numbers for an SVG: where each bar and each word stands. The words are in the chart and in its table."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 360
_LABEL_LEFT = 0
_BAR_LEFT = 56
_BAR_ROOM = 150
"""The length of the longest bar; what is right of it is for the value."""
_BAR_HEIGHT = 18
_ROW = 25
_LINE = 18
_BETWEEN = 14
_CHARS = 38
"""As many characters of a label fit in the width of the chart."""


@dataclass(frozen=True)
class Measured:
    """One number for a chart."""

    group: str
    """What bars stand under one label: an area."""
    label: str
    """What this bar is: a year."""
    value: Decimal
    words: str
    """The value as it is read: `17,5 procent`."""
    nature: str
    """`statistic`, `rate`, `forecast` or `target`: how the bar is drawn."""


@dataclass(frozen=True)
class Word:
    """A line of text and where it stands, in units of the chart."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Bar:
    """A bar with the words left and right of it."""

    x: int
    y: int
    width: int
    height: int
    nature: str
    label: Word
    value: Word


@dataclass(frozen=True)
class Chart:
    """A whole chart; `description` says for who does not see it what it shows."""

    id: str
    title: str
    description: str
    width: int
    height: int
    labels: tuple[Word, ...]
    bars: tuple[Bar, ...]


def bar_chart(id_: str, title: str, numbers: Sequence[Measured]) -> Chart:
    """
    The numbers as horizontal bars from nought, in the order given, under a label for each group.

    :param numbers: At least one; a group's numbers follow each other; no value is below nought.
    """
    most = max(number.value for number in numbers) or Decimal(1)
    labels: list[Word] = []
    bars: list[Bar] = []
    y, group = 0, None
    for number in numbers:
        if number.group != group:
            y += _BETWEEN if group is not None else 0
            group = number.group
            for line in textwrap.wrap(group, _CHARS):
                y += _LINE
                labels.append(Word(_LABEL_LEFT, y - 4, line))
            y += 4
        width = max(2, round(_BAR_ROOM * number.value / most))
        middle = y + _BAR_HEIGHT - 5
        bars.append(
            Bar(
                x=_BAR_LEFT,
                y=y,
                width=width,
                height=_BAR_HEIGHT,
                nature=number.nature,
                label=Word(_LABEL_LEFT, middle, number.label),
                value=Word(_BAR_LEFT + width + 8, middle, number.words),
            )
        )
        y += _ROW
    told = "; ".join(f"{number.group}, {number.label}: {number.words}" for number in numbers)
    return Chart(id_, title, told + ".", WIDTH, y, tuple(labels), tuple(bars))
