"""Vocabulary: the words of one generation, so that a question is read with the same words as the passages."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any
from zlib import crc32

from knowledge.index.dutch import STOPWORDS, parts_of, stem, words

PART_WEIGHT = 0.6
"""
What a part of a compound counts for beside the whole word (1.0).

Measured by words alone on 1,255 passages with the 2,478 other names of their records as questions, names taken out of
the passages: mean reciprocal rank 0.322 without parts, 0.338 at 0.2, 0.344 at 0.4, 0.348 at 0.6, 0.345 at 1.0.
"""
EXPANSION_WEIGHT = 0.5
"""What a word of the written-out name counts for when the abbreviation was typed, and the other way round."""
_MAX_ABBREVIATION = 6

K1 = 1.2
B = 0.5
"""BM25's saturation and length weight. Sections of records are short by nature, so length weighs less than 0.75."""


@dataclass(frozen=True)
class Vocabulary:
    """
    The words of all passages of a generation, with how many passages hold each.

    :param known: Surface words, folded and without hyphens: the possible parts of compounds.
    :param frequencies: Number of passages that hold a token.
    :param passages: Number of passages.
    :param average_length: Of a passage, in tokens.
    :param names: Groups of stems that name the same thing, from the glossary: abbreviation first.
    """

    known: frozenset[str]
    frequencies: dict[str, int]
    passages: int
    average_length: float
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    part_weight: float = PART_WEIGHT
    """What a part of a compound counts for; another one is for trying out alone, and not kept with a generation."""
    joins: bool = True
    """Whether two words that are known as one count as that one too; likewise."""

    @classmethod
    def of(
        cls,
        texts: Iterable[str],
        glossary: Iterable[Sequence[str]] = (),
        *,
        part_weight: float = PART_WEIGHT,
        joins: bool = True,
    ) -> "Vocabulary":
        """
        The vocabulary of these texts.

        :param glossary: The names of each term, such as `("pedagogisch-didactisch getuigschrift", "PDG")`.
        """
        read = [words(text) for text in texts]
        known = frozenset(
            solid for word in {word for each in read for word in each} if len(solid := word.replace("-", "")) > 2
        )
        bare = cls(known, {}, len(read), 1.0, part_weight=part_weight, joins=joins)
        frequencies: Counter[str] = Counter()
        length = 0
        for each in read:
            tokens = bare.tokens_of(each)
            length += sum(1 for weight in tokens.values() if weight >= 1)
            frequencies.update(tokens.keys())
        average = length / len(read) if read else 1.0
        names = tuple(_abbreviations(glossary))
        return cls(known, dict(frequencies), len(read), max(average, 1.0), names, part_weight, joins)

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready data."""
        return {
            "known": sorted(self.known),
            "frequencies": self.frequencies,
            "passages": self.passages,
            "average_length": self.average_length,
            "names": [[short, list(long)] for short, long in self.names],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Vocabulary":
        """From what `to_dict` made."""
        return cls(
            known=frozenset(data["known"]),
            frequencies=dict(data["frequencies"]),
            passages=int(data["passages"]),
            average_length=float(data["average_length"]),
            names=tuple((short, tuple(long)) for short, long in data["names"]),
        )

    @cached_property
    def _parts(self) -> Callable[[str], tuple[str, ...]]:
        """Parts of a word, remembered: the same words come back in every text."""
        return lru_cache(maxsize=50_000)(partial(parts_of, known=self.known))

    def tokens_of(self, read: Sequence[str]) -> dict[str, float]:
        """
        Weighted tokens of a text that `words` has read.

        A word counts 1 each time; the parts of a compound count `PART_WEIGHT`; two words that are known as one
        (`zij instroom`) count as that one too.
        """
        tokens: dict[str, float] = {}
        for at, word in enumerate(read):
            if (
                self.joins
                and at + 1 < len(read)
                and (joined := word + read[at + 1]) in self.known
                and "-" not in joined
            ):
                tokens[stem(joined)] = tokens.get(stem(joined), 0.0) + 1
            if word in STOPWORDS:
                continue
            tokens[stem(word)] = tokens.get(stem(word), 0.0) + 1
            if not self.part_weight:
                continue
            for part in word.split("-") if "-" in word else self._parts(word):
                if part not in STOPWORDS and len(part) > 1:
                    tokens[stem(part)] = tokens.get(stem(part), 0.0) + self.part_weight
        return tokens

    def document_weights(self, text: str) -> dict[str, float]:
        """
        BM25's part for the passage: term frequency, saturated and corrected for length. The engine adds the IDF.

        Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
        """
        tokens = self.tokens_of(words(text))
        length = sum(tokens.values())
        base = K1 * (1 - B + B * length / self.average_length)
        return {token: weight * (K1 + 1) / (weight + base) for token, weight in tokens.items()}

    def query_weights(self, question: str) -> dict[str, float]:
        """What each token of the question counts for: at most once, abbreviations and their names included."""
        tokens = {token: min(weight, 1.0) for token, weight in self.tokens_of(words(question)).items()}
        asked = set(tokens)
        for short, long in self.names:
            if short in asked:
                added: Iterable[str] = long
            elif asked.issuperset(long):
                added = (short,)
            else:
                continue
            for token in added:
                tokens.setdefault(token, EXPANSION_WEIGHT)
        return tokens

    def rarity(self, token: str) -> float:
        """The IDF of a token; highest for a word that no passage holds."""
        found = self.frequencies.get(token, 0)
        return math.log(1 + (self.passages - found + 0.5) / (found + 0.5))


def dimension_of(token: str) -> int:
    """The index of a token in a sparse vector: 32 bits, so that 20,000 tokens clash about once in 20 vocabularies."""
    return crc32(token.encode())


def _abbreviations(glossary: Iterable[Sequence[str]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Pairs of an abbreviation's token and the tokens of the longest name of the same thing."""
    for names in glossary:
        read = [[word for word in words(name.replace("-", " ")) if word not in STOPWORDS] for name in names]
        longest = max(read, key=len, default=[])
        if len(longest) < 2 and sum(map(len, longest)) <= 2 * _MAX_ABBREVIATION:
            continue
        for each in read:
            if len(each) == 1 and each != longest and len(each[0]) <= _MAX_ABBREVIATION:
                yield stem(each[0]), tuple(stem(word) for word in longest if word != each[0])
