"""One sourced statement with one condition, which a visitor's facts meet or do not."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from knowledge.fact import FactName
from knowledge.record import Confidence, Frozen, Slug
from knowledge.source import LegalBasis


class Atom(Frozen):
    """
    A test on one fact.

    `one_of` on a set-valued fact is met when the sets overlap; `none_of` is its opposite. `at_least` and `at_most`
    count in the fact's own order: a number, or the place of an option.
    """

    fact: FactName
    one_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None
    at_least: int | str | None = None
    at_most: int | str | None = None
    is_: bool | int | str | None = Field(default=None, alias="is")

    @model_validator(mode="after")
    def _has_one_test(self) -> "Atom":
        tests = [self.one_of, self.none_of, self.at_least, self.at_most, self.is_]
        if sum(test is not None for test in tests) != 1:
            raise ValueError("give exactly one of one_of, none_of, at_least, at_most, is")
        return self


class AllOf(Frozen):
    """Met when every part is met."""

    all_of: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(Frozen):
    """Met when some part is met."""

    any_of: tuple["Condition", ...] = Field(min_length=1)


class Not(Frozen):
    """Met when its part is unmet."""

    not_: "Condition" = Field(alias="not")


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return next((key for key in ("all_of", "any_of", "not", "fact") if key in value), "fact")
    if isinstance(value, AllOf):
        return "all_of"
    if isinstance(value, AnyOf):
        return "any_of"
    return "not" if isinstance(value, Not) else "fact"


Condition = Annotated[
    Annotated[Atom, Tag("fact")]
    | Annotated[AllOf, Tag("all_of")]
    | Annotated[AnyOf, Tag("any_of")]
    | Annotated[Not, Tag("not")],
    Discriminator(_shape),
]


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every test in the condition, from left to right."""
    if isinstance(condition, AllOf):
        for part in condition.all_of:
            yield from atoms(part)
    elif isinstance(condition, AnyOf):
        for part in condition.any_of:
            yield from atoms(part)
    elif isinstance(condition, Not):
        yield from atoms(condition.not_)
    else:
        yield condition


class Rule(Frozen):
    """
    A dated, sourced statement about one route.

    A *requirement* has to be met, an *exclusion* must not be met, a *preference* moves the route up by `weight` when it
    is met and never refuses. A requirement or exclusion with `needs_adviser` never refuses either: where it would, the
    verdict is `ask_adviser`, with the reason given here.
    """

    id: Slug
    route: Slug
    kind: Literal["requirement", "exclusion", "preference"] = "requirement"
    statement: str = Field(min_length=10, max_length=400)
    """The rule in a plain Dutch sentence, as a visitor reads it."""
    statement_en: str = ""
    condition: Condition
    otherwise: str = ""
    """What to say when it refuses: what is missing and how to get there."""
    otherwise_en: str = ""
    needs_adviser: str = ""
    """Why a person has to look at it, in Dutch."""
    weight: int = Field(default=0, ge=-5, le=5)
    legal_basis: LegalBasis | None = None
    sources: tuple[Slug, ...] = Field(min_length=1)
    confidence: Confidence = "medium"
    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _says_what_now(self) -> "Rule":
        if self.kind == "preference":
            if self.weight == 0:
                raise ValueError("a preference needs a weight from -5 to 5, not 0")
        elif not (self.otherwise or self.needs_adviser):
            raise ValueError("say in `otherwise` what a visitor can do who does not meet this rule")
        return self

    def is_valid_on(self, day: date) -> bool:
        """Whether the rule holds on that day; a period excludes its last day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )

    def facts(self) -> frozenset[str]:
        """The names of the facts it looks at."""
        return frozenset(atom.fact for atom in atoms(self.condition))
