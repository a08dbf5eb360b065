"""The scenarios for a school as a page or a document lays them out: a table, bars, assumptions and sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.money.amount import ZERO, Span
from assistant.money.assumption import Assumption, Unit
from assistant.money.chart import Chart, Measure, drawn_chart
from assistant.money.school import Scenario, ScenarioLine, SchoolScenarios
from assistant.money.telling import SourceTold
from assistant.money.wording import Locale, euros_in, span_in_words
from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class ScenarioColumn:
    """A scenario's heading, and what happens in it."""

    title: str
    says: str


@dataclass(frozen=True)
class ScenarioRow:
    """One amount in each of the scenarios."""

    title: str
    cells: tuple[str, ...]
    says: tuple[str, ...] = ()
    """How it was counted in each; empty where the title says enough."""
    is_total: bool = False


@dataclass(frozen=True)
class AssumptionRow:
    """One figure that the calculation rests on."""

    key: str
    title: str
    words: str
    basis: str
    sources: tuple[int, ...]
    """Places in the list of sources, from 1."""
    is_own: bool
    is_known: bool


@dataclass(frozen=True)
class ShownScenarios:
    """What is shown of the scenarios."""

    title: str
    study_year: str
    columns: tuple[ScenarioColumn, ...]
    rows: tuple[ScenarioRow, ...]
    chart: Chart | None
    assumptions: tuple[AssumptionRow, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceTold, ...]


_UNITS: dict[Locale, dict[Unit, str]] = {
    "nl": {"euro": "", "euro-month": "per maand", "months": "maanden", "fte": "fte", "percent": "procent"},
    "en": {"euro": "", "euro-month": "per month", "months": "months", "fte": "fte", "percent": "percent"},
}
_WORDS: dict[Locale, dict[str, str]] = {
    "nl": {"to": "tot", "unknown": "niet bekend", "total": "Kosten samen", "net": "Betaalt de school zelf",
           "left": "{sum} blijft over", "length": "Hoe lang", "salary": "Salaris in die tijd (telt niet mee)",
           "cannot": "niet te zeggen: niet alle kosten zijn bekend", "costs": "Kosten", "subsidy": "Subsidie",
           "chart": "Kosten en subsidie per scenario", "upto": "{left} tot {pay} zelf betalen"},
    "en": {"to": "to", "unknown": "not known", "total": "Costs together", "net": "The school pays itself",
           "left": "{sum} is left", "length": "How long", "salary": "Salary in that time (not counted)",
           "cannot": "cannot be said: not all costs are known", "costs": "Costs", "subsidy": "Subsidy",
           "chart": "Costs and subsidy per scenario", "upto": "{left} to {pay} to pay"},
}  # fmt: skip


def shown_scenarios(scenarios: SchoolScenarios, catalogue: Catalogue, locale: Locale = "nl") -> ShownScenarios:
    """The scenarios in words."""
    numbers = {source: number for number, source in enumerate(scenarios.sources, start=1)}
    found = [catalogue.sources[each] for each in scenarios.sources]
    return ShownScenarios(
        title=scenarios.title.in_locale(locale),
        study_year=scenarios.study_year,
        columns=tuple(
            ScenarioColumn(each.title.in_locale(locale), each.says.in_locale(locale)) for each in scenarios.scenarios
        ),
        rows=tuple(_rows(scenarios.scenarios, locale)),
        chart=_chart(scenarios, locale),
        assumptions=tuple(
            AssumptionRow(
                key=each.key,
                title=each.title.in_locale(locale),
                words=_assumed(each, locale),
                basis=each.basis.in_locale(locale),
                sources=tuple(numbers[source] for source in each.sources),
                is_own=each.is_own,
                is_known=each.is_known,
            )
            for each in scenarios.assumptions
        ),
        notes=tuple(each.in_locale(locale) for each in scenarios.notes),
        sources=tuple(
            SourceTold(id=each.id, title=each.title, publisher=each.publisher, url=each.address, as_of=each.as_of)
            for each in found
        ),
    )


def number_in_words(value: Decimal) -> str:
    """A number as Dutch readers write it: `24`, `0,4`, `1908`."""
    plain = value.quantize(Decimal("0.01")).normalize()
    return f"{plain:f}".replace(".", ",")


def net_in_words(scenario: Scenario, locale: Locale = "nl") -> str:
    """What the school pays itself, or what is left; that it cannot be said where a cost is not known."""
    words, net = _WORDS[locale], scenario.net
    if not scenario.is_complete:
        return words["cannot"]
    if net.low >= ZERO:
        return span_in_words(net, locale)
    left = words["left"].format(sum=euros_in(-net.low, locale))
    if net.high <= ZERO:
        return (
            left if net.low == net.high else words["left"].format(sum=span_in_words(Span(-net.high, -net.low), locale))
        )
    return words["upto"].format(left=left, pay=euros_in(net.high, locale))


def _rows(scenarios: Sequence[Scenario], locale: Locale) -> Iterable[ScenarioRow]:
    words, unit = _WORDS[locale], _UNITS[locale]["months"]
    yield ScenarioRow(words["length"], tuple(f"{_span(each.months, locale)} {unit}" for each in scenarios))
    for place, line in enumerate(scenarios[0].costs):
        lines = [each.costs[place] for each in scenarios]
        yield ScenarioRow(
            line.title.in_locale(locale),
            tuple(_cell(each, locale) for each in lines),
            tuple(each.says.in_locale(locale) for each in lines),
        )
    yield ScenarioRow(words["total"], tuple(span_in_words(each.total, locale) for each in scenarios), is_total=True)
    yield ScenarioRow(
        scenarios[0].subsidy.title.in_locale(locale),
        tuple(_cell(each.subsidy, locale) for each in scenarios),
        tuple(each.subsidy.says.in_locale(locale) for each in scenarios),
    )
    yield ScenarioRow(words["net"], tuple(net_in_words(each, locale) for each in scenarios), is_total=True)
    yield ScenarioRow(words["salary"], tuple(span_in_words(each.salary, locale) for each in scenarios))


def _cell(line: ScenarioLine, locale: Locale) -> str:
    return span_in_words(line.span, locale) if line.is_known else _WORDS[locale]["unknown"]


def _span(span: Span, locale: Locale) -> str:
    low, high = number_in_words(span.low), number_in_words(span.high)
    return low if low == high else f"{low} {_WORDS[locale]['to']} {high}"


def _assumed(assumption: Assumption, locale: Locale) -> str:
    if not assumption.is_known:
        return _WORDS[locale]["unknown"]
    unit = _UNITS[locale][assumption.unit]
    is_money = assumption.unit in ("euro", "euro-month")
    span = span_in_words(assumption.span, locale) if is_money else _span(assumption.span, locale)
    return f"{span} {unit}".strip()


def _chart(scenarios: SchoolScenarios, locale: Locale) -> Chart | None:
    words = _WORDS[locale]
    groups = [
        (
            each.title.in_locale(locale),
            [
                Measure("costs", words["costs"], each.total, span_in_words(each.total, locale)),
                Measure("subsidy", words["subsidy"], each.subsidy.span, span_in_words(each.subsidy.span, locale)),
            ],
        )
        for each in scenarios.scenarios
    ]
    return drawn_chart(f"{words['chart']}: {scenarios.title.in_locale(locale)}", groups, locale)
