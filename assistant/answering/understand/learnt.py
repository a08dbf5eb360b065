"""What a visitor wants, as thousands of sentences of others tell it; each intent with a probability."""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from assistant.answering.understand.classifier import FEWEST_CLASSES, Classifier
from assistant.answering.understand.intents import CUES, INTENTS, Guess, Part, Vector, Vectors
from assistant.answering.understand.learning import alone, learn_apart
from assistant.answering.understand.phrasings import (
    Meaning,
    Near,
    PhrasingIndex,
    sentences_of,
    shares,
    told_of,
    with_taught,
)
from assistant.answering.understand.record_classifier import RecordClassifier
from assistant.answering.understand.spelling import Scores
from assistant.answering.understand.text import Text, fold
from knowledge.catalogue import Catalogue

_TEMPERATURE = 0.06
"""Of nearness, before anything is learnt."""
_NOTHING_NEAR = 0.35
"""How near sentences are to a message that none of them is about."""
_NEAR_ENOUGH = 0.4
"""From this likeness of the nearest sentence on, what was learnt is believed as far as it is sure."""
_NEARLY_NOTHING = 0.02
FAR_BELOW = -1e9
"""Of records, every one is known: nothing else takes a share."""
_STILL_OF_USE_SECONDS = 7 * 24 * 3600.0
"""Another server may serve other content over the same folder, or go back to it."""
_POINT_NEAR = 0.05
"""What a point of a telling word or of a hint counts for beside nearness..."""
_POINT = 0.8
"""... and, in log-odds, beside what was learnt."""
_Learnt = TypeVar("_Learnt", Classifier, RecordClassifier)


class LearntIntents:
    """
    What sentences with a known meaning say about a message: the editors' phrasings and the other wordings of each FAQ.

    `learn` is called from a background thread; until then the nearest sentences, as they are spelt, tell the intent.
    """

    def __init__(self, sentences: Iterable[tuple[str, Meaning]], told: Iterable[tuple[str, str]] = ()) -> None:
        self._index = PhrasingIndex(sentences, told)
        self._classifier: Classifier | None = None
        self._records: RecordClassifier | None = None

    @property
    def is_ready(self) -> bool:
        """Whether they were learnt from; before, fewer messages are understood."""
        return self._classifier is not None

    @property
    def stage(self) -> int:
        """How much was learnt, one more with each step: what is understood differs between them."""
        return (self._classifier is not None) + (self._records is not None)

    @classmethod
    def of(cls, catalogue: Catalogue) -> "LearntIntents":
        """The model that a catalogue's sentences make."""
        return cls(sentences_of(catalogue), told_of(catalogue))

    def learn(
        self, embed: Callable[[Sequence[str]], Vectors] | None, folder: Path | None = None, embedder: str = "none"
    ) -> None:
        """
        Learn from the sentences; from then on meaning counts too.

        :param embed: None: words alone are learnt.
        :param folder: Where what was learnt is kept, so that the next start reads it.
        :param embedder: The embedder's fingerprint: what was learnt with another one is not used.
        """
        vectors = self._index.learn(embed) if embed is not None else None
        told = [
            (sentence, meaning.intent, place)
            for place, (sentence, meaning) in enumerate(zip(self._index.sentences, self._index.meanings, strict=True))
            if meaning.intent
        ]
        mine = vectors[[place for _, _, place in told]] if vectors is not None else None
        intents = [intent for _, intent, _ in told]
        self._classifier = _learnt(
            Classifier, "intents", [each for each, _, _ in told], intents, mine, folder, embedder
        )
        if vectors is not None:
            sentences, records = zip(*self._index.of_records, strict=True)
            self._records = _learnt(RecordClassifier, "records", sentences, records, vectors, folder, embedder)

    def guess(self, text: Text, vector: Vector | None, hints: Mapping[str, float], asking: Part | None = None) -> Guess:
        """
        The intent of a message.

        :param vector: The message's vector, or None while there is none.
        :param hints: Extra weight for intents from what else is known: names found, what was asked before.
        :param asking: The part of it that asks, where it also tells something.
        """
        whole = self._guess(text, vector, hints)
        return replace(whole, asking=self._guess(Text(asking.text), asking.vector, {})) if asking is not None else whole

    def _guess(self, text: Text, vector: Vector | None, hints: Mapping[str, float]) -> Guess:
        evidence = self._classifier.evidence(text.raw, vector) if self._classifier is not None else None
        likeness, contained = self._index.likeness(text.raw, vector), self._index.contained(text.raw)
        near = self._index.records(likeness, contained, vector)
        if self._records is not None and vector is not None:
            near = with_taught(near, shares(self._records.evidence(text.raw, vector), 1.0, FAR_BELOW))
        return weigh(self._index, text, likeness, near, evidence, hints)


def weigh(
    index: PhrasingIndex,
    text: Text,
    likeness: Scores,
    near: Mapping[str, Near],
    learnt: Mapping[str, float] | None,
    hints: Mapping[str, float],
) -> Guess:
    """
    The intent of a message, from all that speaks for one.

    :param likeness: How near the message is to each sentence of the index.
    :param near: How near each record is.
    :param learnt: What a classifier says, in log-odds; None: nearness tells.
    """
    if learnt is None:
        scores, point = index.intents(likeness), _POINT_NEAR
    else:
        scores, point = dict(learnt), _POINT
    scores = dict.fromkeys(INTENTS, min([0.0, *scores.values()])) | scores
    plain = " ".join(re.findall(r"[a-z0-9+]+", fold(text.raw)))
    for intent, pattern, weight in CUES:
        if pattern.search(plain):
            scores[intent] += point * weight
    for intent, weight in hints.items():
        scores[intent] += point * weight
    found = shares(scores, _TEMPERATURE, _NOTHING_NEAR) if learnt is None else shares(scores, 1.0)
    ranking = tuple(sorted(found.items(), key=lambda pair: -pair[1])[:5])
    # What resembles nothing that anybody ever asked is not known, whatever its few known words weigh.
    nearest = float(likeness.max(initial=0.0))
    known = min(1.0, max(nearest, _NEARLY_NOTHING) / _NEAR_ENOUGH)
    return Guess(
        ranking[0][0],
        ranking[0][1] * known,
        ranking,
        index.meant(likeness),
        near,
        nearest,
    )


def _learnt(
    learner: type[_Learnt],
    name: str,
    sentences: Sequence[str],
    labels: Sequence[str],
    vectors: Vectors | None,
    folder: Path | None,
    embedder: str,
) -> _Learnt | None:
    """What sentences teach, read from the folder where it was learnt before; None if they are of too few kinds."""
    if len(set(labels)) < FEWEST_CLASSES:
        return None
    kept = folder / f"{name}-{_digest(sentences, labels, embedder)}.npz" if folder is not None else None
    found = _read(learner, kept)
    if found is None and kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with alone(kept):
            found = _read(learner, kept)
            if found is None and learn_apart(learner, sentences, labels, vectors, kept):
                found = _read(learner, kept)
        _drop_others(kept, name)
    return found or learner.learnt(sentences, labels, vectors)


def _drop_others(kept: Path, name: str) -> None:
    """Take away what was learnt from other sentences, but not what another server is just writing."""
    learnt = kept.parent.glob(f"{name}-????????????????.npz")
    # Left by a process that was killed.
    material = kept.parent.glob(f"{name}-*.material.npz")
    for old in {*learnt, *material} - {kept}:
        with suppress(FileNotFoundError):
            if time.time() - old.stat().st_mtime > _STILL_OF_USE_SECONDS:
                old.unlink()


def _read(learner: type[_Learnt], path: Path | None) -> _Learnt | None:
    """What was learnt before, if it is there and whole."""
    if path is None or not path.exists():
        return None
    try:
        return learner.load(path)
    except (OSError, ValueError, KeyError):
        return None


def _digest(sentences: Sequence[str], labels: Sequence[str], embedder: str) -> str:
    told = "\n".join([embedder, *(f"{label}\t{sentence}" for sentence, label in zip(sentences, labels, strict=True))])
    return sha256(told.encode()).hexdigest()[:16]
