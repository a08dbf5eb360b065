"""Watch: everything that a run over a source needs, put together once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloader
from ingestion.fetch.fetcher import SourceFetcher
from ingestion.registry import SourceRegistry
from ingestion.site import SiteReport, take_in
from ingestion.source import WatchedSource
from ingestion.store.pages import Fetched, PageStore
from ingestion.store.session import open_knowledge
from knowledge.index.passages import StoredPassages


@dataclass(frozen=True)
class Watch:
    """The sources, what is known of their pages, and the way to look again."""

    registry: SourceRegistry
    pages: PageStore
    archive: Archive
    downloader: Downloader
    stored: StoredPassages
    now: Callable[[], datetime]
    pause_seconds: float = 1.0

    def due(self) -> tuple[WatchedSource, ...]:
        """The active sources whose time has come."""
        ended = {each.id: moment for each in self.registry if (moment := self.pages.last_ended(each.id))}
        return self.registry.due(self.now(), ended)

    def run(
        self,
        source: WatchedSource,
        publish: Callable[[], str],
        on_page: Callable[[Fetched], None] = lambda _fetched: None,
    ) -> SiteReport:
        """
        Fetch a source and take in what may go live by itself.

        :param publish: Makes and serves a generation and gives its id; called only if passages changed.
        """
        fetcher = SourceFetcher(self.downloader, self.pages, self.archive, self.now, self.pause_seconds)
        report = fetcher.run(source, on_page)
        return take_in(source, report, self.pages, self.archive, self.stored, publish)


def watch_in(
    var: Path,
    knowledge_url: str,
    stored: StoredPassages,
    contact: str,
    now: Callable[[], datetime],
    allow_loopback: bool = False,
    pause_seconds: float = 1.0,
) -> Watch:
    """
    The watch of an installation.

    :param var: The data folder; raw pages go to `archive/` in it.
    :param contact: Where the owner of a site finds who fetches.
    :raises SQLAlchemyError, OSError: If the knowledge store cannot be opened.
    """
    sessions = open_knowledge(knowledge_url)
    return Watch(
        SourceRegistry(sessions),
        PageStore(sessions),
        Archive(var / "archive"),
        Downloader(contact, allow_loopback),
        stored,
        now,
        pause_seconds,
    )
