"""Makes a real document of a page case: a PDF, a DOCX, an XLSX, or the text as it is."""

import csv
import io
import tempfile
from pathlib import Path

from evaluation.ingestion.case import PageCase


def document_of(case: PageCase) -> bytes:
    """The bytes that a site would serve."""
    match case.format:
        case "pdf":
            return _pdf(case.page)
        case "docx":
            return _docx(case.page)
        case "xlsx":
            return _xlsx(case.page)
    return case.page.encode()


def _pdf(markup: str) -> bytes:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.typ"
        path.write_text(markup, encoding="utf-8")
        return bytes(typst.compile(str(path)))


def _docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        bare = line.strip()
        if bare.startswith("|"):
            rows.append([cell.strip() for cell in bare.strip("|").split("|")])
            continue
        if rows:
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            for made, told in zip(table.rows, rows, strict=True):
                for cell, words in zip(made.cells, told, strict=True):
                    cell.text = words
            rows = []
        if bare.startswith("#"):
            marks, _, title = bare.partition(" ")
            document.add_heading(title, level=len(marks))
        elif bare.startswith("- "):
            document.add_paragraph(bare[2:], style="List Bullet")
        elif bare:
            document.add_paragraph(bare)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _xlsx(text: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError("a new workbook has a sheet")
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        sheet.append([_value(cell) for cell in row])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _value(cell: str) -> str | float:
    """Numbers as numbers, for so people type them in a sheet."""
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell
