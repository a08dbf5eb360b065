"""The money picture as a page lays it out: bars, and one table with a row an amount and a column a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.money.chart import Chart, YearGroup, chart_of, year_groups
from assistant.money.picture import Certainty
from assistant.money.telling import LineTold, PictureTold
from assistant.money.wording import Locale
from knowledge.finance import Flow


@dataclass(frozen=True)
class Cell:
    """An amount in one year."""

    amount: str
    """Empty: the amount is not there in that year."""
    is_counted: bool


@dataclass(frozen=True)
class Row:
    """One amount through the years."""

    title: str
    why: tuple[str, ...]
    per: str
    """`per jaar, bedrag van 2026-2027`."""
    certainty: Certainty
    certainty_words: str
    cells: tuple[Cell, ...]
    sources: tuple[int, ...]
    """Places in the list of sources, from 1."""


@dataclass(frozen=True)
class FlowBlock:
    """What one pays, or gets, or earns."""

    flow: Flow
    who: str
    rows: tuple[Row, ...]
    totals: tuple[str, ...]
    """A year; empty where nothing of the flow is in it."""


@dataclass(frozen=True)
class ShownPicture:
    """What a page shows of a picture."""

    picture: PictureTold
    chart: Chart | None
    columns: tuple[str, ...]
    blocks: tuple[FlowBlock, ...]
    locale: Locale


def shown(picture: PictureTold, locale: Locale = "nl") -> ShownPicture:
    """The picture with its chart and its table; years that are alike share a column."""
    groups = year_groups(picture.years, locale)
    numbers = {source.id: number for number, source in enumerate(picture.sources, start=1)}
    return ShownPicture(
        picture=picture,
        chart=chart_of(picture, groups, locale),
        columns=tuple(group.title for group in groups),
        blocks=tuple(_blocks(picture, groups, numbers, locale)),
        locale=locale,
    )


def _blocks(
    picture: PictureTold, groups: Sequence[YearGroup], numbers: Mapping[str, int], locale: Locale
) -> Iterable[FlowBlock]:
    for total in picture.whole:
        items = dict.fromkeys(line.item for group in groups for line in group.year.lines if line.flow == total.flow)
        yield FlowBlock(
            flow=total.flow,
            who=total.who,
            rows=tuple(_row(item, groups, numbers, locale) for item in items),
            totals=tuple(
                next((each.words for each in group.year.totals if each.flow == total.flow), "") for group in groups
            ),
        )


def _row(item: str, groups: Sequence[YearGroup], numbers: Mapping[str, int], locale: Locale) -> Row:
    found = [next((line for line in group.year.lines if line.item == item), None) for group in groups]
    lines = [line for line in found if line is not None]
    # A year that may not come says so in its own heading; the first line says how sure the amount itself is.
    first = lines[0]
    return Row(
        title=first.title,
        why=tuple(dict.fromkeys(sentence for line in lines for sentence in line.why)),
        per=_per(lines, locale),
        certainty=first.certainty,
        certainty_words=first.certainty_words,
        cells=tuple(_cell(line) for line in found),
        sources=tuple(numbers[each] for each in first.sources),
    )


def _cell(line: LineTold | None) -> Cell:
    if line is None:
        return Cell("", True)
    adds = bool(line.counted_at_least or line.counted_at_most)
    return Cell(line.amount, is_counted=adds or not line.at_most)


def _per(lines: Sequence[LineTold], locale: Locale) -> str:
    first = lines[0]
    prices = ", ".join(first.prices_of)
    of = {"nl": "bedrag van", "en": "amount of"}[locale]
    return ", ".join(part for part in (first.period, f"{of} {prices}" if prices else "") if part)
