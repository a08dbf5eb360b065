"""The figures of a region: tables with a plot, which are also what can be exported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from assistant.charts.bars import Chart, Measured, bar_chart
from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, choices, shell
from assistant.leads.routing import find_municipality
from assistant.leads.work import FOLLOW_UP_MONTHS, InteractionKind, LetterKind
from assistant.storage.figures import Cohort, Figures, Period
from knowledge.catalogue import Catalogue

LEAST_IN_GROUP = 5
"""Smaller groups are taken together: one person must not be told from a table."""
LEAST_IN_COHORT = 10
_MOST_ROWS = 12
QUARTERS = {"": "Heel het jaar", "1": "Januari tot en met maart", "2": "April tot en met juni",
            "3": "Juli tot en met september", "4": "Oktober tot en met december"}  # fmt: skip
_LETTERS = {LetterKind.VISITOR: "E-mail aan bezoekers", LetterKind.LOKET: "Doorverwezen naar een loket",
            LetterKind.SCHOOL: "Doorverwezen naar een school"}  # fmt: skip
_WAITS = {"day": "Binnen 1 werkdag", "two_days": "Binnen 2 werkdagen", "week": "Binnen 5 werkdagen",
          "longer": "Later", "none": "Nog geen contact vastgelegd"}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One table; of figures, so without persons."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    note: str = ""
    chart: Chart | None = None


@dataclass(frozen=True)
class FiguresPage:
    """The figures of one region, or of all of an adviser's, over a year or a quarter."""

    shell: Shell
    regions: tuple[Choice, ...]
    years: tuple[Choice, ...]
    quarters: tuple[Choice, ...]
    what: str
    """`Haaglanden, heel 2026`."""
    tables: tuple[Table, ...]
    csv: str
    xlsx: str


@dataclass(frozen=True)
class Wanted:
    """Which figures: an empty region is all of the adviser's, an empty quarter the whole year."""

    region: str
    year: int
    quarter: str

    @property
    def period(self) -> Period:
        """The days."""
        if not self.quarter:
            return Period(date(self.year, 1, 1), date(self.year + 1, 1, 1))
        month = int(self.quarter) * 3 + 1
        until = date(self.year + 1, 1, 1) if self.quarter == "4" else date(self.year, month, 1)
        return Period(date(self.year, month - 3, 1), until)

    @property
    def query(self) -> str:
        """As the query of an address."""
        return urlencode({"regio": self.region, "jaar": self.year, "kwartaal": self.quarter})


def figures_page(
    adviser: SignedInAdviser, catalogue: Catalogue, wanted: Wanted, figures: Figures, first_year: int, now: datetime
) -> FiguresPage:
    """The page."""
    regions = {region: wording.region_title(catalogue, region) for region in adviser.account.regions}
    years = {str(year): str(year) for year in range(now.year, first_year - 1, -1)}
    return FiguresPage(
        shell=shell("Cijfers", adviser),
        regions=choices({"": "Al mijn regio's", **regions} if len(regions) > 1 else regions, wanted.region),
        years=choices(years, str(wanted.year)),
        quarters=choices(QUARTERS, wanted.quarter),
        what=in_words(adviser, catalogue, wanted),
        tables=tables_of(figures, catalogue),
        csv=f"/desk/cijfers.csv?{wanted.query}",
        xlsx=f"/desk/cijfers.xlsx?{wanted.query}",
    )


def in_words(adviser: SignedInAdviser, catalogue: Catalogue, wanted: Wanted) -> str:
    """`Haaglanden, heel 2026`."""
    asked = [wanted.region] if wanted.region else adviser.account.regions
    places = " en ".join(wording.region_title(catalogue, region) for region in asked)
    return f"{places}, {QUARTERS[wanted.quarter].lower()} {wanted.year}"


def tables_of(figures: Figures, catalogue: Catalogue) -> tuple[Table, ...]:
    """Every table, from the first visit to what became of it; what a region reports each year is among them."""
    by, phases = figures.by, {phase.value: word for phase, word in wording.PHASES.items()}
    steps = [
        ("Gesprek geopend", figures.opened),
        ("Een vraag gesteld", figures.asked),
        ("Zelftest gedaan, met advies", figures.advised),
        ("Aangemeld", figures.leads),
        ("Contact gehad", figures.contacted),
        ("Voorbereiden, in opleiding of werkzaam", figures.on_the_way),
    ]
    leaving = {reason.value: word for reason, word in wording.LEAVING_REASONS.items()}
    outcomes = {outcome.value: word for outcome, word in wording.OUTCOMES.items()}
    return (
        _counted("trechter", "Van gesprek naar klas", "Stap", steps, "Gesprekken telt de assistent, zonder personen."),
        _in_order("wachttijd", "Tijd tot het eerste contact", "Wachttijd", _WAITS, figures.waits),
        _in_order("fase", "Waar mensen nu zijn", "Fase", phases, by["phase"]),
        _in_order(
            "contacten", "Wat adviseurs deden", "Soort", _kinds(), {**figures.interactions, **_prefixed(figures.letters)}
        ),
        _grouped("route", "Per route", "Beste route", _titled(by["route"], catalogue, "Nog geen route")),
        _grouped("sector", "Per soort onderwijs", "Onderwijs", _worded(by["sector"], wording.SECTORS),
                 "Wie meer soorten noemde, telt bij elke soort mee."),
        _grouped("gemeente", "Per gemeente", "Gemeente", _placed(by["municipality"], catalogue)),
        _grouped("bron", "Waar gesprekken begonnen", "Site", _worded(figures.opened_by["source"], {"": "Onbekend"})),
        _grouped("campagne", "Gesprekken per campagne", "Campagne",
                 _worded(figures.opened_by["campaign"], {"": "Zonder campagne"})),
        _grouped("bron-aanmelding", "Aanmeldingen per site", "Site", _worded(by["source"], {"": "Onbekend"})),
        _grouped("campagne-aanmelding", "Aanmeldingen per campagne", "Campagne",
                 _worded(by["campaign"], {"": "Zonder campagne"})),
        _grouped("gestopt", "Waarom mensen uitstroomden", "Reden",
                 _worded({key: number for key, number in by["left_because"].items() if key}, leaving)),
        _outcomes(figures.outcomes, outcomes),
        _cohorts(figures.cohorts, phases),
        Table("vragen", "Wat de assistent niet wist", ("Wat", "Aantal"), (("Vragen zonder antwoord", figures.unanswered),)),
    )  # fmt: skip


def _counted(id_: str, title: str, column: str, rows: Iterable[tuple[str, int]], note: str = "") -> Table:
    counted = tuple(rows)
    numbers = [Measured(label, "", Decimal(number), str(number), "statistic") for label, number in counted]
    chart = bar_chart(id_, title, numbers) if any(number for _, number in counted) else None
    return Table(id_, title, (column, "Aantal"), counted, note, chart)


def _in_order(id_: str, title: str, column: str, words: Mapping[str, str], numbers: Mapping[str, int]) -> Table:
    """A fixed list, nought included."""
    return _counted(id_, title, column, ((word, numbers.get(key, 0)) for key, word in words.items()))


def _grouped(id_: str, title: str, column: str, groups: Mapping[str, int], note: str = "") -> Table:
    """The largest groups; small ones and the tail together, so that nobody stands alone."""
    shown = sorted(groups.items(), key=lambda group: (-group[1], group[0]))
    large = [group for group in shown if group[1] >= LEAST_IN_GROUP][:_MOST_ROWS]
    rest = sum(groups.values()) - sum(number for _, number in large)
    if 0 < rest < LEAST_IN_GROUP:
        # Beside a total the rest could be told after all: it is left out, and said so.
        note = f"{note} Groepen van minder dan {LEAST_IN_GROUP} staan er niet bij.".strip()
    elif rest:
        large.append((f"Overige, vooral groepen van minder dan {LEAST_IN_GROUP}", rest))
    return _counted(id_, title, column, large, note)


def _outcomes(found: Mapping[int, Mapping[str, int]], words: Mapping[str, str]) -> Table:
    columns = ("Na", *words.values())
    rows: list[tuple[str | int, ...]] = []
    for months in FOLLOW_UP_MONTHS:
        numbers = found.get(months, {})
        told = sum(numbers.values()) >= LEAST_IN_COHORT
        rows.append((f"{months} maanden", *((numbers.get(key, 0) if told else "te weinig") for key in words)))
    return Table("geworden", "Wat ervan geworden is", columns, tuple(rows), _TOO_FEW)


def _cohorts(found: tuple[Cohort, ...], words: Mapping[str, str]) -> Table:
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (f"{each.year}, kwartaal {each.quarter}", each.size, *(each.phases.get(phase, 0) for phase in words))
        for each in found
        if each.size >= LEAST_IN_COHORT
    )
    return Table("cohorten", "Wie in een kwartaal binnenkwam, en waar die nu is",
                 ("Kwartaal", "Aangemeld", *words.values()), rows, _TOO_FEW)  # fmt: skip


_TOO_FEW = f"Minder dan {LEAST_IN_COHORT} mensen: dan staat het er niet, zodat niemand te herkennen is."


def _kinds() -> dict[str, str]:
    kinds = {kind.value: word for kind, word in wording.INTERACTIONS.items() if kind is not InteractionKind.REFERRAL}
    return kinds | {f"letter-{kind.value}": word for kind, word in _LETTERS.items()}


def _prefixed(letters: Mapping[str, int]) -> dict[str, int]:
    return {f"letter-{kind}": number for kind, number in letters.items()}


def _worded(numbers: Mapping[str, int], words: Mapping[str, str]) -> dict[str, int]:
    return {words.get(key, key): number for key, number in numbers.items()}


def _titled(numbers: Mapping[str, int], catalogue: Catalogue, none: str) -> dict[str, int]:
    return _worded(numbers, {"": none} | wording.titles(catalogue, [key for key in numbers if key]))


def _placed(numbers: Mapping[str, int], catalogue: Catalogue) -> dict[str, int]:
    names = {key: found.name for key in numbers if key and (found := find_municipality(catalogue, key))}
    return _worded(numbers, {"": "Niet verteld"} | names)
