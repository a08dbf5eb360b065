"""What a form asks of who fills it in: it stands between what was filled in, and is no answer to anybody."""

import re
from collections.abc import Iterator

_FORM = re.compile(
    r"\bgebruikt dit (?:format|formulier)\b|\bdit (?:format|formulier) om uw\b|\bbeschrijf (?:hoe|wat|welke) [^.:?!]{0,80}\bu\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:beschrijf|geef (?:dan |hier(?:onder)? |kort )?aan|werk hieronder|benoem|vermeld|licht (?:hier |kort )?toe|vul (?:hier|in))\b",
    re.IGNORECASE,
)
_ASKS_BELOW = re.compile(r"(?:^|[.!?] )Beschrijf\b|\b[Ee]en beschrijving van:$")
_YOU = re.compile(r"\b[Uu]w?\b(?![-'.])")
"""Who fills it in is spoken to; a plan itself speaks to nobody."""
_BULLET = re.compile(r"[-•*–]\s|\d{1,2}[.)]\s")
_MARKS = " \n\t*_>"


def without_form_text(markdown: str, turn: str = "\f") -> str:
    """
    The text of a form that was filled in without what the form itself says; any other text as it is.

    A paragraph goes that tells what to write or speaks to who writes, and so do the points below one that ends in a colon.

    :param turn: What stands for the end of a printed page; none of them gets lost.
    """
    if not _FORM.search(markdown):
        return markdown
    return "\n\n".join(_kept(markdown.split("\n\n"), turn))


def _kept(paragraphs: list[str], turn: str) -> Iterator[str]:
    lists = False
    for each in paragraphs:
        words = each.strip(_MARKS + turn)
        is_asked = (
            bool(words)
            and not words.startswith(("#", "|"))
            and (_ASKS.match(words) or _ASKS_BELOW.search(words) or _YOU.search(words))
        )
        if is_asked or (lists and _BULLET.match(each.strip(f" \n{turn}"))):
            lists = lists or words.endswith(":")
            yield turn * each.count(turn)
        else:
            lists = False
            yield each
