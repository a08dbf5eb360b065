"""Pasted: what comes out of a word processor or a web page, as Markdown that says the same and nothing else."""

import re

import nh3
from markdownify import markdownify

_IS_HTML = re.compile(r"</(p|div|span|td|tr|table|h[1-6]|ul|ol|li|b|strong|i|em|a|body|html|o:p)\s*>", re.IGNORECASE)
_BULLET = re.compile(r"^[ \t]*[•·▪‣◦\uf0b7§o][ \t\u00a0]+(?=\S)", re.MULTILINE)
_LETTER_O = re.compile(r"^[ \t]*o[ ]+", re.MULTILINE)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANK = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_KEPT = {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "b", "strong", "i", "em", "a",
         "table", "thead", "tbody", "tr", "td", "th", "blockquote"}  # fmt: skip


def as_markdown(text: str) -> str:
    """
    Typed or pasted text as Markdown.

    HTML becomes Markdown without scripts, styles, pictures and comments; bullets of a word processor become a list;
    characters that nobody sees go. Plain Markdown stays as it is.
    """
    plain = _from_html(text) if _IS_HTML.search(text) else text
    plain = _UNSEEN.sub("", plain.replace("\r\n", "\n").replace("\r", "\n")).replace("\u00a0", " ")
    return _BLANK.sub("\n\n", _TRAILING.sub("", _BULLET.sub(_as_item, plain))).strip()


def _as_item(found: re.Match[str]) -> str:
    # A line that begins with the letter o and one space may be a sentence; a word processor puts a tab behind its bullet.
    return found[0] if _LETTER_O.fullmatch(found[0]) else "- "


def _from_html(text: str) -> str:
    clean = nh3.clean(
        text, tags=_KEPT, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    return str(markdownify(clean, heading_style="ATX", bullets="-"))
