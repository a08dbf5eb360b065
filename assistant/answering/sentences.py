"""A text cut into sentences, and a sentence in the form in which it is the same however it is set."""

import re
from collections.abc import Iterator

from assistant.answering.understand.text import fold

_END = re.compile(
    r"""[.?!…]["'”’)]*(?:\s?\[\d+\])*(?=\s+["'“‘(\[]?[A-ZÀ-Ý0-9€•…>])   # a full stop before a capital, with its marks
      |:(?:\s?\[\d+\])*(?=\s+["'“‘(]?[A-ZÀ-Ý])                          # a colon before a sentence
      |\n+""",
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|bijv|bv|o\.a|d\.w\.z|m\.u\.v|t/m|i\.v\.m|incl|excl|ca|evt|nr|art|lid|max|min|dr|drs|mr|prof|st|etc"
    r"|e\.g|i\.e|no)$"
)
_MARK = re.compile(r"\[(\d+)\]")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def sentences_of(text: str, at_colons: bool = True) -> Iterator[str]:
    """
    The sentences in order, each with the marks of the citations that follow it.

    :param at_colons: Whether what stands before a colon, when a capital follows, is a sentence of its own.
    """
    start = 0
    for match in _END.finditer(text):
        sign = match.group()[0]
        if sign == "." and _ABBREVIATION.search(text[start : match.start()]):
            continue
        if sign == ":" and not at_colons:
            continue
        if sentence := text[start : match.end()].strip():
            yield sentence
        start = match.end()
    if sentence := text[start:].strip():
        yield sentence


def marks_of(text: str) -> tuple[int, ...]:
    """The numbers of the citations in a text."""
    return tuple(int(number) for number in _MARK.findall(text))


def without_marks(text: str) -> str:
    """The text without its citations."""
    return re.sub(r"\s?\[\d+\]", "", text)


def normal(text: str) -> str:
    """A sentence as its words alone: no capitals, accents, signs and citations."""
    return _NOT_WORDS.sub(" ", fold(without_marks(text))).strip()
