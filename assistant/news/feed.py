"""The news as an Atom feed, for feed readers and for the sites of lokets."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from feedgen.feed import FeedGenerator

from assistant.news.change import Change
from assistant.news.lines import in_lines
from assistant.news.wording import Locale

_MOST = 50
"""Who reads a feed asks often: what is older is on the page."""
_NOT_IN_XML = dict.fromkeys(each for each in range(32) if each not in (9, 10, 13))
_TITLES: dict[Locale, str] = {"nl": "Wat is er veranderd? · Loketgids", "en": "What has changed? · Loketgids"}


def atom(
    changes: Sequence[Change], locale: Locale, page: str, feed: str, address: Callable[[Change], str], began: datetime
) -> bytes:
    """
    The newest changes (RFC 4287).

    An entry keeps its id for ever, and is the same in every feed of one language.

    :param page: The full address of the page that tells the same.
    :param feed: The full address of this feed.
    :param address: The full address that an entry leads to.
    :param began: When there is nothing to tell: since when that is so.
    """
    shown = changes[:_MOST]
    made = FeedGenerator()
    made.id(feed)
    made.title(_TITLES[locale])
    made.language(locale)
    made.link(href=feed, rel="self")
    made.link(href=page, rel="alternate")
    made.author(name="Loketgids")
    made.updated(max((each.at for each in shown), default=began).astimezone(UTC))
    for each in shown:
        entry = made.add_entry(order="append")
        entry.id(f"tag:{urlsplit(page).hostname},2026:{locale}:{each.id}")
        entry.title(each.sentence.translate(_NOT_IN_XML))
        entry.link(href=address(each), rel="alternate")
        entry.published(each.at.astimezone(UTC))
        entry.updated(each.at.astimezone(UTC))
        entry.category(term=each.topic)
        entry.summary("\n".join(in_lines(each, locale)).translate(_NOT_IN_XML))
    return bytes(made.atom_str(pretty=True))
