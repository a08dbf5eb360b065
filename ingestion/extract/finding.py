"""Finding: one thing that a page says, with the very words, where they stand, and how sure we are of having read it right."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, HttpUrl, model_validator

from knowledge.money import Per, Year
from knowledge.record import Confidence, Frozen, Sector, Slug

LONGEST_QUOTE = 1_000
"""Characters of the words of a finding."""


class Place(Frozen):
    """Where on a page the words stand, so that an editor finds them with one look."""

    headings: tuple[str, ...] = ()
    """The headings above it, the highest first; empty: before the first heading, or in the page's data for machines."""
    offset: int = Field(default=0, ge=0)
    """Characters from the start of the page's Markdown to the first of the words."""
    page: int | None = Field(default=None, ge=1)
    """Of a document with printed pages."""
    row: str = ""
    """Of a table: what its first cell says."""
    column: str = ""
    """Of a table: what the head of the column says."""

    @property
    def section(self) -> str:
        """The nearest heading above it."""
        return self.headings[-1] if self.headings else ""


class AmountFound(Frozen):
    """A sum of money. Exactly one of `value` and (`at_least` and/or `at_most`) is given."""

    kind: Literal["amount"] = "amount"
    what: str = ""
    """What it is, in the page's words: `collegegeld`, `salaris schaal LB`."""
    for_whom: str = ""
    """Who pays or gets it, in the page's words; empty if the page does not say."""
    value: Decimal | None = Field(default=None, ge=0)
    at_least: Decimal | None = Field(default=None, ge=0)
    at_most: Decimal | None = Field(default=None, ge=0)
    per: Per | None = None
    """None: the page does not say."""
    year: Year | None = None
    """The calendar or school year that the page names with it."""
    approximate: bool = False

    @model_validator(mode="after")
    def _is_a_sum_or_a_range(self) -> "AmountFound":
        if (self.value is None) == (self.at_least is None and self.at_most is None):
            raise ValueError("give either `value`, or `at_least` and/or `at_most`")
        return self


DateRole = Literal["start", "deadline", "event", "valid_from", "valid_until", "stated"]
"""`deadline`: the last day to apply, enrol or pay; `stated`: named, and we do not know as what."""


class DateFound(Frozen):
    """A day, or a period from one day to another."""

    kind: Literal["date"] = "date"
    role: DateRole
    starts_on: date
    ends_on: date | None = None
    """The last day of a period, itself included."""
    precision: Literal["day", "month", "year"] = "day"
    """`month`: the page names the month alone, `starts_on` is its first day."""
    year_is_told: bool = True
    """False: the page leaves the year out, and the next such day after it was read is taken."""


class DurationFound(Frozen):
    """How long something takes."""

    kind: Literal["duration"] = "duration"
    what: str = ""
    at_least: Decimal = Field(ge=0)
    at_most: Decimal = Field(ge=0)
    """The same as `at_least` unless the page gives a range."""
    unit: Literal["jaar", "maand", "week", "dag", "dagdeel", "uur"]
    approximate: bool = False


class StudyLoadFound(Frozen):
    """How much time or how many credits something asks."""

    kind: Literal["study_load"] = "study_load"
    what: str = ""
    at_least: Decimal = Field(ge=0)
    at_most: Decimal = Field(ge=0)
    unit: Literal["uur", "dag", "dagdeel", "avond", "ec"]
    per: Literal["week", "maand", "jaar", "totaal"]
    approximate: bool = False


ConditionAbout = Literal[
    "diploma", "bevoegdheid", "vog", "werkgever", "geschiktheid", "taal", "ervaring", "leeftijd", "vooropleiding", "inkomen", "anders"
]  # fmt: skip


class ConditionFound(Frozen):
    """What one needs, must or may not."""

    kind: Literal["condition"] = "condition"
    statement: str = Field(min_length=3, max_length=600)
    """The sentence, in the page's words."""
    about: tuple[ConditionAbout, ...] = Field(min_length=1)
    refuses: bool = False
    """The sentence says who cannot rather than what one needs."""


class FigureFound(Frozen):
    """A number that says how many or how much of something: a shortage, a share, a count. Exactly one of `value` and a range."""

    kind: Literal["figure"] = "figure"
    what: str = ""
    """What is counted, in the page's words."""
    value: Decimal | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    unit: str = ""
    """`fte`, `procent`, `procentpunt`, or the noun that is counted: `leerlingen`."""
    on: str | None = Field(default=None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    """The year, month or day it is of, if the page says so."""
    approximate: bool = False

    @model_validator(mode="after")
    def _is_a_number_or_a_range(self) -> "FigureFound":
        if (self.value is None) == (self.at_least is None and self.at_most is None):
            raise ValueError("give either `value`, or `at_least` and/or `at_most`")
        return self


class VacancyFound(Frozen):
    """A job. What the page does not say is empty."""

    kind: Literal["vacancy"] = "vacancy"
    title: str = Field(min_length=2, max_length=300)
    school: str = ""
    board: str = ""
    municipality: str = ""
    sector: Sector | None = None
    subject: Slug | None = None
    """A subject of the catalogue."""
    fte_at_least: Decimal | None = Field(default=None, ge=0, le=2)
    fte_at_most: Decimal | None = Field(default=None, ge=0, le=2)
    scale: str = ""
    """`LB`, `L11`, `LB of LC`."""
    closes_on: date | None = None
    published_on: date | None = None
    welcomes_zij_instromers: bool | None = None
    url: HttpUrl | None = None
    description: str = Field(default="", max_length=4_000)


class EventFound(Frozen):
    """Something to go to on a day."""

    kind: Literal["event"] = "event"
    title: str = Field(min_length=2, max_length=300)
    starts_at: datetime
    """Local time in the Netherlands, without a zone. Midnight: the hour is not told."""
    ends_at: datetime | None = None
    place: str = ""
    municipality: str = ""
    is_online: bool = False
    is_cancelled: bool = False
    price: str = ""
    """In words, `gratis` among them."""
    url: HttpUrl | None = None
    description: str = Field(default="", max_length=4_000)


class ContactFound(Frozen):
    """How to reach an organisation."""

    kind: Literal["contact"] = "contact"
    organisation: str = ""
    email: str = ""
    phone: str = Field(default="", pattern=r"^(\+\d{6,15})?$")
    """As E.164: `+31701234567`."""
    street: str = ""
    postcode: str = Field(default="", pattern=r"^(\d{4} [A-Z]{2})?$")
    municipality: str = ""
    """The place of the address, as it is written there."""
    url: HttpUrl | None = None
    hours: str = ""
    """When it can be reached, in the page's words."""


class QuestionFound(Frozen):
    """A question with its answer, as a page gives them."""

    kind: Literal["question"] = "question"
    question: str = Field(min_length=3, max_length=500)
    answer: str = Field(min_length=1, max_length=8_000)


class CourseFound(Frozen):
    """A programme or course that an institution gives."""

    kind: Literal["course"] = "course"
    title: str = Field(min_length=2, max_length=300)
    provider: str = ""
    url: HttpUrl | None = None
    description: str = Field(default="", max_length=4_000)
    credits: Decimal | None = Field(default=None, ge=0)
    price: Decimal | None = Field(default=None, ge=0)
    """In euros."""
    starts_on: date | None = None
    mode: str = ""
    """`voltijd`, `deeltijd`, `online`, in the page's words."""


class SchoolFound(Frozen):
    """A location of a school in a list of them, with the board it belongs to."""

    kind: Literal["school"] = "school"
    name: str = Field(min_length=2, max_length=300)
    brin: str = Field(default="", max_length=10)
    """Its number in the registers of DUO: `12AB`, `12AB00`."""
    board: str = ""
    board_number: str = Field(default="", pattern=r"^(\d{5})?$")
    municipality: str = ""
    sector: Sector | None = None


Value = Annotated[
    AmountFound
    | DateFound
    | DurationFound
    | StudyLoadFound
    | ConditionFound
    | FigureFound
    | VacancyFound
    | EventFound
    | ContactFound
    | QuestionFound
    | CourseFound
    | SchoolFound,
    Field(discriminator="kind"),
]


class Origin(StrEnum):
    """How a finding was read."""

    TEXT = "text"
    TABLE = "table"
    DATA = "data"
    """What the page says to machines: JSON-LD or microdata."""


class Finding(Frozen):
    """One thing that a page says. The same words read twice give the same finding."""

    value: Value
    words: str = Field(min_length=1, max_length=LONGEST_QUOTE)
    """The exact words of the page; of data for machines: what it says, as JSON."""
    place: Place = Place()
    confidence: Confidence
    """That it was read right, not that it is true. `low`: an editor should look at the words first."""
    origin: Origin = Origin.TEXT

    @property
    def kind(self) -> str:
        """What is found: `amount`, `date`, `vacancy` …"""
        return self.value.kind


class PageKind(StrEnum):
    """What a page or a section is for."""

    VACANCY = "vacancy"
    VACANCIES = "vacancies"
    EVENT = "event"
    EVENTS = "events"
    ROUTE = "route"
    MONEY = "money"
    """Costs, subsidies or salaries."""
    CONDITIONS = "conditions"
    QUESTIONS = "questions"
    CONTACT = "contact"
    NEWS = "news"
    REPORT = "report"
    """A plan or a report: long, with figures."""
    OTHER = "other"


class Section(Frozen):
    """A part of a page under one heading."""

    headings: tuple[str, ...]
    kind: PageKind
    offset: int = Field(ge=0)


class PageFindings(Frozen):
    """All that was read from one page."""

    kind: PageKind
    sections: tuple[Section, ...] = ()
    findings: tuple[Finding, ...] = ()
    """In the order of the page; what it says to machines comes first."""
    repairs: tuple[str, ...] = ()
    """What was wrong with its data for machines, in English for the run's report."""

    def of(self, kind: str) -> tuple[Finding, ...]:
        """The findings of one kind."""
        return tuple(each for each in self.findings if each.kind == kind)
