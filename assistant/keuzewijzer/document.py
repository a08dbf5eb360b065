"""The keuzewijzer as data: everything that a page and a PDF set, in the order in which a board reads it."""

from typing import Literal

from assistant.keuzewijzer.prose import Part
from knowledge.record import Frozen

Refs = tuple[int, ...]
"""Numbers in the list of sources."""
Tone = Literal["good", "doubt", "bad"]


class Text(Frozen):
    """A sentence or a few, with the sources that say it."""

    text: str
    refs: Refs = ()
    basis: str = ""
    """The law and the article that it rests on, as far as known."""


class Fact(Frozen):
    """Something in a few words under a label."""

    label: str
    text: str
    refs: Refs = ()


class Sum(Frozen):
    """An amount with the period and the year it holds for; never one without."""

    what: str
    label: str
    """Which amount of it: `eerste jaar`; may be empty."""
    amount: str
    per: str
    year: str
    who: str
    refs: Refs


class Scheme(Frozen):
    """A grant, loan or allowance: for whom, how much, on which conditions, and whether it still runs."""

    title: str
    summary: str
    recipient: str
    is_for_school: bool
    status: str
    tone: Tone
    sums: tuple[Sum, ...]
    conditions: tuple[str, ...]
    apply: str
    deadlines: tuple[Part, ...]
    """What its record says of rounds, plans and when there is nothing."""
    instead: str
    uncertain: str
    refs: Refs


class Step(Frozen):
    """One step of a route."""

    title: str
    text: str
    duration: str


class Claim(Frozen):
    """What one of the sources that disagree says."""

    says: str
    who: str
    as_of: str
    ref: int


class Conflict(Frozen):
    """Where sources disagree."""

    about: str
    claims: tuple[Claim, ...]
    sure: str
    ask: str


class Agreement(Frozen):
    """Rights and duties of one side."""

    side: str
    rights: tuple[Text, ...]
    duties: tuple[Text, ...]


class CaseRow(Frozen):
    """One cost, or a sum, in each of the cases."""

    label: str
    """With the year that its amounts hold for."""
    cells: tuple[str, ...]
    is_sum: bool


class Bar(Frozen):
    """The costs of one case, drawn; in thousandths of the longest bar."""

    label: str
    costs: int
    subsidised: int
    """The part that the subsidy pays for sure."""
    words: str


class Cases(Frozen):
    """What a trajectory costs a school as planned, delayed and stopped, side by side."""

    columns: tuple[Fact, ...]
    """The cases: title, and what happens."""
    rows: tuple[CaseRow, ...]
    bars: tuple[Bar, ...]
    """Empty where not every cost is known: a drawing would lie."""
    notes: tuple[str, ...]
    assumptions: tuple[Text, ...]
    is_complete: bool
    """Whether every cost is known; if not, the sums say less than they seem."""
    refs: Refs


class RouteChapter(Frozen):
    """One route, as a school needs to know it."""

    id: str
    title: str
    summary: Text
    pay_while_learning: bool | None
    facts: tuple[Fact, ...]
    for_whom: tuple[Part, ...]
    how: tuple[Part, ...]
    admission: tuple[Text, ...]
    steps: tuple[Step, ...]
    first_step: str
    costs: tuple[Sum, ...]
    schemes: tuple[Scheme, ...]
    agreements: tuple[Agreement, ...]
    guidance: tuple[Text, ...]
    risks: tuple[Text, ...]
    cases: Cases | None
    """None: no source says what a trajectory costs."""
    programmes: tuple[Fact, ...]
    doubts: tuple[Text, ...]
    conflicts: tuple[Conflict, ...]


class TableRow(Frozen):
    """One aspect of every route in a table."""

    label: str
    cells: tuple[tuple[Text, ...], ...]


class Table(Frozen):
    """Routes side by side, at most four to a table."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


class Contact(Frozen):
    """A desk that a board or a candidate can turn to."""

    title: str
    summary: str
    ways: tuple[Fact, ...]
    """Phone, e-mail, site, address, hours, as far as they are known."""
    refs: Refs


class Extra(Frozen):
    """An explanation that holds in this region alone."""

    title: str
    parts: tuple[Part, ...]


class RegionPart(Frozen):
    """What the region has agreed and offers."""

    title: str
    summary: Text
    note: str
    """That the region is not there for this sector; empty: it is."""
    parts: tuple[Part, ...]
    partnerships: tuple[Fact, ...]
    extras: tuple[Extra, ...]
    schemes: tuple[Scheme, ...]
    uncertain: str
    conflicts: tuple[Conflict, ...]


class SourceRow(Frozen):
    """Where something comes from."""

    number: int
    title: str
    publisher: str
    address: str
    as_of: str


class Keuzewijzer(Frozen):
    """The whole document."""

    title: str
    board: str
    sector: str
    region: str
    day: str
    """The day of the document in words."""
    iso_day: str
    version: str
    """Of the published knowledge that it was made from."""
    at_a_glance: Table
    routes: tuple[RouteChapter, ...]
    tables: tuple[Table, ...]
    """Empty when there is one route: nothing to compare."""
    place: RegionPart
    contacts: tuple[Contact, ...]
    sources: tuple[SourceRow, ...]
    has_logo: bool
