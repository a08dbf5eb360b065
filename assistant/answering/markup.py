"""From a template's Markdown to the two forms of a text block: safe HTML, and plain text."""

import re

import nh3
from markdown_it import MarkdownIt

from assistant.answering.citations import MARK
from assistant.answering.reply import TextBlock

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": False}).disable(
    ["image", "code", "fence"]
)
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "sup", "br", "blockquote", "h3", "h4"}
_BLANK = re.compile(r"\n{3,}")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|])")
_REFERENCE = re.compile(r"\[(\d{1,3})\]")
_KEPT = 0xE000
"""Where escaped characters stay while markup is taken away: the private use area, which no keyboard types."""


def text_block(markdown: str) -> TextBlock:
    """
    A text block of a reply.

    Markup in the Markdown is shown as text, never as markup; only links of http, https, mailto and tel survive.
    """
    markdown = _BLANK.sub("\n\n", markdown).strip()
    html = nh3.clean(
        MARK.sub(r'<sup data-citation="\1">[\1]</sup>', _lower_headings(_MARKDOWN.render(markdown))),
        tags=_TAGS,
        attributes={"a": {"href"}, "sup": {"data-citation"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return TextBlock(html=html.strip(), text=plain(markdown))


def block_of_plain(text: str) -> TextBlock:
    """A text block of plain text with `[1]` for citations, in which nothing else is markup; lines and lists stay."""
    lines = (_line_as_markdown(line) for line in text.splitlines())
    return text_block("\n".join(lines))


def _line_as_markdown(line: str) -> str:
    bullet, rest = ("- ", line[2:]) if line.startswith(("- ", "* ")) else ("", line)
    pieces = _REFERENCE.split(rest)
    # Every second piece is the number of a reference.
    marked = (f"\u27e6{piece}\u27e7" if place % 2 else as_text(piece) for place, piece in enumerate(pieces))
    return bullet + "".join(marked)


def as_text(value: object) -> str:
    """Text from a record or a person as Markdown that means nothing: what looks like markup is shown."""
    text = str(value).replace("\u27e6", "[").replace("\u27e7", "]")  # what we write citations with
    for char in "\\`*_[]<>#|":
        text = text.replace(char, "\\" + char)
    return text


def plain(markdown: str) -> str:
    """The Markdown as plain text, with `[1]` for citations."""
    text = _ESCAPED.sub(lambda match: chr(_KEPT + ord(match.group(1))), markdown)
    text = MARK.sub(r" [\1]", text)
    text = re.sub(r"\[([^\]\[]+)\]\(([^)]+)\)", r"\1 (\2)", text)
    text = re.sub(r"^#{1,6} +", "", text, flags=re.MULTILINE)
    text = re.sub(r"\*\*(.+?)\*\*|(?<!\w)[*_](.+?)[*_](?!\w)", lambda match: match.group(1) or match.group(2), text)
    text = re.sub(r" +(\[\d+\])", r" \1", text).strip()
    return re.sub("[\ue000-\ue07f]", lambda match: chr(ord(match.group()) - _KEPT), text)


def _lower_headings(html: str) -> str:
    """A reply stands under the page's own headings: its headings are h3 and h4."""
    return re.sub(r"<(/?)h[12]>", r"<\1h3>", re.sub(r"<(/?)h[3-6]>", r"<\1h4>", html))
