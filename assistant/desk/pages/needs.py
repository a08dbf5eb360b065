"""What schools need: a list, a form, and many at once; and what of it stands beside a lead."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, choices, shell, web_address
from assistant.leads.contact import clean_line
from assistant.leads.matching import Need, NeedKind, Place, Suggestion, place_of, suggestions
from assistant.leads.routing import find_municipality
from knowledge.catalogue import Catalogue
from knowledge.fact import FactValue
from knowledge.vacancy import Vacancy

COLUMNS = ("school", "wat", "onderwijs", "gemeente", "vak", "soort", "dringend", "tot", "contact")
MOST_AT_ONCE = 200
_LONGEST = timedelta(days=366)
_MAX_LINE = 200
_YES = ("ja", "j", "x", "1", "true")


@dataclass(frozen=True)
class NeedRow:
    """A need in the list."""

    id: int
    title: str
    employer: str
    details: str
    is_urgent: bool
    until: str
    contact: str


@dataclass(frozen=True)
class NeedsPage:
    """The list and the forms."""

    shell: Shell
    rows: tuple[NeedRow, ...]
    regions: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    columns: str
    typed: dict[str, str]
    errors: tuple[str, ...]
    done: str
    today: str


@dataclass(frozen=True)
class SuggestionRow:
    """A place beside a lead."""

    title: str
    where: str
    until: str
    url: str | None
    contact: str
    reasons: tuple[str, ...]


def needs_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    found: Sequence[Need],
    today: date,
    typed: dict[str, str],
    errors: Sequence[str] = (),
    done: str = "",
) -> NeedsPage:
    """The page."""
    regions = {region: wording.region_title(catalogue, region) for region in adviser.account.regions}
    filled = dict.fromkeys((*COLUMNS, "lijst"), "") | typed
    return NeedsPage(
        shell=shell("Wat scholen zoeken", adviser),
        rows=tuple(_row(need, catalogue) for need in found),
        regions=choices(regions, typed.get("regio", "")),
        sectors=choices(wording.SECTORS, filled["onderwijs"]),
        kinds=choices({kind.value: word for kind, word in wording.NEEDS.items()}, filled["soort"]),
        columns=";".join(COLUMNS),
        typed=filled,
        errors=tuple(errors),
        done=done,
        today=today.isoformat(),
    )


def parse_need(given: dict[str, str], region: str, today: date) -> tuple[Need | None, str]:
    """
    A need as it was filled in.

    :param given: By the names of `COLUMNS`.
    :returns: The need, or None with what is wrong, in Dutch.
    """
    line = {name: clean_line(given.get(name, "")) for name in COLUMNS}
    if not line["school"] or not line["wat"] or any(len(value) > _MAX_LINE for value in line.values()):
        return None, f"Vul in welke school het is en wat die zoekt, in hoogstens {_MAX_LINE} tekens."
    sector = line["onderwijs"].lower()
    if sector not in wording.SECTORS:
        return None, "Kies po, so, vo of mbo."
    kinds = {kind.value: kind for kind in NeedKind} | {word.lower(): kind for kind, word in wording.NEEDS.items()}
    kind = kinds.get(line["soort"].lower() or NeedKind.PERMANENT.value)
    if kind is None:
        return None, f"Kies als soort: {', '.join(wording.NEEDS.values()).lower()}."
    try:
        until = date.fromisoformat(line["tot"])
    except ValueError:
        return None, "Schrijf de laatste dag zo: 2026-12-31."
    if not today <= until <= today + _LONGEST:
        return None, "De laatste dag ligt tussen vandaag en een jaar vooruit."
    need = Need(
        region=region,
        employer=line["school"],
        title=line["wat"],
        sector=sector,
        municipality=line["gemeente"],
        subject=line["vak"],
        kind=kind,
        is_urgent=line["dringend"].lower() in _YES,
        until=until,
        contact=line["contact"],
    )
    return need, ""


def parse_needs(text: str, region: str, today: date) -> tuple[list[Need], list[str]]:
    """
    Many needs at once, as a spreadsheet gives them: a first line with `COLUMNS`, then a line a need; `;`, `,` or tabs.

    :returns: The needs, or an empty list and what is wrong a line.
    """
    head = text.strip().split("\n", 1)[0]
    delimiter = max(";\t,", key=head.count)
    try:
        rows = list(csv.DictReader(StringIO(text.strip()), delimiter=delimiter))
    except csv.Error:
        return [], ["Deze lijst is niet te lezen. Kopieer de regels uit een spreadsheet of csv-bestand."]
    given = {(name or "").strip().lower() for name in (rows[0] if rows else {})}
    if missing := [name for name in ("school", "wat", "onderwijs", "tot") if name not in given]:
        return [], [f"In de eerste regel ontbreekt: {', '.join(missing)}."]
    if len(rows) > MOST_AT_ONCE:
        return [], [f"Neem hoogstens {MOST_AT_ONCE} regels tegelijk over."]
    needs, errors = [], []
    for number, row in enumerate(rows, start=2):
        line = {(name or "").strip().lower(): value for name, value in row.items() if isinstance(value, str)}
        need, error = parse_need(line, region, today)
        if need is None:
            errors.append(f"Regel {number}: {error}")
        else:
            needs.append(need)
    return ([], errors) if errors else (needs, [])


def suggestion_rows(
    catalogue: Catalogue, region: str, facts: dict[str, FactValue], needs: Sequence[Need], today: date
) -> tuple[SuggestionRow, ...]:
    """What may be something for somebody, with the reasons."""
    places = [place_of(need) for need in needs]
    places += [_of_vacancy(each) for each in catalogue.all(Vacancy) if not each.regions or region in each.regions]
    return tuple(_shown(each) for each in suggestions(facts, [_placed(each, catalogue) for each in places], today))


def _of_vacancy(vacancy: Vacancy) -> Place:
    return Place(
        title=vacancy.title,
        employer=vacancy.employer,
        sectors=frozenset(vacancy.sectors),
        municipality=vacancy.municipality,
        subject="",
        welcomes_zij_instromers=vacancy.welcomes_zij_instromers is True,
        is_urgent=False,
        kind=None,
        until=vacancy.closes_on,
        url=str(vacancy.url) if vacancy.url else None,
    )


def _placed(place: Place, catalogue: Catalogue) -> Place:
    """With the municipality as the facts name it, whatever was typed: a village, a name, capitals."""
    found = find_municipality(catalogue, place.municipality) if place.municipality else None
    return replace(place, municipality=found.id) if found else place


def _shown(suggestion: Suggestion) -> SuggestionRow:
    place = suggestion.place
    kind = [wording.NEEDS[place.kind]] if place.kind else ["Vacature"]
    return SuggestionRow(
        title=place.title,
        where=", ".join([*kind, place.employer]),
        until=f"tot en met {wording.day_in_words(place.until)}" if place.until else "",
        url=web_address(place.url),
        contact=place.contact,
        reasons=suggestion.reasons,
    )


def _row(need: Need, catalogue: Catalogue) -> NeedRow:
    parts = [wording.NEEDS[need.kind], wording.SECTORS[need.sector], need.municipality, need.subject]
    return NeedRow(
        id=need.id,
        title=need.title,
        employer=need.employer,
        details=" · ".join([*filter(None, parts), wording.region_title(catalogue, need.region)]),
        is_urgent=need.is_urgent,
        until=wording.day_in_words(need.until),
        contact=need.contact,
    )
