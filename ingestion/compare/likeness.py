"""Likeness: what two tellings of something have in common, in words and in what they may be known by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz

from ingestion.extract.shingles import resemblance, shingles
from knowledge.numeral import folded

_RUN = 3
"""Words: what is told of one thing is short, and has few runs of five."""
_FEWEST_WORDS = 12
"""A text of fewer says too little to be alike."""
_TELLING = 7
"""Letters of a word that says something alone; a shorter one only counts beside another."""
_MOST_RUNS = 8


@dataclass(frozen=True)
class Features:
    """What something may be known by."""

    names: tuple[str, ...]
    text: str = ""
    """What is said of it."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """What two different things seldom share: a mailbox, an address, a moment at a place."""
    bounds: Mapping[str, str] = field(default_factory=dict)
    """In what the same thing does not differ: its town, its day."""

    @cached_property
    def runs(self) -> frozenset[int]:
        """The runs of words of the text; none if it says too little."""
        return shingles(self.text, _RUN) if len(self.text.split()) >= _FEWEST_WORDS else frozenset()

    def shareable(self) -> Iterator[object]:
        """What others that are like it have at least one of."""
        yield from self.runs
        yield from self.marks.items()
        yield from self.bounds.items()


@dataclass(frozen=True)
class Likeness:
    """How much two things are alike."""

    name: float
    """Of 100: the names, whatever the order of their words, and whichever has more of them."""
    text: float
    """From 0 to 1: of what either says, what both say."""
    marks: tuple[str, ...]
    """Those that they share."""

    @property
    def total(self) -> float:
        """To tell which of several is the most alike."""
        return self.text + self.name / 100 + len(self.marks)


def likeness(one: Features, other: Features) -> Likeness | None:
    """What two have in common; None if they are bound to different places or days."""
    if any(one.bounds[each] != other.bounds[each] for each in one.bounds.keys() & other.bounds.keys()):
        return None
    marks = tuple(each for each in one.marks if one.marks[each] == other.marks.get(each))
    return Likeness(names_alike(one.names, other.names), resemblance(one.runs, other.runs), marks)


def names_alike(one: Iterable[str], other: Iterable[str]) -> float:
    """How much the most alike of two lists of names are, of 100."""
    theirs = [folded(each) for each in other]
    return max((fuzz.token_set_ratio(folded(mine), each) for mine in one for each in theirs), default=0.0)


def sharing(all_features: Iterable[Features]) -> Mapping[object, tuple[int, ...]]:
    """By what may be shared the places of those that have it: so that nothing is held against everything."""
    found = defaultdict[object, list[int]](list)
    for at, each in enumerate(all_features):
        for key in each.shareable():
            found[key].append(at)
    return {key: tuple(places) for key, places in found.items()}


def alike_in(one: str, other: str) -> tuple[str, ...]:
    """The longest runs of words of the first that the second says too, as they stand in the first, in its order."""
    mine, theirs = list(_words(one)), [word for word, _, _ in _words(other)]
    blocks = SequenceMatcher(None, [word for word, _, _ in mine], theirs, autojunk=False).get_matching_blocks()
    told = [each for each in blocks if each.size > 1 or (each.size and len(mine[each.a][0]) >= _TELLING)]
    kept = sorted(sorted(told, key=lambda each: -each.size)[:_MOST_RUNS])
    return tuple(one[mine[each.a][1] : mine[each.a + each.size - 1][2]] for each in kept)


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    for match in re.finditer(r"\w+", text):
        yield folded(match[0]), match.start(), match.end()
