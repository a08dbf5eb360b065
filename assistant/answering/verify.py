"""Every number, amount, date and name in a reply stands in what it cites, or the reply is not sent."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.understand.numbers import number_words
from assistant.answering.understand.text import fold

_MONTHS = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "augustus": 8, "september": 9,
    "oktober": 10, "november": 11, "december": 12, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7,
    "august": 8, "october": 10,
}  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_ENGLISH_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_LINK = re.compile(r"https?://[^\s)\]>]+|[\w.+-]+@[\w-]+\.[\w.]+")
_CITATION = re.compile(r"\[\d+\]|\u27e6\d+\u27e7")
_MAY = re.compile(r"\b[Mm]ei\b|\bMay \d|\b(?:in|of|\d) May\b")
"""The month, and not the `may` of permission."""
_REMEMBERED = 2_000
"""Pieces of evidence whose numbers are kept; a few kB each."""
_ORDINARY = frozenset({"een", "one"})
"""`een` is an article far more often than a number."""


@dataclass(frozen=True)
class Claim:
    """A number or a name in a reply, and the words it was found in."""

    value: str
    words: str


def numbers_in(text: str) -> Iterator[Claim]:
    """
    Every number in a text, written one way: `€ 2.694` is 2694, `41,35` is 41.35, `twaalf` is 12, `maart` is month 3.

    Numbers that only point at a citation (`[1]`) or stand inside a web address do not count.
    """
    bare = _LINK.sub(" ", _CITATION.sub(" ", text))
    for match in _NUMBER.finditer(bare):
        yield Claim(_plain_number(match.group()), bare[max(0, match.start() - 20) : match.end() + 20])
    spelt = number_words()
    for match in re.finditer(r"[a-z]+", fold(bare)):
        word = match.group()
        if word in spelt and word not in _ORDINARY:
            yield Claim(str(spelt[word]), word)


def _plain_number(written: str) -> str:
    """
    `2.694` -> `2694`, `41,35` -> `41.35`, `2.694,50` -> `2694.5`, `2,694.50` -> `2694.5`.

    A comma or dot that is neither thousands nor decimals (`13.30.`, `1,2,3`) splits nothing: the digits stay together.
    """
    if _THOUSANDS.match(written):
        written = written.replace(".", "").replace(",", ".")
    elif _ENGLISH_THOUSANDS.match(written):
        written = written.replace(",", "")
    elif written.count(",") == 1 and "." not in written:
        written = written.replace(",", ".")
    if written.count(".") == 1:
        written = written.rstrip("0").rstrip(".")
    whole, dot, rest = written.partition(".")
    return (whole.lstrip("0") or "0") + dot + rest


def months_in(text: str) -> frozenset[str]:
    """The months that a text names, as `maand 3`; numbers alone are left to `numbers_in`."""
    return frozenset(f"maand {_MONTHS[word]}" for word in re.findall(r"[a-z]+", fold(text)) if word in _MONTHS)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What one piece of evidence supports."""

    values: frozenset[str]
    folded: str


def _read(text: str) -> _Ground:
    """The numbers and months of a text, and its folded words."""
    return _Ground(frozenset(claim.value for claim in numbers_in(text)) | months_in(text), fold(text))


_remembered = lru_cache(maxsize=_REMEMBERED)(_read)
"""Of published texts alone, which are cited again and again; never of what a visitor typed."""


@dataclass(frozen=True)
class Verified:
    """Whether a reply may be sent, and what in it has no source."""

    unsupported: tuple[Claim, ...]

    @property
    def holds(self) -> bool:
        """Whether everything has a source."""
        return not self.unsupported


class Verifier:
    """
    Checks replies against their evidence.

    :param names: Names of organisations and schemes in the catalogue, folded, to the ids they may stand for: a reply
        that mentions one must lean on evidence that mentions it too.
    """

    def __init__(self, names: Mapping[str, frozenset[str]]) -> None:
        longest = sorted(names, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b") if longest else None

    def verify(self, texts: Sequence[str], evidence: Iterable[str], own_words: str = "") -> Verified:
        """
        :param texts: Every piece of text that the reply shows.
        :param evidence: Every text that the reply cites.
        :param own_words: What the visitor typed: repeating it is no claim.
        """
        grounds = [*(_remembered(text) for text in evidence), _read(own_words)]
        supported = frozenset[str]().union(*(ground.values for ground in grounds))
        folded_ground = "\n".join(ground.folded for ground in grounds)
        unsupported: list[Claim] = []
        for text in texts:
            unsupported += [claim for claim in numbers_in(text) if claim.value not in supported]
            unsupported += [
                Claim(month, text[:60])
                for month in months_in(text) - supported
                if month != "maand 5" or _MAY.search(text)
            ]
            if self._pattern is not None:
                found = {match.group() for match in self._pattern.finditer(fold(text))}
                unsupported += [Claim(name, text[:60]) for name in sorted(found) if name not in folded_ground]
        return Verified(tuple(unsupported))
