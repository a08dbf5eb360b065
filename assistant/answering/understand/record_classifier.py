"""Which record a sentence asks for, learnt from sentences of which it is known; each with a probability."""

import math
import os
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.understand.text import fold

Floats = NDArray[np.float32]
_WEIGHT = 3.0
"""What unit vectors are multiplied by, of meaning and of spelling alike, so that learning takes few steps."""
_LETTERS = (2, 3, 4)
"""How many letters stand together in what is looked at of a word."""
_MOST_LETTERS = 20_000
_WIDTH = 256
"""In how many numbers a spelling is told."""
_STEPS, _BATCH, _RATE = 1300, 256, 0.01
"""Steps of learning: 20 times all sentences of a whole catalogue, and a few sentences more often."""


@dataclass(frozen=True)
class RecordClassifier:
    """
    Softmax regression over what a sentence means (its vector) and how it is spelt (latent semantic analysis of its letters).

    Spelling says which of two records close in meaning is asked for, and mistyped words keep most of their letters. Learnt by
    scikit-learn; used without it. Source: Deerwester et al., "Indexing by latent semantic analysis", JASIS, 1990.
    """

    classes: tuple[str, ...]
    _columns: dict[str, int]
    _rarity: Floats
    _spelling: NDArray[np.float16]
    """letters x width: half as exact as learnt, and half as large in a server."""
    _mean: Floats
    _weights: Floats
    _bias: Floats

    @classmethod
    def learnt(cls, sentences: Sequence[str], labels: Sequence[str], vectors: Floats | None) -> "RecordClassifier":
        """
        A classifier of these sentences.

        :param labels: The record of each; `FEWEST_CLASSES` or more different ones.
        :param vectors: One unit vector a sentence.
        :raises ValueError: If there are no vectors.
        """
        if vectors is None:
            raise ValueError("records are told apart by meaning: there have to be vectors")
        from sklearn.decomposition import TruncatedSVD
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.neural_network import MLPClassifier

        vectorizer = TfidfVectorizer(analyzer=_letters, sublinear_tf=True, max_features=_MOST_LETTERS)
        counted = vectorizer.fit_transform(sentences)
        width = min(_WIDTH, min(counted.shape) - 1)
        spelling = TruncatedSVD(width, n_iter=3, random_state=0).fit(counted)
        mean = vectors.mean(axis=0)
        told = _WEIGHT * np.hstack([vectors - mean, spelling.transform(counted)])
        # Without a hidden layer it is softmax regression, by steps as small as that needs with hundreds of classes.
        batch = min(_BATCH, len(sentences))
        times = math.ceil(_STEPS * batch / len(sentences))
        model = MLPClassifier((), batch_size=batch, learning_rate_init=_RATE, max_iter=times, random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # It is stopped before it follows each sentence.
            model.fit(told.astype(np.float32), list(labels))
        return cls(
            classes=tuple(str(label) for label in model.classes_),
            _columns={str(term): int(column) for term, column in vectorizer.vocabulary_.items()},
            _rarity=vectorizer.idf_.astype(np.float32),
            _spelling=spelling.components_.T.astype(np.float16),
            _mean=mean.astype(np.float32),
            _weights=model.coefs_[0].T.astype(np.float32),
            _bias=model.intercepts_[0].astype(np.float32),
        )

    def evidence(self, text: str, vector: Floats) -> dict[str, float]:
        """
        What speaks for each record, in log-odds: a softmax makes probabilities of it.

        :param vector: The text's unit vector.
        """
        told = _WEIGHT * np.concatenate([vector - self._mean, self._spelt(text)])
        return dict(zip(self.classes, (self._bias + self._weights @ told).tolist(), strict=True))

    def _spelt(self, text: str) -> Floats:
        counts = Counter(self._columns[each] for each in _letters(text) if each in self._columns)
        if not counts:
            return np.zeros(self._spelling.shape[1], dtype=np.float32)
        columns = np.fromiter(counts.keys(), dtype=np.int64)
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * self._rarity[columns]
        found: Floats = (values / np.linalg.norm(values)) @ self._spelling[columns].astype(np.float32)
        return found

    def save(self, path: Path) -> None:
        """Keep the weights in a file, whole or not at all."""
        part = path.with_name(f"{path.stem}.{os.getpid()}.part.npz")
        np.savez(
            part,
            classes=np.array(self.classes),
            letters=np.array(sorted(self._columns, key=self._columns.__getitem__)),
            rarity=self._rarity,
            spelling=self._spelling,
            mean=self._mean,
            weights=self._weights,
            bias=self._bias,
        )
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> "RecordClassifier":
        """
        What `save` kept.

        :raises OSError, ValueError, KeyError: If the file is not there or is no such file.
        """
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                classes=tuple(kept["classes"].tolist()),
                _columns={each: column for column, each in enumerate(kept["letters"].tolist())},
                _rarity=kept["rarity"],
                _spelling=kept["spelling"],
                _mean=kept["mean"],
                _weights=kept["weights"],
                _bias=kept["bias"],
            )


def _letters(text: str) -> Iterator[str]:
    """The letters that stand together in each word, a blank at its ends."""
    for word in fold(text).split():
        spaced = f" {word} "
        for length in _LETTERS:
            yield from (spaced[at : at + length] for at in range(max(1, len(spaced) - length + 1)))
