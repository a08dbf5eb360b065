"""How alike two short texts are as they are spelt: stems for what is said, letters for how it was typed."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.index.dutch import STOPWORDS, stem, words

Scores = NDArray[np.float32]
_LETTERS = 3
"""Letters in a row that are looked at: few enough to survive a slip of the finger."""
_STEMS_COUNT, _LETTERS_COUNT = 0.65, 0.35
_FUNCTION_WORD = 0.25
"""What a function word weighs beside a telling one: `hoe lang` and `hoe duur` differ by the other word."""


class SpeltAlike:
    """
    Sentences by the stems and the letters in them, weighted by rarity, ready to be compared with one more.

    Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988 (tf-idf, cosine); letters
    in a row as Damashek, "Gauging similarity with n-grams", Science, 1995.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._size = len(sentences)
        self._kinds = (
            _Inverted([Counter(_stems(sentence)) for sentence in sentences], _STEMS_COUNT),
            _Inverted([Counter(_letters(sentence)) for sentence in sentences], _LETTERS_COUNT),
        )

    def scores(self, text: str) -> Scores:
        """
        How alike each sentence is to the text.

        :returns: One a sentence, 0 (nothing shared) to 1 (the same).
        """
        found = np.zeros(self._size, dtype=np.float32)
        for kind, features in zip(self._kinds, (_stems(text), _letters(text)), strict=True):
            kind.add(found, Counter(features))
        return found

    def contained(self, text: str) -> Scores:
        """
        How much of each sentence the text holds, however much more it says: the question in a long story.

        :returns: One a sentence, 0 (nothing) to nearly 1 (all of a long one; of a short one less).
        """
        found = np.zeros(self._size, dtype=np.float32)
        self._kinds[0].hold(found, set(_stems(text)))
        return found


class _Inverted:
    """For each feature the sentences that have it, with its share of their length."""

    def __init__(self, counted: Sequence[Mapping[str, int]], weight: float) -> None:
        self._weight = weight
        seen = Counter(feature for features in counted for feature in features)
        total = max(1, len(counted))
        self._rarity = {feature: math.log(1 + total / times) for feature, times in seen.items()}
        self._unseen = math.log(1 + total)
        postings: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        squares = np.zeros(len(counted), dtype=np.float32)
        for place, features in enumerate(counted):
            weights = {feature: self._weigh(feature, times) for feature, times in features.items()}
            length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
            squares[place] = length * length
            for feature, value in weights.items():
                places, shares = postings[feature]
                places.append(place)
                shares.append(value / length)
        self._substance: Scores = squares / (squares + self._unseen**2)
        self._postings = {
            feature: (np.array(places, dtype=np.int32), np.array(shares, dtype=np.float32))
            for feature, (places, shares) in postings.items()
        }

    def add(self, scores: Scores, features: Mapping[str, int]) -> None:
        """Add the cosine of these features with each sentence, times the weight of this kind, to the scores."""
        weights = {feature: self._weigh(feature, times) for feature, times in features.items()}
        length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
        for feature, value in weights.items():
            posting = self._postings.get(feature)
            if posting is not None:
                scores[posting[0]] += posting[1] * (self._weight * value / length)

    def hold(self, scores: Scores, features: Iterable[str]) -> None:
        """Add to the scores which part of each sentence these features are."""
        for feature in features:
            posting = self._postings.get(feature)
            if posting is not None:
                scores[posting[0]] += posting[1] ** 2
        scores *= self._substance

    def _weigh(self, feature: str, times: int) -> float:
        rarity = self._rarity.get(feature, self._unseen)
        return rarity * (1 + math.log(times)) * (_FUNCTION_WORD if feature in STOPWORDS else 1.0)


def _stems(text: str) -> Iterator[str]:
    for word in words(text):
        yield word if word in STOPWORDS else stem(word)


def _letters(text: str) -> Iterator[str]:
    for word in words(text):
        if word not in STOPWORDS:
            yield from _rows(word)


@lru_cache(maxsize=20_000)
def _rows(word: str) -> tuple[str, ...]:
    framed = f" {word.replace('-', '')} "
    return tuple(framed[at : at + _LETTERS] for at in range(len(framed) - _LETTERS + 1))
