"""What a zij-instromer costs a school when all goes to plan, when it takes longer, and when somebody stops."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.money.amount import Span, year_words
from assistant.money.assumption import Assumption, Key, assumptions_of, sources_of, with_own
from knowledge.catalogue import Catalogue
from knowledge.fact import Localised
from knowledge.finance import SchoolCosts
from knowledge.record import Sector

ScenarioKey = Literal["planned", "delayed", "stopped"]
_HUNDRED = Decimal(100)
_ONE = Decimal(1)
_TITLES: Mapping[ScenarioKey, Localised] = {
    "planned": Localised(nl="Volgens plan", en="As planned"),
    "delayed": Localised(nl="Met vertraging", en="Delayed"),
    "stopped": Localised(nl="Gestopt", en="Stopped"),
}
_NOTES = (
    Localised(
        nl="De gemiddelden komen uit onderzoek van 2022. De lonen zijn daarna gestegen, dus nu is een traject duurder.",
        en="The averages are of research in 2022. Wages have gone up since, so a trajectory costs more now.",
    ),
    Localised(
        nl="Het salaris telt niet mee in de kosten: wie les geeft, vervult een baan die de school toch betaalt. Wat iemand extra "
        "voor de klas staat, zit in de post begeleiding, studieverlof en vervanging. Werkgeverslasten zitten er niet in.",
        en="Salary is not among the costs: who teaches fills a job that the school pays anyway. What somebody does as an extra "
        "teacher is in guidance, study leave and replacement. Employer's charges are not in it.",
    ),
    Localised(
        nl="Stopt iemand, dan kan de school voor dezelfde persoon niet nog een keer subsidie krijgen.",
        en="If somebody stops, the school cannot get the subsidy for the same person again.",
    ),
)


@dataclass(frozen=True)
class ScenarioLine:
    """One cost, or the subsidy, in whole euros from least to most."""

    key: Key
    title: Localised
    span: Span
    says: Localised
    """How it was counted."""
    is_known: bool


@dataclass(frozen=True)
class Scenario:
    """One way in which a trajectory may go."""

    key: ScenarioKey
    title: Localised
    says: Localised
    """What happens."""
    months: Span
    costs: tuple[ScenarioLine, ...]
    subsidy: ScenarioLine
    total: Span
    """Of the costs, in whole euros."""
    net: Span
    """What the school pays itself: the costs less the subsidy, in whole euros; below nothing where money is left."""
    salary: Span
    """Gross salary in these months, in whole euros; not among the costs."""
    is_complete: bool
    """Whether every cost is known; if not, `net` says less than it seems."""


@dataclass(frozen=True)
class SchoolScenarios:
    """The scenarios of one kind of trajectory, with all that they take for granted."""

    id: str
    title: Localised
    study_year: str
    assumptions: tuple[Assumption, ...]
    scenarios: tuple[Scenario, ...]
    """As planned, delayed, stopped."""
    notes: tuple[Localised, ...]
    sources: tuple[str, ...]
    """Ids."""


def costs_in(catalogue: Catalogue, sector: Sector) -> tuple[SchoolCosts, ...]:
    """The kinds of trajectory in a sector, of which something is known; in vo there are two."""
    return tuple(each for each in catalogue.content.school_costs if sector in each.sectors)


def school_scenarios(
    catalogue: Catalogue, costs: SchoolCosts, first_year: int, filled_in: Mapping[str, str] | None = None
) -> SchoolScenarios:
    """
    The three scenarios of a kind of trajectory.

    :param first_year: The calendar year in which the study year begins, as `assistant.money.amount.study_year` gives it.
    :param filled_in: What the reader wants to count with, as text by key of an assumption; empty texts do not count.
    :raises OutOfRange: If something that was filled in cannot be.
    """
    known = with_own(assumptions_of(catalogue, costs, first_year), filled_in or {})
    months, delay, stop = (known[key].span for key in ("months", "delay", "stop"))
    scenarios = (
        _scenario("planned", known, months, Span(_ONE, _ONE), Span(_ONE, _ONE)),
        _scenario("delayed", known, months + delay, Span(_ONE, _ONE), Span(_ONE, _ONE)),
        _scenario("stopped", known, stop, _part(known["training-due"]), _kept(known["repayment"])),
    )
    return SchoolScenarios(
        id=costs.id,
        title=costs.title,
        study_year=year_words(first_year),
        assumptions=tuple(known.values()),
        scenarios=scenarios,
        notes=(*costs.says, *_NOTES),
        sources=tuple(dict.fromkeys((*sources_of(known.values()), *costs.sources))),
    )


def _part(percent: Assumption) -> Span:
    return Span(percent.span.low / _HUNDRED, percent.span.high / _HUNDRED)


def _kept(repaid: Assumption) -> Span:
    """What is left of a subsidy after paying back: least when most is paid back."""
    return Span(_ONE - repaid.span.high / _HUNDRED, _ONE - repaid.span.low / _HUNDRED)


def _scenario(
    key: ScenarioKey, known: Mapping[Key, Assumption], months: Span, training_due: Span, subsidy_kept: Span
) -> Scenario:
    guidance, salary, fte = known["guidance"].span, known["salary"].span, known["fte"].span
    costs = (
        _line(known["assessment"], known["assessment"].span, _ONCE),
        _line(known["training"], known["training"].span.times(training_due.low, training_due.high), _TRAINING[key]),
        _line(known["guidance"], guidance.times(months.low, months.high), _MONTHS_OF[key]),
    )
    subsidy = _line(known["subsidy"], known["subsidy"].span.times(subsidy_kept.low, subsidy_kept.high), _SUBSIDY[key])
    # Added up before rounding, so that the total is right to the euro.
    exact = Span()
    for each in costs:
        exact = exact + each.span
    return Scenario(
        key=key,
        title=_TITLES[key],
        says=_SAYS[key],
        months=months,
        costs=tuple(_rounded(each) for each in costs),
        subsidy=_rounded(subsidy),
        total=exact.rounded(),
        net=Span(exact.low - subsidy.span.high, exact.high - subsidy.span.low).rounded(),
        salary=salary.times(fte.low * months.low, fte.high * months.high).rounded(),
        is_complete=all(each.is_known for each in costs),
    )


def _line(assumption: Assumption, span: Span, says: Localised) -> ScenarioLine:
    title = _OF_ALL_MONTHS.get(assumption.key, assumption.title)
    return ScenarioLine(assumption.key, title, span, says, assumption.is_known)


def _rounded(line: ScenarioLine) -> ScenarioLine:
    return ScenarioLine(line.key, line.title, line.span.rounded(), line.says, line.is_known)


_OF_ALL_MONTHS: Mapping[Key, Localised] = {
    "training": Localised(nl="Scholing", en="Training"),
    "guidance": Localised(nl="Begeleiding, studieverlof en vervanging", en="Guidance, study leave and replacement"),
}
_ONCE = Localised(nl="Eén keer, voor de start.", en="Once, before the start.")
_TRAINING: Mapping[ScenarioKey, Localised] = {
    "planned": Localised(nl="Het hele traject.", en="The whole trajectory."),
    "delayed": Localised(
        nl="Het hele traject. Of de opleiding voor de uitloop extra rekent, weten wij niet.",
        en="The whole trajectory. Whether the college charges more for the delay we do not know.",
    ),
    "stopped": Localised(nl="Het deel dat je na stoppen betaalt.", en="The part that is due after stopping."),
}
_MONTHS_OF: Mapping[ScenarioKey, Localised] = {
    "planned": Localised(nl="Elke maand van het traject.", en="Each month of the trajectory."),
    "delayed": Localised(nl="Elke maand, ook in de uitloop.", en="Each month, also in the delay."),
    "stopped": Localised(nl="Elke maand tot het stoppen.", en="Each month until the stop."),
}
_SUBSIDY: Mapping[ScenarioKey, Localised] = {
    "planned": Localised(
        nl="Eén keer, als de aanvraag op tijd is en er geld is.", en="Once, if applied for in time and there is money."
    ),
    "delayed": Localised(nl="Eén keer; voor de uitloop komt er niets bij.", en="Once; nothing is added for the delay."),
    "stopped": Localised(nl="Wat je houdt na terugbetalen.", en="What is kept after paying back."),
}
_SAYS: Mapping[ScenarioKey, Localised] = {
    "planned": Localised(
        nl="De kandidaat haalt de bevoegdheid in de geplande tijd.", en="The candidate qualifies in the planned time."
    ),
    "delayed": Localised(
        nl="De kandidaat haalt de bevoegdheid, maar heeft langer nodig.",
        en="The candidate qualifies, but needs longer.",
    ),
    "stopped": Localised(
        nl="De kandidaat stopt halverwege en haalt de bevoegdheid niet.", en="The candidate stops and does not qualify."
    ),
}
