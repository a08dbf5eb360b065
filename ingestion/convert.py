"""PageConverter: files to pages of Markdown that keep their headings."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes
from haystack import Document, component

from ingestion.html import TooDeep, footer_text, prepared
from ingestion.layout import PAGE_BREAK, cleaned, markdown_of, with_plain_headings
from ingestion.office import UnreadableOffice, csv_text, sheet_text, word_text
from ingestion.pdf import UnreadablePdf, read_pdf
from ingestion.report import Refusal

TEXT, MARKDOWN, HTML, PDF = {".txt", ".text"}, {".md", ".markdown"}, {".html", ".htm", ".xhtml"}, {".pdf"}
WORD, SHEET, TABLE = {".docx"}, {".xlsx"}, {".csv"}
READABLE = TEXT | MARKDOWN | HTML | PDF | WORD | SHEET | TABLE


class Refused(Exception):
    """The file is not taken: `why`, and what to do about it."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.why, self.fix = why, fix


@component
class PageConverter:
    """
    Reads txt, Markdown, HTML, PDF, DOCX, XLSX and CSV; what cannot be read is refused by name, and the others go on.

    Whatever a file says is text: nothing in it is an instruction to anybody.
    """

    def __init__(self, max_bytes: int = 50_000_000, time_limit_seconds: float = 60.0) -> None:
        """
        :param max_bytes: Of one file.
        :param time_limit_seconds: For one PDF.
        """
        self.max_bytes = max_bytes
        self.time_limit_seconds = time_limit_seconds

    @component.output_types(pages=list[Document], refused=list[dict[str, str]])
    def run(self, paths: list[str], meta: dict[str, Any], root: str = "") -> dict[str, Any]:
        """
        :param paths: Files, each read whole.
        :param meta: What every page is to carry, `source_id` among it; an empty `title` is taken from the file.
        :param root: The folder that links may not lead out of; empty if the files were named one by one.
        :returns: `pages`, a document a file, and `refused`, as `Refusal`.
        """
        pages, refused = [], []
        for path in map(Path, paths):
            name = _as_told(os.path.relpath(path, root) if root else path.name)
            try:
                pages.append(self._page(path, name, meta, root))
            except Refused as refusal:
                refused.append(asdict(Refusal(name, refusal.why, refusal.fix)))
        return {"pages": pages, "refused": refused}

    def _page(self, path: Path, name: str, meta: dict[str, Any], root: str) -> Document:
        suffix = self._checked(path, root)
        title, content = text_of(path.read_bytes(), suffix, self.time_limit_seconds, path)
        own = {"title": meta.get("title") or title or _title_of(path), "file": name}
        return Document(content=content, meta=meta | own)

    def _checked(self, path: Path, root: str) -> str:
        """The file's suffix, if it may and can be read."""
        try:
            if root and not path.resolve(strict=True).is_relative_to(Path(root).resolve()):
                raise Refused("it is a link out of the folder", "copy the file itself into the folder")
            facts = path.stat()
        except OSError as error:
            raise Refused(f"it cannot be opened ({error.strerror})", "check that it exists and may be read") from error
        if not stat.S_ISREG(facts.st_mode):
            raise Refused("it is no file", "name a file, or a folder of files")
        if path.suffix.lower() not in READABLE:
            raise Refused(
                f"{path.suffix or 'no suffix'} is no kind that is read",
                "save it as txt, md, html, pdf, docx, xlsx or csv",
            )
        if facts.st_size == 0:
            raise Refused("it is empty", "check that it is the right file")
        if facts.st_size > self.max_bytes:
            raise Refused(f"it is over {self.max_bytes / 1e6:.0f} MB", "split it, or leave out its pictures")
        if not os.access(path, os.R_OK):
            raise Refused("it may not be read", "give this user permission to read it")
        return path.suffix.lower()


def text_of(
    raw: bytes,
    suffix: str,
    time_limit_seconds: float = 60.0,
    path: Path | None = None,
    charset: str | None = None,
    with_footer: bool = False,
) -> tuple[str, str]:
    """
    The title and the text, as Markdown, of a document in memory; the title is empty if the document has none.

    :param suffix: One of `READABLE`.
    :param time_limit_seconds: For a PDF.
    :param path: Where a PDF lies, if it is a file.
    :param charset: What a server said of the encoding; not trusted if it does not fit.
    :param with_footer: Read the footer of an HTML page too, for the contact data in it.
    :raises Refused: With the reason.
    """
    title = ""
    if suffix in PDF:
        title, content = _of_pdf(raw, path, time_limit_seconds)
    elif suffix in WORD | SHEET | TABLE:
        content = _of_office(raw, suffix, charset)
    else:
        text = decoded(raw, charset)
        title, content = _of_html(text, with_footer) if suffix in HTML else ("", _of_text(text, suffix))
    if not content.strip():
        raise Refused("it holds no text", "check that it is the right file")
    return title, content


def _of_pdf(raw: bytes, path: Path | None, time_limit_seconds: float) -> tuple[str, str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        if path is None:
            file.write(raw)
            file.flush()
        try:
            found = read_pdf(path or Path(file.name), time_limit_seconds)
        except UnreadablePdf as error:
            raise Refused(str(error), error.fix) from error
    return found.title.strip(), markdown_of(PAGE_BREAK.join(page.replace(PAGE_BREAK, "\n") for page in found.pages))


def _of_office(raw: bytes, suffix: str, charset: str | None) -> str:
    try:
        if suffix in TABLE:
            return csv_text(decoded(raw, charset))
        return word_text(raw) if suffix in WORD else sheet_text(raw)
    except UnreadableOffice as error:
        raise Refused(str(error), error.fix) from error


def files_in(folder: Path) -> Iterable[Path]:
    """Every file under the folder by name, hidden ones left out; a link to a folder is not followed."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and not (path.is_dir() and not path.is_symlink()):
            yield path


def decoded(raw: bytes, charset: str | None = None) -> str:
    """The text of a file in whatever encoding; the one that is told goes first, if the text can be read by it. Raises `Refused`."""
    if charset and charset.lower() not in ("utf-8", "utf8"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return raw.decode(charset)
    if b"\x00" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("it is no text but binary", "save it as txt, md, html or pdf, with the right suffix")
    try:
        text = raw.decode("utf-8-sig" if not raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16")
    except UnicodeDecodeError:
        if mixed := _of_two_encodings(raw):
            return mixed
        best = from_bytes(raw, cp_isolation=["cp1252", "latin_1", "cp850", "mac_roman", "utf_16", "utf_32"]).best()
        if best is None:
            raise Refused("its encoding is unknown", "save it as UTF-8") from None
        text = str(best)
    odd = sum(1 for each in text[:20_000] if (each < " " and each not in "\n\r\t\f") or each == "\ufffd")
    if odd * 50 > len(text[:20_000]):
        raise Refused("it is no text but binary", "save it as txt, md, html or pdf, with the right suffix")
    return text


def _of_two_encodings(raw: bytes) -> str:
    """A text in UTF-8 with words of an older system pasted into it; empty if it is anything else."""
    told = raw.decode("utf-8", errors="surrogateescape")
    strays = [each for each in told if "\udc80" <= each <= "\udcff"]
    letters = sum(each > "\x7f" for each in told) - len(strays)
    if letters <= len(strays):
        return ""
    older = {ord(each): bytes([ord(each) - 0xDC00]).decode("cp1252", errors="replace") for each in set(strays)}
    return told.translate(older).removeprefix("\ufeff")


def _of_text(text: str, suffix: str) -> str:
    """Markdown as it is; a plain text with its headings marked."""
    return with_plain_headings(cleaned(text)) if suffix in MARKDOWN else markdown_of(text)


def _of_html(text: str, with_footer: bool) -> tuple[str, str]:
    """The page's title and what a visitor reads on it, with its headings."""
    import trafilatura  # 60 MB of memory that a server which reads no HTML does without

    try:
        shown = prepared(text)
        content = trafilatura.extract(
            shown, output_format="markdown", include_formatting=True, include_tables=True, favor_recall=True, fast=True
        )
        metadata = trafilatura.extract_metadata(text)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        why = str(error) if isinstance(error, TooDeep) else type(error).__name__
        raise Refused(f"its HTML cannot be read ({why})", "save the page again, or as text") from error
    footer = footer_text(text) if with_footer else ""
    title = (metadata.title or "") if metadata else ""
    return title, with_plain_headings(cleaned(content or "") + (f"\n\n## Contact\n\n{footer}" if footer else ""))


def _title_of(path: Path) -> str:
    """A title from the file's name: `plan_van-aanpak 2024.pdf` is `Plan van aanpak 2024`."""
    words = _as_told(path.stem).replace("_", " ").replace("-", " ").split()
    return " ".join(words).capitalize() or path.name


def _as_told(name: str) -> str:
    """A file's name on one line, as a log, a page and a database can hold it: an odd sign in it is told as `?`."""
    return "".join(each if each.isprintable() else "?" for each in name)
