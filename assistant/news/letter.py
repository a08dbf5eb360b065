"""The news as text for somebody's own newsletter: plain, and as HTML that a mail program takes over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.news.board import day_of
from assistant.news.change import Change
from assistant.news.lines import in_lines
from assistant.news.wording import Locale, day_in_words

_WORDS: dict[Locale, dict[str, str]] = {
    "nl": {
        "title": "Wat is er veranderd?",
        "all": "Alles staat op",
    },
    "en": {
        "title": "What has changed?",
        "all": "All of it is at",
    },
}


@dataclass(frozen=True)
class Letter:
    """The same news twice."""

    text: str
    html: str


def letter(changes: Sequence[Change], locale: Locale, page: str, address: Callable[[Change], str]) -> Letter:
    """
    The text of a newsletter, in the order of the changes.

    :param page: The full address of the page that tells it all.
    :param address: The full address of the page that tells how something is now.
    """
    words = _WORDS[locale]
    plain, marked = [words["title"], ""], [f"<h2>{escape(words['title'])}</h2>"]
    told = ""
    for day, on_day in groupby(changes, key=lambda each: day_of(each.at)):
        plain += [day_in_words(day, locale), ""]
        marked.append(f"<h3>{escape(day_in_words(day, locale))}</h3>")
        for each in on_day:
            if each.told and each.told != told:
                plain += [each.told, ""]
                marked.append(f"<p>{escape(each.told)}</p>")
            told = each.told
            details = [*in_lines(each, locale)]
            plain += [f"* {each.heading}", *(f"  {line}" for line in details), f"  {address(each)}", ""]
            link = f'<a href="{escape(address(each))}">{escape(each.heading)}</a>'
            marked.append(f"<p><strong>{link}</strong>{''.join(f'<br>{escape(line)}' for line in details)}</p>")
    plain.append(f"{words['all']} {page}")
    marked.append(f'<p>{escape(words["all"])} <a href="{escape(page)}">{escape(page)}</a></p>')
    return Letter("\n".join(plain) + "\n", "\n".join(marked) + "\n")
