"""Documents of word processors and spreadsheets as Markdown that keeps headings and tables."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

MOST_UNPACKED = 200_000_000
"""Bytes; these files are zips, and a small one can be made to unpack to gigabytes."""
_MOST_ROWS = 20_000
_MOST_COLUMNS = 60


class UnreadableOffice(Exception):
    """The document cannot be read; the message says why, `fix` what to do."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.fix = fix


def word_text(raw: bytes) -> str:
    """A DOCX as Markdown: headings by their style, lists, tables, in reading order.

    :raises UnreadableOffice: With the reason.
    """
    from docx import Document  # Loaded at first use, like all converters: a server that reads none does without.
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    _check_zip(raw)
    try:
        parts = list(Document(io.BytesIO(raw)).iter_inner_content())
        return "\n\n".join(filter(None, (_part(each, Paragraph, Table) for each in parts)))
    except (KeyError, ValueError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise UnreadableOffice(f"it is no DOCX that can be read ({type(error).__name__})", "save it again") from error


def sheet_text(raw: bytes) -> str:
    """An XLSX as Markdown: a heading and a table a sheet; merged cells are told once, in their first place.

    :raises UnreadableOffice: With the reason.
    """
    from openpyxl import load_workbook

    _check_zip(raw)
    try:
        # The values as they were when it was saved; a formula is never worked out, and links are not followed.
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        sheets = [(each.title, _rows(each.iter_rows(values_only=True))) for each in book.worksheets]
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise UnreadableOffice(f"it is no XLSX that can be read ({type(error).__name__})", "save it again") from error
    return "\n\n".join(f"## {title}\n\n{table_text(rows)}" for title, rows in sheets if rows)


def csv_text(text: str) -> str:
    """A CSV as one table, whatever separates its columns."""
    try:
        dialect: Any = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        return table_text(_rows(csv.reader(io.StringIO(text), dialect)))
    except csv.Error as error:
        raise UnreadableOffice(f"it is no CSV that can be read ({error})", "save it again as CSV") from error


def table_text(rows: list[list[str]]) -> str:
    """Rows as a Markdown table; the first is its head."""
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _check_zip(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            sizes = [each.file_size for each in packed.infolist()]
            encrypted = any(each.flag_bits & 1 for each in packed.infolist())
    except zipfile.BadZipFile as error:
        # An old or a locked document is no zip but a compound file.
        locked = raw.startswith(b"\xd0\xcf\x11\xe0")
        why = "it is locked with a password, or of before 2007" if locked else "it is damaged"
        raise UnreadableOffice(why, "save it without a password, as DOCX or XLSX") from error
    if encrypted:
        raise UnreadableOffice("it is locked with a password", "save it without one")
    if sum(sizes) > MOST_UNPACKED or len(sizes) > 10_000:
        raise UnreadableOffice(
            f"it unpacks to over {MOST_UNPACKED / 1e6:.0f} MB", "split it, or leave out its pictures"
        )


def _part(part: Any, paragraph: type, table: type) -> str:
    if isinstance(part, paragraph):
        words = " ".join(str(part.text).split())  # type: ignore[attr-defined]
        style = str(part.style.name) if part.style is not None else ""  # type: ignore[attr-defined]
        if not words:
            return ""
        if style == "Title":
            return f"# {words}"
        if style.startswith(("Heading ", "Kop ")) and style[-1].isdigit():
            return f"{'#' * min(6, int(style[-1]))} {words}"
        return f"- {words}" if "List" in style or "Lijst" in style else words
    if isinstance(part, table):
        # A merged cell comes once for each place it takes.
        return table_text(_rows([_once(cell.text for cell in row.cells) for row in part.rows]))  # type: ignore[attr-defined]
    return ""


def _once(cells: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for each in cells:
        if not kept or kept[-1] != each:
            kept.append(each)
    return kept


def _rows(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    """The rows that hold something, as text that does not break a Markdown table."""
    return list(islice(_filled(rows), _MOST_ROWS))


def _filled(rows: Iterable[Iterable[Any]]) -> Iterator[list[str]]:
    for row in rows:
        cells = [_cell(each) for each in islice(row, _MOST_COLUMNS)]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    day = getattr(value, "date", None)
    text = day().isoformat() if callable(day) else str(value)
    return " ".join(text.replace("|", "/").split())
