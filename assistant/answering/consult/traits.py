"""What sets records apart from each other, made ready once so that a question is held against them quickly."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from assistant.answering.consult.wanted import told_by
from assistant.answering.understand.text import joined
from knowledge.catalogue import Catalogue
from knowledge.index.dutch import STOPWORDS, stem, words
from knowledge.record import Kind, Record

Stems = frozenset[str]
_LEAST = 0.5
"""Added to counts, so that what was never seen together is rare and not impossible."""


@dataclass(frozen=True)
class Traits:
    """What one record is about, as far as a question can show it."""

    record: Record
    names: tuple[Stems, ...]
    """Of its title and of each other name."""
    text: Stems
    """Of everything it says."""
    about: frozenset[str]
    """Ids of itself and of the records it points at: its institution, its routes."""
    asked: frozenset[tuple[str, str]]
    """Pairs of intent and aspect with which people ask for it."""
    intents: frozenset[str]
    tells: frozenset[str] = frozenset()
    """Of what a question may want to hear: a share, a date."""


class RecordTraits:
    """The traits of every record of a catalogue, and how rare each word is among them."""

    def __init__(self, catalogue: Catalogue) -> None:
        asked: dict[str, set[tuple[str, str]]] = defaultdict(set)
        together: Counter[tuple[str, str]] = Counter()
        alone: Counter[str] = Counter()
        for phrasing in catalogue.content.phrasings:
            record = catalogue.find(phrasing.answers) if phrasing.answers else None
            kind = str(record.kind) if record is not None else ""
            together[phrasing.intent, kind] += len(phrasing.asks)
            alone[phrasing.intent] += len(phrasing.asks)
            if record is not None:
                asked[record.id].add((phrasing.intent, phrasing.aspect or ""))
        self._traits = {record.id: _traits(record, asked.get(record.id, ())) for record in catalogue}
        self._called: dict[str, list[str]] = defaultdict(list)
        for record in catalogue:
            for name in {joined(name) for name in (record.title, *record.also_called)}:
                self._called[name].append(record.id)
        seen = Counter(word for each in self._traits.values() for word in each.text)
        self._rarity = {word: math.log(1 + len(self._traits) / times) for word, times in seen.items()}
        self._unseen = math.log(1 + len(self._traits))
        kinds = ["", *map(str, Kind)]
        self._kinds = {
            intent: {kind: (together[intent, kind] + _LEAST) / (alone[intent] + _LEAST * len(kinds)) for kind in kinds}
            for intent in alone
        }

    def called(self, question: str) -> tuple[str, ...]:
        """The records of which the whole question is a title or another name."""
        return tuple(self._called.get(joined(question), ()))

    def find(self, record_id: str) -> Traits | None:
        """The traits of a record of the catalogue."""
        return self._traits.get(record_id)

    def rarity(self, word: str) -> float:
        """How telling a stem is: that of hardly any record is worth most."""
        return self._rarity.get(word, self._unseen)

    def share(self, asked: Stems, has: Collection[str]) -> float:
        """Which part of what is asked a text has, 0 to 1, rare words counting for more."""
        total = sum(map(self.rarity, asked))
        return sum(self.rarity(word) for word in asked if word in has) / total if total else 0.0

    def likeness(self, asked: Stems, names: Iterable[Stems]) -> float:
        """How alike the question and the best of the names are, 0 to 1 (Dice, rare words counting for more)."""
        mine = sum(map(self.rarity, asked))
        best = 0.0
        for name in names:
            theirs = sum(map(self.rarity, name))
            if mine + theirs:
                best = max(best, 2 * sum(self.rarity(word) for word in asked & name) / (mine + theirs))
        return best

    def mentioned(self, asked: Stems, names: Iterable[Stems]) -> float:
        """Which part of the best of the names the question has, 0 to 1."""
        return max((self.share(name, asked) for name in names if name), default=0.0)

    def kind_fits(self, intents: Mapping[str, float], kind: str) -> float:
        """
        How often people with these intents ask for a record of this kind.

        :param intents: Each with its probability.
        :param kind: Empty for no record at all.
        :returns: 0 to 1.
        """
        return sum(share * self._kinds.get(intent, {}).get(kind, 0.0) for intent, share in intents.items())


def stems_of(text: str) -> Stems:
    """The stems of the telling words of a text."""
    return frozenset(stem(word) for word in words(text) if word not in STOPWORDS)


def _traits(record: Record, asked: Iterable[tuple[str, str]]) -> Traits:
    english = [text.title for text in record.translations.values()]
    pairs = frozenset(asked)
    return Traits(
        record=record,
        names=tuple(stems for name in (record.title, *record.also_called, *english) if (stems := stems_of(name))),
        text=stems_of("\n".join((record.text(), *record.also_called))),
        about=frozenset({record.id, *(other for _, _, other in record.references())}),
        asked=pairs,
        intents=frozenset(intent for intent, _ in pairs),
        tells=told_by(record),
    )
