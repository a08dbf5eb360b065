"""Doubles: a page that says nearly word for word what a page of another source says, so that visitors find it twice."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from ingestion.extract.shingles import copies
from knowledge.passage import Passage
from knowledge.publishing.proposal import Evidence, Proposed

_ALIKE = 0.8
"""Of what either says, in runs of five words: a text about the same subject in other words shares next to none."""
_FEWEST_WORDS = 60
_ABOUT_THE_SITE = re.compile(r"privacy|cookie|disclaimer|toegankelijk|voorwaarden|copyright|sitemap", re.IGNORECASE)
_TITLES_ALIKE = 60
"""Of 100: two pages of one text under titles that have nothing in common are more likely a template."""
_QUOTED = 600


@dataclass(frozen=True)
class PageTold:
    """A page as visitors find it: all its passages."""

    source_id: str
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """Its words in reading order."""
        return " ".join(each.text for each in self.passages)

    @property
    def first(self) -> Passage:
        """The passage that it begins with: it names title, address and publisher."""
        return self.passages[0]


def pages_told(passages: Iterable[Passage]) -> dict[str, PageTold]:
    """The pages of a source by address; documents without one are left out."""
    found: dict[str, list[Passage]] = {}
    for each in passages:
        if each.url and not _ABOUT_THE_SITE.search(f"{each.title} {each.url}"):
            found.setdefault(each.url.partition("#")[0], []).append(each)
    made = {url: PageTold(each[0].source_id, tuple(each)) for url, each in found.items()}
    return {url: page for url, page in made.items() if len(page.text.split()) >= _FEWEST_WORDS}


def doubles(
    mine: Mapping[str, PageTold],
    others: Iterable[Mapping[str, PageTold]],
    aliases: Mapping[str, str],
) -> Iterator[Proposed]:
    """
    What a source says as another does, once a page: beside the other page that is most alike.

    :param mine: Of the source, by address.
    :param others: Of each other source; taken one by one, so that not all need to be in memory.
    :param aliases: What editors said that a find of this source is.
    """
    best: dict[str, tuple[float, PageTold]] = {}
    texts = {url: page.text for url, page in mine.items()}
    for theirs in others if texts else ():
        for own, other, alike in copies(texts, ((url, page.text) for url, page in theirs.items()), _ALIKE):
            page = theirs[other]
            titles = fuzz.token_set_ratio(mine[own].first.title.lower(), page.first.title.lower())
            # One site that is watched twice, in parts, tells nothing twice.
            if _site(own) != _site(other) and titles >= _TITLES_ALIKE and alike > best.get(own, (0.0, page))[0]:
                best[own] = (alike, page)
    for own, (alike, page) in sorted(best.items(), key=lambda each: (-each[1][0], each[0])):
        item_id = f"dubbel-{hashlib.sha256(own.encode()).hexdigest()[:12]}"
        if item_id not in aliases:
            yield _proposed(item_id, mine[own], page, alike)


def _site(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


def _proposed(item_id: str, own: PageTold, other: PageTold, alike: float) -> Proposed:
    return Proposed(
        kind="double",
        group="records",
        item_id=item_id,
        title=own.first.title,
        evidence=(_evidence(own), _evidence(other)),
        about=f"{own.first.publisher} vertelt bijna woordelijk wat {other.first.publisher} vertelt ({alike:.0%} is gelijk). "
        "Bezoekers vinden nu allebei. Zeg bij welk onderdeel het hoort, of laat het zo.",
    )


def _evidence(page: PageTold) -> Evidence:
    first: Passage = page.first
    return Evidence(
        words=first.text[:_QUOTED],
        url=first.url or "",
        heading=first.section,
        page_number=first.page,
        publisher=first.publisher,
        # Of a year or a month, its first day.
        seen_on=date.fromisoformat(f"{first.as_of}-01-01"[:10]),
        confidence="high",
    )
