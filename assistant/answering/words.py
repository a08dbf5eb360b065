"""Words of visitors that nothing knows: from questions without an answer, with the known names that look like them."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from assistant.answering.gaps import Unanswered
from assistant.answering.understand.intents import Vector
from assistant.answering.understand.lexicon import known_words
from knowledge.catalogue import Catalogue
from knowledge.index.dutch import stem, words
from knowledge.index.search import Hit

NEAR = 75.0
"""From which likeness (rapidfuzz, 0 to 100) a known name is put forward: `meelupdag` is 84 to `meeloopdag`."""
_PART = 80.0
"""What a word counts that ends or begins with a name: `knuffelpabo`."""
_SHORTEST_PART = 4
_SHORTEST = 3
_MOST_NEAR = 3
_EXAMPLES = 3
Group = Literal["records", "municipalities"]


@dataclass(frozen=True)
class Near:
    """A name that is known and looks like the word."""

    group: Group
    id: str
    title: str
    """What it is the name of."""
    name: str


@dataclass(frozen=True)
class UnknownWord:
    """A word that stands in questions without an answer and nowhere in the content."""

    word: str
    count: int
    """In how many questions."""
    questions: tuple[str, ...]
    near: tuple[Near, ...]


class Vocabulary:
    """Every word that a catalogue and the language know, and every name with what it names."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._names: dict[str, list[Near]] = defaultdict(list)
        for near in _names(catalogue):
            self._names[" ".join(words(near.name))].append(near)
        known = {word for name in self._names for word in name.split()}
        for phrasing in catalogue.content.phrasings:
            for ask in phrasing.asks:
                known.update(words(ask))
        self._stems = {stem(word) for word in known}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for word in {name.replace(" ", ""), *name.split()}:
                if len(word) >= _SHORTEST_PART:
                    self._by_word[word].append(name)

    def knows(self, word: str) -> bool:
        """Whether a folded word is of the language, or stands in the content in some form."""
        plain = word.replace("-", "").replace("'", "")
        return (
            plain in known_words()
            or stem(word) in self._stems
            or all(part in known_words() or stem(part) in self._stems for part in word.split("-"))
        )

    def near(self, word: str) -> tuple[Near, ...]:
        """What the word may be another name for, the likest first."""
        found: dict[tuple[Group, str], Near] = {}
        alike = {
            known: score
            for known, score, _ in process.extract(
                word, list(self._by_word), scorer=fuzz.ratio, score_cutoff=NEAR, limit=None
            )
        }
        for known in self._by_word:
            if word.startswith(known) or word.endswith(known):
                alike[known] = max(alike.get(known, 0.0), _PART)
        # Of names with a word that is as like, the one that says least besides.
        names = [(-score, len(name), name) for known, score in alike.items() for name in self._by_word[known]]
        for _, _, name in sorted(names):
            for each in self._names[name]:
                found.setdefault((each.group, each.id), each)
        return tuple(found.values())[:_MOST_NEAR]


class Vocabularies:
    """The vocabulary of what is served now, and what the index finds for questions: made once for each catalogue."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[str, Vocabulary] | None = None
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, catalogue: Catalogue) -> Vocabulary:
        """The vocabulary of a catalogue."""
        with self._lock:
            if self._kept is None or self._kept[0] != catalogue.version:
                self._kept = catalogue.version, Vocabulary(catalogue)
                self._found.clear()
            return self._kept[1]

    def near_records(
        self, question: str, vector: Vector | None, catalogue: Catalogue, search: Callable[[], Sequence[Hit]]
    ) -> tuple[str, ...]:
        """
        The ids of the records whose passages fit a question best, best first.

        :param vector: Of the question; without one nothing is kept, since the index may still get its own.
        :param search: Asks the index.
        """
        key = catalogue.version, question
        if (kept := self._found.get(key)) is not None:
            return kept
        found = tuple(dict.fromkeys(hit.passage.record_id for hit in search() if hit.passage.record_id))
        if vector is not None:
            self._found[key] = found
        return found


def unknown_words(
    questions: Iterable[Unanswered], vocabulary: Vocabulary, ignored: Iterable[str] = (), limit: int = 30
) -> list[UnknownWord]:
    """
    The words that nothing knows, those of most questions first.

    :param ignored: Words of which an editor said that nothing is to be done with them.
    """
    left = frozenset(ignored)
    counts: Counter[str] = Counter()
    asked: dict[str, dict[str, None]] = defaultdict(dict)
    for question in questions:
        if question.dismissed:
            continue
        for word in dict.fromkeys(words(question.question)):
            if len(word) >= _SHORTEST and word not in left and word.strip("-'").isascii() and not _has_digit(word):
                counts[word] += 1
                asked[word][question.question] = None
    found = [word for word, _ in counts.most_common() if not vocabulary.knows(word)][:limit]
    return [UnknownWord(each, counts[each], tuple(asked[each])[:_EXAMPLES], vocabulary.near(each)) for each in found]


def knowing(word: str, catalogue: Catalogue) -> Mapping[Group, Sequence[Near]]:
    """What already goes by a word, or a part of it: records and municipalities."""
    sought = " ".join(words(word))
    found: dict[Group, list[Near]] = {"records": [], "municipalities": []}
    if sought:
        seen: set[tuple[Group, str]] = set()
        for near in _names(catalogue):
            if sought in " ".join(words(near.name)) and (near.group, near.id) not in seen:
                seen.add((near.group, near.id))
                found[near.group].append(near)
    return found


def _names(catalogue: Catalogue) -> Iterator[Near]:
    for record in catalogue:
        for name in (record.title, *record.also_called):
            yield Near("records", record.id, record.title, name)
    for municipality in catalogue.municipalities.values():
        for name in (municipality.name, *municipality.also_called, *municipality.places):
            yield Near("municipalities", municipality.id, municipality.name, name)


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
