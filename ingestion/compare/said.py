"""Said: what a source says, a finding with the page it stands on and all of it together."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from ingestion.compare.doubles import PageTold
from ingestion.extract.finding import Finding, PageFindings, PageKind
from ingestion.source import WatchedSource
from knowledge.publishing.live import LiveRecord, Sighting
from knowledge.publishing.pairs import Pairs
from knowledge.publishing.proposal import Evidence
from knowledge.source import Source


@dataclass(frozen=True)
class SourcePage:
    """What was read from one page of a source."""

    source_id: str
    publisher: str
    url: str
    title: str
    seen_on: date
    """When it was last seen to say so."""
    read: PageFindings


@dataclass(frozen=True)
class Said:
    """One finding, and who says it where."""

    finding: Finding
    page: SourcePage

    @property
    def is_sure(self) -> bool:
        """Whether it was read well enough to hold against a record."""
        return self.finding.confidence != "low"

    def evidence(self) -> Evidence:
        """The words, for an editor."""
        return Evidence(
            words=self.finding.words,
            url=self.page.url,
            heading=" > ".join(self.finding.place.headings),
            page_number=self.finding.place.page,
            publisher=self.page.publisher,
            seen_on=self.page.seen_on,
            confidence=self.finding.confidence,
        )


def said_on(pages: Iterable[SourcePage], kind: str) -> Iterator[Said]:
    """Every finding of a kind, page by page."""
    for page in pages:
        for each in page.read.of(kind):
            yield Said(each, page)


def host(url: str) -> str:
    """The site of an address, without `www.`; empty if it names none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_news(page: SourcePage) -> bool:
    """Whether the page tells of a moment rather than of how things are: what it says holds for then."""
    return page.read.kind in (PageKind.NEWS, PageKind.REPORT, PageKind.VACANCY, PageKind.VACANCIES)


def source_of(said: Said, url: str = "") -> Source:
    """
    The page as a source that a record may name.

    :param url: Where it is told, if that is not the page itself.
    """
    address = url or said.page.url
    name = re.sub(r"[^a-z0-9]+", "-", said.page.source_id.lower()).strip("-")
    return Source.model_validate(
        {
            "id": f"{name}-{hashlib.sha256(address.encode()).hexdigest()[:8]}",
            "title": said.page.title[:200] if len(said.page.title) > 1 else said.page.publisher,
            "publisher": said.page.publisher,
            "url": address,
            "as_of": said.page.seen_on.isoformat(),
        }
    )


@dataclass(frozen=True)
class DeadPage:
    """A page of a source that is no more."""

    address: str
    why: str
    gone_on: date


@dataclass(frozen=True)
class SourceSays:
    """All that is known of a source at the end of a complete run."""

    source: WatchedSource
    pages: tuple[SourcePage, ...]
    dead: tuple[DeadPage, ...] = ()
    others: tuple[SourcePage, ...] = ()
    """What was read from other sources, for where they say otherwise."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """What editors said that a find of this source is."""
    told: Mapping[str, PageTold] = field(default_factory=dict)
    """Its pages as visitors find them, by address; none if they do not go live."""
    told_elsewhere: Iterable[Mapping[str, PageTold]] = ()
    """Those of each other source; gone through once."""
    met: tuple[Sighting, ...] = ()
    """Its vacancies and events that go live by themselves."""
    live_elsewhere: tuple[LiveRecord, ...] = ()
    """Those of other sources."""
    by_itself: frozenset[str] = frozenset()
    """The ids of all that goes live by itself."""
    pairs: Pairs = field(default_factory=Pairs)
