"""
Reads one PDF in a process of its own: `python -m ingestion.pdf FILE` writes its pages as JSON.

A PDF can be made to take hours or all memory. The process has a limit to both, so that it ends and the rest goes on.
"""

import json
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingestion.office import table_text

if TYPE_CHECKING:
    from pypdf import PageObject

_MEMORY_BYTES = 1_500_000_000
_MAX_PAGES = 2_000
_MAX_CHARS = 5_000_000
_DRAWN = re.compile(rb"\b(?:re|l)\s")
"""Operators that draw a box or a line."""
_FEWEST_LINES, _MOST_LINES = 4, 3_000
"""Of a page with tables; one with more is a drawing, or was made to keep readers busy."""
_MOST_DRAWN = 2_000_000
_MOST_TABLES = 40
_MOST_RULED = 120
"""Pages that are looked at for tables, each for about a tenth of a second; what comes after is read as plain text."""


class UnreadablePdf(Exception):
    """The PDF gives no text; `fix` says what to do."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.fix = fix


@dataclass(frozen=True)
class PdfText:
    """What a PDF says, a text a page, and the title it gives itself."""

    pages: tuple[str, ...]
    title: str = ""


def read_pdf(path: Path, time_limit_seconds: float) -> PdfText:
    """
    The text of a PDF.

    :raises UnreadablePdf: If it is damaged, encrypted, empty, or takes too long or too much.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the path is an argument, not a command
            [sys.executable, "-m", "ingestion.pdf", str(path.absolute())],
            capture_output=True,
            timeout=time_limit_seconds,
            cwd=Path(__file__).parents[1],
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadablePdf(
            f"reading it took more than {time_limit_seconds:.0f} s", "save it again as PDF, or as text, and retry"
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadablePdf("reading it took too much memory", "save it again as PDF, or as text, and retry") from error
    if "why" in answer:
        raise UnreadablePdf(answer["why"], answer["fix"])
    return PdfText(tuple(answer["pages"]), answer["title"])


def _read(path: Path) -> dict[str, object]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"why": "it is encrypted", "fix": "save it without a password"}
        if len(reader.pages) > _MAX_PAGES:
            return {"why": f"it has more than {_MAX_PAGES} pages", "fix": "split it"}
        pages: list[str] = []
        tables = _Tables(path)
        for number, page in enumerate(reader.pages):
            pages.append((tables.page(number) if _is_ruled(page) else "") or page.extract_text())
            if sum(map(len, pages)) > _MAX_CHARS:
                return {"why": f"it has more than {_MAX_CHARS:,} characters of text", "fix": "split it"}
        title = (reader.metadata.title if reader.metadata else None) or ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        return {"why": f"it is damaged ({type(error).__name__})", "fix": "open it in a viewer and save it again as PDF"}
    if not any(text.strip() for text in pages):
        return {"why": "it holds no text, only pictures", "fix": "have its text recognised (OCR) first"}
    return {"pages": pages, "title": title}


def _is_ruled(page: "PageObject") -> bool:
    """Whether lines or boxes are drawn on the page, as around the cells of a table: these pages alone are looked at twice."""
    contents = page.get_contents()
    if contents is None:
        return False
    return _FEWEST_LINES <= len(_DRAWN.findall(contents.get_data()[:_MOST_DRAWN])) <= _MOST_LINES


class _Tables:
    """
    The tables of a PDF, by pdfplumber, which opens it when the first page with lines is met.

    pypdf gives the words of a cell after those of the one before it, and says of neither in which row and column they stand;
    it takes a tenth of the time, and reads the pages without tables. (Camelot, the runner-up, wants Ghostscript or OpenCV.)
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Any = None
        self._left = _MOST_RULED

    def page(self, number: int) -> str:
        """The page with its tables as Markdown in the place where they stand; empty if it has none, or they cannot be read."""
        import pdfplumber

        if not self._left:
            return ""
        self._left -= 1
        try:
            if self._document is None:
                self._document = pdfplumber.open(self._path)
            page = self._document.pages[number]
            text = _with_tables(page)
            page.close()
        except Exception:
            # Broken files make it raise almost anything; a page that pypdf does read is read without its tables.
            return ""
        return text


def _with_tables(page: Any) -> str:
    tables = sorted(page.find_tables()[:_MOST_TABLES], key=lambda each: each.bbox[1])
    read = [(each.bbox, rows) for each in tables if (rows := _filled(each.extract()))]
    if not read:
        return ""
    parts, top = [], page.bbox[1]
    for (_, upper, _, lower), rows in read:
        if upper < top:  # a table within a table, or beside one
            continue
        parts += [_text_between(page, top, upper), table_text(rows)]
        top = lower
    return "\n\n".join(filter(None, [*parts, _text_between(page, top, page.bbox[3])]))


def _text_between(page: Any, top: float, bottom: float) -> str:
    if bottom - top < 1:
        return ""
    return str(page.crop((page.bbox[0], top, page.bbox[2], bottom)).extract_text() or "")


def _filled(table: list[list[str | None]]) -> list[list[str]]:
    """The rows that say something, if it is a table: at least two rows and two columns."""
    rows = [[" ".join((cell or "").replace("|", "/").split()) for cell in row] for row in table]
    rows = [row for row in rows if any(row)]
    columns = [column for column in zip(*rows, strict=False) if any(column)]
    return rows if len(rows) >= 2 and len(columns) >= 2 else []


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    import logging

    for library in ("pypdf", "pdfminer", "pdfplumber"):
        logging.getLogger(library).setLevel(logging.ERROR)
    sys.stdout.write(json.dumps(_read(Path(sys.argv[1]))))
