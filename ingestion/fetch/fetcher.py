"""SourceFetcher: every page of a source that is worth reading, and what became of each address."""

import contextlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from ingestion.connectors.connected import Answer, connector_of
from ingestion.fetch.address import host_of, page_key
from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloaded, Downloader, NotFetched
from ingestion.fetch.links import Led, Scope, links_of
from ingestion.fetch.robots import RobotsRules
from ingestion.fetch.sitemaps import sitemap_pages
from ingestion.source import SourceKind, WatchedSource
from ingestion.store.pages import Fetched, KnownPage, PageStore, ToFetch

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_GONE = frozenset({404, 410})
OVER_LIMIT = "over the limit of pages"
_LONGEST = 2_000
"""Characters of an address that is kept."""
_PATIENCE = 5
"""So many addresses in a row that fail for now, and the site is left for the next run."""


@dataclass
class FetchReport:
    """What a run did with a source's addresses; times in seconds, sizes in bytes."""

    source_id: str
    run_id: str
    resumed: bool = False
    complete: bool = False
    """Every address was tried. If not, `stopped` says why, and what was not seen is not taken for gone."""
    stopped: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    """How many addresses by outcome: new, changed, same, gone, failed."""
    failed: list[dict[str, str]] = field(default_factory=list)
    """`address` and `why`, of each that did not come."""
    moved: list[dict[str, str]] = field(default_factory=list)
    """`address` and `to`, of each that was sent on for good."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Links that were not followed, by reason."""
    bytes: int = 0
    seconds: float = 0.0
    outcomes: tuple[Fetched, ...] = ()
    """Of each address, in the order in which they were found."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready data, without the addresses that went well."""
        return {name: value for name, value in self.__dict__.items() if name != "outcomes"}


class SourceFetcher:
    """Fetches a source at the pace it asks for, one page at a time; goes on where a run was broken off."""

    def __init__(
        self,
        downloader: Downloader,
        store: PageStore,
        archive: Archive,
        now: Callable[[], datetime],
        pause_seconds: float = 1.0,
        token: str = "",
    ) -> None:
        """
        :param pause_seconds: Between two pages of a site, if its robots.txt does not ask for more.
        :param token: For the content API of Onderwijsloket; no other kind of source is told it.
        """
        self._token = token
        self._downloader = downloader
        self._store = store
        self._archive = archive
        self._now = now
        self._pause_seconds = pause_seconds
        self._last_at = 0.0
        self._kind: SourceKind = "website"

    def run(self, source: WatchedSource, on_page: Callable[[Fetched], None] = lambda _fetched: None) -> FetchReport:
        """
        Fetch what is new of a source and see what is the same.

        :param on_page: Called after each address, for progress.
        """
        began = time.monotonic()
        self._kind = source.kind
        run_id, resumed = self._store.begin(source.id, self._now())
        report = FetchReport(source.id, run_id, resumed)
        robots = RobotsRules(self._downloader)
        scope = Scope(source.addresses, source.follow, self._now().date())
        before = {each.key: each for each in self._store.pages(source.id, gone=True)}
        self._seed(run_id, source, robots, scope)
        self._walk(report, source, robots, scope, before, on_page)
        if not report.stopped:
            # What nothing leads to any more is asked for itself: it may be there still, or its parent failed today.
            left = [ToFetch(key, source.follow.depth) for key, page in before.items() if not page.gone_at]
            self._store.add(run_id, (each for each in left if scope.takes(each.key)), source.follow.pages)
            self._walk(report, source, robots, scope, before, on_page)
        self._close(report, source, before, scope)
        report.seconds = round(time.monotonic() - began, 3)
        self._store.end(run_id, "failed" if report.stopped else "done", report.to_dict(), self._now())
        return report

    def _walk(
        self,
        report: FetchReport,
        source: WatchedSource,
        robots: RobotsRules,
        scope: Scope,
        before: dict[str, KnownPage],
        on_page: Callable[[Fetched], None],
    ) -> None:
        """Fetch until the list is empty, or until the site has failed so often that it is left alone."""
        failures = 0
        while batch := self._store.next(report.run_id, 50):
            for each in batch:
                fetched, page = self._one(each, robots, scope, before.get(each.key))
                self._store.keep(report.run_id, source.id, page, fetched)
                on_page(fetched)
                if page and each.depth < source.follow.depth:
                    linked = [ToFetch(key, each.depth + 1) for key in page.links if scope.takes(key)]
                    scope.left_out[OVER_LIMIT] += self._store.add(report.run_id, linked, source.follow.pages)
                failures = failures + 1 if fetched.outcome == "failed" and "forbids" not in fetched.why else 0
                if failures >= _PATIENCE:
                    report.stopped = f"{_PATIENCE} addresses in a row failed, the last: {fetched.why}"
                    return

    def _seed(self, run_id: str, source: WatchedSource, robots: RobotsRules, scope: Scope) -> None:
        """Begin at the start addresses and at what sitemaps list."""
        starts = [page_key(each) for each in source.addresses]
        self._store.add(run_id, (ToFetch(each, 0) for each in starts), source.follow.pages)
        if source.kind not in {"website", "vacancies"}:
            return
        named = [*map(str, source.sitemaps), *(each for start in starts for each in robots.sitemaps(start))]
        listed = sitemap_pages(dict.fromkeys(named), self._downloader, source.follow.pages)
        self._store.add(run_id, (ToFetch(each, 1) for each in listed if scope.takes(each)), source.follow.pages)

    def _one(
        self, wanted: ToFetch, robots: RobotsRules, scope: Scope, known: KnownPage | None
    ) -> tuple[Fetched, KnownPage | None]:
        """Fetch one address; the page as it is now, or None if it did not come."""
        have = known if known and not known.gone_at and known.digest in self._archive else None
        self._wait(max(self._pause_seconds, robots.delay(wanted.key)))
        began = time.monotonic()
        try:
            if silence := robots.silence(wanted.key):
                raise NotFetched(f"its robots.txt does not come: {silence}", for_now=True)
            found = self._downloader.get(
                wanted.key,
                have.etag if have else "",
                have.last_modified if have else "",
                robots.allows,
                self._headers(),
            )
            self._stay(found, wanted, scope)
        except NotFetched as error:
            outcome: Any = "gone" if error.status in _GONE and known and not known.gone_at else "failed"
            return Fetched(wanted.key, outcome, error.why, round(time.monotonic() - began, 4)), None
        seconds = round(time.monotonic() - began, 4)
        if found.status == 304 and have:
            return Fetched(wanted.key, "same", "", seconds), replace(have, fetched_at=self._now())
        page = self._page(wanted.key, found, have)
        outcome = "same" if have and have.digest == page.digest else "changed" if have else "new"
        moved = f"moved to {found.address}" if found.moved_for_good else ""
        return Fetched(wanted.key, outcome, moved, seconds, len(found.body)), page

    def _page(self, key: str, found: Downloaded, have: KnownPage | None) -> KnownPage:
        digest = self._archive.put(found.body)
        same = have is not None and have.digest == digest
        is_page = found.media_type in _HTML
        led = links_of(found.body, found.address, found.charset) if is_page else Led(self._leads(found))
        return KnownPage(
            key,
            found.address,
            digest,
            found.media_type[:120],
            (found.charset or "")[:40],
            found.etag,
            found.last_modified,
            led.links,
            self._now(),
            have.changed_at if have and same else self._now(),
            canonical=led.canonical if len(led.canonical) <= _LONGEST else "",
        )

    def _headers(self) -> dict[str, str]:
        """What this kind of source asks to be let in."""
        return {"Authorization": f"Bearer {self._token}"} if self._token and self._kind == "onderwijsloket" else {}

    def _leads(self, found: Downloaded) -> tuple[str, ...]:
        """Where a feed, or a page of an API, leads; nowhere if it cannot be read, of which its reading tells."""
        connect = connector_of(self._kind, found.body)
        if connect is None:
            return ()
        try:
            answer = Answer(found.body, found.address, found.media_type, self._now().date(), found.charset)
            told = connect(answer).links
        except ValueError:
            return ()
        keys = dict[str, None]()
        for each in told:
            # Of a feed's own site, and one that leads nowhere (a mailbox, a slip of the pen) takes no other with it.
            with contextlib.suppress(ValueError):
                keys[page_key(urljoin(found.address, each))] = None
        return tuple(keys)

    def _stay(self, found: Downloaded, wanted: ToFetch, scope: Scope) -> None:
        """A start address may lead to a site's new home; any other page that leads elsewhere is no longer theirs."""
        if wanted.depth == 0:
            scope.admit(host_of(found.address))
        elif not scope.owns(found.address):
            raise NotFetched(f"it leads to another site, {host_of(found.address)}")

    def _wait(self, seconds: float) -> None:
        left = self._last_at + seconds - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._last_at = time.monotonic()

    def _close(self, report: FetchReport, source: WatchedSource, before: dict[str, KnownPage], scope: Scope) -> None:
        """Count; and what the server says is no more, or the source no longer follows, is gone."""
        outcomes = self._store.outcomes(report.run_id)
        report.outcomes = outcomes
        seen = {each.key for each in outcomes}
        answered_gone = [each.key for each in outcomes if each.outcome == "gone"]
        self._store.lose(source.id, answered_gone, "the server says that it is no more", self._now())
        if outcomes and before and all(each.outcome == "failed" for each in outcomes):
            # A site that gives nothing of what it gave before is away for now, whatever it is that fails.
            patience = f" ({report.stopped})" if report.stopped else ""
            report.stopped = f"nothing of the site could be reached: {outcomes[0].why}{patience}"
        report.complete = not report.stopped
        outside = [key for key, page in before.items() if key not in seen and not page.gone_at]
        counts = Counter(str(each.outcome) for each in outcomes)
        if report.complete and not scope.left_out[OVER_LIMIT]:
            counts["gone"] += self._store.lose(source.id, outside, "the source no longer follows it", self._now())
        report.counts = dict(+counts)
        report.failed = [
            {"address": each.key, "why": each.why} for each in outcomes if each.outcome in {"failed", "gone"}
        ]
        report.moved = [
            {"address": each.key, "to": each.why.removeprefix("moved to ")}
            for each in outcomes
            if each.why.startswith("moved to ")
        ]
        report.left_out = dict(+scope.left_out)
        report.bytes = sum(each.size for each in outcomes)
