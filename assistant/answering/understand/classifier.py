"""Which of several classes a sentence is, learnt from sentences of which it is known; each with a probability."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.index.dutch import stem, words

Floats = NDArray[np.float32]
_STRENGTH = 20.0
"""How far the weights may follow the sentences (C): the best of 3, 10, 30 in cross-validation, with its neighbours."""
_MEANING = 3.0
"""What a unit vector is multiplied by, so that meaning counts beside words."""
_MOST_STEPS = 300
FEWEST_CLASSES = 3
"""Of two, scikit-learn keeps the weights of one alone."""


@dataclass(frozen=True)
class Classifier:
    """
    Multinomial logistic regression over what a sentence means (its vector) and says (stems, and pairs of them).

    Learnt by scikit-learn; used without it, so that a server that finds the weights on disk never loads it.
    """

    classes: tuple[str, ...]
    _columns: dict[str, int]
    _rarity: Floats
    _mean: Floats
    _by_meaning: Floats
    _by_words: Floats
    _bias: Floats

    @classmethod
    def learnt(cls, sentences: Sequence[str], labels: Sequence[str], vectors: Floats | None) -> "Classifier":
        """
        A classifier of these sentences.

        :param labels: The class of each; `FEWEST_CLASSES` or more different ones.
        :param vectors: One unit vector a sentence; None: words alone count.
        :raises ValueError: If there are fewer classes.
        """
        if len(set(labels)) < FEWEST_CLASSES:
            raise ValueError(f"{len(set(labels))} classes; there have to be {FEWEST_CLASSES} or more")
        from scipy.sparse import csr_matrix, hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        vectorizer = TfidfVectorizer(analyzer=_terms, sublinear_tf=True)
        counted = vectorizer.fit_transform(sentences)
        mean = vectors.mean(axis=0) if vectors is not None else np.zeros(0, dtype=np.float32)
        meant = (vectors - mean) * _MEANING if vectors is not None else np.zeros((len(sentences), 0), dtype=np.float32)
        model = LogisticRegression(C=_STRENGTH, max_iter=_MOST_STEPS)
        model.fit(hstack([csr_matrix(meant), counted]).tocsr(), list(labels))
        width = meant.shape[1]
        weights = model.coef_.astype(np.float32)
        return cls(
            classes=tuple(str(label) for label in model.classes_),
            _columns={str(term): int(column) for term, column in vectorizer.vocabulary_.items()},
            _rarity=vectorizer.idf_.astype(np.float32),
            _mean=mean.astype(np.float32),
            _by_meaning=weights[:, :width],
            _by_words=weights[:, width:],
            _bias=model.intercept_.astype(np.float32),
        )

    def evidence(self, text: str, vector: Floats | None) -> dict[str, float]:
        """
        What speaks for each class, in log-odds: a softmax makes probabilities of it.

        :param vector: The text's unit vector; None if there is none, and then words alone speak.
        """
        found = self._bias.copy()
        counts = Counter(self._columns[term] for term in _terms(text) if term in self._columns)
        if counts:
            columns = np.fromiter(counts.keys(), dtype=np.int64)
            times = np.fromiter(counts.values(), dtype=np.float32)
            values = (1 + np.log(times)) * self._rarity[columns]
            found += self._by_words[:, columns] @ (values / np.linalg.norm(values))
        if vector is not None and len(self._mean):
            found += self._by_meaning @ ((vector - self._mean) * _MEANING)
        return dict(zip(self.classes, found.tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Keep the weights in a file, whole or not at all."""
        part = path.with_name(f"{path.stem}.{os.getpid()}.part.npz")
        terms = sorted(self._columns, key=self._columns.__getitem__)
        np.savez(
            part,
            classes=np.array(self.classes),
            terms=np.array(terms),
            rarity=self._rarity,
            mean=self._mean,
            by_meaning=self._by_meaning,
            by_words=self._by_words,
            bias=self._bias,
        )
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        """
        What `save` kept.

        :raises OSError, ValueError, KeyError: If the file is not there or is no such file.
        """
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                classes=tuple(kept["classes"].tolist()),
                _columns={term: column for column, term in enumerate(kept["terms"].tolist())},
                _rarity=kept["rarity"],
                _mean=kept["mean"],
                _by_meaning=kept["by_meaning"],
                _by_words=kept["by_words"],
                _bias=kept["bias"],
            )


def _terms(text: str) -> list[str]:
    """The stems of a text, and each two that stand together."""
    stems = [stem(word) for word in words(text)]
    return [*stems, *(f"{one} {two}" for one, two in pairwise(stems))]
