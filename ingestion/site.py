"""Takes the pages of a source that was fetched into the index, those alone that changed."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from haystack import Document, Pipeline, component

from ingestion.convert import Refused, text_of
from ingestion.fetch.archive import Archive
from ingestion.fetch.fetcher import FetchReport
from ingestion.language import PageLanguage
from ingestion.report import Refusal
from ingestion.source import WatchedSource
from ingestion.split import PassageSplitter
from ingestion.store.pages import KnownPage, PageStore
from ingestion.write import PassageWriter
from knowledge.index.passages import StoredPassages

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


@dataclass
class SiteReport:
    """What one run did with a source, from its addresses to its passages."""

    fetched: FetchReport
    added: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: list[Refusal] = field(default_factory=list)
    generation: str = ""
    """The index generation with the changes; empty if there was nothing to change, or nothing goes live by itself."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready data."""
        return asdict(self) | {"fetched": self.fetched.to_dict()}


@component
class ArchivedPages:
    """Reads raw pages of the archive as Markdown that keeps its headings; what cannot be read is refused by name."""

    def __init__(self, archive: Archive, time_limit_seconds: float = 60.0) -> None:
        """:param time_limit_seconds: For one PDF."""
        self._archive = archive
        self._time_limit_seconds = time_limit_seconds

    @component.output_types(pages=list[Document], refused=list[dict[str, str]])
    def run(self, known: list[KnownPage], meta: dict[str, Any]) -> dict[str, Any]:
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
        raw = self._archive.get(page.digest)
        title, content = text_of(
            raw,
            _suffix(page, raw),
            self._time_limit_seconds,
            charset=page.charset or None,
            with_footer=_tells_contact(page.key),
        )
        own = {
            "title": title or _title(page.found_at) or meta["publisher"],
            "file": file_of(page.key),
            "url": page.found_at,
            "as_of": page.changed_at.date().isoformat(),
        }
        return Document(content=content, meta=meta | own)


def take_in(
    source: WatchedSource,
    fetched: FetchReport,
    store: PageStore,
    archive: Archive,
    stored: StoredPassages,
    publish: Callable[[], str],
) -> SiteReport:
    """
    Make passages of what changed, keep those of what is the same, drop those of what is gone, and publish.

    A run that was stopped changes nothing: what visitors are told stays as it was. Nor does a source whose passages
    do not go live by themselves.

    :param publish: Makes and serves a generation and gives its id; if it fails, the passages are put back.
    """
    report = SiteReport(fetched)
    if not fetched.complete or "passages" not in source.goes_live:
        return report
    there = {each.key: each for each in store.pages(source.id)}
    before = stored.of(source.id)
    fresh = _to_read(there, fetched, {each.id.rpartition("-")[0] for each in before}, source.id)
    kept = [key for key in there if key not in {page.key for page in fresh}]
    result = _pipeline(archive, stored).run(
        {
            "read": {"known": fresh, "meta": _meta(source)},
            "write": {"source_id": source.id, "several": True, "kept": [file_of(each) for each in kept]},
        },
        include_outputs_from={"read"},
    )
    report.refused = [Refusal(**each) for each in result["read"]["refused"]]
    report.added, report.unchanged, report.removed = (
        result["write"][each] for each in ("added", "unchanged", "removed")
    )
    if report.added or report.removed:
        try:
            report.generation = publish()
        except BaseException:
            stored.replace(source.id, before)
            raise
    return report


def file_of(key: str) -> str:
    """A name for a page, by which its passages are told from those of others: its path, and a bit of a hash."""
    path = re.sub(r"[^a-z0-9]+", "-", unquote(urlsplit(key).path).lower()).strip("-")[:60] or "start"
    return f"{path}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"


def _pipeline(archive: Archive, stored: StoredPassages) -> Pipeline:
    pipeline = Pipeline()
    pipeline.add_component("read", ArchivedPages(archive))
    pipeline.add_component("language", PageLanguage())
    pipeline.add_component("split", PassageSplitter())
    pipeline.add_component("write", PassageWriter(str(stored.folder)))
    pipeline.connect("read.pages", "language.pages")
    pipeline.connect("language.pages", "split.pages")
    pipeline.connect("split.passages", "write.passages")
    return pipeline


def _meta(source: WatchedSource) -> dict[str, Any]:
    return {
        "source_id": source.id,
        "publisher": source.owner,
        "regions": list(source.regions),
        "sectors": [str(each) for each in source.sectors],
    }


def _tells_contact(key: str) -> bool:
    """Whether the footer is read too: it is the same on every page, and stands best by the start and by the contact page."""
    path = urlsplit(key).path.strip("/")
    return not path or "contact" in path.lower()


def _to_read(there: dict[str, KnownPage], fetched: FetchReport, told: set[str], source_id: str) -> list[KnownPage]:
    """
    The pages to read: what is new or changed, and what gave no passages before; the same bytes once.

    :param there: The pages that are there, by key.
    :param told: The beginnings of the ids of the passages that are stored.
    """
    differs = {each.key for each in fetched.outcomes if each.outcome in {"new", "changed"}}
    standing = {key for key in there if key not in differs and f"{source_id}#{file_of(key)}" in told}
    seen = {there[key].digest for key in standing}
    found = []
    # Under its own address rather than under one that is sent on.
    for page in sorted(there.values(), key=lambda each: (each.key != each.found_at, len(each.key), each.key)):
        if page.key not in standing and page.digest not in seen:
            seen.add(page.digest)
            found.append(page)
    return found


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
