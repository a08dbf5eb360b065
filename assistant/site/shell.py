"""What stands around every public page: its name, its place in the site, and the region of the visitor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from assistant.meetings.english import said
from assistant.site.addresses import address_of
from knowledge.record import Record


@dataclass(frozen=True)
class Link:
    """A link in words. `is_here` marks the one that the visitor is at."""

    address: str
    label: str
    is_here: bool = False
    language: str = ""
    """Of what is there, if that is another language than that of the page."""


@dataclass(frozen=True)
class Choice:
    """One option of a filter or a form."""

    value: str
    label: str
    is_chosen: bool


def choices(labels: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    """The options of a filter."""
    return tuple(Choice(value, label, value == chosen) for value, label in labels.items())


NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/zelftest", "Zelftest"),
    ("/routes", "Routes"),
    ("/vergelijk", "Vergelijken"),
    ("/kosten", "Kosten"),
    ("/subsidies", "Subsidies"),
    ("/loketten", "Loketten"),
    ("/afspraak", "Afspraak"),
    ("/agenda", "Agenda"),
    ("/cijfers", "Cijfers"),
    ("/vacatures", "Vacatures"),
    ("/vragen", "Vragen"),
)
"""The menu, in order: address and label. An entry stays in it only while its page exists."""
_IN_ENGLISH_TOO = frozenset({"/afspraak", "/meelopen"})
"""The pages under `NAVIGATION` and in the crumbs that are there in English; the others are Dutch alone."""


@dataclass(frozen=True)
class Shell:
    """The frame of a page. Made by `Visit.shell`; a template reads it as `page.shell`."""

    title: str
    description: str
    """For search engines, at most about 155 characters."""
    path: str
    """The address of the page without its question mark, as it is canonical."""
    public_url: str
    """The address of the installation, without a slash at its end."""
    region: str
    """The id of the region that the visitor chose; empty: none."""
    region_title: str
    home_region: str
    """The region that the assistant on the page talks for."""
    has_brand: bool = False
    """Whether that region has colours of its own."""
    name: str = "Loketgids"
    """What stands above the page."""
    menu: tuple[Link, ...] = ()
    crumbs: tuple[Link, ...] = ()
    regions: tuple[Link, ...] = ()
    """This same page for each region, and for no region."""
    notices: tuple[str, ...] = ()
    """What the visitor has to know first: a filter that we ignored."""
    data: tuple[Mapping[str, Any], ...] = ()
    """schema.org descriptions of what is on the page."""
    is_indexed: bool = True
    """Whether search engines may show it."""
    locale: str = "nl"
    """The language of the page and of its frame."""
    other_language: str = ""
    """The path of the same page in the other language, if there is one."""
    feed: str = ""
    """The address of a feed of what is on the page."""
    switch: Link | None = None
    """This same page in the other language, for the visitor who is at it; empty: it is not there, or elsewhere."""

    @property
    def canonical(self) -> str:
        """The one address of this page, whatever the region or the filters."""
        return self.public_url + self.path

    def say(self, text: str) -> str:
        """The sentence in the language of the page."""
        return said(text, self.locale)

    def link_to(self, path: str, label: str, is_here: bool = False) -> Link:
        """A link of the frame: said in the language of the page, and marked if it leads to another one."""
        is_dutch = self.locale == "en" and not is_here and path not in _IN_ENGLISH_TOO and not path.startswith("/en/")
        return Link(self.link(path), self.say(label), is_here, "nl" if is_dutch else "")

    def offers(self, path: str) -> bool:
        """Whether the site has that page in its menu, so that others may lead there."""
        return any(address == path for address, _ in NAVIGATION)

    def to(self, record: Record) -> str:
        """The address of the page about a record that has one, with the visitor's region."""
        return self.link(address_of(record) or "/")

    def link(self, path: str, **query: str) -> str:
        """An address on this site that keeps the visitor's region; empty values are left out."""
        asked = {name: value for name, value in query.items() if value}
        if self.region:
            asked["regio"] = self.region
        if self.locale == "en" and not path.startswith("/en/"):
            asked["taal"] = "en"
        address, _, fragment = path.partition("#")
        return address + (f"?{urlencode(asked)}" if asked else "") + (f"#{fragment}" if fragment else "")
