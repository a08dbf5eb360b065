"""Who asks for a page: what is published at that moment, which day it is, and for which region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import Depends, Request

from assistant.answering.published import Publication
from assistant.eligibility.verdict import Eligibility
from assistant.meetings.english import Locale, said
from assistant.settings import Settings
from assistant.site.addresses import address_of
from assistant.site.schema_org import breadcrumb_data
from assistant.site.shell import NAVIGATION, Link, Shell
from assistant.site.wording import region_name
from knowledge.catalogue import Catalogue
from knowledge.place import Region
from knowledge.record import Record

UNKNOWN_REGION = "Die regio kennen we niet. Je ziet nu alle regio's."


@dataclass(frozen=True)
class Visit:
    """One request of a visitor."""

    catalogue: Catalogue
    eligibility: Eligibility
    on: date
    path: str
    """The address that was asked for, without its question mark."""
    asked: Mapping[str, str]
    """The query as it came in, but the region; of a name that is given more often, the last one."""
    pairs: tuple[tuple[str, str], ...]
    """The same with every value: to come back to the same page for another region."""
    region: Region | None
    """The region that the visitor chose."""
    home_region: str
    """The region of the installation, for a visitor who chose none."""
    public_url: str
    notices: tuple[str, ...] = ()
    locale: Locale = "nl"
    """What the visitor wants to read, where it is there."""

    def say(self, text: str) -> str:
        """The sentence in the visitor's language."""
        return said(text, self.locale)

    def in_language(self, address: str, **query: str) -> str:
        """The address of a page that belongs to one visitor, in their language."""
        asked = query | ({"taal": "en"} if self.locale == "en" else {})
        return address + (f"?{urlencode(asked)}" if asked else "")

    def has_just(self, done: str) -> bool:
        """Whether this is the page on which a form ends, and not a later look at it."""
        return self.asked.get("gedaan") == done

    def shell(
        self,
        title: str,
        description: str,
        *,
        path: str = "",
        crumbs: Sequence[tuple[str, str]] = (),
        notices: Sequence[str] = (),
        data: Sequence[Mapping[str, Any]] = (),
        is_indexed: bool = True,
        locale: str = "nl",
        other_language: str = "",
        feed: str = "",
        has_english: bool = False,
    ) -> Shell:
        """
        The frame of the page that answers this visit.

        :param path: The page's canonical address; empty: the one that was asked for.
        :param crumbs: What lies above the page, address and label, from the top; home and the page itself are added.
        :param notices: Sentences to show first, after those of the visit itself.
        :param other_language: The path of the same page in the other language.
        :param feed: The address of a feed of what is on it.
        :param has_english: Whether the page is there in English under its own address, with `taal=en`.
        """
        path, language = path or self.path, self.locale if has_english else locale
        home = self.region or self.catalogue.find(self.home_region)
        brand = home.brand if isinstance(home, Region) else None
        shell = Shell(
            title=title,
            description=_shortened(description),
            path=path,
            public_url=self.public_url,
            region=self.region.id if self.region else "",
            region_title=region_name(self.region) if self.region else "",
            home_region=self.region.id if self.region else self.home_region,
            has_brand=brand is not None,
            name=(brand.name if brand else "") or "Loketgids",
            notices=tuple(said(each, language) for each in (*self.notices, *notices)),
            data=(*data, _trail(title, path, self.public_url, crumbs)),
            is_indexed=is_indexed,
            locale=language,
            other_language=other_language,
            feed=feed,
            regions=self._regions(language),
            switch=self._switch() if has_english else None,
        )
        return _with_links(shell, crumbs)

    def wants(self, record: Record, sector: str = "") -> bool:
        """
        Whether the record is for this visitor: it holds in the region they chose, and in that kind of school.

        :param sector: Empty: every kind.
        """
        in_region = self.region is None or record.holds_in(self.region.id)
        return in_region and (not sector or not record.sectors or sector in record.sectors)

    def full_address(self, record: Record) -> str:
        """Where the page about a record is, as it is told to others: with the name of the installation."""
        return self.public_url + (address_of(record) or "/")

    def chosen(self, name: str, known: Mapping[str, str]) -> str:
        """The value of a filter, if it is one that we know; else empty."""
        value = self.asked.get(name, "")
        return value if value in known else ""

    def ignored(self, filters: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
        """
        A sentence for each filter whose value we do not know, so that nobody takes what they see for what they asked.

        :param filters: The name of each filter in the address, to its values and their words.
        """
        return tuple(
            f"De keuze bij “{name}” kennen we niet. Die telt nu niet mee."
            for name, known in filters.items()
            if self.asked.get(name) and self.asked[name] not in known
        )

    def _regions(self, language: str) -> tuple[Link, ...]:
        """This same page for everybody, and for each region."""
        here = self.region.id if self.region else ""
        every = [
            ("", said("Alle regio's", language)),
            *((each.id, region_name(each)) for each in self.catalogue.all(Region)),
        ]
        return tuple(
            Link(
                self.path + (f"?{urlencode(query)}" if (query := self._query(region_id)) else ""),
                label,
                region_id == here,
            )
            for region_id, label in every
        )

    def _switch(self) -> Link:
        pairs = [
            pair for pair in self._query(self.region.id if self.region else "") if pair[0] not in ("taal", "gedaan")
        ]
        query = urlencode([*pairs, *([] if self.locale == "en" else [("taal", "en")])])
        return Link(self.path + (f"?{query}" if query else ""), "Nederlands" if self.locale == "en" else "English")

    def _query(self, region_id: str) -> list[tuple[str, str]]:
        return [*self.pairs, *([("regio", region_id)] if region_id else [])]

    def with_notices(self, *notices: str) -> "Visit":
        """The same visit with more to tell first."""
        return replace(self, notices=(*self.notices, *notices))


def _with_links(shell: Shell, crumbs: Sequence[tuple[str, str]]) -> Shell:
    return replace(
        shell,
        menu=tuple(
            shell.link_to(address, label, shell.path == address or shell.path.startswith(address + "/"))
            for address, label in NAVIGATION
        ),
        crumbs=(
            shell.link_to("/", "Home"),
            *(shell.link_to(address, label) for address, label in crumbs),
            Link(shell.link(shell.path), shell.title, is_here=True),
        ),
    )


def _trail(title: str, path: str, public_url: str, crumbs: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """The crumbs as search engines read them."""
    above = [("Home", public_url + "/"), *((label, public_url + address) for address, label in crumbs)]
    return breadcrumb_data([*above, (title, public_url + path)])


def _shortened(text: str, limit: int = 155) -> str:
    """The text as a search engine shows it: whole sentences as far as they fit, else whole words."""
    if len(text) <= limit:
        return text
    start = text[: limit + 1]
    if (end := start.rfind(". ")) > limit // 2:
        return text[: end + 1]
    return text[: start.rfind(" ", 0, limit - 1)].rstrip(",;: ") + " …"


def visit_of(request: Request) -> Visit:
    """The visit that a request is; a region that we do not know is no region, and the visitor is told."""
    now = cast(Publication, request.app.state.knowledge).now()
    settings = cast(Settings, request.app.state.settings)
    wanted = request.query_params.get("regio", "")
    record = now.catalogue.find(wanted)
    region = record if isinstance(record, Region) else None
    pairs = tuple((name, value) for name, value in request.query_params.multi_items() if name != "regio" and value)
    return Visit(
        catalogue=now.catalogue,
        eligibility=now.eligibility,
        on=now.on,
        path=request.url.path,
        asked=dict(pairs),
        pairs=pairs,
        region=region,
        home_region=settings.region,
        public_url=settings.public_url.rstrip("/"),
        notices=(UNKNOWN_REGION,) if wanted and region is None else (),
        locale="en" if request.query_params.get("taal") == "en" else "nl",
    )


CurrentVisit = Annotated[Visit, Depends(visit_of)]
"""For a view: `def costs(visit: CurrentVisit) -> Response`."""
