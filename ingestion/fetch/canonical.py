"""One page, one address: which of a site's addresses are of the same page, and under which of them it is told."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from ingestion.fetch.address import host_of
from ingestion.store.pages import KnownPage

_START = re.compile(r"/(?:index|default|home)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_MOST_OF_ONE = 5
"""So many paths are of one page at most; a site that calls one address that of more of its pages is mistaken."""


def each_page_once(pages: Iterable[KnownPage]) -> tuple[KnownPage, ...]:
    """
    The pages of a source, each under one of its addresses, with `found_at` the address to send people to.

    Addresses that differ in scheme, `www.`, a slash at the end or the name of a start page are of one page; so are those that
    were sent on to one, and those of which the page itself says which address it has (`rel=canonical`), if that is one of
    the site. Bytes do not tell: a page with a clock or a token in it differs each time.
    """
    known = list(pages)
    said = _believed(known)
    groups = defaultdict[str, list[KnownPage]](list)
    for page in known:
        groups[loose(said.get(page.key, page.found_at))].append(page)
    return tuple(_told(name, group, said) for name, group in groups.items())


def loose(address: str) -> str:
    """What all addresses of one page have in common, whatever a server makes of them."""
    parts = urlsplit(address)
    path = _START.sub("", parts.path).rstrip("/")
    return f"{host_of(address)}{path}" + (f"?{parts.query}" if parts.query else "")


def _believed(pages: Iterable[KnownPage]) -> Mapping[str, str]:
    """By page the address that it says it has, where that can be so."""
    pages = list(pages)
    hosts = {host_of(each.found_at) for each in pages}
    said = {each.key: each.canonical for each in pages if each.canonical and host_of(each.canonical) in hosts}
    paths = defaultdict[str, set[str]](set)
    for each in pages:
        if each.key in said:
            paths[loose(each.canonical)].add(urlsplit(each.found_at).path)
    mistaken = {name for name, of in paths.items() if len(of) > _MOST_OF_ONE}
    return {
        each.key: said[each.key]
        for each in pages
        if each.key in said
        and loose(each.canonical) not in mistaken
        # That every page is the start page is what many a site says by mistake.
        and (_is_start(each.found_at) or not _is_start(each.canonical))
    }


def _is_start(address: str) -> bool:
    return not _START.sub("", urlsplit(address).path).strip("/")


def _told(name: str, group: list[KnownPage], said: Mapping[str, str]) -> KnownPage:
    first = min(group, key=lambda each: (loose(each.key) != name, each.key != each.found_at, *_order(each.key)))
    addresses = [each.found_at for each in group if loose(each.found_at) == name]
    addresses += [address for each in group if (address := said.get(each.key))]
    return replace(first, found_at=min(addresses or [first.found_at], key=_order))


def _order(address: str) -> tuple[bool, bool, int, str]:
    """What goes first of the addresses of one page: the safe one, without what is not needed."""
    parts = urlsplit(address)
    return (parts.scheme != "https", bool(parts.query), len(address), address)
