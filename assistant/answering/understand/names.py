"""Names of things in a question: records, values of facts, subjects, places; misspelt ones too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.answering.understand.text import Text, joined
from knowledge.catalogue import Catalogue
from knowledge.fact import FactType
from knowledge.record import Kind

MAX_WORDS = 6
"""The longest name, in words."""


@dataclass(frozen=True)
class Target:
    """What a name stands for: `record pabo-voltijd`, `diploma_level hbo-bachelor`, `subject wiskunde`, `place delft`."""

    group: str
    """`record`, `subject`, `place`, `elsewhere`, or the name of a fact."""
    id: str
    kind: str = ""
    """Of a record: names of two kinds may overlap, as `pabo` does with `wat kost de pabo`."""


@dataclass(frozen=True)
class Mention:
    """A name as it was found: which words, and how sure (1 is letter for letter)."""

    target: Target
    start: int
    end: int
    """Tokens from `start` up to, not including, `end`."""
    words: str
    likeness: float

    @property
    def length(self) -> int:
        """How many words it takes up."""
        return self.end - self.start


_EASILY_MEANT_OTHERWISE = frozenset(
    {"ad", "dr", "ir", "so", "p", "is", "b1", "lio", "ib", "mi", "de", "het", "een", "school"}
)
"""Names so short or so common that only the exact spelling, as a word of its own, counts; never a misspelling of them."""

_LISTED_KINDS = frozenset(Kind) - {Kind.FIGURE, Kind.FAQ, Kind.STORY, Kind.VACANCY, Kind.EVENT}
"""Kinds that people call by name. The rest is found by searching."""


class NameIndex:
    """
    All names of a catalogue, by their joined letters.

    :param known_words: Ordinary Dutch and English words: never taken for a misspelt name.
    :param elsewhere: Dutch places outside our regions.
    """

    def __init__(self, catalogue: Catalogue, known_words: frozenset[str], elsewhere: Iterable[str] = ()) -> None:
        self._targets: dict[str, tuple[Target, ...]] = {}
        self._known = known_words
        found: dict[str, dict[Target, None]] = defaultdict(dict)
        for name, target in _names(catalogue):
            key = joined(name)
            if len(key) >= 2:
                found[key][target] = None
        for place in elsewhere:
            key = joined(place)
            if len(key) >= 3 and key not in found and key not in known_words:
                found[key][Target("elsewhere", place)] = None
        self._targets = {key: tuple(targets) for key, targets in found.items()}

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        lengths: dict[int, list[str]] = defaultdict(list)
        for key, targets in self._targets.items():
            # A place far away is only meant when it is spelt right: "geert" is not Gemert.
            if key not in _EASILY_MEANT_OTHERWISE and any(target.group != "elsewhere" for target in targets):
                lengths[len(key)].append(key)
        return lengths

    def find(self, text: Text) -> tuple[Mention, ...]:
        """Every name in the text, the longest where names of one group overlap; in reading order."""
        mentions: list[Mention] = []
        words = text.words
        for start in range(len(words)):
            for end in range(min(len(words), start + MAX_WORDS), start, -1):
                key = "".join(words[start:end])
                likeness = 1.0
                targets = self._targets.get(key)
                if targets is None:
                    near = self._nearest(key, words[start:end])
                    if near is None:
                        continue
                    near_key, likeness = near
                    targets = self._targets[near_key]
                quote = text.quote(start, end)
                mentions += [Mention(target, start, end, quote, likeness) for target in targets]
        return tuple(_longest(mentions))

    def _nearest(self, key: str, words: tuple[str, ...]) -> tuple[str, float] | None:
        """The name this is a misspelling of: one letter wrong from 5 letters on, two from 9."""
        if len(key) < 5 or len(words) > 3 or all(word in self._known or word.isdigit() for word in words):
            return None
        if len(words) > 1 and any(char.isdigit() for char in key):
            return None
        if len(words) > 1 and (
            (words[0] in self._known and len(words[0]) < 4) or (words[-1] in self._known and len(words[-1]) < 4)
        ):
            return None
        allowed = 1 if len(key) < 9 else 2
        choices = [
            near
            for length in range(len(key) - allowed, len(key) + allowed + 1)
            for near in self._by_length.get(length, ())
        ]
        best = process.extractOne(key, choices, scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
        if best is None or (best[0][0] != key[0] and best[1] > 1):
            return None
        return best[0], 1 - best[1] / len(key)


def _names(catalogue: Catalogue) -> Iterator[tuple[str, Target]]:
    for record in catalogue:
        if record.kind in _LISTED_KINDS:
            target = Target("record", record.id, record.kind)
            for name in (record.title, *record.also_called, *(text.title for text in record.translations.values())):
                yield name, target
    for fact in catalogue.facts.values():
        if fact.type in (FactType.CHOICE, FactType.SET, FactType.FLAG):
            for option in fact.options:
                for name in option.also_called:
                    yield name, Target(str(fact.name), option.value)
    for subject in catalogue.subjects.values():
        for name in (subject.title, *subject.also_called):
            yield name, Target("subject", subject.id)
    for field in catalogue.fields.values():
        for name in (field.title, *field.also_called):
            yield name, Target("diploma_field", field.id)
    for profession in catalogue.professions.values():
        for name in (profession.title.nl, profession.title.en, *profession.also_called):
            yield name, Target("profession", profession.id)
    for municipality in catalogue.municipalities.values():
        for name in (municipality.name, *municipality.also_called, *municipality.places):
            yield name, Target("place", municipality.id)


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Without the mentions that lie inside a longer or better one of the same group."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda each: (-each.length * each.likeness, each.start)):
        inside = any(
            (other.target.group, other.target.kind) == (mention.target.group, mention.target.kind)
            and other.start < mention.end
            and mention.start < other.end
            and (other.start, other.end) != (mention.start, mention.end)
            for other in kept
        )
        if not inside:
            kept.append(mention)
    return sorted(kept, key=lambda each: (each.start, each.end))
