"""Conditions in three values, judged by the words of their definition: not with the closures that decide on routes."""

from collections.abc import Mapping

from knowledge.fact import Fact, Facts, FactType, FactValue
from knowledge.rule import AllOf, AnyOf, Atom, Condition, Not


def judged(condition: Condition, facts: Facts, vocabulary: Mapping[str, Fact]) -> bool | None:
    """Whether facts meet a condition; None if what is known does not decide it."""
    if isinstance(condition, Not):
        part = judged(condition.not_, facts, vocabulary)
        return None if part is None else not part
    if isinstance(condition, AllOf):
        parts = {judged(each, facts, vocabulary) for each in condition.all_of}
        return False if False in parts else None if None in parts else True
    if isinstance(condition, AnyOf):
        parts = {judged(each, facts, vocabulary) for each in condition.any_of}
        return True if True in parts else None if None in parts else False
    value = facts.get(condition.fact)
    return None if value is None else _atom(condition, value, vocabulary[condition.fact])


def _atom(atom: Atom, value: FactValue, fact: Fact) -> bool:
    told = {_plain(each, fact) for each in value} if isinstance(value, frozenset) else {_plain(value, fact)}
    if atom.one_of is not None:
        return bool(told & {_plain(each, fact) for each in atom.one_of})
    if atom.none_of is not None:
        return not told & {_plain(each, fact) for each in atom.none_of}
    if atom.is_ is not None:
        return told == {_plain(atom.is_, fact)}
    if atom.at_least is not None:
        return _place(value, fact) >= _place(atom.at_least, fact)
    return _place(value, fact) <= _place(atom.at_most or 0, fact)


def _plain(value: object, fact: Fact) -> object:
    return value.casefold() if isinstance(value, str) and fact.type is FactType.TEXT else value


def _place(value: object, fact: Fact) -> int:
    """A number as it is, an option by where it stands in its list."""
    return value if isinstance(value, int) else fact.values().index(str(value))
