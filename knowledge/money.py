"""What things cost, who pays, and what one earns: no amount without its year and its source."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from knowledge.record import Frozen, Kind, Record, Slug

Year = Annotated[str, Field(pattern=r"^\d{4}(-\d{4})?$", coerce_numbers_to_str=True)]
"""A calendar year `2026`, or a school year `2026-2027`."""

Per = Literal[
    "eenmalig",
    "studiejaar",
    "jaar",
    "maand",
    "week",
    "dag",
    "uur",
    "studiepunt",
    "traject",
    "kandidaat",
    "toets",
    "fte",
]
PER_WORDS: dict[str, str] = {
    "eenmalig": "eenmalig",
    "studiejaar": "per studiejaar",
    "jaar": "per jaar",
    "maand": "per maand",
    "week": "per week",
    "dag": "per dag",
    "uur": "per uur",
    "studiepunt": "per studiepunt",
    "traject": "voor het hele traject",
    "kandidaat": "per kandidaat",
    "toets": "per toets",
    "fte": "per fte",
}
PER_WORDS_EN: dict[str, str] = {
    "eenmalig": "once",
    "studiejaar": "per study year",
    "jaar": "per year",
    "maand": "per month",
    "week": "per week",
    "dag": "per day",
    "uur": "per hour",
    "studiepunt": "per credit",
    "traject": "for the whole course",
    "kandidaat": "per candidate",
    "toets": "per test",
    "fte": "per fte",
}

_SUM_WORDS = {
    "nl": ("ongeveer", "hoogstens", "minstens", "tot"),
    "en": ("about", "at most", "at least", "to"),
}
_ENGLISH_SIGNS = str.maketrans(",.", ".,")


def euros(value: Decimal) -> str:
    """
    The amount as Dutch readers write it.

    :returns: `€ 2.694`, or with cents when there are any: `€ 41,35`.
    """
    digits = f"{value:,.2f}" if value != value.to_integral_value() else f"{value:,.0f}"
    return "€ " + digits.translate(str.maketrans(",.", ".,"))


class Amount(Frozen):
    """
    A sum of money, or a range, with the period it is paid for and the year it holds for.

    Exactly one of `value` and (`at_least` and/or `at_most`) is given.
    """

    label: str = ""
    """What it is, in a few Dutch words: `wettelijk tarief`, `schaal LB, eerste trede`."""
    value: Decimal | None = Field(default=None, ge=0)
    at_least: Decimal | None = Field(default=None, ge=0)
    at_most: Decimal | None = Field(default=None, ge=0)
    currency: Literal["EUR"] = "EUR"
    per: Per
    year: Year
    approximate: bool = False
    sources: tuple[Slug, ...] = ()
    """Its own sources; empty: those of the record."""

    @model_validator(mode="after")
    def _is_a_sum_or_a_range(self) -> "Amount":
        if (self.value is None) == (self.at_least is None and self.at_most is None):
            raise ValueError("give either `value`, or `at_least` and/or `at_most`")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("`at_least` is more than `at_most`")
        return self

    def sum_in_words(self, locale: Literal["nl", "en"] = "nl") -> str:
        """The sum alone: `€ 2.694`, `ongeveer € 300`, `€ 100 tot € 200`; in English `€ 2,694`, `about € 300`."""
        about, at_most, at_least, to = _SUM_WORDS[locale]
        if self.value is not None:
            words = euros(self.value)
        elif self.at_least is None:
            words = f"{at_most} {euros(self.at_most or Decimal(0))}"
        elif self.at_most is None:
            words = f"{at_least} {euros(self.at_least)}"
        else:
            words = f"{euros(self.at_least)} {to} {euros(self.at_most)}"
        words = f"{about} {words}" if self.approximate else words
        return words.translate(_ENGLISH_SIGNS) if locale == "en" else words

    def in_words(self, locale: Literal["nl", "en"] = "nl") -> str:
        """The amount: `wettelijk tarief: € 2.694 per studiejaar (2026-2027)`. Its label is Dutch in both languages."""
        label = f"{self.label}: " if self.label else ""
        per = (PER_WORDS if locale == "nl" else PER_WORDS_EN)[self.per]
        return f"{label}{self.sum_in_words(locale)} {per} ({self.year})"


class Money(Record):
    """A record with amounts, the latest year first."""

    amounts: tuple[Amount, ...] = ()

    def details(self) -> Iterator[str]:
        return (f"{amount.in_words()}." for amount in self.amounts)


class Cost(Money):
    """What a visitor or a school has to pay."""

    kind: Literal[Kind.COST] = Kind.COST
    amounts: tuple[Amount, ...] = Field(min_length=1)
    paid_by: Literal["jij", "school", "school-of-jij"] = "jij"
    status: Literal["current", "ended"] = "current"


SchemeStatus = Literal["open", "closed", "ended", "unknown"]
SCHEME_STATUS_WORDS: dict[str, str] = {
    "open": "Deze regeling loopt.",
    "closed": "Deze regeling bestaat nog, maar je kunt nu niet aanvragen.",
    "ended": "Deze regeling is gestopt.",
    "unknown": "Of deze regeling nu loopt, weten wij niet zeker.",
}


class Subsidy(Money):
    """A grant, loan or allowance: for whom, how much, and whether it still runs."""

    kind: Literal[Kind.SUBSIDY] = Kind.SUBSIDY
    form: Literal["subsidie", "lening", "tegemoetkoming", "uitkering", "voordeel"]
    recipient: Literal["jij", "school", "opleiding", "regio"]
    """Who receives the money; `school` is the employer, so not the visitor."""
    status: SchemeStatus
    conditions: tuple[str, ...] = ()
    apply_at: str = ""
    """Where and by whom it is asked for, in a sentence."""
    replaced_by: Slug | None = None
    """For an ended scheme: what is there instead."""

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        yield from super().references()
        if self.replaced_by:
            yield "replaced_by", Kind.SUBSIDY, self.replaced_by

    def status_in_words(self) -> str:
        """Whether it still runs, in a Dutch sentence."""
        return SCHEME_STATUS_WORDS[self.status]

    def details(self) -> Iterator[str]:
        yield self.status_in_words()
        yield from super().details()
        yield from self.conditions
        if self.apply_at:
            yield self.apply_at


class Salary(Money):
    """What one earns in a job, gross and full-time unless the label says otherwise."""

    kind: Literal[Kind.SALARY] = Kind.SALARY
    amounts: tuple[Amount, ...] = Field(min_length=1)
    agreement: str = ""
    """The collective agreement: `cao po 2025`."""
