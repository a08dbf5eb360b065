"""What may be known about a visitor: the one vocabulary of chat, zelftest, rules, lead and evaluation."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from knowledge.record import Frozen

FactName = Literal[
    "sector",
    "role",
    "subject",
    "diploma_level",
    "diploma_field",
    "diploma_matches_subject",
    "diploma_country",
    "teaching_qualification",
    "works_in_education",
    "work_experience_years",
    "employer_commitment",
    "needs_income",
    "hours_per_week",
    "age",
    "municipality",
    "dutch_level",
    "statushouder",
    "previous_degree_in_education_or_care",
    "enrolled_in_teacher_training",
    "start",
    "goal",
    "motive",
    "situation",
]

FactValue = str | int | bool | frozenset[str]
"""A slug, a whole number, yes/no, or a set of slugs."""

Facts = Mapping[str, FactValue]


class FactType(StrEnum):
    """How a fact is answered."""

    CHOICE = "choice"
    SET = "set"
    NUMBER = "number"
    FLAG = "flag"
    SUBJECT = "subject"
    MUNICIPALITY = "municipality"
    TEXT = "text"


class Localised(Frozen):
    """A short text in Dutch and English."""

    nl: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_locale(self, locale: str) -> str:
        """The text in English for `en`, else in Dutch."""
        return self.en if locale == "en" else self.nl


class Option(Frozen):
    """One value that can be chosen."""

    value: str
    label: Localised
    also_called: tuple[str, ...] = ()
    """What people type when they mean this value."""
    means: Mapping[str, bool | str] = Field(default_factory=dict)
    """Other facts that follow when this is chosen: they need not be asked any more."""
    left_out_means: Mapping[str, bool | str] = Field(default_factory=dict)
    """Of a set: what follows when something is chosen and this is not."""


class Fact(Frozen):
    """One thing that may be known about a visitor, and the question that asks for it."""

    name: FactName
    type: FactType
    label: Localised
    """As it stands in the summary: `Hoogste diploma`."""
    also_called: tuple[str, ...] = ()
    """How people name it when they want it corrected or forgotten: `mijn leeftijd`, `waar ik woon`."""
    question: Localised
    why: Localised
    """Why we ask."""
    options: tuple[Option, ...] = ()
    """In order; for an ordered fact from low to high."""
    ordered: bool = False
    """Whether `at_least` and `at_most` mean something for its options."""
    minimum: int = 0
    maximum: int = 0
    effort: int = Field(default=1, ge=1, le=5)
    """How hard the question is for a person: 1 tap, 5 look up a paper."""
    after: FactName | Literal[""] = ""
    """What has to be asked first, if it is asked at all: who knows the subject knows whether a diploma matches it."""

    @property
    def is_asked(self) -> bool:
        """Whether the zelftest asks for it: no route hangs on where you live, and no rule can weigh free text."""
        return self.type not in (FactType.MUNICIPALITY, FactType.TEXT)

    def values(self) -> tuple[str, ...]:
        """The values that may be chosen, in order."""
        return tuple(option.value for option in self.options)

    def none_of_all(self) -> frozenset[str]:
        """Of a set in which leaving out means something: the answer that nothing in it holds. Else empty."""
        if not any(option.left_out_means for option in self.options):
            return frozenset()
        return frozenset(option.value for option in self.options if not option.left_out_means)

    def rank(self, value: str) -> int:
        """Where a value stands in an ordered fact, from 0 for the lowest."""
        return self.values().index(value)

    def parse(self, raw: Any) -> FactValue:
        """
        The value in its own type.

        :param raw: What came in from JSON, YAML or a form.
        :raises ValueError: If it is no value of this fact; the message is Dutch and can be shown.
        """
        if self.type is FactType.SET:
            listed = [raw] if isinstance(raw, str) else raw if isinstance(raw, (list, tuple, set, frozenset)) else ()
            # Looked at one by one before they become a set: JSON may hold what has no hash.
            if not listed or not all(isinstance(item, str) and item in self.values() for item in listed):
                raise ValueError(f"Kies bij ‘{self.label.nl}’ ({self.name}) uit: {', '.join(self.values())}.")
            return frozenset(listed)
        if self.type is FactType.CHOICE:
            if not isinstance(raw, str) or raw not in self.values():
                raise ValueError(f"Kies bij ‘{self.label.nl}’ ({self.name}) uit: {', '.join(self.values())}.")
            return raw
        if self.type is FactType.FLAG:
            if not isinstance(raw, bool):
                raise ValueError(f"Antwoord bij ‘{self.label.nl}’ ({self.name}) met true of false.")
            return raw
        if self.type is FactType.NUMBER:
            if isinstance(raw, bool) or not isinstance(raw, int) or not self.minimum <= raw <= self.maximum:
                raise ValueError(
                    f"Vul bij ‘{self.label.nl}’ ({self.name}) een heel getal in van {self.minimum} tot en met {self.maximum}."
                )
            return raw
        if not isinstance(raw, str) or not 1 <= len(raw.strip()) <= 200:
            raise ValueError(f"Vul bij ‘{self.label.nl}’ ({self.name}) een korte tekst in.")
        return raw.strip()


class Subject(Frozen):
    """A school subject."""

    id: str
    title: str
    sectors: tuple[Literal["po", "so", "vo", "mbo"], ...]
    also_called: tuple[str, ...] = ()
    shortage: bool = False


def unsound_meanings(fact: Fact, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """What is wrong with what its options mean for other facts, and what to do about it."""
    if fact.after and fact.after not in facts:
        yield f"{fact.name} is asked after {fact.after!r}", "use the name of a fact in facts.yaml"
    for option in fact.options:
        if option.means and fact.type not in (FactType.CHOICE, FactType.SET):
            yield f"{fact.name}: {option.value} cannot mean something else", "take away `means`"
        if option.left_out_means and fact.type is not FactType.SET:
            yield f"{fact.name} is no set, so nothing is left out", "take away `left_out_means`"
        for name, value in (*option.means.items(), *option.left_out_means.items()):
            if name == fact.name or name not in facts:
                yield f"{fact.name}: {option.value} says something of {name!r}", "name another fact in facts.yaml"
                continue
            try:
                facts[name].parse(value)
            except ValueError as error:
                yield f"{fact.name}: {option.value} means {name} {value!r}: {error}", f"use the values of {name}"
