"""What a form asks of who fills it in: it stands between what was filled in, and is no answer to anybody."""

import re
from collections.abc import Iterator, Sequence

_FORM = re.compile(
    r"\bgebruikt dit (?:format|formulier)\b|\bdit (?:format|formulier) om uw\b|\bbeschrijf (?:hoe|wat|welke) [^.:?!]{0,80}\bu\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:beschrijf|geef (?:dan |hier(?:onder)? |kort )?aan|werk hieronder|benoem|vermeld|licht (?:hier |kort )?toe|vul (?:hier|in))\b",
    re.IGNORECASE,
)
_ASKS_BELOW = re.compile(r"(?:^|[.!?] )Beschrijf\b|\bbeschrijf dan\b|\b[Ee]en beschrijving van:$")
_EXPLAINS = re.compile(r"\bgebruikt dit (?:format|formulier)\b", re.IGNORECASE)
_LISTS = re.compile(r"\bBeschrijf in ieder geval:\s*$")
_NEAR = 25
"""Paragraphs: a form explains itself at its start."""
_YOU = re.compile(r"\b[Uu]w?\b(?![-'.])")
"""Who fills it in is spoken to; a plan itself speaks to nobody."""
_BULLET = re.compile(r"[-•*–]\s|\d{1,2}[.)]\s")
_MARKS = " \n\t*_>"


def without_form_text(markdown: str, turn: str = "\f") -> str:
    """
    The text of a form that was filled in without what the form itself says; any other text as it is.

    A paragraph goes that tells what to write or speaks to who writes, and so do the points below one that ends in a colon. At
    its start goes what stands on the cover, and all that explains the form, up to the first heading below what it asks for.

    :param turn: What stands for the end of a printed page; none of them gets lost.
    """
    if not _FORM.search(markdown):
        return markdown
    paragraphs = markdown.split("\n\n")
    first, last = _explained(paragraphs)
    start = [
        each if at < first and each.strip(f" \n{turn}").startswith("#") else turn * each.count(turn)
        for at, each in enumerate(paragraphs[:last])
    ]
    return "\n\n".join((*start, *_kept(paragraphs[last:], turn)))


def _explained(paragraphs: Sequence[str]) -> tuple[int, int]:
    """Where the form begins to explain itself, and where that ends; twice 0 if it does not."""
    first = next((at for at, each in enumerate(paragraphs[:_NEAR]) if _EXPLAINS.search(each)), None)
    if first is None:
        return 0, 0
    asks = next((at for at in range(first, min(len(paragraphs), first + _NEAR)) if _LISTS.search(paragraphs[at])), None)
    if asks is None:
        return 0, 0
    last = next((at for at in range(asks + 1, len(paragraphs)) if paragraphs[at].lstrip().startswith("#")), None)
    return (first, last) if last is not None and last - asks <= 2 * _NEAR else (0, 0)


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
