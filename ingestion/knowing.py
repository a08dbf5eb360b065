"""Knowing: what a source is compared with, and where what came of that is kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ingestion.compare.doubles import pages_told
from ingestion.compare.jobs import Arrivals, events, vacancies
from ingestion.compare.lost import lost_with
from ingestion.compare.proposing import proposed_by
from ingestion.compare.said import DeadPage, SourcePage, SourceSays, said_on
from ingestion.source import WatchedSource
from ingestion.store.pages import KnownPage
from knowledge.catalogue import Catalogue
from knowledge.index.passages import StoredPassages
from knowledge.publishing.live import LiveStore, LiveTally
from knowledge.publishing.proposals import ProposalStore, Tally

_HERE = ZoneInfo("Europe/Amsterdam")
DAMAGE_OVER = timedelta(days=30)


Leaning = Callable[[datetime], Mapping[str, int]]
"""By record how many answers since a moment leaned on it; it tells nothing of who asked, or what."""


def nobody(_since: datetime) -> Mapping[str, int]:
    """For where no answers are kept."""
    return {}


@dataclass(frozen=True)
class Compared:
    """What came of holding a source against what we know."""

    proposals: Tally
    vacancies: LiveTally | None
    events: LiveTally | None
    dropped: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Knowing:
    """What is published, and what waits for editors or goes live."""

    catalogue: Callable[[], Catalogue]
    proposals: ProposalStore
    live: LiveStore
    now: Callable[[], datetime]
    leaning: Leaning = nobody

    def compare(
        self,
        source: WatchedSource,
        pages: tuple[SourcePage, ...],
        gone: Iterable[KnownPage],
        others: tuple[SourcePage, ...],
        catalogue: Catalogue,
        stored: StoredPassages,
    ) -> Compared:
        """
        Propose what a source says that we do not, and let go live what may.

        :param pages: All that was read of the source, at the end of a complete run.
        :param gone: Its pages that are no more.
        :param others: What was read from other sources.
        :param stored: What visitors find of this source and of others.
        """
        now = self.now()
        today = now.astimezone(_HERE).date()
        dead = tuple(
            DeadPage(address, each.why_gone, (each.gone_at or now).date())
            for each in gone
            for address in dict.fromkeys((each.key, each.found_at))
            if each.why_gone.startswith("the server says")
        )
        elsewhere = (pages_told(stored.of(each)) for each in stored.sources() if each != source.id)
        told = pages_told(stored.of(source.id))
        known, pairs = self.live.all(now), self.proposals.pairs()
        arrived: dict[str, Arrivals] = {}
        if "vacancies" in source.goes_live:
            arrived["vacancy"] = vacancies(source, said_on(pages, "vacancy"), known, catalogue, today, pairs)
        if "events" in source.goes_live:
            arrived["event"] = events(source, said_on(pages, "event"), known, catalogue, today, pairs)
        by_itself = frozenset(name for each in known for name in (each.record.id, each.cluster))
        says = SourceSays(
            source,
            pages,
            dead,
            others,
            self.proposals.aliases(source.id),
            told,
            elsewhere,
            tuple(one for each in arrived.values() for one in each.sightings),
            tuple(each for each in known if each.source_id != source.id),
            by_itself,
            pairs,
        )
        # What goes live by itself also goes by itself: nobody has to say yes to a vacancy that is gone.
        proposed = [each for each in proposed_by(says, catalogue, today) if each.item_id not in by_itself]
        tally = self.proposals.replace(source.id, proposed, now, self.leaning(now - DAMAGE_OVER))
        tallies = {kind: self.live.replace(source.id, kind, each.sightings, now) for kind, each in arrived.items()}
        dropped = tuple(asdict(one) for each in arrived.values() for one in each.dropped)
        return Compared(tally, tallies.get("vacancy"), tallies.get("event"), dropped)

    def is_away(self, source: WatchedSource, since: datetime, why: str) -> Tally:
        """
        Propose to look at every record that leans on a site which has been away for long. Nothing is taken offline by itself.

        :param since: When it was last there.
        """
        now = self.now()
        proposed = lost_with(
            source, self.catalogue(), since.astimezone(_HERE).date(), why, now.astimezone(_HERE).date()
        )
        by_itself = {name for each in self.live.all(now) for name in (each.record.id, each.cluster)}
        kept = [each for each in proposed if each.item_id not in by_itself]
        return self.proposals.replace(source.id, kept, now, self.leaning(now - DAMAGE_OVER), is_all=False)
