"""Vocabulary: the names that our own records know, by which a page's municipalities and subjects are recognised."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.catalogue import Catalogue
from knowledge.numeral import folded

_PREPOSITION = re.compile(r"(?:\b(?:in|te|uit|bij|gemeente|regio|omgeving)|[,(:|–-])\s*$", re.IGNORECASE)
_NO_PLACES = frozenset(
    {"de bilt", "laak", "centrum", "escamp", "loosduinen", "zee", "duin", "bergen", "eem", "de lier", "leiden-noord"}
)
"""Names that a page rather means as something else."""


@dataclass(frozen=True)
class Vocabulary:
    """Names of places and of subjects, in small letters."""

    places: Mapping[str, str]
    """What a place is called, to the name of its municipality: `scheveningen` to `Den Haag`."""
    subjects: Mapping[str, str]
    """What a subject is called, to its id: `wiskunde` to `wiskunde`."""

    @cached_property
    def _place(self) -> re.Pattern[str]:
        return _any_of(self.places)

    @cached_property
    def _subject(self) -> re.Pattern[str]:
        return _any_of(self.subjects)

    def municipality(self, text: str) -> str:
        """The municipality that a text names: after `in` or a comma rather than anywhere; empty if there is none."""
        found = [
            (bool(_PREPOSITION.search(text[max(0, match.start() - 14) : match.start()])), match)
            for match in self._place.finditer(text)
            if match[0][0].isupper() or match[0][0] in "'’"
        ]
        best = next((match for led, match in found if led), found[0][1] if found else None)
        return self.places[folded(best[0])] if best else ""

    def subject(self, text: str) -> str | None:
        """The id of the subject that a title names, the longest name first; None if there is none."""
        found = max(self._subject.finditer(folded(text)), key=lambda each: len(each[0]), default=None)
        return self.subjects[found[0]] if found else None


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """The names in a catalogue."""
    places: dict[str, str] = {}
    for each in catalogue.content.municipalities:
        for name in (*each.places, *each.also_called, each.name):
            if len(name) > 3 and folded(name) not in _NO_PLACES:
                places[folded(name)] = each.name
    subjects: dict[str, str] = {}
    for subject in catalogue.content.subjects:
        for name in (*subject.also_called, subject.id.replace("-", " "), subject.title):
            if len(name) > 2:
                subjects.setdefault(folded(name), subject.id)
    return Vocabulary(places, subjects)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """One pattern of all names, the longest first; it matches nothing if there are none."""
    told = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{told or '(?!)'})(?![\w-])", re.IGNORECASE)
