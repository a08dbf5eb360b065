"""Takes the pages of a source that was fetched into the index, those alone that changed."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from haystack import Document

from ingestion.archived import ArchivedPages, file_of
from ingestion.compare.said import SourcePage
from ingestion.extract.finding import PageFindings, PageKind
from ingestion.extracting import READER_VERSION
from ingestion.fetch.archive import Archive
from ingestion.fetch.canonical import each_page_once
from ingestion.fetch.fetcher import FetchReport
from ingestion.knowing import Knowing
from ingestion.pipeline import reading_pipeline, writing_pipeline
from ingestion.report import Refusal
from ingestion.site_report import SiteReport
from ingestion.source import WatchedSource
from ingestion.store.pages import KnownPage, PageStore
from ingestion.store.readings import Reading, ReadingStore
from knowledge.index.passages import StoredPassages

_SAMPLE = 20
"""Pages that are read again to see what a site's pages share, when others changed."""
_HELD_AGAINST = ("amount", "vacancy", "event", "question")
"""What is compared with what other sources say of it."""
_AWAY_RUNS, _AWAY_FOR = 3, timedelta(days=7)
"""So many runs in a row, and so long after it was last there, a site is not just out of order."""


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
            there = {each.key: each for each in each_page_once(self._store.pages(source.id))}
            read = self._read(source, there, report)
            before = self._stored.of(source.id)
            goes_live = "passages" in source.goes_live
            if goes_live:
                self._write(source, there, read, report)
            compared = self._knowing is not None and self._compare(source, there, fetched, read, report)
            if report.added or report.removed or (compared and report.went_live):
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
        result = writing_pipeline(self._stored).run(
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
            for other, each in self._readings.elsewhere(source.id, _HELD_AGAINST)
        )
        compared = knowing.compare(source, pages, gone, others, catalogue, self._stored)
        report.proposals, report.vacancies, report.events = compared.proposals, compared.vacancies, compared.events
        report.dropped = [dict(each) for each in compared.dropped]
        report.found = dict(Counter(one.kind for each in pages for one in each.read.findings))
        report.repairs = [f"{each.url}: {repair}" for each in pages for repair in each.read.repairs]
        if report.went_live:
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


def _source_page(source: WatchedSource, page: KnownPage, reading: Reading) -> SourcePage:
    return SourcePage(source.id, source.owner, page.found_at, reading.title, page.fetched_at.date(), reading.findings)


def _meta(source: WatchedSource) -> dict[str, Any]:
    return {
        "source_id": source.id,
        "source_kind": source.kind,
        "publisher": source.owner,
        "regions": list(source.regions),
        "sectors": [str(each) for each in source.sectors],
    }


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
