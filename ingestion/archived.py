"""ArchivedPages: raw pages of the archive as Markdown, whatever kind of document they are."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from haystack import Document, component

from ingestion.connectors.connected import Answer, Connected, Unreadable, connector_of
from ingestion.convert import Refused, decoded, text_of
from ingestion.fetch.archive import Archive
from ingestion.html import anchors_of
from ingestion.report import Refusal
from ingestion.store.pages import KnownPage

_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


@component
class ArchivedPages:
    """Reads raw pages of the archive as Markdown that keeps its headings; what cannot be read is refused by name."""

    def __init__(self, archive: str, time_limit_seconds: float = 60.0) -> None:
        """
        :param archive: The folder of raw pages.
        :param time_limit_seconds: For one PDF.
        """
        self.archive = archive
        self.time_limit_seconds = time_limit_seconds

    @component.output_types(pages=list[Document], refused=list[dict[str, str]])
    def run(self, known: tuple[KnownPage, ...], meta: dict[str, Any]) -> dict[str, Any]:
        """
        :param known: Pages, each with its bytes in the archive.
        :param meta: What every page is to carry.
        """
        pages, refused = [], []
        for each in known:
            try:
                pages.append(self._page(each, meta))
            except Refused as refusal:
                refused.append(asdict(Refusal(each.key, refusal.why, refusal.fix)))
        return {"pages": pages, "refused": refused}

    def _page(self, page: KnownPage, meta: dict[str, Any]) -> Document:
        raw = Archive(Path(self.archive)).get(page.digest)
        connect = connector_of(meta.get("source_kind", "website"), raw)
        if connect is not None:
            return self._connected(page, raw, connect, meta)
        suffix = _suffix(page, raw)
        title, content = text_of(
            raw,
            suffix,
            self.time_limit_seconds,
            charset=page.charset or None,
            with_footer=_tells_contact(page.key),
        )
        own = {
            "title": title or _title(page.found_at) or meta["publisher"],
            "file": file_of(page.key),
            "url": page.found_at,
            "as_of": page.changed_at.date().isoformat(),
            "key": page.key,
            "digest": page.digest,
            "charset": page.charset or None,
            "is_html": suffix == ".html",
            "anchors": anchors_of(decoded(raw, page.charset or None)) if suffix == ".html" else [],
        }
        return Document(content=content, meta=meta | own)

    def _connected(
        self, page: KnownPage, raw: bytes, connect: Callable[[Answer], Connected], meta: dict[str, Any]
    ) -> Document:
        """An answer of a feed, calendar, table or API, with what it says to machines in `findings`."""
        on = page.changed_at.date()
        try:
            read = connect(Answer(raw, page.found_at, page.media_type, on, page.charset or None))
        except Unreadable as error:
            raise Refused(str(error), error.fix) from error
        own = {
            "title": read.title or meta["publisher"],
            "file": file_of(page.key),
            "url": page.found_at,
            "as_of": on.isoformat(),
            "key": page.key,
            "digest": page.digest,
            "findings": [each.model_dump(mode="json", exclude_none=True) for each in read.findings],
        }
        return Document(content=read.content or read.title, meta=meta | own)


def file_of(key: str) -> str:
    """A name for a page, by which its passages are told from those of others: its path, and a bit of a hash."""
    path = re.sub(r"[^a-z0-9]+", "-", unquote(urlsplit(key).path).lower()).strip("-")[:60] or "start"
    return f"{path}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"


def _tells_contact(key: str) -> bool:
    """Whether the footer is read too: it is the same on every page, and stands best by the start and by the contact page."""
    path = urlsplit(key).path.strip("/")
    return not path or "contact" in path.lower()


def _suffix(page: KnownPage, raw: bytes) -> str:
    """What kind of document it is: by its first bytes where these tell, for servers name the wrong type."""
    if raw.startswith(b"%PDF-"):
        return ".pdf"
    if re.match(rb"\s*(<!doctype html|<html)", raw[:200], re.IGNORECASE):
        return ".html"
    suffix = _SUFFIX_OF.get(page.media_type)
    if suffix is None:
        raise Refused(
            f"{page.media_type or 'no media type'} is no kind that is read", "leave it out of what is followed"
        )
    if suffix == ".pdf":
        raise Refused("it says that it is a PDF and is none", "look at the page itself")
    return suffix


def _title(address: str) -> str:
    words = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")
    return words.rsplit(".", 1)[0].capitalize()
