"""Watch: everything that a run over a source needs, put together once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingestion.fetch.archive import Archive
from ingestion.fetch.download import Downloader
from ingestion.fetch.fetcher import SourceFetcher
from ingestion.knowing import Knowing, Leaning, nobody
from ingestion.registry import SourceRegistry
from ingestion.site import Intake
from ingestion.site_report import SiteReport
from ingestion.source import WatchedSource
from ingestion.store.pages import Fetched, PageStore
from ingestion.store.readings import ReadingStore
from ingestion.store.session import open_knowledge
from knowledge.catalogue import Catalogue
from knowledge.index.passages import StoredPassages
from knowledge.publishing.live import LiveStore
from knowledge.publishing.proposals import ProposalStore
from knowledge.publishing.session import open_publishing


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
    token: str = ""
    """For the content API of Onderwijsloket."""
    knowing: Knowing | None = None
    """None: passages alone are taken in, and nothing is compared."""

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
        fetcher = SourceFetcher(self.downloader, self.pages, self.archive, self.now, self.pause_seconds, self.token)
        report = fetcher.run(source, on_page)
        owners = {each.id: each.owner for each in self.registry}
        intake = Intake(self.pages, ReadingStore(self.pages.sessions), self.archive, self.stored, self.knowing, owners)
        return intake.take(source, report, publish)


def watch_in(
    var: Path,
    knowledge_url: str,
    stored: StoredPassages,
    contact: str,
    now: Callable[[], datetime],
    catalogue: Callable[[], Catalogue],
    leaning: Leaning = nobody,
    allow_loopback: bool = False,
    pause_seconds: float = 1.0,
    token: str = "",
) -> Watch:
    """
    The watch of an installation.

    :param var: The data folder; raw pages go to `archive/` in it.
    :param catalogue: What visitors are answered from now.
    :param leaning: Counts the answers that leaned on each record.
    :param contact: Where the owner of a site finds who fetches.
    :raises SQLAlchemyError, OSError: If the knowledge store cannot be opened.
    """
    sessions = open_knowledge(knowledge_url)
    editorial = open_publishing(knowledge_url)
    return Watch(
        SourceRegistry(sessions),
        PageStore(sessions),
        Archive(var / "archive"),
        Downloader(contact, allow_loopback),
        stored,
        now,
        pause_seconds,
        token,
        Knowing(catalogue, ProposalStore(editorial), LiveStore(editorial), now, leaning),
    )
