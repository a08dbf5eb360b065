"""What a message may mean: the nearest of the sentences that editors wrote down, by spelling and by meaning."""

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.answering.understand.resemblance import Resemblance
from assistant.answering.understand.spelling import Scores, SpeltAlike
from knowledge.article import Faq
from knowledge.catalogue import Catalogue

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]
Key = TypeVar("Key", bound=Hashable)

_FARTHEST, _NEAREST = 0.80, 1.0
"""The cosines between which e5 puts everything: spread over 0 to 1."""
_BY_MEANING = 0.6
"""What meaning counts for beside spelling. See `evaluation/understanding` for the table this comes from."""
_LOOKED_AT = 200
"""How many sentences are near enough to count."""
_LOOKED_AT_FOR_RECORDS, _HELD_LOOKED_AT, _HELD_FROM = 60, 30, 0.3
_LEARNT_FROM, _TAUGHT_FROM = 0.05, 0.02
_BEST, _SECOND = 0.75, 0.25
"""A meaning is as near as its nearest sentence, if a second one is near too."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sentence asks: the intent, the record that tells it, and what about it."""

    intent: str
    """Empty where only the record is known."""
    record: str | None = None
    aspect: str | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that a message may mean."""

    meaning: Meaning
    likeness: float
    """0 to 1: how near its nearest sentences are."""
    sentence: str
    """The nearest of them."""


class Near(NamedTuple):
    """How near a question is to the sentences that ask for one record; each 0 to 1."""

    best: float = 0.0
    second: float = 0.0
    held: float = 0.0
    """How much of one of them the question holds, among whatever else it says."""
    learnt: float = 0.0
    """How much speaks for it by all sentences around the question: about 0 to 1, and below 0 if it only looks alike."""
    taught: float = 0.0
    """The probability by a classifier that was taught on all sentences: 0 to 1."""


NO_RECORD = ""
"""Stands among the records for questions that none of them answers."""


class PhrasingIndex:
    """
    All sentences of a catalogue, each with its meaning.

    A question is compared with questions, so that what people say need not resemble what a record says.
    Source: Nogueira, Yang, Lin and Cho, "Document Expansion by Query Prediction", 2019; with people for the model.

    `learn` may be called from a background thread; until then only spelling counts.
    """

    def __init__(self, sentences: Iterable[tuple[str, Meaning]], told: Iterable[tuple[str, str]] = ()) -> None:
        """
        :param told: Records by id with what they tell in a sentence, for those that hardly anybody wrote a question for.
        """
        pairs, records = tuple(sentences), tuple(told)
        self.sentences: tuple[str, ...] = tuple(sentence for sentence, _ in pairs)
        self.meanings: tuple[Meaning, ...] = tuple(meaning for _, meaning in pairs)
        self._told = tuple(words for _, words in records)
        self._things = (*(each.record or NO_RECORD for each in self.meanings), *(id_ for id_, _ in records))
        self._spelt = SpeltAlike(self.sentences)
        self._vectors: Vectors | None = None
        self._resemblance: Resemblance | None = None
        self._lock = Lock()

    def learn(self, embed: Callable[[Sequence[str]], Vectors]) -> Vectors | None:
        """
        Turn the sentences into vectors; from then on meaning counts too.

        :returns: One a sentence, and after those one for what each record tells: the order of `of_records`.
        """
        if not self.sentences:
            return None
        vectors = embed((*self.sentences, *self._told))
        with self._lock:
            self._vectors, self._resemblance = vectors[: len(self.sentences)], Resemblance(vectors, self._things)
        return vectors

    @property
    def of_records(self) -> tuple[tuple[str, str], ...]:
        """Every sentence with the record that it asks for or that tells it; `NO_RECORD` for those that none answers."""
        return tuple(zip((*self.sentences, *self._told), self._things, strict=True))

    def likeness(self, text: str, vector: Vector | None) -> Scores:
        """
        How near each sentence is.

        :param vector: The message's unit vector, or None while there is none.
        :returns: One a sentence, 0 to 1.
        """
        spelt = self._spelt.scores(text)
        if vector is None or self._vectors is None:
            return spelt
        near = np.clip((self._vectors @ vector - _FARTHEST) / (_NEAREST - _FARTHEST), 0.0, 1.0)
        fused: Scores = _BY_MEANING * near + (1 - _BY_MEANING) * spelt
        return fused

    def meant(self, likeness: Scores, at_most: int = 8) -> tuple[Meant, ...]:
        """What the message may mean, the nearest first."""
        places = _highest(likeness, 8 * at_most)
        by_meaning = best_of([self.meanings[place] for place in places], [float(likeness[place]) for place in places])
        ranked = sorted(by_meaning.items(), key=lambda item: -item[1][0])[:at_most]
        return tuple(Meant(meaning, score, self.sentences[places[first]]) for meaning, (score, first) in ranked)

    def contained(self, text: str) -> Scores:
        """How much of each sentence the text holds; one a sentence, 0 to 1."""
        return self._spelt.contained(text)

    def records(self, likeness: Scores, contained: Scores, vector: Vector | None = None) -> dict[str, Near]:
        """
        How near each record is by the sentences that ask for it; `NO_RECORD` for those that none answers.

        :param likeness: As `likeness` gives it.
        :param contained: As `contained` gives it.
        """
        found: dict[str, Near] = {}
        for place in _highest(likeness, _LOOKED_AT_FOR_RECORDS).tolist():
            record, near = self._things[place], float(likeness[place])
            before = found.get(record)
            if before is None:
                found[record] = Near(near)
            elif not before.second:
                found[record] = before._replace(second=near)
        for place in _highest(contained, _HELD_LOOKED_AT).tolist():
            record, held = self._things[place], float(contained[place])
            if held >= _HELD_FROM:
                before = found.get(record, Near())
                found[record] = before._replace(held=max(before.held, held))
        for record, learnt in self._asked_for(likeness, vector).items():
            if record in found or learnt >= _LEARNT_FROM:
                found[record] = found.get(record, Near())._replace(learnt=learnt)
        return found

    def _asked_for(self, likeness: Scores, vector: Vector | None) -> dict[str, float]:
        if vector is None or self._resemblance is None:
            return {}
        told = self._resemblance.vectors[len(self.sentences) :] @ vector
        nearness = np.concatenate([likeness, _BY_MEANING * (told - _FARTHEST) / (_NEAREST - _FARTHEST)])
        return self._resemblance.asked_for(vector, nearness)

    def intents(self, likeness: Scores) -> dict[str, float]:
        """How near each intent is, by its nearest sentences; 0 to 1."""
        places = [place for place in np.argsort(-likeness)[:_LOOKED_AT].tolist() if self.meanings[place].intent]
        found = best_of([self.meanings[place].intent for place in places], [float(likeness[place]) for place in places])
        return {intent: score for intent, (score, _) in found.items()}


def _highest(scores: Scores, at_most: int) -> NDArray[np.intp]:
    """The places of the highest scores, highest first; of equal ones the first. Sorting them all takes a millisecond."""
    count = min(at_most, len(scores))
    places = np.argpartition(-scores, count - 1)[:count] if count else np.zeros(0, dtype=np.intp)
    found: NDArray[np.intp] = places[np.lexsort((places, -scores[places]))]
    return found


def with_taught(near: Mapping[str, Near], probable: Mapping[str, float]) -> dict[str, Near]:
    """How near records are, with the probability that a classifier gives each; those that it alone finds are added."""
    found = dict(near)
    for record, share in probable.items():
        if record in found or share >= _TAUGHT_FROM:
            found[record] = found.get(record, Near())._replace(taught=share)
    return found


def sentences_of(catalogue: Catalogue) -> Iterator[tuple[str, Meaning]]:
    """Every sentence with a known meaning: phrasings, examples of intents, and the wordings of each FAQ."""
    for phrasing in catalogue.content.phrasings:
        for sentence in phrasing.asks:
            yield sentence, Meaning(phrasing.intent, phrasing.answers, phrasing.aspect)
    for intent in catalogue.content.intents:
        for sentence in intent.examples:
            yield sentence, Meaning(intent.name)
    for faq in catalogue.all(Faq):
        for sentence in (faq.title, *faq.also_called):
            yield sentence, Meaning("", faq.id)


def told_of(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every record with its title and what it tells in short."""
    for record in catalogue:
        yield record.id, f"{record.title}. {record.summary}"


def best_of(keys: Sequence[Key], scores: Sequence[float]) -> dict[Key, tuple[float, int]]:
    """
    By key its score, and the place of its best.

    :param scores: Of each place, best first.
    """
    best: dict[Key, tuple[float, int]] = {}
    second: dict[Key, float] = {}
    for place, (key, score) in enumerate(zip(keys, scores, strict=True)):
        if key not in best:
            best[key] = (score, place)
        elif key not in second:
            second[key] = score
    return {key: (_BEST * score + _SECOND * second.get(key, 0.0), place) for key, (score, place) in best.items()}


def shares(scores: Mapping[Key, float], temperature: float, nothing: float = 0.0) -> dict[Key, float]:
    """
    Scores as probabilities: a softmax, in which `nothing` stands for all that was never written down.

    :param temperature: Fitted, so that a share means what it says (Guo et al., "On Calibration of Modern Neural
        Networks", 2017).
    """
    top = max([*scores.values(), nothing], default=nothing)
    raised = {key: math.exp((score - top) / temperature) for key, score in scores.items()}
    total = sum(raised.values()) + math.exp((nothing - top) / temperature)
    return {key: value / total for key, value in raised.items()}
