"""An editor's Markdown as plain blocks, which a page and a PDF can both set."""

from collections.abc import Iterator
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.record import Frozen

_parser = MarkdownIt("commonmark", {"html": False})


class Block(Frozen):
    """A paragraph (one text) or a list (one text an item)."""

    kind: Literal["paragraph", "list"]
    texts: tuple[str, ...]


class Part(Frozen):
    """What stands under one heading; the first part may have none."""

    title: str
    blocks: tuple[Block, ...]


def parts_of(markdown: str) -> tuple[Part, ...]:
    """The text by its headings, in order; emphasis and links are told without their marks."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    tokens = iter(_parser.parse(markdown))
    for token in tokens:
        if token.type == "heading_open":
            parts.append((_inline(next(tokens)), []))
        elif token.type == "paragraph_open":
            parts[-1][1].append(Block(kind="paragraph", texts=(_inline(next(tokens)),)))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            parts[-1][1].append(Block(kind="list", texts=tuple(_items(tokens, token.type.replace("open", "close")))))
    return tuple(Part(title=title, blocks=tuple(blocks)) for title, blocks in parts if blocks)


def paragraph(text: str) -> tuple[Block, ...]:
    """The text as one paragraph; nothing if it is empty."""
    return (Block(kind="paragraph", texts=(text,)),) if text else ()


def _items(tokens: Iterator[Token], end: str) -> Iterator[str]:
    """The items up to the end of the list; a list within a list is told in the same line."""
    item: list[str] = []
    depth = 0
    for token in tokens:
        if token.type == end and depth == 0:
            return
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "inline":
            item.append(_inline(token))
        elif token.type == "list_item_close" and depth == 0:
            yield " ".join(item)
            item = []


def _inline(token: Token) -> str:
    words = (
        "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else child.content
        for child in token.children or ()
    )
    return " ".join("".join(words).split())
