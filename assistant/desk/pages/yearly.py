"""The yearly account of a region: what the desk counted beside what somebody has to fill in, part by part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.figures import LEAST_IN_COHORT, LEAST_IN_GROUP, Table
from assistant.desk.pages.parts import Choice, Shell, choices, shell
from assistant.leads.work import LetterKind, Outcome
from assistant.leads.yearly import ITEMS, Item, Part, Unit, YearOfReport
from assistant.storage.figures import Figures, Period
from assistant.storage.yearly import FilledIn
from knowledge.catalogue import Catalogue

_PARTS = {
    Part.RECRUITING: "Werven",
    Part.MATCHING: "Matchen",
    Part.TRAINING: "Opleiden",
    Part.GUIDING: "Begeleiden",
    Part.PROFESSIONALISING: "Professionaliseren",
    Part.ORGANISATION: "Partijen en geld",
}
_FEW = f"minder dan {LEAST_IN_GROUP}"
_TOO_FEW = "te weinig om te noemen"
_OWN = "eigen-"
_ON_THE_WAY = ("preparing", "in_training", "working")


@dataclass(frozen=True)
class CountedRow:
    """What the desk counted by itself."""

    label: str
    value: str


@dataclass(frozen=True)
class FillRow:
    """A field, with who filled it in."""

    id: str
    label: str
    unit: str
    value: str
    was: str
    who: str
    """`Noor Bakker, dinsdag 3 maart 2026`; empty: nobody yet."""
    error: str


@dataclass(frozen=True)
class PartShown:
    """One part of the account."""

    id: str
    title: str
    counted: tuple[CountedRow, ...]
    fields: tuple[FillRow, ...]


@dataclass(frozen=True)
class YearlyPage:
    """The account of one region over one year."""

    shell: Shell
    regions: tuple[Choice, ...]
    years: tuple[Choice, ...]
    region: str
    year: str
    what: str
    parts: tuple[PartShown, ...]
    still_open: int
    """How many numbers nobody filled in yet."""
    own_label: str
    own_value: str
    own_error: str
    csv: str
    xlsx: str
    printed: str
    done: str
    error: str
    tables: tuple[Table, ...]
    """The same, as it is printed and exported."""


@dataclass(frozen=True)
class Typed:
    """What was typed and could not be kept: by item, with what is wrong."""

    values: Mapping[str, str]
    errors: Mapping[str, str]
    error: str = ""


NOTHING_TYPED = Typed({}, {})


def period_of(year: YearOfReport) -> Period:
    """Its days."""
    return Period(year.since, year.until)


def items_of(filled: Mapping[str, FilledIn]) -> tuple[Item, ...]:
    """The list, and what the region added itself."""
    own = (
        Item(id=each.item, part=Part.ORGANISATION, label=each.label, unit=Unit.TEXT)
        for each in filled.values()
        if each.label
    )
    return (*ITEMS, *own)


def new_own_item(filled: Mapping[str, FilledIn]) -> str:
    """An id for one more of the region's own."""
    numbers = [int(each.removeprefix(_OWN)) for each in filled if each.startswith(_OWN)]
    return f"{_OWN}{max(numbers, default=0) + 1}"


def own_count(filled: Mapping[str, FilledIn]) -> int:
    """How many the region added itself."""
    return sum(each.startswith(_OWN) for each in filled)


def yearly_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    region: str,
    year: YearOfReport,
    figures: Figures,
    filled: Mapping[str, FilledIn],
    first_year: int,
    today: date,
    typed: Typed = NOTHING_TYPED,
    done: str = "",
) -> YearlyPage:
    """The page."""
    counted = _counted(figures)
    query = urlencode({"regio": region, "jaar": year.id})
    what = f"{wording.region_title(catalogue, region)}, {in_words(year)}"
    parts = tuple(
        PartShown(
            id=part.value,
            title=title,
            counted=counted.get(part, ()),
            fields=tuple(_field(each, filled.get(each.id), typed) for each in items_of(filled) if each.part is part),
        )
        for part, title in _PARTS.items()
    )
    numbers = [each for each in ITEMS if each.unit is not Unit.TEXT]
    return YearlyPage(
        shell=shell("Jaarcijfers", adviser),
        regions=choices({each: wording.region_title(catalogue, each) for each in adviser.account.regions}, region),
        years=choices(_years(first_year, today), year.id),
        region=region,
        year=year.id,
        what=what,
        parts=parts,
        still_open=sum(not (each.id in filled and filled[each.id].value) for each in numbers),
        own_label=typed.values.get("eigen-naam", ""),
        own_value=typed.values.get("eigen-waarde", ""),
        own_error=typed.errors.get("eigen", ""),
        csv=f"/desk/jaarcijfers.csv?{query}",
        xlsx=f"/desk/jaarcijfers.xlsx?{query}",
        printed=f"/desk/jaarcijfers/afdruk?{query}",
        done=done,
        error=typed.error,
        tables=yearly_tables(figures, filled),
    )


def yearly_tables(figures: Figures, filled: Mapping[str, FilledIn]) -> tuple[Table, ...]:
    """A table a part: what was counted, then what was filled in with who and when. Colleagues' names, never visitors'."""
    counted = _counted(figures)
    found = []
    for part, title in _PARTS.items():
        rows: list[tuple[str | int, ...]] = [
            (row.label, row.value, "geteld door de assistent en de desk") for row in counted.get(part, ())
        ]
        for item in items_of(filled):
            if item.part is part:
                there = filled.get(item.id)
                value = _shown(item.unit, there.value) if there else ""
                if value or item.unit is not Unit.TEXT:
                    rows.append((item.label, value or "niet ingevuld", _who(there) or "-"))
        found.append(Table(part.value, title, ("Wat", "Waarde", "Van wie"), tuple(rows)))
    return tuple(found)


def in_words(year: YearOfReport) -> str:
    """`kalenderjaar 2026`, `schooljaar 2025-2026`."""
    return f"kalenderjaar {year.id}" if year.since.month == 1 else f"schooljaar {year.id}"


def _counted(figures: Figures) -> dict[Part, tuple[CountedRow, ...]]:
    by, letters = figures.by["phase"], figures.letters
    quick = sum(figures.waits.get(wait, 0) for wait in ("day", "two_days"))
    after_a_year = figures.outcomes.get(12, {})
    asked_later = sum(after_a_year.values())

    def later(*outcomes: Outcome) -> str:
        if asked_later < LEAST_IN_COHORT:
            return _TOO_FEW
        return _people(sum(after_a_year.get(each.value, 0) for each in outcomes))

    return {
        Part.RECRUITING: (
            CountedRow("Gesprekken met de digitale assistent", str(figures.asked)),
            CountedRow("Zelftests met een advies", str(figures.advised)),
            CountedRow("Aanmeldingen bij het loket", _people(figures.leads)),
            *(
                CountedRow(f"Aanmeldingen voor {wording.SECTORS.get(sector, sector).lower()}", _people(number))
                for sector, number in sorted(figures.by["sector"].items())
            ),
        ),
        Part.MATCHING: (
            CountedRow("Mensen met wie een adviseur contact had", _people(figures.contacted)),
            CountedRow("Daarvan binnen twee werkdagen", _people(quick)),
            CountedRow("Doorverwezen naar een school of bestuur", _people(letters.get(LetterKind.SCHOOL.value, 0))),
            CountedRow("Doorverwezen naar een ander loket", _people(letters.get(LetterKind.LOKET.value, 0))),
            CountedRow("Van wie zich aanmeldde uitgestroomd", _people(by.get("left", 0))),
        ),
        Part.TRAINING: (
            CountedRow("Van wie zich aanmeldde nu in voorbereiding, in opleiding of werkzaam", _people(sum(by.get(each, 0) for each in _ON_THE_WAY))),
            CountedRow("Van wie zich aanmeldde nu in opleiding", _people(by.get("in_training", 0))),
            CountedRow("Na een jaar gevraagd: in opleiding", later(Outcome.IN_TRAINING)),
        ),
        Part.GUIDING: (
            CountedRow("Van wie zich aanmeldde nu werkzaam in het onderwijs", _people(by.get("working", 0))),
            CountedRow("Na een jaar gevraagd: werkt in het onderwijs", later(Outcome.WORKS_IN_EDUCATION)),
        ),
    }  # fmt: skip


def _people(number: int) -> str:
    """A number of people; under five it could be somebody."""
    return str(number) if number == 0 or number >= LEAST_IN_GROUP else _FEW


def _field(item: Item, there: FilledIn | None, typed: Typed) -> FillRow:
    kept = there.value if there else ""
    return FillRow(
        id=item.id,
        label=item.label,
        unit=item.unit.value,
        value=typed.values.get(item.id, _shown(item.unit, kept)),
        was=kept,
        who=_who(there),
        error=typed.errors.get(item.id, ""),
    )


def _shown(unit: Unit, value: str) -> str:
    """As it is written here: `12.500`, `12.500,50`."""
    if unit is Unit.TEXT or not value:
        return value
    return f"{Decimal(value):,}".translate(str.maketrans(",.", ".,"))


def _who(there: FilledIn | None) -> str:
    return f"{there.author}, {wording.day_in_words(there.filled_at.date())}" if there and there.value else ""


def _years(first: int, today: date) -> dict[str, str]:
    begun: Iterable[YearOfReport | None] = (
        YearOfReport.parse(written)
        for year in range(today.year, first - 1, -1)
        for written in (f"{year}", f"{year}-{year + 1}", f"{year - 1}-{year}")
    )
    found = {each.id: in_words(each) for each in begun if each and each.since <= today}
    return dict(sorted(found.items(), key=lambda each: each[0], reverse=True))


def this_year(now: datetime) -> str:
    """The year that is accounted for first: the calendar year that is going on."""
    return str(now.year)
