"""How money works on a route, year by year: what is due, what one earns, who helps to pay and what goes together."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from knowledge.fact import Localised
from knowledge.record import Frozen, Sector, Slug
from knowledge.route import Months
from knowledge.rule import Condition

Flow = Literal["pay", "earn", "receive", "borrow", "school-pays", "school-receives"]
"""Where the money goes: `pay`, `earn`, `receive` and `borrow` are the visitor's own purse."""
Level = Literal["associate-degree", "bachelor", "pabo", "master"]
"""What a programme leads to; a pabo is a bachelor whose institutional fees are known apart."""


class Fte(Frozen):
    """How large the job usually is, as a part of a full-time one, and who says so."""

    at_least: Decimal = Field(gt=0, le=1)
    at_most: Decimal = Field(gt=0, le=1)
    says: Localised

    @model_validator(mode="after")
    def _in_order(self) -> "Fte":
        if self.at_least > self.at_most:
            raise ValueError("`at_least` is more than `at_most`")
        return self


class FinanceItem(Frozen):
    """
    One cost, wage, grant or loan that returns on several routes, with the condition under which it applies.

    It holds no amount of its own: those stand in the record, so that an amount is corrected in one place.
    """

    id: Slug
    title: Localised
    flow: Flow
    record: Slug
    """The cost, subsidy or salary record that holds the amounts."""
    labels: tuple[str, ...] = ()
    """Which of its amounts: a label as it stands, or how it begins. Empty: all. Two of them make a range."""
    no_amount: bool = False
    """The record's amounts say nothing about this visitor: it is told without one."""
    follows_tuition: bool = False
    """At most the tuition that is due: a loan for the fee, or a grant that pays it."""
    when: Condition | None = None
    """For whom it is, in facts; empty: for everybody on the route."""
    says: Localised | None = None
    """The condition in words: `als je jonger bent dan 30`."""
    sure_if: Condition | None = None
    """Beyond `when`: with whom nothing is left to find out. Without it, what `also` says stays to be seen."""
    also: Localised | None = None
    """What no fact tells and somebody still has to look at: the income of parents, a place that is free."""
    unsure: Literal["whether", "how-much"] = "whether"
    """What `also` leaves open: whether there is any at all, or only how much it is."""

    @model_validator(mode="after")
    def _says_what_it_asks(self) -> "FinanceItem":
        if self.when is not None and self.says is None:
            raise ValueError("say in `says` for whom it is")
        if self.sure_if is not None and self.also is None:
            raise ValueError("say in `also` what stays to be seen when `sure_if` is not met")
        if self.no_amount and (self.labels or self.follows_tuition):
            raise ValueError("`no_amount` goes with neither `labels` nor `follows_tuition`")
        return self


class RouteItem(Frozen):
    """An item as one route has it: in which years, for how much of a job, and what more is asked."""

    item: Slug
    from_year: int = Field(default=1, ge=1, le=10)
    to_year: int | None = Field(default=None, ge=1, le=10)
    """The last year it applies in; empty: to the end."""
    fte: Fte | None = None
    """For a wage. Empty: it differs from school to school, and is told for a full-time job and not added up."""
    months: Months | None = None
    """In how many months of a year an amount a month is paid; empty: twelve."""
    when: Condition | None = None
    says: Localised | None = None
    also: Localised | None = None

    @model_validator(mode="after")
    def _says_what_it_asks(self) -> "RouteItem":
        if (self.when is None) is not (self.says is None):
            raise ValueError("give `when` together with `says`")
        if self.to_year is not None and self.to_year < self.from_year:
            raise ValueError("`to_year` lies before `from_year`")
        return self


class Tuition(Frozen):
    """Which fee is due on a route."""

    fee: Literal["collegegeld", "statutory", "school", "own", "none", "unknown"]
    """
    `collegegeld`: statutory or institutional, by the rule of its level; `statutory`: never the institutional one;
    `own`: a price of the programme, which stands among the items if it is known.
    """
    level: Level | None = None
    share: Decimal = Field(default=Decimal(1), gt=0, le=1)
    """For a programme that takes a part of a study year and a part of its fee."""
    once: bool = False
    """Whether the fee is due once, however long it takes."""
    says: Localised
    """In a sentence: who pays what to whom."""

    @model_validator(mode="after")
    def _knows_its_level(self) -> "Tuition":
        if (self.fee in ("collegegeld", "statutory")) is not (self.level is not None):
            raise ValueError("give `level` for collegegeld, and only then")
        return self


class RouteFinance(Frozen):
    """The money of one route."""

    route: Slug
    tuition: Tuition
    items: tuple[RouteItem, ...] = ()
    years: Months | None = None
    """How long, where the route's record has no duration. Neither: one year is shown, and said to be one."""
    unknown: tuple[Localised, ...] = ()
    """What no source tells, in a sentence each."""
    sources: tuple[Slug, ...] = ()
    """Empty: those of the route's record."""

    @property
    def id(self) -> str:
        """A route has one."""
        return self.route


class AmountOf(Frozen):
    """Amounts of one record; labels as in `FinanceItem`."""

    record: Slug
    labels: tuple[str, ...] = ()


class TuitionRule(Frozen):
    """When the institutional fee is due instead of the statutory one, for programmes of one level."""

    id: Level
    statutory: AmountOf
    institutional: AmountOf
    institutional_if: Condition
    says: Localised
    """The rule in a sentence."""
    not_judged: Localised
    """What else can decide and no fact tells: nationality, an old diploma."""
    sources: tuple[Slug, ...] = Field(min_length=1)


class Combination(Frozen):
    """Whether two schemes may be used for the same study, according to a source."""

    id: Slug
    between: tuple[Slug, Slug]
    """Ids of subsidy records."""
    allowed: Literal["yes", "no", "partly"]
    says: Localised
    sources: tuple[Slug, ...] = Field(min_length=1)

    def is_about(self, one: str, other: str) -> bool:
        """Whether it is about these two, in whichever order."""
        return {one, other} == set(self.between)

    @model_validator(mode="after")
    def _names_two(self) -> "Combination":
        if self.between[0] == self.between[1]:
            raise ValueError("name two schemes")
        return self


class SchoolCosts(Frozen):
    """What a zij-instromer costs a school in one kind of education, as far as sources tell."""

    id: Slug
    title: Localised
    sectors: tuple[Sector, ...] = Field(min_length=1)
    routes: tuple[Slug, ...] = Field(min_length=1)
    """Whose trajectories these are."""
    months: int = Field(gt=0, le=48)
    """How long a trajectory is planned to take."""
    training: AmountOf
    assessment: AmountOf | None = None
    """Of the suitability of the candidate; None: no source gives a price."""
    total: AmountOf | None = None
    """The average of a whole trajectory; None: no source gives one."""
    subsidy: AmountOf
    salary: AmountOf
    """The first step of the usual scale."""
    fte: Fte
    says: tuple[Localised, ...] = ()
    """What a board should know beside the amounts, a sentence each."""
    sources: tuple[Slug, ...] = Field(min_length=1)

    def taken(self) -> Iterator[AmountOf]:
        """Every record it takes an amount from."""
        yield from (each for each in (self.training, self.assessment, self.total, self.subsidy, self.salary) if each)


Finance = FinanceItem | RouteFinance | TuitionRule | Combination | SchoolCosts


def conditions_of(finance: Finance) -> Iterator[Condition]:
    """Every condition in it, for checking."""
    if isinstance(finance, TuitionRule):
        yield finance.institutional_if
    elif isinstance(finance, FinanceItem):
        yield from (each for each in (finance.when, finance.sure_if) if each is not None)
    elif isinstance(finance, RouteFinance):
        yield from (item.when for item in finance.items if item.when is not None)


def matching(labels: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    """The labels that are meant: the one that is written so, else those that begin so."""
    return (wanted,) if wanted in labels else tuple(label for label in labels if label.startswith(wanted))
