"""Naming: which record a sentence or a cell is about, by the names that people have for it."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.index.dutch import folded, stem, words
from knowledge.record import Record

_CARRIES_NOTHING = frozenset(
    [
        "wat",
        "kost",
        "kosten",
        "de",
        "het",
        "een",
        "van",
        "voor",
        "en",
        "of",
        "in",
        "bij",
        "je",
        "ik",
        "als",
        "naar",
        "met",
        "per",
        "euro",
        "prijs",
        "bedrag",
        "geld",
        "krijg",
        "wie",
        "betaalt",
    ]
)
_CLEARLY = 1.25
"""So much better than the second best the best has to be: between two records that fit alike an editor chooses."""
NEAR, AROUND, FAR = 3.0, 1.5, 0.75
"""How much a name weighs in the cell or sentence itself, in the heading above it, and in the title of the page."""


@dataclass(frozen=True)
class Context:
    """Words around a finding, and how near they are."""

    text: str
    weight: float


class Names:
    """The names of records, to be found in text: a name is there if each of its words is."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {each.id: each for each in records}
        self._names = {
            each.id: [name for called in (each.title, *each.also_called) if (name := tokens(called))]
            for each in self._records.values()
        }
        seen = Counter(token for names in self._names.values() for token in set().union(*names))
        self._rarity = {token: math.log(1 + len(self._records) / count) for token, count in seen.items()}

    def best(self, contexts: Sequence[Context]) -> Record | None:
        """The record that these words name; None if none, or if another one fits about as well."""
        ranked = sorted(self.scores(contexts).items(), key=lambda each: -each[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEARLY * ranked[1][1]):
            return None
        return self._records[ranked[0][0]]

    def scores(self, contexts: Sequence[Context]) -> dict[str, float]:
        """Every record of which a name is in the words, with how much says so."""
        weights: dict[str, float] = {}
        for context in contexts:
            for token in tokens(context.text):
                weights[token] = max(weights.get(token, 0.0), context.weight)
        found = {}
        for record_id, names in self._names.items():
            best = 0.0
            for name in names:
                if name <= weights.keys():
                    # Every word of a name counts, and the one that is furthest away tells how near the name is.
                    rarity = sum(self._rarity[token] for token in name)
                    best = max(best, rarity * min(weights[token] for token in name))
            if best:
                found[record_id] = best
        return found


def tokens(text: str) -> frozenset[str]:
    """The stems that carry meaning; `zij-instromer` and `zij-instroom` are one word."""
    plain = folded(text).replace("zij-instro", "zijinstro").replace("zij instro", "zijinstro")
    found = {word for word in words(plain) if word not in _CARRIES_NOTHING and len(word) > 2}
    return frozenset("zijinstrom" if each.startswith("zijinstr") else stem(each) for each in found)
