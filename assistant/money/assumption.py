"""What a calculation takes for granted, each with where it comes from, so that its reader may put in figures of their own."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.money.amount import ZERO, Found, Span, found_in
from knowledge.catalogue import Catalogue
from knowledge.fact import Localised
from knowledge.finance import AmountOf, SchoolCosts
from knowledge.money import Money

Unit = Literal["euro", "euro-month", "months", "fte", "percent"]
Key = Literal[
    "subsidy",
    "training",
    "assessment",
    "guidance",
    "months",
    "delay",
    "stop",
    "training-due",
    "repayment",
    "salary",
    "fte",
]
_HUNDRED = Decimal(100)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,4})?")
_MOST: Mapping[Unit, Decimal] = {
    "euro": Decimal(500_000),
    "euro-month": Decimal(50_000),
    "months": Decimal(96),
    "fte": Decimal(1),
    "percent": _HUNDRED,
}
_TITLES: Mapping[Key, Localised] = {
    "subsidy": Localised(nl="Subsidie zij-instroom", en="Zij-instroom subsidy"),
    "training": Localised(nl="Scholing, hele traject", en="Training, whole trajectory"),
    "assessment": Localised(nl="Geschiktheidsonderzoek", en="Suitability assessment"),
    "guidance": Localised(
        nl="Begeleiding, studieverlof en vervanging, per maand", en="Guidance, study leave and replacement, per month"
    ),
    "months": Localised(nl="Duur volgens plan, in maanden", en="Length as planned, in months"),
    "delay": Localised(nl="Uitloop, in maanden", en="Delay, in months"),
    "stop": Localised(nl="Gestopt na, in maanden", en="Stopped after, in months"),
    "training-due": Localised(
        nl="Deel van de scholing dat je betaalt na stoppen, in procent",
        en="Part of the training due after stopping, in percent",
    ),
    "repayment": Localised(
        nl="Deel van de subsidie dat je terugbetaalt na stoppen, in procent",
        en="Part of the subsidy paid back after stopping, in percent",
    ),
    "salary": Localised(
        nl="Salaris bij een volledige baan, per maand bruto", en="Salary for a full-time job, gross per month"
    ),
    "fte": Localised(nl="Grootte van de baan, in fte", en="Size of the job, in fte"),
}
_OWN = Localised(nl="Door jou ingevuld.", en="Filled in by you.")
_NO_SOURCE = Localised(
    nl="Een aanname om mee te rekenen. Hiervoor is geen bron: vul in wat bij jullie past.",
    en="An assumption to count with. There is no source for it: fill in what fits you.",
)


@dataclass(frozen=True)
class Assumption:
    """One figure of a calculation, or the range it lies in as long as nobody fills it in."""

    key: Key
    title: Localised
    unit: Unit
    span: Span
    basis: Localised
    """What it rests on, in a sentence."""
    year: str = ""
    """The year it holds for; empty where it is no amount."""
    sources: tuple[str, ...] = ()
    is_known: bool = True
    """False if no source gives it and nobody filled it in: it counts as nothing, and is said to be unknown."""
    is_own: bool = False
    """Whether the reader filled it in."""

    @property
    def most(self) -> Decimal:
        """The most that may be filled in."""
        return _MOST[self.unit]


class OutOfRange(ValueError):
    """Figures that make no sense; `errors` says of each, by key, what would."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


def assumptions_of(catalogue: Catalogue, costs: SchoolCosts, year: int) -> dict[Key, Assumption]:
    """
    The assumptions as sources give them.

    :param year: The calendar year in which the study year of the calculation begins.
    """
    months = Decimal(costs.months)
    training = _amount(catalogue, "training", costs.training, year)
    assessment = _amount(catalogue, "assessment", costs.assessment, year)
    total = _found(catalogue, costs.total, year)
    halfway = months / 2
    made = (
        _amount(catalogue, "subsidy", costs.subsidy, year),
        training,
        assessment,
        _guidance(training, assessment, total, months),
        Assumption("months", _TITLES["months"], "months", _just(months), _planned(costs), sources=costs.sources),
        Assumption("delay", _TITLES["delay"], "months", _just(Decimal(12)), _DELAY),
        Assumption("stop", _TITLES["stop"], "months", _just(halfway), _NO_SOURCE),
        Assumption(
            "training-due", _TITLES["training-due"], "percent", Span(halfway / months * _HUNDRED, _HUNDRED), _DUE
        ),
        Assumption("repayment", _TITLES["repayment"], "percent", Span(ZERO, _HUNDRED), _REPAYMENT),
        _amount(catalogue, "salary", costs.salary, year, "euro-month"),
        Assumption(
            "fte", _TITLES["fte"], "fte", Span(costs.fte.at_least, costs.fte.at_most), _sentence(costs.fte.says)
        ),
    )
    return {each.key: each for each in made}


def with_own(known: Mapping[Key, Assumption], filled_in: Mapping[str, str]) -> dict[Key, Assumption]:
    """
    The assumptions with what the reader filled in; an empty text leaves one as it is.

    :param filled_in: Text by key, as people write numbers: `12.300`, `0,4`, `€ 1.900`.
    :raises OutOfRange: If something is no number, or one that cannot be.
    """
    changed = dict(known)
    errors: dict[str, str] = {}
    for key, each in known.items():
        text = filled_in.get(key, "").strip()
        if not text:
            continue
        value = number_in(text)
        least = Decimal(1) if key in ("months", "stop") else ZERO
        if value is None or not least <= value <= each.most:
            errors[key] = f"Vul bij “{each.title.nl}” een getal in van {least} tot en met {each.most}."
        else:
            changed[key] = replace(each, span=_just(value), basis=_OWN, year="", sources=(), is_known=True, is_own=True)
    if errors:
        raise OutOfRange(errors)
    return changed


def number_in(text: str) -> Decimal | None:
    """A number as people write it in Dutch: `12.300`, `1.900,50`, `0,4` or `€ 25000`; None if it is no number."""
    bare = text.replace("€", "").replace("\u00a0", "").replace(" ", "").replace("%", "")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    elif bare.count(".") >= 1 and all(len(part) == 3 for part in bare.split(".")[1:]):
        bare = bare.replace(".", "")
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def sources_of(assumptions: Iterable[Assumption]) -> tuple[str, ...]:
    """The ids of all their sources, each once."""
    return tuple(dict.fromkeys(source for each in assumptions for source in each.sources))


def _just(value: Decimal) -> Span:
    return Span(value, value)


def _found(catalogue: Catalogue, of: AmountOf | None, year: int) -> Found | None:
    record = catalogue.find(of.record) if of is not None else None
    return found_in(record, of.labels, year) if of is not None and isinstance(record, Money) else None


def _amount(catalogue: Catalogue, key: Key, of: AmountOf | None, year: int, unit: Unit = "euro") -> Assumption:
    found = _found(catalogue, of, year)
    if found is None:
        return Assumption(key, _TITLES[key], unit, Span(), _UNKNOWN, is_known=False)
    year_words = ", ".join(found.years)
    basis = Localised(nl=f"Bedrag van {year_words}.", en=f"Amount of {year_words}.")
    return Assumption(key, _TITLES[key], unit, found.span, basis, year_words, found.sources)


def _guidance(training: Assumption, assessment: Assumption, total: Found | None, months: Decimal) -> Assumption:
    """What is left of the average of a whole trajectory, spread over its months; unknown without such an average."""
    title = _TITLES["guidance"]
    if total is None:
        return Assumption("guidance", title, "euro-month", Span(), _UNKNOWN, is_known=False)
    low = (total.span.low - training.span.high - assessment.span.high) / months
    high = (total.span.high - training.span.low - assessment.span.low) / months
    return Assumption(
        "guidance", title, "euro-month", Span(max(low, ZERO), max(high, ZERO)), _REST, total.years[0], total.sources
    )


def _planned(costs: SchoolCosts) -> Localised:
    return Localised(
        nl=f"Zo lang duurt een traject meestal: {costs.months} maanden.",
        en=f"This is how long a trajectory usually takes: {costs.months} months.",
    )


def _sentence(says: Localised) -> Localised:
    return Localised(nl=f"{says.nl[:1].upper()}{says.nl[1:]}.", en=f"{says.en[:1].upper()}{says.en[1:]}.")


_UNKNOWN = Localised(
    nl="Hiervoor vonden wij geen bedrag. Vul het zelf in; nu telt het niet mee.",
    en="We found no amount for this. Fill it in yourself; now it does not count.",
)
_REST = Localised(
    nl="Berekend: het gemiddelde van een heel traject min scholing en onderzoek, gedeeld door de maanden.",
    en="Computed: the average of a whole trajectory less training and assessment, divided by the months.",
)
_DELAY = Localised(
    nl="Een aanname, zonder bron. De wet laat een bestuur de aanstelling hoogstens twee jaar verlengen (tekst van 2014).",
    en="An assumption without a source. The law lets a board extend the appointment by at most two years (text of 2014).",
)
_DUE = Localised(
    nl="Geen bron: het staat in de overeenkomst met de opleiding. We rekenen van naar verhouding tot alles.",
    en="No source: the agreement with the college says it. We count from pro rata to all of it.",
)
_REPAYMENT = Localised(
    nl="Geen bron zegt of een school na stoppen moet terugbetalen. We rekenen van niets tot alles. Vraag het DUO.",
    en="No source says whether a school has to pay back after a stop. We count from nothing to all of it. Ask DUO.",
)
