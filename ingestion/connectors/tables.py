"""Tables of jobs that schools need to fill, and of schools with their boards, as CSV or XLSX."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from ingestion.connectors.told import Answer, Connected, Unreadable, found
from ingestion.convert import Refused, decoded, text_of
from ingestion.extract.finding import Finding, SchoolFound, VacancyFound

_MOST = 20_000
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("functie", "vacature", "titel", "functietitel", "omschrijving"),
    "school": ("school", "schoolnaam", "naam school", "vestigingsnaam", "instellingsnaam vestiging", "instellingsnaam"),
    "board": ("bestuur", "schoolbestuur", "bevoegd gezag naam", "naam bevoegd gezag", "organisatie"),
    "board_number": ("bevoegd gezag nummer", "bevoegd gezag", "bevoegdgezagnummer", "bgnr"),
    "brin": ("brin", "brin nummer", "brinnummer", "instellingscode", "vestigingscode", "vestigingsnummer"),
    "municipality": ("plaats", "plaatsnaam", "gemeente", "gemeentenaam", "vestigingsplaats"),
    "sector": ("sector", "onderwijssoort", "soort onderwijs"),
    "fte": ("fte", "wtf", "omvang", "werktijdfactor"),
    "scale": ("schaal", "salarisschaal"),
    "closes_on": ("sluitdatum", "sluitingsdatum", "reageren tot", "reageren voor", "deadline"),
    "zij_instromers": ("zij-instromers", "zij-instromer welkom", "zij-instroom", "geschikt voor zij-instromers"),
    "url": ("url", "link", "website", "adres van de vacature"),
}
_YES, _NO = (
    frozenset({"ja", "yes", "x", "welkom", "1", "waar", "true"}),
    frozenset({"nee", "no", "0", "onwaar", "false"}),
)
_SECTORS = {"po": "po", "bo": "po", "basisonderwijs": "po", "primair onderwijs": "po", "vo": "vo", "voortgezet onderwijs": "vo", "so": "so", "sbo": "so", "speciaal onderwijs": "so", "mbo": "mbo"}  # fmt: skip


def read_table(answer: Answer) -> Connected:
    """
    The jobs or the schools that a table lists, by what its columns are called.

    A cell that begins a formula is text, and a date in an order that could be American is left out.

    :raises Unreadable: If it is no table, or no column of it has a name that we know.
    """
    try:
        suffix = ".xlsx" if answer.raw.startswith(b"PK") else ".csv"
        _, content = text_of(answer.raw, suffix, charset=answer.charset)
        rows = list(_sheet(answer.raw) if suffix == ".xlsx" else _csv(decoded(answer.raw, answer.charset)))
    except Refused as refusal:
        raise Unreadable(str(refusal), refusal.fix) from refusal
    head, body = _headed(rows)
    names = {column for column in head if column}
    if "title" in names:
        findings = tuple(_jobs(head, body))
    elif names & {"brin", "board", "board_number"} and "school" in names:
        findings = tuple(_schools(head, body))
    else:
        raise Unreadable(
            "no column has a name that we know", "name the columns functie, school, bestuur, plaats, brin, sluitdatum"
        )
    return Connected("Vacatures" if "title" in names else "Scholen", content, findings)


def _csv(text: str) -> Iterator[list[str]]:
    sample = text[:4000]
    separator = max(";,\t", key=sample.count)
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
        if number >= _MOST:
            return
        yield row


def _sheet(raw: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(max_row=_MOST, values_only=True):
        yield [_cell(each) for each in row]


def _cell(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else str(value)


def _headed(rows: Sequence[Sequence[str]]) -> tuple[list[str], Sequence[Sequence[str]]]:
    """What each column is, from the first of the first ten rows that names two columns that we know."""
    for at, row in enumerate(rows[:10]):
        head = [_column(each) for each in row]
        if sum(1 for each in head if each) >= 2:
            return head, rows[at + 1 :]
    return [], []


def _column(name: str) -> str:
    plain = " ".join(re.sub(r"[_/]+", " ", name.lower()).split())
    return next((column for column, names in _COLUMNS.items() if plain in names), "")


def _cells(head: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for column, cell in zip(head, row, strict=False):
        text = " ".join(cell.split()).lstrip("=+@")
        if column and text:
            told.setdefault(column, text[:300])
    return told


def _jobs(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Finding]:
    for row in rows:
        told = _cells(head, row)
        fte = _decimal(told.get("fte", ""))
        try:
            value = VacancyFound.model_validate(
                {
                    "title": told.get("title", ""),
                    "school": told.get("school", ""),
                    "board": told.get("board", ""),
                    "municipality": told.get("municipality", "").title(),
                    "sector": _SECTORS.get(told.get("sector", "").lower()),
                    "fte_at_least": fte,
                    "fte_at_most": fte,
                    "scale": told.get("scale", ""),
                    "closes_on": _day(told.get("closes_on", "")),
                    "welcomes_zij_instromers": _flag(told.get("zij_instromers", "")),
                    "url": told.get("url") if told.get("url", "").startswith("http") else None,
                }
            )
        except ValidationError:
            continue
        yield found(value, told)


def _schools(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Finding]:
    for row in rows:
        told = _cells(head, row)
        number = told.get("board_number", "")
        try:
            value = SchoolFound.model_validate(
                {
                    "name": told.get("school", ""),
                    "brin": told.get("brin", "").upper(),
                    "board": told.get("board", ""),
                    "board_number": number if re.fullmatch(r"\d{5}", number) else "",
                    "municipality": told.get("municipality", "").title(),
                    "sector": _SECTORS.get(told.get("sector", "").lower()),
                }
            )
        except ValidationError:
            continue
        yield found(value, told)


def _decimal(text: str) -> Decimal | None:
    match = re.match(r"\d+(?:[.,]\d+)?", text)
    try:
        value = Decimal(match[0].replace(",", ".")) if match else None
    except InvalidOperation:
        return None
    return value if value is not None and 0 < value <= 2 else None


def _day(text: str) -> date | None:
    """`2026-12-31` or `31-12-2026`; None for what may be a month before a day."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = (int(each) for each in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[-.](\d{1,2})[-.](\d{4})", text):
        day, month, year = (int(each) for each in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _flag(text: str) -> bool | None:
    plain = text.lower()
    return True if plain in _YES else False if plain in _NO else None
