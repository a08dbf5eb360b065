"""Takes the pages of a source that was fetched into the index, those alone that changed."""

import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from haystack import Document, Pipeline, component

from ingestion.boilerplate import SharedLines
from ingestion.compare.said import SourcePage
from ingestion.connectors.connected import Answer, Connected, Unreadable, connector_of
from ingestion.convert import Refused, text_of
from ingestion.extract.finding import PageFindings, PageKind
from ingestion.extract.vocabulary import Vocabulary, vocabulary_of
from ingestion.extracting import READER_VERSION, FindingExtractor
from ingestion.fetch.archive import Archive
from ingestion.fetch.fetcher import FetchReport
from ingestion.knowing import Knowing
from ingestion.language import PageLanguage
from ingestion.report import Refusal
from ingestion.source import WatchedSource
from ingestion.split import PassageSplitter
from ingestion.store.pages import KnownPage, PageStore
from ingestion.store.readings import Reading, ReadingStore
from ingestion.write import PassageWriter
from knowledge.catalogue import Catalogue
from knowledge.index.passages import StoredPassages
from knowledge.publishing.live import LiveTally
from knowledge.publishing.proposals import Tally

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


_SAMPLE = 20
"""Pages that are read again to see what a site's pages share, when others changed."""
_AWAY_RUNS, _AWAY_FOR = 3, timedelta(days=7)
"""So many runs in a row, and so long after it was last there, a site is not just out of order."""


@dataclass
class SiteReport:
    """What one run did with a source, from its addresses to its passages, vacancies, events and proposals."""

    fetched: FetchReport
    read: int = 0
    """Pages that were read; the others are the same as before."""
    added: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: list[Refusal] = field(default_factory=list)
    generation: str = ""
    """The index generation with the changes; empty if there was nothing to change, or nothing goes live by itself."""
    found: dict[str, int] = field(default_factory=dict)
    """Findings on all pages of the source, by kind."""
    proposals: Tally | None = None
    """None: nothing was compared, since neither the pages nor our records had changed."""
    vacancies: LiveTally | None = None
    """None: the source's vacancies do not go live by themselves."""
    events: LiveTally | None = None
    dropped: list[dict[str, str]] = field(default_factory=list)
    """Vacancies and events that did not go live, and why."""
    repairs: list[str] = field(default_factory=list)
    """What was wrong with pages' data for machines, as `address: what`."""
    seconds: float = 0.0
    """From the first address to the last proposal."""
    compared_with: str = ""
    """The version of the catalogue that the source was compared with."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready data."""
        return asdict(self) | {"fetched": self.fetched.to_dict()}


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


class Intake:
    """What a run does with the pages of a source that it fetched."""

    def __init__(
        self,
        store: PageStore,
        readings: ReadingStore,
        archive: Archive,
        stored: StoredPassages,
        knowing: Knowing | None = None,
        owners: Mapping[str, str] | None = None,
    ) -> None:
        """
        :param knowing: What the source is compared with; None: passages alone are taken in.
        :param owners: By source who speaks there.
        """
        self._owners = owners or {}
        self._store = store
        self._readings = readings
        self._archive = archive
        self._stored = stored
        self._knowing = knowing

    def take(self, source: WatchedSource, fetched: FetchReport, publish: Callable[[], str]) -> SiteReport:
        """
        Make passages of what changed, keep those of what is the same, drop those of what is gone; compare what the
        source says with what we know; and publish.

        A run that was stopped changes nothing: what visitors are told stays as it was. Killed halfway, the next run
        reads again what this one had not kept.

        :param publish: Makes and serves a generation and gives its id; if it fails, the passages are put back.
        """
        began = time.monotonic()
        report = SiteReport(fetched)
        if fetched.complete:
            there = {each.key: each for each in self._store.pages(source.id)}
            read = self._read(source, there, report)
            before = self._stored.of(source.id)
            goes_live = "passages" in source.goes_live
            if goes_live:
                self._write(source, there, read, report)
            compared = self._knowing is not None and self._compare(source, there, fetched, read, report)
            if report.added or report.removed or (compared and _went_live(report)):
                try:
                    report.generation = publish()
                except BaseException:
                    self._stored.replace(source.id, before)
                    raise
            # Last: what is kept here is not read again.
            self._readings.keep(source.id, read.made(goes_live), there)
        elif self._knowing is not None and (since := self._away_since(source.id)):
            report.proposals = self._knowing.is_away(source, since, fetched.stopped)
        report.seconds = round(fetched.seconds + time.monotonic() - began, 3)
        self._store.note(fetched.run_id, report.to_dict(), "failed" if fetched.stopped else "done")
        return report

    def _away_since(self, source_id: str) -> datetime | None:
        """When a site was last there, if it has been away for many runs and days; else None."""
        last = self._store.last_ended(source_id)
        runs = self._store.runs(source_id, _AWAY_RUNS)
        away = len(runs) == _AWAY_RUNS and all(each["state"] == "failed" for each in runs)
        return last if last and away and runs[0]["started_at"] - last >= _AWAY_FOR else None

    def _read(self, source: WatchedSource, there: dict[str, KnownPage], report: SiteReport) -> "_Read":
        """Read the pages that differ from when they were read last, the same bytes once."""
        marks = self._readings.marks(source.id)
        wants_passages = "passages" in source.goes_live
        standing = {
            key
            for key, page in there.items()
            if (mark := marks.get(key))
            and mark.digest == page.digest
            and mark.version == READER_VERSION
            and (mark.passages or mark.why_refused or not wants_passages)
        }
        fresh = _once(
            {key: page for key, page in there.items() if key not in standing}, {there[key].digest for key in standing}
        )
        others = self._sample(source, [there[key] for key in sorted(standing)]) if fresh else []
        reader = reading_pipeline(self._archive, self._knowing.catalogue() if self._knowing else None)
        result = reader.run(
            {"read": {"known": fresh, "meta": _meta(source)}, "shared": {"others": others}},
            include_outputs_from={"read", "language", "extract"},
        )
        report.read = len(fresh)
        report.refused = [Refusal(**each) for each in result["read"]["refused"]]
        report.refused += [
            Refusal(key, marks[key].why_refused, marks[key].fix) for key in sorted(standing) if marks[key].why_refused
        ]
        return _Read(
            fresh,
            tuple(result["language"]["pages"]),
            dict(result["extract"]["findings"]),
            tuple(report.refused[: len(result["read"]["refused"])]),
        )

    def _sample(self, source: WatchedSource, standing: Sequence[KnownPage]) -> list[str]:
        """Some pages that are the same as before, by which is seen what all pages of the site share."""
        few = tuple(each for each in standing if each.media_type == "text/html")[:_SAMPLE]
        pages = ArchivedPages(str(self._archive.folder)).run(few, _meta(source))["pages"]
        return [page.content or "" for page in pages]

    def _write(self, source: WatchedSource, there: dict[str, KnownPage], read: "_Read", report: SiteReport) -> None:
        """The passages of what was read, beside those of what is the same."""
        gone_over = {page.key for page in read.fresh}
        result = _writing(self._stored).run(
            {
                "split": {"pages": list(read.pages)},
                "write": {
                    "source_id": source.id,
                    "several": True,
                    "kept": [file_of(each) for each in there if each not in gone_over],
                },
            }
        )
        report.added, report.unchanged, report.removed = (
            result["write"][each] for each in ("added", "unchanged", "removed")
        )

    def _compare(
        self,
        source: WatchedSource,
        there: dict[str, KnownPage],
        fetched: FetchReport,
        read: "_Read",
        report: SiteReport,
    ) -> bool:
        """Hold what the source says against what we know, if either has changed since it was done last; whether it was."""
        knowing = self._knowing
        assert knowing is not None  # noqa: S101 - asked before
        catalogue = knowing.catalogue()
        report.compared_with = catalogue.version
        last = self._store.last_report(source.id, fetched.run_id)
        is_same = not read.fresh and not fetched.counts.get("gone")
        if is_same and last.get("compared_with") == catalogue.version:
            knowing.live.touch(source.id, knowing.now())
            return False
        made = {each.key: each for each in read.made(passages=False)}
        readings = [made.get(each.key, each) for each in self._readings.of(source.id)]
        readings += [each for key, each in made.items() if key not in {one.key for one in readings}]
        pages = tuple(
            _source_page(source, there[each.key], each)
            for each in readings
            if each.key in there and not each.why_refused
        )
        gone = tuple(each for each in self._store.pages(source.id, gone=True) if each.gone_at)
        others = tuple(
            SourcePage(other, self._owners.get(other, other), each.key, each.title, knowing.now().date(), each.findings)
            for other, each in self._readings.elsewhere(source.id, "amount")
        )
        compared = knowing.compare(source, pages, gone, others, catalogue, self._stored)
        report.proposals, report.vacancies, report.events = compared.proposals, compared.vacancies, compared.events
        report.dropped = [dict(each) for each in compared.dropped]
        report.found = dict(Counter(one.kind for each in pages for one in each.read.findings))
        report.repairs = [f"{each.url}: {repair}" for each in pages for repair in each.read.repairs]
        if _went_live(report):
            # What came of this run itself is no reason to compare again.
            report.compared_with = knowing.catalogue().version
        return True


@dataclass(frozen=True)
class _Read:
    """What came of reading the pages that differ."""

    fresh: tuple[KnownPage, ...]
    pages: tuple[Document, ...]
    findings: Mapping[str, PageFindings]
    refused: tuple[Refusal, ...]

    def made(self, passages: bool) -> Iterator[Reading]:
        """To be kept, so that none of it is read again until it differs."""
        pages = {page.meta["key"]: page for page in self.pages}
        refused = {each.file: each for each in self.refused}
        for page in self.fresh:
            document, refusal = pages.get(page.key), refused.get(page.key)
            yield Reading(
                page.key,
                page.digest,
                READER_VERSION,
                str(document.meta["title"]) if document else "",
                self.findings.get(page.key, PageFindings(kind=PageKind.OTHER)),
                passages,
                refusal.why if refusal else "",
                refusal.fix if refusal else "",
            )


def _went_live(report: SiteReport) -> bool:
    return any(
        tally is not None and (tally.added or tally.changed or tally.gone)
        for tally in (report.vacancies, report.events)
    )


def _source_page(source: WatchedSource, page: KnownPage, reading: Reading) -> SourcePage:
    return SourcePage(source.id, source.owner, page.found_at, reading.title, page.fetched_at.date(), reading.findings)


def file_of(key: str) -> str:
    """A name for a page, by which its passages are told from those of others: its path, and a bit of a hash."""
    path = re.sub(r"[^a-z0-9]+", "-", unquote(urlsplit(key).path).lower()).strip("-")[:60] or "start"
    return f"{path}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"


def reading_pipeline(archive: Archive, catalogue: Catalogue | None = None) -> Pipeline:
    """
    From raw pages to Markdown in a known language, with what it says; writes to YAML with `dumps`.

    :param catalogue: Whose places and subjects are recognised.
    """
    names = vocabulary_of(catalogue) if catalogue else Vocabulary({}, {})
    extractor = FindingExtractor(str(archive.folder), dict(names.places), dict(names.subjects))
    pipeline = Pipeline()
    pipeline.add_component("read", ArchivedPages(str(archive.folder)))
    pipeline.add_component("shared", SharedLines())
    pipeline.add_component("language", PageLanguage())
    pipeline.add_component("extract", extractor)
    pipeline.connect("read.pages", "shared.pages")
    pipeline.connect("shared.pages", "language.pages")
    pipeline.connect("language.pages", "extract.pages")
    return pipeline


def _writing(stored: StoredPassages) -> Pipeline:
    """From pages to stored passages."""
    pipeline = Pipeline()
    pipeline.add_component("split", PassageSplitter())
    pipeline.add_component("write", PassageWriter(str(stored.folder)))
    pipeline.connect("split.passages", "write.passages")
    return pipeline


def _meta(source: WatchedSource) -> dict[str, Any]:
    return {
        "source_id": source.id,
        "source_kind": source.kind,
        "publisher": source.owner,
        "regions": list(source.regions),
        "sectors": [str(each) for each in source.sectors],
    }


def _tells_contact(key: str) -> bool:
    """Whether the footer is read too: it is the same on every page, and stands best by the start and by the contact page."""
    path = urlsplit(key).path.strip("/")
    return not path or "contact" in path.lower()


def _once(differing: dict[str, KnownPage], seen: set[str]) -> tuple[KnownPage, ...]:
    """
    The pages to read, the same bytes once.

    :param seen: Digests of pages that stand as they were read.
    """
    found = []
    # Under its own address rather than under one that is sent on.
    for page in sorted(differing.values(), key=lambda each: (each.key != each.found_at, len(each.key), each.key)):
        if page.digest not in seen:
            seen.add(page.digest)
            found.append(page)
    return tuple(found)


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
