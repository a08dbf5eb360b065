"""The money picture as bars: where each stands, so that a template has only to draw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.money.amount import Span
from assistant.money.telling import PictureTold, TotalTold, YearTold
from assistant.money.wording import Locale, span_in_words
from knowledge.finance import Flow

_DRAWN: tuple[Flow, ...] = ("pay", "receive", "borrow", "earn")
_HEADING, _ROW, _TEXT, _BAR = 30, 44, 16, 22
_FULL = Decimal(100)
_LEAST = Decimal("0.6")
"""Of the width: a bar that is there is seen, however small it is beside another."""


@dataclass(frozen=True)
class Bar:
    """One total, drawn from nothing to its least, and lighter from there to its most."""

    flow: str
    """What it stands for, and so its colour."""
    label: str
    words: str
    text_y: int
    bar_y: int
    sure_width: str
    """`43.2%` of the width of the chart."""
    may_x: str
    may_width: str


@dataclass(frozen=True)
class Heading:
    """The title of a year."""

    text: str
    y: int


@dataclass(frozen=True)
class Chart:
    """The bars of all years under each other, with one scale."""

    height: int
    bar_height: int
    headings: tuple[Heading, ...]
    bars: tuple[Bar, ...]
    title: str
    description: str
    """Everything the bars say, in words."""
    sure_words: str
    may_words: str


@dataclass(frozen=True)
class YearGroup:
    """One year, or several after each other that are alike."""

    title: str
    year: YearTold


def year_groups(years: Sequence[YearTold], locale: Locale) -> tuple[YearGroup, ...]:
    """The years in order, those that are alike taken together: `Jaar 3 en 4, elk`."""
    return tuple(_groups(years, locale))


def _groups(years: Sequence[YearTold], locale: Locale) -> Iterable[YearGroup]:
    alike: list[YearTold] = []
    for year in years:
        if alike and not _is_alike(alike[0], year):
            yield _group(alike, locale)
            alike = []
        alike.append(year)
    if alike:
        yield _group(alike, locale)


def _is_alike(one: YearTold, other: YearTold) -> bool:
    return (one.lines, one.totals, one.may_not_come) == (other.lines, other.totals, other.may_not_come)


def _group(years: Sequence[YearTold], locale: Locale) -> YearGroup:
    first, last = years[0], years[-1]
    if first is last:
        return YearGroup(first.title, first)
    between = {"nl": "en" if last.number == first.number + 1 else "tot en met", "en": "to"}[locale]
    each = {"nl": "elk", "en": "each"}[locale]
    return YearGroup(
        first.title.replace(f" {first.number}", f" {first.number} {between} {last.number}, {each}", 1), first
    )


def chart_of(picture: PictureTold, groups: Sequence[YearGroup], locale: Locale) -> Chart | None:
    """The bars of a picture; None if nothing can be added up: then there is nothing to draw."""
    title = {"nl": "Je geld per jaar", "en": "Your money per year"}[locale]
    drawn = [(group.title, [_measure(each) for each in group.year.totals if _is_drawn(each)]) for group in groups]
    return drawn_chart(f"{title}: {picture.title}", drawn, locale)


@dataclass(frozen=True)
class Measure:
    """One amount to draw."""

    flow: str
    label: str
    span: Span
    words: str
    """All that is to be said of it, for who cannot see the bar."""


def drawn_chart(title: str, groups: Sequence[tuple[str, Sequence[Measure]]], locale: Locale) -> Chart | None:
    """
    Bars under headings, with one scale from nothing to the largest.

    :param groups: Each with its heading; one without amounts is left out.
    """
    most = max((each.span.high for _, measures in groups for each in measures), default=Decimal(0))
    if most <= 0:
        return None
    headings, bars, sentences, y = [], [], [], 0
    for heading, measures in groups:
        if not measures:
            continue
        headings.append(Heading(heading, y + _TEXT + 2))
        y += _HEADING
        for measure in measures:
            bars.append(_bar(measure, y, most, locale))
            y += _ROW
        sentences.append(f"{heading}: {'; '.join(f'{each.label.lower()} {each.words}' for each in measures)}.")
    sure_words, may_words = {
        "nl": ("zeker, of het minste", "kan erbij komen, tot het meeste"),
        "en": ("certain, or the least", "may be added, up to the most"),
    }[locale]
    return Chart(
        height=y + 4,
        bar_height=_ROW - _BAR - 6,
        headings=tuple(headings),
        bars=tuple(bars),
        title=title,
        description=" ".join(sentences),
        sure_words=sure_words,
        may_words=may_words,
    )


def _measure(total: TotalTold) -> Measure:
    return Measure(total.flow, total.who, Span(total.at_least, total.at_most), total.words)


def _is_drawn(total: TotalTold) -> bool:
    return total.flow in _DRAWN and bool(total.at_most)


def _bar(measure: Measure, y: int, most: Decimal, locale: Locale) -> Bar:
    sure = measure.span.low / most * _FULL
    whole = max(measure.span.high / most * _FULL, _LEAST) if measure.span.high else Decimal(0)
    return Bar(
        flow=measure.flow,
        label=measure.label,
        # What could not be added stands in the table and in the description: here is room for the sums alone.
        words=span_in_words(measure.span, locale),
        text_y=y + _TEXT - 2,
        bar_y=y + _BAR,
        sure_width=_percent(sure),
        may_x=_percent(sure),
        may_width=_percent(whole - sure),
    )


def _percent(value: Decimal) -> str:
    return f"{max(value, Decimal(0)):.2f}%"
