"""A way into teaching: for whom, how long, what it brings, and the steps in order."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from knowledge.record import Frozen, Kind, PartialDate, Record, Slug, reference_pairs

Role = Literal[
    "leraar",
    "vakleerkracht",
    "onderwijsassistent",
    "leraarondersteuner",
    "instructeur",
    "gastdocent",
    "schoolleider",
]
_TOLD_AS = {"starts": "Begin", "support": "Begeleiding", "dropout": "Wie stopt"}
_TIME_WORDS = {
    "nl": {"month": "maand", "months": "maanden", "year": "jaar", "years": "jaar", "to": "tot", "at most": "hoogstens"},
    "en": {"month": "month", "months": "months", "year": "year", "years": "years", "to": "to", "at most": "at most"},
}
Form = Literal["voltijd", "deeltijd", "duaal", "flexibel", "werken-en-leren"]


class Step(Frozen):
    """One step of a route, in the words of the visitor."""

    title: str
    text: str = ""
    duration: str = ""
    """How long it takes, in words, if a source says so."""


class Told(Frozen):
    """A sentence that is worth comparing routes on, with who says it and of when it speaks."""

    text: str = Field(min_length=3, max_length=400)
    """In plain Dutch, for the visitor."""
    sources: tuple[Slug, ...] = Field(min_length=1)
    as_of: PartialDate


MOST_MONTHS = 120
"""A plan of more than ten years is no plan."""


class Months(Frozen):
    """A length of time in months."""

    at_least: int = Field(ge=0, le=MOST_MONTHS)
    at_most: int = Field(ge=0, le=MOST_MONTHS)

    @model_validator(mode="after")
    def _in_order(self) -> "Months":
        if self.at_least > self.at_most:
            raise ValueError("`at_least` is more than `at_most`")
        return self

    def in_words(self, locale: str = "nl") -> str:
        """`12 tot 24 maanden`, in years when both are whole years (`1 tot 2 jaar`), `hoogstens 2 jaar` from nought."""
        low, high = self.at_least, self.at_most
        words = _TIME_WORDS["en" if locale == "en" else "nl"]
        unit = "months"
        if high and low % 12 == 0 and high % 12 == 0:
            low, high, unit = low // 12, high // 12, "years"
        name = words[unit[:-1] if high == 1 else unit]
        if low == 0 and high > 0:
            return f"{words['at most']} {high} {name}"
        return f"{low} {name}" if low == high else f"{low} {words['to']} {high} {name}"


class Route(Record):
    """
    A way to become or to be again a teacher, an assistant, an instructor or a school leader.

    `sectors` and `roles` count as requirements: a visitor who wants vo does not fit a po route.
    """

    kind: Literal[Kind.ROUTE] = Kind.ROUTE
    roles: tuple[Role, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = ()
    duration: Months | None = None
    hours_per_week: str = ""
    """Study load or the division of work and study, in words."""
    qualification: str = ""
    """What you have at the end, in words: which bevoegdheid."""
    teaches_in: tuple[str, ...] = ()
    income: str = ""
    """What you earn on the way, in words."""
    pay_while_learning: bool | None = None
    starts: Told | None = None
    """When in the year one can begin. None: no source says so."""
    support: Told | None = None
    """Who guides you on the way, at the school and at the programme."""
    dropout: Told | None = None
    """How many people stop on the way, with the year of the figure."""
    steps: tuple[Step, ...] = ()
    next_step: str = Field(min_length=5)
    """The first thing to do tomorrow."""
    costs: tuple[Slug, ...] = ()
    subsidies: tuple[Slug, ...] = ()
    salaries: tuple[Slug, ...] = ()
    institutions: tuple[Slug, ...] = ()
    orientations: tuple[Slug, ...] = ()
    related: tuple[Slug, ...] = ()

    def told(self) -> dict[str, Told]:
        """The sentences with sources of their own that this route has, by the name of their field."""
        named = {"starts": self.starts, "support": self.support, "dropout": self.dropout}
        return {name: told for name, told in named.items() if told is not None}

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        yield from super().references()
        yield from reference_pairs("costs", Kind.COST, self.costs)
        yield from reference_pairs("subsidies", Kind.SUBSIDY, self.subsidies)
        yield from reference_pairs("salaries", Kind.SALARY, self.salaries)
        yield from reference_pairs("institutions", Kind.INSTITUTION, self.institutions)
        yield from reference_pairs("orientations", Kind.ORIENTATION, self.orientations)
        yield from reference_pairs("related", Kind.ROUTE, self.related)

    def details(self) -> Iterator[str]:
        if self.duration:
            yield f"Duur: {self.duration.in_words()}."
        if self.hours_per_week:
            yield f"Tijd per week: {self.hours_per_week}"
        if self.qualification:
            yield f"Na afloop: {self.qualification}"
        if self.teaches_in:
            yield f"Je mag lesgeven in: {', '.join(self.teaches_in)}."
        if self.income:
            yield f"Inkomen: {self.income}"
        for name, told in self.told().items():
            yield f"{_TOLD_AS[name]}: {told.text}"
        for number, step in enumerate(self.steps, start=1):
            yield f"Stap {number}: {step.title}. {step.text} {step.duration}".strip()
        yield f"Eerste stap: {self.next_step}"
