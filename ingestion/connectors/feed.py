"""RSS and Atom: each entry a section, and a link to follow."""

import contextlib
from typing import Any

from ingestion.connectors.told import Answer, Connected, Unreadable
from ingestion.convert import Refused, text_of

_MOST = 500


def read_feed(answer: Answer) -> Connected:
    """
    The entries of a feed, the newest first as the feed has them.

    feedparser reads what feeds are in practice; the runner-up, atoma, refuses those that are not quite valid.

    :raises Unreadable: If there is no feed in it.
    """
    import feedparser  # Loaded at first use, like all converters.

    parsed: Any = feedparser.parse(answer.raw, sanitize_html=True, resolve_relative_uris=True)
    if not parsed.entries and not parsed.version:
        raise Unreadable("it is no RSS or Atom", "look at the address, or make it a website")
    sections, links = [], []
    for entry in parsed.entries[:_MOST]:
        title = " ".join(str(entry.get("title", "")).split())
        body = entry.content[0].value if entry.get("content") else entry.get("summary", "")
        if title:
            sections.append(f"## {title}\n\n{plain_text(str(body))}")
        if link := str(entry.get("link", "")):
            links.append(link)
    title = " ".join(str(parsed.feed.get("title", "")).split())
    return Connected(title, "\n\n".join(sections), links=tuple(dict.fromkeys(links)))


def plain_text(html: str) -> str:
    """A bit of HTML as Markdown; empty if there is nothing to read in it."""
    if "<" not in html:
        return html.strip()
    with contextlib.suppress(Refused):
        _, content = text_of(f"<!doctype html><html><body><main>{html}</main></body></html>".encode(), ".html")
        return content.strip()
    return ""
