"""Figures of the labour market: by topic, as plot and as table, each with its area, its year and its source."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from assistant.charts.bars import Chart, Measured, bar_chart
from assistant.site.pages.parts import ConflictRow, SourceRow, conflict_rows, sources_of
from assistant.site.schema_org import figures_data
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTOR_FILTER, first_upper, partial_date_in_words, region_name
from knowledge.figure import MEASURE_WORDS, NATURE_WORDS, Figure, Measure, Scope
from knowledge.place import Region

MEASURE_FILTER = {measure.value: words for measure, words in MEASURE_WORDS.items()}
_FIRST = Measure.TEACHER_SHORTAGE
_SCOPES: dict[Scope, str] = {
    "onderwijsregio": "Onderwijsregio",
    "stad": "Stad",
    "stadsdeel": "Deel van een stad",
    "organisatie": "School of organisatie",
    "arbeidsmarktregio": "Arbeidsmarktregio",
    "provincie": "Provincie",
    "grote-steden": "De grote steden samen",
    "buiten-de-grote-steden": "Nederland zonder de grote steden",
    "land": "Heel Nederland",
}
"""The kinds of area in the order of the page; figures of two kinds are never in one plot."""
_ENOUGH_FOR_A_PLOT = 3
_INTRO = (
    "Waar zijn mensen nodig? Hier staan de cijfers die wij kennen, met hun jaar en hun bron. Let op waar een cijfer over gaat: "
    "een stad is geen regio, en een verwachting is nog niet gemeten."
)


@dataclass(frozen=True)
class FigureRow:
    """One figure in a table."""

    id: str
    area: str
    what: str
    """What is counted, where the area and the year do not tell; else empty."""
    when: str
    value: str
    nature: str
    is_measured: bool
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class FigureGroup:
    """Figures of one kind of area, which may be compared, with the plots of those that share a unit."""

    heading: str
    caption: str
    charts: tuple[Chart, ...]
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class DoubtfulFigure:
    """What is not sure about a figure."""

    title: str
    uncertain: str
    conflicts: tuple[ConflictRow, ...]


@dataclass(frozen=True)
class FiguresPage:
    """The figures of one topic that pass the filter."""

    shell: Shell
    intro: str
    measure: str
    topics: tuple[Link, ...]
    groups: tuple[FigureGroup, ...]
    doubtful: tuple[DoubtfulFigure, ...]
    natures: tuple[tuple[str, str], ...]
    """Which kinds of number are on the page: the way they are drawn, and the word."""
    measures: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    years: tuple[Choice, ...]
    is_filtered: bool


@dataclass(frozen=True)
class FigureFilter:
    """What a visitor wants to see; empty: everything of the first topic."""

    measure: str = ""
    sector: str = ""
    year: str = ""


def year_filter(visit: Visit) -> dict[str, str]:
    """The years that figures speak of, the newest first."""
    years = {figure.year for figure in visit.catalogue.all(Figure)}
    return {year: year for year in sorted(years, key=lambda year: (year[-4:], year), reverse=True)}


def figures_page(visit: Visit, wanted: FigureFilter, notices: tuple[str, ...] = ()) -> FiguresPage:
    """The page of one topic; for a visitor who chose a region its figures, and those of the whole country beside them."""
    measure = Measure(wanted.measure) if wanted.measure else _FIRST
    passing = [figure for figure in visit.catalogue.all(Figure) if _passes(visit, wanted, figure)]
    found = [figure for figure in passing if figure.measure is measure]
    data = [figures_data(MEASURE_WORDS[measure], visit.public_url + visit.path, found)] if found else []
    shell = visit.shell("Cijfers", _INTRO, notices=notices, data=data)
    present = {figure.nature for figure in found}
    return FiguresPage(
        shell=shell,
        intro=_INTRO,
        measure=MEASURE_WORDS[measure],
        topics=_topics(shell, passing, wanted, measure),
        groups=tuple(_groups(visit, found)),
        doubtful=tuple(
            DoubtfulFigure(each.title, each.uncertain, conflict_rows(visit.catalogue, each.conflicts))
            for each in found
            if each.uncertain or each.conflicts
        ),
        natures=tuple((nature, words) for nature, words in NATURE_WORDS.items() if nature in present),
        measures=choices(MEASURE_FILTER, measure.value),
        regions=choices(
            {each.id: region_name(each) for each in visit.catalogue.all(Region)},
            visit.region.id if visit.region else "",
        ),
        sectors=choices(SECTOR_FILTER, wanted.sector),
        years=choices(year_filter(visit), wanted.year),
        is_filtered=bool(wanted.sector or wanted.year or visit.region),
    )


def _passes(visit: Visit, wanted: FigureFilter, figure: Figure) -> bool:
    return visit.wants(figure, wanted.sector) and (not wanted.year or figure.year == wanted.year)


def _topics(shell: Shell, figures: Sequence[Figure], wanted: FigureFilter, here: Measure) -> tuple[Link, ...]:
    counts: dict[Measure, int] = defaultdict(int)
    for figure in figures:
        counts[figure.measure] += 1
    return tuple(
        Link(
            shell.link("/cijfers", maat=measure.value, onderwijs=wanted.sector, jaar=wanted.year),
            f"{words} ({counts[measure]})",
            measure is here,
        )
        for measure, words in MEASURE_WORDS.items()
        if counts[measure]
    )


def _groups(visit: Visit, figures: Sequence[Figure]) -> list[FigureGroup]:
    """One a kind of area; within it by area and unit, from old to new."""
    order = list(_SCOPES)
    ordered = sorted(figures, key=lambda each: (order.index(each.scope), each.area, each.unit, each.year))
    return [
        FigureGroup(
            heading=_SCOPES[scope],
            caption=f"{_SCOPES[scope]}: elk cijfer met zijn bron",
            charts=_charts(scope, members),
            rows=tuple(_row(visit, each, _is_told_by_area(each, members)) for each in members),
        )
        for scope, members in ((scope, list(found)) for scope, found in groupby(ordered, key=lambda each: each.scope))
    ]


def _charts(scope: Scope, figures: Sequence[Figure]) -> tuple[Chart, ...]:
    """A plot for each unit that enough figures share and that counts from nought."""
    by_unit: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.value is not None and figure.value >= 0:
            by_unit[figure.unit].append(figure)
    return tuple(
        bar_chart(
            f"{scope}-{number}",
            f"{_SCOPES[scope]}, in {unit}",
            [_measured(each, _is_told_by_area(each, members)) for each in members],
        )
        for number, (unit, members) in enumerate(by_unit.items())
        if len(members) >= _ENOUGH_FOR_A_PLOT
    )


def _is_told_by_area(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether area and year say which figure it is; else only its title does."""
    same = [(each.area, each.year, each.unit) == (figure.area, figure.year, figure.unit) for each in others]
    return sum(same) == 1


def _measured(figure: Figure, is_told_by_area: bool) -> Measured:
    group = first_upper(figure.area) if is_told_by_area else _what(figure)
    expected = "" if figure.nature in ("statistic", "rate") else f" ({NATURE_WORDS[figure.nature].lower()})"
    return Measured(
        group=group + expected,
        label=figure.year if len(figure.year) == 4 else f"{figure.year[:4]}-’{figure.year[-2:]}",
        value=figure.value or Decimal(0),
        words=figure.in_words(),
        nature=figure.nature,
    )


def _what(figure: Figure) -> str:
    """Its title without the number, which stands beside it."""
    return figure.title.rpartition(":")[0] or figure.title


def _row(visit: Visit, figure: Figure, is_told_by_area: bool) -> FigureRow:
    return FigureRow(
        id=figure.id,
        area=first_upper(figure.area),
        what=figure.summary if figure.value is None else "" if is_told_by_area else _what(figure),
        when=partial_date_in_words(figure.date) if figure.date else figure.year,
        value=figure.in_words(),
        nature=NATURE_WORDS[figure.nature],
        is_measured=figure.nature in ("statistic", "rate"),
        sources=sources_of(visit.catalogue, figure),
    )
