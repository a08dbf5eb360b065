"""What a zij-instroom trajectory costs the school: as planned, delayed, stopped; with all that is taken for granted."""

from decimal import Decimal

from assistant.keuzewijzer.choosing import Selection
from assistant.keuzewijzer.document import Bar, CaseRow, Cases, Fact, Text
from assistant.keuzewijzer.numbering import Numbering
from assistant.money.amount import ZERO, Span, study_year
from assistant.money.assumption import Assumption, Unit
from assistant.money.school import Scenario, ScenarioLine, SchoolScenarios, school_scenarios
from assistant.money.wording import span_in_words
from knowledge.catalogue import Catalogue
from knowledge.route import Route

_TOGETHER = {True: "Kosten samen", False: "Kosten samen, voor zover bekend"}
_PER_MONTH = ", per maand"
_NOT_KNOWN = "niet bekend"
_NOT_TO_TELL = "niet te zeggen: niet elk bedrag is bekend"
_LEFT = "houdt de school over"


def cases_of(catalogue: Catalogue, selection: Selection, route: Route, numbers: Numbering) -> Cases | None:
    """The three ways a trajectory on this route may go; None where no source says what one costs."""
    costs = next(
        (
            each
            for each in catalogue.content.school_costs
            if route.id in each.routes and selection.sector in each.sectors
        ),
        None,
    )
    if costs is None:
        return None
    found = school_scenarios(catalogue, costs, study_year(selection.on))
    years = {str(each.key): each.year for each in found.assumptions}
    is_complete = all(each.is_complete for each in found.scenarios)
    most = max(each.total.high for each in found.scenarios)
    return Cases(
        columns=tuple(Fact(label=each.title.nl, text=each.says.nl) for each in found.scenarios),
        rows=_rows(found, years),
        bars=tuple(_bar(each, most) for each in found.scenarios) if is_complete and most > ZERO else (),
        notes=tuple(each.nl for each in found.notes),
        assumptions=tuple(_assumed(each, numbers) for each in found.assumptions),
        is_complete=is_complete,
        refs=numbers.refs(found.sources, most=5),
    )


def _rows(found: SchoolScenarios, years: dict[str, str]) -> tuple[CaseRow, ...]:
    scenarios = found.scenarios
    lines = zip(*(each.costs for each in scenarios), strict=True)
    subsidies = tuple(each.subsidy for each in scenarios)
    return (
        CaseRow(label="Duur", cells=tuple(_in_unit(each.months, "months") for each in scenarios), is_sum=False),
        *(_line(each, years) for each in lines),
        CaseRow(
            label=_TOGETHER[all(each.is_complete for each in scenarios)],
            cells=tuple(_euros(each.total) for each in scenarios),
            is_sum=True,
        ),
        _line(subsidies, years),
        CaseRow(label="Wat de school zelf betaalt", cells=tuple(_net(each) for each in scenarios), is_sum=True),
        CaseRow(
            label=f"Salaris, niet meegeteld ({years['salary']})",
            cells=tuple(_euros(each.salary) for each in scenarios),
            is_sum=False,
        ),
    )


def _line(lines: tuple[ScenarioLine, ...], years: dict[str, str]) -> CaseRow:
    first = lines[0]
    year = years.get(first.key, "")
    label = first.title.nl.removesuffix(_PER_MONTH)
    return CaseRow(
        label=f"{label} ({year})" if year else label,
        cells=tuple(_euros(each.span) if each.is_known else _NOT_KNOWN for each in lines),
        is_sum=False,
    )


def _net(scenario: Scenario) -> str:
    """What is left for the school to pay. With a cost unknown nothing can be said, certainly not that money is left."""
    if not scenario.is_complete:
        return _NOT_TO_TELL
    if scenario.net.high <= ZERO:
        return f"{_LEFT}: {_euros(Span(-scenario.net.high, -scenario.net.low))}"
    return _euros(Span(max(scenario.net.low, ZERO), scenario.net.high))


def _bar(scenario: Scenario, most: Decimal) -> Bar:
    """Costs at their most, and the part of them that the subsidy at its least pays, in thousandths of the longest bar."""
    paid = min(scenario.subsidy.span.low, scenario.total.high)
    return Bar(
        label=scenario.title.nl,
        costs=int(1_000 * scenario.total.high / most),
        subsidised=int(1_000 * paid / most),
        words=_euros(scenario.total),
    )


def _assumed(assumption: Assumption, numbers: Numbering) -> Text:
    said = _in_unit(assumption.span, assumption.unit) if assumption.is_known else _NOT_KNOWN
    title = assumption.title.nl.removesuffix(_PER_MONTH).removesuffix(", in maanden").removesuffix(", in fte")
    year = f" ({assumption.year})" if assumption.year else ""
    if assumption.key == "fte" and not assumption.is_own:
        # Its basis says the range itself.
        return numbers.text(f"{title}: {assumption.basis.nl}", assumption.sources)
    return numbers.text(f"{title}: {said}{year}. {assumption.basis.nl}", assumption.sources)


def _in_unit(span: Span, unit: Unit) -> str:
    if unit == "euro":
        return _euros(span)
    if unit == "euro-month":
        return f"{_euros(span.rounded())} per maand"
    low, high = (f"{each.normalize():f}".replace(".", ",") for each in (span.low, span.high))
    words = low if low == high else f"{low} tot {high}"
    return f"{words} {({'months': 'maanden', 'percent': 'procent', 'fte': 'fte'})[unit]}"


def _euros(span: Span) -> str:
    return span_in_words(span, "nl").replace("\u00a0", " ")
