"""A condition on facts in three values: true, false, or not yet known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.fact import Fact, Facts, FactType, FactValue
from knowledge.rule import AllOf, AnyOf, Atom, Condition, Not

Truth = bool | None
"""None: what is known does not decide it."""


@dataclass(frozen=True, slots=True)
class Test:
    """
    A condition made ready to be asked often.

    `truth` is Kleene's strong logic: a conjunction with one false part is false, whatever is still open.
    `missing` names the facts that can still matter; it is empty as soon as the truth is known.
    """

    __test__ = False  # pytest takes a class of this name for a test case

    truth: Callable[[Facts], Truth]
    missing: Callable[[Facts], frozenset[str]]


def compiled(condition: Condition, vocabulary: Mapping[str, Fact]) -> Test:
    """
    The condition as closures.

    :param vocabulary: Facts by name: gives the order behind `at_least` and `at_most` for options.
    :raises ValueError: If an option is compared on a fact that the vocabulary does not hold.
    """
    if isinstance(condition, AllOf):
        return _joined([compiled(part, vocabulary) for part in condition.all_of], decides=False)
    if isinstance(condition, AnyOf):
        return _joined([compiled(part, vocabulary) for part in condition.any_of], decides=True)
    if isinstance(condition, Not):
        part = compiled(condition.not_, vocabulary)
        return Test(_denied(part.truth), part.missing)
    return _atomic(condition, vocabulary)


def evaluate(condition: Condition, facts: Facts, vocabulary: Mapping[str, Fact]) -> Truth:
    """Whether the facts meet the condition; None if that hangs on a fact that is not there."""
    return compiled(condition, vocabulary).truth(facts)


def residual(condition: Condition, facts: Facts, vocabulary: Mapping[str, Fact]) -> frozenset[str]:
    """
    The facts that can still matter to the condition: decided branches are dropped.

    Exact for a condition that names each fact once; else it may hold a fact too many, never one too few.
    """
    return compiled(condition, vocabulary).missing(facts)


def _joined(parts: list[Test], decides: bool) -> Test:
    """The conjunction (`decides` false) or disjunction (true) of the parts: one such part settles the whole."""
    truths = tuple(part.truth for part in parts)

    def truth(facts: Facts) -> Truth:
        is_open = False
        for each in truths:
            found = each(facts)
            if found is decides:
                return decides
            is_open = is_open or found is None
        return None if is_open else not decides

    def missing(facts: Facts) -> frozenset[str]:
        if truth(facts) is not None:
            return frozenset()
        return frozenset().union(*(part.missing(facts) for part in parts))

    return Test(truth, missing)


def _denied(truth: Callable[[Facts], Truth]) -> Callable[[Facts], Truth]:
    def denied(facts: Facts) -> Truth:
        found = truth(facts)
        return None if found is None else not found

    return denied


def _atomic(atom: Atom, vocabulary: Mapping[str, Fact]) -> Test:
    name = atom.fact
    holds = _holds(atom, vocabulary.get(name))
    itself, nothing = frozenset([str(name)]), frozenset[str]()

    def truth(facts: Facts) -> Truth:
        value = facts.get(name)
        return None if value is None else holds(value)

    def missing(facts: Facts) -> frozenset[str]:
        return itself if facts.get(name) is None else nothing

    return Test(truth, missing)


def _holds(atom: Atom, fact: Fact | None) -> Callable[[FactValue], bool]:
    """The atom as a test on a value. `is` on a set means: this one and no other."""
    is_text = fact is not None and fact.type is FactType.TEXT
    if atom.one_of is not None:
        return _overlaps(atom.one_of, wanted=True, is_text=is_text)
    if atom.none_of is not None:
        return _overlaps(atom.none_of, wanted=False, is_text=is_text)
    if atom.is_ is not None:
        wanted = atom.is_
        return lambda value: value == (frozenset([wanted]) if isinstance(value, frozenset) else wanted)
    bound = atom.at_least if atom.at_least is not None else atom.at_most
    rank = _rank(atom, fact)
    limit = rank(bound if bound is not None else 0)
    if atom.at_least is not None:
        return lambda value: rank(value) >= limit
    return lambda value: rank(value) <= limit


def _overlaps(values: tuple[str, ...], wanted: bool, is_text: bool) -> Callable[[FactValue], bool]:
    """Whether a value is listed, or a set holds one that is; free text without regard to capitals."""
    listed = frozenset(value.casefold() for value in values) if is_text else frozenset(values)

    def holds(value: FactValue) -> bool:
        if isinstance(value, frozenset):
            return listed.isdisjoint(value) is not wanted
        return ((value.casefold() if is_text and isinstance(value, str) else value) in listed) is wanted

    return holds


def _rank(atom: Atom, fact: Fact | None) -> Callable[[FactValue], int]:
    """Where a value stands: a number is its own rank, an option has its place in the vocabulary."""
    if isinstance(atom.at_least, int) or isinstance(atom.at_most, int):
        return lambda value: value if isinstance(value, int) else -1
    if fact is None or fact.type is not FactType.CHOICE:
        raise ValueError(f"{atom.fact} has no ordered options here: give `judge` the vocabulary that holds it")
    places = {value: place for place, value in enumerate(fact.values())}
    return lambda value: places[value] if isinstance(value, str) else -1
