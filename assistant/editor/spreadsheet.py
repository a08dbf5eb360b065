"""Spreadsheets: a table to CSV or XLSX and back, with everything in it that cannot be trusted told by row and column."""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from assistant.editor import notation

LARGEST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
_LONGEST_CELL = 32_000
"""Characters; a spreadsheet cuts off what is longer, without a word."""
_MOST_UNPACKED = 60 * 1024 * 1024
_FORMULA = re.compile(r"'*[=+\-@\t\r\n|%]")
_NUMBER = re.compile(r"-?[\d.]+(,\d+)?")
_MARKS: Sequence[tuple[bytes, str]] = (
    (b"\xd0\xcf\x11\xe0", "Dit is een oud Excel-bestand, of er zit een wachtwoord op. Bewaar het als .xlsx of .csv zonder wachtwoord."),
    (b"%PDF", "Dit is een pdf. Kies een bestand van het type .xlsx of .csv."),
    (b"{\\rtf", "Dit is een tekstdocument. Kies een bestand van het type .xlsx of .csv."),
    (b"\x89PNG", "Dit is een plaatje. Kies een bestand van het type .xlsx of .csv."),
    (b"\xff\xd8\xff", "Dit is een plaatje. Kies een bestand van het type .xlsx of .csv."),
)  # fmt: skip


class UnreadableSheet(Exception):
    """The file cannot be read; the message says why and what to do, in Dutch."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file."""

    row: int
    """As the spreadsheet counts; 0: the whole file."""
    column: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table to write. Every cell is text as `cleaned` leaves it; columns of numbers and days are named."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Grid:
    """A table that was read: its head, and below it the rows that are not empty, each with its number."""

    columns: tuple[str, ...]
    head: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    faults: tuple[Fault, ...] = field(default=())


def cleaned(text: str) -> str:
    """A text as it comes back from a spreadsheet: its line ends alike, and without what no cell can hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))[:_LONGEST_CELL].strip()


# ---- writing


def as_csv(table: Table) -> bytes:
    """As a Dutch spreadsheet opens it: semicolons, and a mark that it is UTF-8."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """One sheet, its head in sight; amounts are numbers and days are days, all else is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title[:31])
    sheet.freeze_panes = "B2"
    for at, name in enumerate(table.columns):
        sheet.column_dimensions[_letter(at)].width = 14 if name in table.numbers | table.days else 30
    sheet.append(list(table.columns))
    for row in table.rows:
        sheet.append([_cell(sheet, table, name, cell) for name, cell in zip(table.columns, row, strict=True)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, table: Table, name: str, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    if text and name in table.numbers and _is_short_number(text):
        cell.value, cell.number_format = float(notation.number(text)), "#,##0.00###"
    elif text and name in table.days:
        cell.value, cell.number_format = date.fromisoformat(notation.day(text)), "dd-mm-yyyy"
    elif text:
        cell.value = _guarded(text)
        # Never "f", whatever it begins with; and "@" keeps what looks like a number or a day as it is typed.
        cell.data_type, cell.number_format = "s", "@"
    return cell


def _is_short_number(text: str) -> bool:
    try:
        return len(Decimal(notation.number(text)).as_tuple().digits) <= 15
    except ValueError:
        return False


def _letter(at: int) -> str:
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)


def _guarded(text: str) -> str:
    """What a spreadsheet would calculate begins with an apostrophe, which `_bare` takes off again."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


# ---- reading


def read_table(raw: bytes) -> Grid:
    """
    The table in a file, whatever the file is called.

    :raises UnreadableSheet: If it is no table that can be read whole.
    """
    if not raw:
        raise UnreadableSheet("Kies een bestand.")
    if len(raw) > LARGEST_BYTES:
        raise UnreadableSheet("Dit bestand is groter dan 2 MB. Haal rijen weg die je niet wijzigt.")
    for mark, words in _MARKS:
        if raw.startswith(mark):
            raise UnreadableSheet(words)
    return _of_xlsx(raw) if raw.startswith(b"PK") else _of_csv(raw)


def _of_xlsx(raw: bytes) -> Grid:
    _check_zip(raw)
    try:
        book = load_workbook(BytesIO(raw), keep_links=False)
        sheets = [each for each in book.worksheets if each.max_row > 1 or each["A1"].value is not None]
    except Exception as error:  # openpyxl raises whatever its XML parser and its descriptors do.
        raise UnreadableSheet("Dit bestand is beschadigd. Bewaar het opnieuw als .xlsx.") from error
    if len(sheets) != 1:
        raise UnreadableSheet(
            "Dit bestand is leeg."
            if not sheets
            else "Er staan meer bladen in dit bestand. Laat alleen het blad met de tabel staan."
        )
    sheet = sheets[0]
    if sheet.merged_cells.ranges:
        where = ", ".join(sorted(str(each) for each in sheet.merged_cells.ranges)[:5])
        raise UnreadableSheet(
            f"Er zijn cellen samengevoegd: {where}. Splits ze weer, want een rij hoort bij één onderdeel."
        )
    faults: list[Fault] = []
    rows = (
        (number, tuple(_text_of(cell, number, at, faults) for at, cell in enumerate(row)))
        for number, row in enumerate(sheet.iter_rows(), start=1)
    )
    return _grid(rows, faults)


def _text_of(cell: Any, row: int, at: int, faults: list[Fault]) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        faults.append(Fault(row, str(at), "Hier staat een formule. Plak de uitkomst als waarde."))
    elif cell.data_type == "e":
        faults.append(Fault(row, str(at), f"Het rekenblad geeft hier een fout ({str(value)[:10]})."))
    elif isinstance(value, bool):
        return "ja" if value else "nee"
    elif isinstance(value, int | float):
        return notation.shown_number(f"{Decimal(repr(value)):f}").removesuffix(",0").replace(".", "")
    elif isinstance(value, datetime):
        return f"{value:%d-%m-%Y}" if value.time() == time() else value.isoformat(timespec="minutes")
    elif isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    elif isinstance(value, time):
        return value.isoformat(timespec="minutes")
    else:
        return _bare(cleaned(str(value)))
    return ""


def _check_zip(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as file:
            parts = file.infolist()
            names = {each.filename for each in parts}
            if sum(each.file_size for each in parts) > _MOST_UNPACKED:
                raise UnreadableSheet("Dit bestand is uitgepakt te groot. Haal rijen weg die je niet wijzigt.")
            if any(
                name.lower().endswith(("vbaproject.bin", "macrosheets")) or "/macrosheets/" in name for name in names
            ):
                raise UnreadableSheet("Er zitten macro’s in dit bestand. Bewaar het als gewone .xlsx, zonder macro’s.")
            if "xl/workbook.xml" not in names:
                kind = "een bestand van LibreOffice (.ods)" if "content.xml" in names else "geen Excel-bestand"
                raise UnreadableSheet(f"Dit is {kind}. Bewaar het als .xlsx of .csv.")
            for each in parts:
                # What Excel writes never declares entities; what does wants to unpack to something else.
                if each.filename.endswith((".xml", ".rels")) and b"<!" in file.read(each)[:2_000]:
                    raise UnreadableSheet(
                        "Dit bestand is niet door een rekenblad gemaakt. Bewaar het opnieuw als .xlsx."
                    )
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError) as error:
        raise UnreadableSheet("Dit bestand is beschadigd. Bewaar het opnieuw als .xlsx.") from error


def _of_csv(raw: bytes) -> Grid:
    text = _decoded(raw)
    if "\x00" in text:
        raise UnreadableSheet("Dit is geen tabel. Kies een bestand van het type .xlsx of .csv.")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    faults: list[Fault] = []

    def rows() -> Iterator[tuple[int, tuple[str, ...]]]:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), start=1):
            for at, cell in enumerate(row):
                if cell.startswith("="):
                    faults.append(Fault(number, str(at), "Hier staat een formule. Plak de uitkomst als waarde."))
            yield number, tuple(_bare(cleaned(cell)) for cell in row)

    try:
        return _grid(rows(), faults)
    except csv.Error as error:
        raise UnreadableSheet(
            "Dit is geen tabel die wij kunnen lezen: er staat ergens een aanhalingsteken te veel of te weinig. Bewaar het opnieuw als .csv of .xlsx."
        ) from error


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _grid(rows: Iterator[tuple[int, tuple[str, ...]]], faults: list[Fault]) -> Grid:
    kept = []
    for number, row in rows:
        if number > MOST_ROWS:
            raise UnreadableSheet(f"Er staan meer dan {MOST_ROWS} rijen in dit bestand. Knip het in stukken.")
        if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
            raise UnreadableSheet(f"Er staan meer dan {MOST_COLUMNS} kolommen in dit bestand.")
        if any(row) or any(fault.row == number for fault in faults[-MOST_COLUMNS:]):
            kept.append((number, row))
    if not kept:
        raise UnreadableSheet("Dit bestand is leeg.")
    (head, names), *body = kept
    while names and not names[-1]:
        names = names[:-1]
    width = len(names)
    told = tuple(Fault(each.row, _name_at(names, int(each.column)), each.text) for each in faults)
    outside = tuple(
        Fault(number, "", "Deze rij heeft meer cellen dan er kolommen zijn.")
        for number, row in body
        if any(row[width:])
    )
    return Grid(names, head, tuple((number, _as_wide(row, width)) for number, row in body), (*told, *outside))


def _name_at(names: Sequence[str], at: int) -> str:
    return names[at] if at < len(names) else _letter(at)


def _as_wide(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))
