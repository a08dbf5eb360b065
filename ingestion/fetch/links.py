"""Which links of a page are followed: those of the same site, within what the source says, and not without end."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from ingestion.fetch.address import BadAddress, host_of, page_key
from ingestion.source import Follow

MOST_LINKS = 1_000
"""Of one page; a page with more is a list that never ends."""
_SAME_PATH = 40
"""Addresses that differ in their parameters alone; a calendar or a filter has them without end."""
_NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|avif|ico|css|js|mjs|map|woff2?|ttf|eot|mp[34]|m4[av]|webm|avi|mov|wmv|ogg|wav|zip|gz|rar|7z|"
    r"exe|dmg|apk|pptx?|odp)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:^|[/=_-])((?:19|20)\d\d)(?=$|[/&_-])")


@dataclass(frozen=True)
class Led:
    """Where a page leads."""

    links: tuple[str, ...] = ()
    """Page keys, in its order, each once."""
    canonical: str = ""
    """The key of the address that the page says it has (RFC 6596); empty: it says none, or two."""


def links_of(body: bytes, address: str, charset: str | None = None) -> Led:
    """
    Where an HTML page leads, and which address it says it has.

    Links with `rel=nofollow` are left out, and so are all of a page that asks robots not to follow
    (`<meta name="robots" content="nofollow">`).
    """
    try:
        parser = html.HTMLParser(encoding=charset, huge_tree=False)
        tree = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, ValueError):
        return Led()
    base = next((each for each in tree.xpath("//base/@href")), "")
    base = urljoin(address, str(base)) if base else address
    canonical = _keys(tree.xpath("//head/link[translate(@rel, 'CANOIL', 'canoil')='canonical'][@href]"), base)
    own = next(iter(canonical)) if len(canonical) == 1 else ""
    if any("nofollow" in (each.get("content") or "").lower() for each in tree.xpath("//meta[@name='robots']")):
        return Led(canonical=own)
    links = _keys(tree.xpath("//a[@href]|//area[@href]|//link[@rel='canonical' or @rel='next'][@href]"), base)
    return Led(tuple(links), own)


def _keys(elements: Iterable[html.HtmlElement], base: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for each in elements:
        if "nofollow" in (each.get("rel") or "").lower().split():
            continue
        try:
            found[page_key(urljoin(base, each.get("href").strip()))] = None
        except (BadAddress, ValueError):
            continue
        if len(found) >= MOST_LINKS:
            break
    return found


class Scope:
    """Says of addresses whether they belong to a run; remembers how many of a kind it has let in."""

    def __init__(self, starts: Iterable[str], follow: Follow, today: date) -> None:
        self._hosts = {host_of(each) for each in starts}
        self._starts = {page_key(each) for each in starts}
        self._follow = follow
        self._years = range(today.year - 4, today.year + 3)
        self._paths: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        """How many addresses were left out, by reason."""

    def admit(self, host: str) -> None:
        """Take a host as the source's own: its start address leads there."""
        self._hosts.add(host)

    def owns(self, address: str) -> bool:
        """Whether the address is on a site of the source."""
        return host_of(address) in self._hosts

    def takes(self, address: str) -> bool:
        """Whether to fetch it. Start addresses always are."""
        if address in self._starts:
            return True
        if not self.owns(address):
            return False
        if reason := self._reason(urlsplit(address).path, urlsplit(address).query):
            self.left_out[reason] += 1
            return False
        return True

    def _reason(self, path: str, query: str) -> str:
        follow = self._follow
        if _NOT_PAGES.search(path):
            return "no page"
        if (follow.only and not path.startswith(follow.only)) or (follow.never and path.startswith(follow.never)):
            return "outside what the source follows"
        parts = [each for each in path.split("/") if each]
        if len(parts) > 15 or any(parts.count(each) > 2 for each in set(parts)):
            return "path in a circle"
        if any(int(each) not in self._years for each in _YEAR.findall(f"{path}&{query}")):
            return "of another year"
        if query:
            self._paths[path] += 1
            if self._paths[path] > _SAME_PATH:
                return "same page with other parameters"
        return ""
