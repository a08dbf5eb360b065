"""Statistics of the labour market: no number without what it counts, where, when, and whether it was measured or expected."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from knowledge.money import Year
from knowledge.record import Kind, PartialDate, Record


class Measure(StrEnum):
    """What is measured: figures of one measure and one unit can stand in one table or plot."""

    TEACHER_SHORTAGE = "lerarentekort"
    SCHOOL_LEADER_SHORTAGE = "schoolleiderstekort"
    VACANCIES = "vacatures"
    UNFILLED = "onvervulde-banen"
    CAREER_CHANGERS = "zij-instromers"
    STUDENTS = "studenten-in-opleiding"
    TRAINING_PLACES = "opleidingsscholen"
    INFLOW = "instroom-en-uitstroom"
    STAFF = "personeel"
    PART_TIME = "deeltijdfactor"
    ABSENCE = "verzuim"
    PUPILS = "leerlingen"
    SCHOOLS = "scholen"
    POPULATION = "bevolking"
    ORIENTATION = "kennismaken"
    COOPERATION = "samenwerking"


MEASURE_WORDS: dict[Measure, str] = {
    Measure.TEACHER_SHORTAGE: "Tekort aan leraren",
    Measure.SCHOOL_LEADER_SHORTAGE: "Tekort aan schoolleiders",
    Measure.VACANCIES: "Open vacatures",
    Measure.UNFILLED: "Banen die leeg blijven",
    Measure.CAREER_CHANGERS: "Zij-instromers",
    Measure.STUDENTS: "Studenten van lerarenopleidingen",
    Measure.TRAINING_PLACES: "Opleidingsscholen",
    Measure.INFLOW: "Wie erbij komt en wie weggaat",
    Measure.STAFF: "Personeel",
    Measure.PART_TIME: "Hoe groot een baan gemiddeld is",
    Measure.ABSENCE: "Ziekteverzuim",
    Measure.PUPILS: "Leerlingen en studenten",
    Measure.SCHOOLS: "Scholen",
    Measure.POPULATION: "Bevolking",
    Measure.ORIENTATION: "Kennismaken met het onderwijs",
    Measure.COOPERATION: "Samenwerking in de regio",
}
"""How a measure is called on a page."""

Nature = Literal["statistic", "rate", "forecast", "target"]
NATURE_WORDS: dict[Nature, str] = {
    "statistic": "Gemeten",
    "rate": "Gemeten over meer jaren",
    "forecast": "Verwachting",
    "target": "Doel",
}
"""What kind of number it is: an expectation or a goal is never told as a fact."""

Scope = Literal[
    "land", "grote-steden", "buiten-de-grote-steden", "provincie", "onderwijsregio", "arbeidsmarktregio", "stad", "stadsdeel", "organisatie"
]  # fmt: skip
"""What kind of area is counted. Figures of different kinds of area are not comparable: a city is not its region."""

Direction = Literal["up", "down", "flat", "down-then-up"]
DIRECTION_WORDS: dict[Direction, str] = {
    "up": "stijgt",
    "down": "daalt",
    "flat": "blijft ongeveer gelijk",
    "down-then-up": "daalt eerst en stijgt daarna",
}

Qualifier = Literal["ongeveer", "bijna", "minstens", "hoogstens"]


def dutch_number(value: Decimal) -> str:
    """A number as Dutch readers write it: `95.246`, `0,66`, `-4,3`."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


class Figure(Record):
    """
    One statistic or trend, never told without its area, date and source.

    Where the source gives a number `value` holds it; where it only says that something rises or falls, `direction` does.
    """

    kind: Literal[Kind.FIGURE] = Kind.FIGURE
    measure: Measure
    nature: Nature = "statistic"
    value: Decimal | None = None
    qualifier: Qualifier | None = None
    """How near the number is: `ongeveer 123 fte`."""
    unit: str = ""
    """What is counted, after the number: `fte`, `procent`, `personen`."""
    direction: Direction | None = None
    year: Year
    """The year or years that the number speaks of; where the source names none, the last that it can speak of."""
    date: PartialDate | None = None
    """The day or month of counting, where the source gives one."""
    area: str = Field(min_length=2)
    """Where was counted and in which kind of school, in words: `stad Den Haag, basisonderwijs`."""
    scope: Scope

    @model_validator(mode="after")
    def _says_something(self) -> "Figure":
        if self.value is None and self.direction is None:
            raise ValueError("give `value` with `unit`, or `direction`")
        if (self.value is None) != (not self.unit):
            raise ValueError("a `value` has a `unit`, and a `unit` a `value`")
        if self.date is not None and not self.year[:4] <= self.date[:4] <= self.year[-4:]:
            raise ValueError("`date` lies outside `year`")
        return self

    def in_words(self) -> str:
        """The number with its unit (`ongeveer 7.700 fte`), or which way it goes (`stijgt`)."""
        if self.value is None:
            return DIRECTION_WORDS[self.direction or "flat"]
        return " ".join(part for part in (self.qualifier, dutch_number(self.value), self.unit) if part)

    def details(self) -> Iterator[str]:
        # Without the measure: the title says it, and here it would make every figure look like the one that was asked for.
        told = f"{self.in_words()} ({self.area}, {self.year})."
        yield f"{NATURE_WORDS[self.nature]}: {told}" if self.nature in ("forecast", "target") else told
