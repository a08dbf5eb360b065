"""PassageSplitter: pages to passages, at headings first and then at sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from haystack import Document, component

from ingestion.forms import without_form_text
from ingestion.layout import PAGE_BREAK
from knowledge.passage import sections_of

_SENTENCE = re.compile(
    r"""(?<=[.!?…])(?<!\b[A-Za-z]\.)(?<!\bbijv\.)(?<!\benz\.)(?<!\bincl\.)(?<!\bexcl\.)(?<!\bart\.)(?<!\bnr\.)(?<!\bca\.)
    (?<!\bdr\.)(?<!\bdrs\.)(?<!\bprof\.)(?<!\bmr\.)["'”’)]?\s+(?=["'“‘(]?[A-ZÀ-Þ0-9•-])""",
    re.VERBOSE,
)

_ENOUGH = 60
"""Words that stand well by themselves."""
_TURN = "\ue00c"
"""Stands for a form feed, which Python takes for a space and strips; a character that no text uses."""


@component
class PassageSplitter:
    """
    Cuts each page at its headings, and long sections at sentences, so that a citation lands on what was meant.

    A passage keeps the `meta` of its page, and gains `section` (the heading above it), `position` in the page, and
    `page_number` if the page has numbered pages. Its `url` leads to the heading, if the page has an anchor there.
    """

    def __init__(self, max_words: int = 180, min_words: int = 5) -> None:
        """
        :param max_words: Of a passage; a single sentence that is longer is cut between words.
        :param min_words: A section with fewer is dropped: menus, "lees meer", cells that say "nvt".
        """
        self.max_words = max_words
        self.min_words = min_words

    @component.output_types(passages=list[Document])
    def run(self, pages: list[Document]) -> dict[str, list[Document]]:
        """
        :param pages: `content` is Markdown, with a form feed where a printed page ends; `meta["source_id"]` names the
            source, `meta["anchors"]` pairs each heading of a web page with its anchor, as far as it has one.
        :returns: `passages`, in reading order.
        :raises ValueError: If a page names no source: what cannot be cited is not indexed.
        """
        return {"passages": [passage for page in pages for passage in self._split(page)]}

    def _split(self, page: Document) -> Iterator[Document]:
        if "source_id" not in page.meta:
            raise ValueError(f"page {page.id} has no source_id in its meta")
        content = without_form_text((page.content or "").replace(PAGE_BREAK, _TURN), _TURN)
        number, position = 1, 0
        anchors = _Anchors(page.meta.get("anchors", ()))
        common = {name: value for name, value in page.meta.items() if name != "anchors"}
        for section, text in sections_of(content):
            anchor = anchors.of(section)
            for piece in self._pieces(text):
                opening = piece[: len(piece) - len(piece.lstrip(f"{_TURN} \n\t"))]
                starts_on = number + opening.count(_TURN)
                number += piece.count(_TURN)
                words = _tidy(piece)
                if len(words.split()) < self.min_words:
                    continue
                meta = common | {"section": section, "position": position}
                if anchor and meta.get("url"):
                    meta["url"] = f"{meta['url'].partition('#')[0]}#{quote(anchor, safe='')}"
                if _TURN in content:
                    meta["page_number"] = starts_on
                yield replace(page, id="", content=words, meta=meta)
                position += 1

    def _pieces(self, text: str) -> Iterator[str]:
        """Whole paragraphs and sentences, as many as fit in `max_words`."""
        piece, length = "", 0
        for unit in self._units(text):
            count = len(unit.split())
            # Once it says enough, a passage ends where the printed page does, so that its page number is that of all of it.
            turns = length >= _ENOUGH and (piece.rstrip(" \n").endswith(_TURN) or unit.lstrip(" \n").startswith(_TURN))
            if turns or (length and length + count > self.max_words):
                yield piece
                piece, length = "", 0
            piece, length = piece + unit, length + count
        if piece.strip():
            yield piece

    def _units(self, text: str) -> Iterator[str]:
        """What is not cut: paragraphs that fit, else sentences, else as many words as fit; each with its own ending."""
        for paragraph in re.split(r"(?<=\n)\n+", text):
            whole = paragraph.rstrip("\n") + "\n\n"
            if len(paragraph.split()) <= self.max_words // 2:
                yield whole
                continue
            sentences = _SENTENCE.split(paragraph.rstrip("\n"))
            for at, sentence in enumerate(sentences):
                words = sentence.split(" ")
                for start in range(0, len(words), self.max_words):
                    last = at == len(sentences) - 1 and start + self.max_words >= len(words)
                    yield " ".join(words[start : start + self.max_words]) + ("\n\n" if last else " ")


class _Anchors:
    """The anchors of a page, to be asked for in its order: two sections may have the same heading."""

    def __init__(self, found: Iterable[Sequence[str]]) -> None:
        self._found = [(_plain(heading), anchor) for heading, anchor in found]
        self._at = 0

    def of(self, section: str) -> str:
        """The anchor of the next heading that says this; empty: it has none."""
        for at in range(self._at, len(self._found)):
            if self._found[at][0] == _plain(section):
                self._at = at + 1
                return self._found[at][1]
        return ""


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"\w+", heading.casefold()))


def _tidy(text: str) -> str:
    """The text without page turns, with at most one empty line between paragraphs."""
    text = re.sub(rf"[ \t]*{_TURN}[ \t]*", " ", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", text)).strip()
