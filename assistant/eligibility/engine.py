"""Rules and facts to one verdict a rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from assistant.eligibility.condition import Test, compiled
from knowledge.fact import Fact, Facts
from knowledge.rule import Rule


@dataclass(frozen=True, slots=True)
class Met:
    """
    The visitor passes this rule.

    For a requirement or a preference its condition is true; for an exclusion it is false: the visitor is not excluded.
    """

    rule: Rule
    met: ClassVar[bool | None] = True
    state: ClassVar[Literal["met", "unmet", "open"]] = "met"


@dataclass(frozen=True, slots=True)
class Unmet:
    """The visitor does not pass this rule: a requirement or preference is false, or an exclusion true."""

    rule: Rule
    met: ClassVar[bool | None] = False
    state: ClassVar[Literal["met", "unmet", "open"]] = "unmet"


@dataclass(frozen=True, slots=True)
class Open:
    """What the visitor told does not decide this rule yet; `missing` are the facts that can."""

    rule: Rule
    missing: frozenset[str] = field(default_factory=frozenset)
    met: ClassVar[bool | None] = None
    state: ClassVar[Literal["met", "unmet", "open"]] = "open"


RuleVerdict = Met | Unmet | Open


class Judge:
    """One rule, made ready to be judged on many visitors."""

    __slots__ = ("_test", "_when_false", "_when_true", "rule")

    def __init__(self, rule: Rule, vocabulary: Mapping[str, Fact]) -> None:
        self.rule = rule
        self._test: Test = compiled(rule.condition, vocabulary)
        excludes = rule.kind == "exclusion"
        self._when_true: RuleVerdict = Unmet(rule) if excludes else Met(rule)
        self._when_false: RuleVerdict = Met(rule) if excludes else Unmet(rule)

    def verdict(self, facts: Facts) -> RuleVerdict:
        """Met, Unmet or Open."""
        truth = self._test.truth(facts)
        if truth is None:
            return Open(self.rule, self._test.missing(facts))
        return self._when_true if truth else self._when_false


def judge(
    rules: Iterable[Rule], facts: Facts, on: date, vocabulary: Mapping[str, Fact] | None = None
) -> tuple[RuleVerdict, ...]:
    """
    One verdict for each rule that is valid on the day, in the order of the rules.

    :param vocabulary: Facts by name; needed where a rule compares options (`at_least: B2`).
    :raises ValueError: If a rule compares options and the vocabulary does not say their order.
    """
    known = vocabulary or {}
    return tuple(Judge(rule, known).verdict(facts) for rule in rules if rule.is_valid_on(on))
