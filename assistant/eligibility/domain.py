"""What a fact can be, cut into as few pieces as rules can tell apart."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.fact import Fact, FactType, FactValue
from knowledge.rule import Atom

ANOTHER = ""
"""Stands for every text that no rule lists."""
_MOST_OPTIONS_OF_A_SET = 8
_WRITTEN = (FactType.SUBJECT, FactType.MUNICIPALITY, FactType.TEXT)


@dataclass(frozen=True, eq=False)
class Domain:
    """
    The values of one fact as a finite list: `values[code(value)]` is a value that no rule can tell from `value`.

    Options and yes/no stand for themselves; a number is cut at the bounds that rules name, and its lowest value stands
    for the piece; a set is each of its non-empty subsets, small ones first. Of subjects and texts, those that the same
    rules list are one piece, and `ANOTHER` stands for what no rule lists.
    """

    fact: Fact
    values: tuple[FactValue, ...]
    _codes: dict[FactValue, int]
    _cuts: tuple[int, ...] = ()

    @classmethod
    def of(cls, fact: Fact, tests: Iterable[Atom]) -> "Domain":
        """
        The domain of a fact under the tests that rules make on it.

        :raises ValueError: If a set has so many options that its subsets cannot be listed.
        """
        if fact.type is FactType.NUMBER:
            cuts = tuple(sorted(cut for cut in _cuts(tests) if fact.minimum < cut <= fact.maximum))
            return cls(fact, (fact.minimum, *cuts), {}, cuts)
        if fact.type in _WRITTEN:
            return cls._written(fact, tests)
        values = _options(fact)
        return cls(fact, values, {value: place for place, value in enumerate(values)})

    @classmethod
    def _written(cls, fact: Fact, tests: Iterable[Atom]) -> "Domain":
        lists = list(dict.fromkeys(frozenset(_key(fact, value) for value in _named(test)) for test in tests))
        pieces: dict[tuple[bool, ...], list[FactValue]] = {}
        for value in sorted(frozenset[FactValue]().union(*lists), key=str):
            pieces.setdefault(tuple(value in listed for listed in lists), []).append(value)
        codes: dict[FactValue, int] = {ANOTHER: len(pieces)}
        for code, alike in enumerate(pieces.values()):
            codes |= dict.fromkeys(alike, code)
        return cls(fact, (*(alike[0] for alike in pieces.values()), ANOTHER), codes)

    def code(self, value: FactValue) -> int:
        """
        The place of the piece that the value falls in.

        :raises KeyError: If it is no value of the fact.
        """
        if self._codes:
            if self.fact.type is FactType.SET and isinstance(value, str):
                value = frozenset([value])
            place = self._codes.get(_key(self.fact, value))
            if place is None and ANOTHER in self._codes:
                place = self._codes[ANOTHER]
            if place is None:
                raise KeyError(f"{value!r} is no value of {self.fact.name}")
            return place
        return bisect_right(self._cuts, value) if isinstance(value, int) else 0

    def alike(self, values: Iterable[FactValue]) -> tuple[FactValue, ...]:
        """All that the rules cannot tell from these values; of a text what some rule lists, of a number itself."""
        codes = {self.code(value) for value in values}
        found = tuple(value for value, code in self._codes.items() if code in codes and value != ANOTHER)
        return found or tuple(values)

    def likely(self) -> Sequence[int]:
        """The codes to count with when a question is weighed: of a set, the single options alone."""
        if self.fact.type is FactType.SET:
            return range(len(self.fact.options))
        return range(len(self.values))


def _cuts(tests: Iterable[Atom]) -> set[int]:
    """The lowest numbers at which some test turns."""
    cuts = set()
    for test in tests:
        if isinstance(test.at_least, int):
            cuts.add(test.at_least)
        if isinstance(test.at_most, int):
            cuts.add(test.at_most + 1)
        if isinstance(test.is_, int):
            cuts |= {test.is_, test.is_ + 1}
    return cuts


def _options(fact: Fact) -> tuple[FactValue, ...]:
    options = fact.values()
    if fact.type is FactType.FLAG:
        return (False, True)
    if fact.type is FactType.CHOICE:
        return options
    if len(options) > _MOST_OPTIONS_OF_A_SET:
        raise ValueError(f"{fact.name} has {len(options)} options; a set may have {_MOST_OPTIONS_OF_A_SET}")
    sizes = range(1, len(options) + 1)
    return tuple(frozenset(subset) for size in sizes for subset in combinations(options, size))


def _key(fact: Fact, value: FactValue) -> FactValue:
    """The value as it is looked up: free text without regard to capitals."""
    return value.casefold() if fact.type is FactType.TEXT and isinstance(value, str) else value


def _named(test: Atom) -> Iterator[str]:
    """The texts that a test names."""
    for value in (*(test.one_of or ()), *(test.none_of or ()), test.is_):
        if isinstance(value, str):
            yield value
