"""What things cost, who pays, and what one earns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from assistant.site.pages.parts import (
    AmountRow,
    Chip,
    DoubtRow,
    SourceRow,
    amount_rows,
    doubt_row,
    sector_chips,
    source_rows,
    sources_of,
    updated,
)
from assistant.site.schema_org import cost_data, subsidy_data
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTORS
from knowledge.catalogue import Catalogue
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.route import Route

PAYERS = {"jij": "Dit betaal je zelf", "school": "Dit betaalt de school", "school-of-jij": "De school of jij"}
RECEIVERS = {"jij": "Voor jou", "school": "Voor de school", "opleiding": "Voor de opleiding", "regio": "Voor de regio"}
STATUSES = {
    "open": Chip("Loopt nu", "good"),
    "closed": Chip("Nu niet aan te vragen", "doubt"),
    "unknown": Chip("Niet zeker of dit loopt", "doubt"),
    "ended": Chip("Bestaat niet meer", "bad"),
}
FORMS = {
    "subsidie": "Subsidie",
    "lening": "Lening",
    "tegemoetkoming": "Tegemoetkoming",
    "uitkering": "Uitkering",
    "voordeel": "Voordeel",
}
M = TypeVar("M", bound=Money)
_COSTS_INTRO = (
    "Wat kost het om in het onderwijs te gaan werken, en wat verdien je er? Bij elk bedrag staat het jaar en de bron. Wat jij "
    "precies betaalt, hangt af van je route en je diploma."
)


@dataclass(frozen=True)
class MoneyRow:
    """A cost, subsidy or salary in a list."""

    address: str
    title: str
    text: str
    chips: tuple[Chip, ...]
    amounts: tuple[str, ...]
    """In full words: what, how much, for how long, of which year; the newest first."""
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class MoneyGroup:
    """Costs, subsidies or salaries under one heading."""

    slug: str
    heading: str
    intro: str
    rows: tuple[MoneyRow, ...]


@dataclass(frozen=True)
class CostsPage:
    """All costs, by who pays, and all salaries."""

    shell: Shell
    intro: str
    groups: tuple[MoneyGroup, ...]
    sectors: tuple[Choice, ...]
    is_filtered: bool


@dataclass(frozen=True)
class MoneyPage:
    """All about one cost, subsidy or salary."""

    shell: Shell
    title: str
    text: str
    chips: tuple[Chip, ...]
    ended: str
    """Empty, or that it is no more."""
    instead: Link | None
    amounts: tuple[AmountRow, ...]
    facts: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    body: str
    doubt: DoubtRow
    routes: tuple[Link, ...]
    sources: tuple[SourceRow, ...]
    updated: str


def costs_page(visit: Visit, sector: str, notices: tuple[str, ...] = ()) -> CostsPage:
    """The page of all costs and salaries."""
    shell = visit.shell("Kosten en salaris", _COSTS_INTRO, notices=notices)
    costs = _of_sector(visit.catalogue.all(Cost), sector)
    current = [cost for cost in costs if cost.status == "current"]
    groups = [
        _group(visit, shell, f"betaalt-{payer}", heading, "", [cost for cost in current if cost.paid_by == payer])
        for payer, heading in PAYERS.items()
    ]
    groups.append(
        _group(
            visit,
            shell,
            "salaris",
            "Dit verdien je",
            "Bruto, bij een volledige baan, tenzij er iets anders staat.",
            _of_sector(visit.catalogue.all(Salary), sector),
        )
    )
    ended = [cost for cost in costs if cost.status == "ended"]
    groups.append(_group(visit, shell, "gestopt", "Dit bestaat niet meer", "", ended))
    return CostsPage(
        shell=shell,
        intro=_COSTS_INTRO,
        groups=tuple(group for group in groups if group.rows),
        sectors=choices({each: SECTORS[each] for each in ("po", "so", "vo", "mbo")}, sector),
        is_filtered=bool(sector),
    )


def money_page(visit: Visit, record: Money) -> MoneyPage:
    """The page of one cost, subsidy or salary."""
    is_subsidy = isinstance(record, Subsidy)
    crumbs = [("/subsidies", "Subsidies")] if is_subsidy else [("/kosten", "Kosten en salaris")]
    address = visit.full_address(record)
    data = subsidy_data(record, address) if isinstance(record, Subsidy) else cost_data(record, address)
    shell = visit.shell(record.title, record.summary, crumbs=crumbs, data=[data])
    sources = source_rows(
        visit.catalogue, [*record.sources, *(each for amount in record.amounts for each in amount.sources)]
    )
    return MoneyPage(
        shell=shell,
        title=record.title,
        text=record.summary,
        chips=money_chips(record),
        ended=_ended(record),
        instead=_instead(visit, shell, record),
        amounts=amount_rows(visit.catalogue, record.amounts, record.sources),
        facts=_facts(record),
        conditions=record.conditions if isinstance(record, Subsidy) else (),
        body=record.body,
        doubt=doubt_row(visit.catalogue, record, visit.on),
        routes=tuple(Link(shell.to(route), route.title) for route in _routes_with(visit.catalogue, record)),
        sources=sources,
        updated=updated(sources),
    )


def money_rows(catalogue: Catalogue, shell: Shell, records: Iterable[Money]) -> tuple[MoneyRow, ...]:
    """Costs, subsidies or salaries as the rows of a list."""
    return tuple(
        MoneyRow(
            address=shell.to(record),
            title=record.title,
            text=record.summary,
            chips=money_chips(record),
            amounts=tuple(amount.in_words() for amount in record.amounts),
            sources=sources_of(catalogue, record)[:2],
        )
        for record in records
    )


def money_chips(record: Money) -> tuple[Chip, ...]:
    """Who pays or gets it, what it is, and whether it still runs."""
    if isinstance(record, Subsidy):
        return (Chip(FORMS[record.form]), Chip(RECEIVERS[record.recipient], "sun"), STATUSES[record.status])
    if isinstance(record, Cost):
        ended = (Chip("Bestaat niet meer", "bad"),) if record.status == "ended" else ()
        return (Chip(PAYERS[record.paid_by], "sun"), *ended)
    return sector_chips(record.sectors)


def _group(visit: Visit, shell: Shell, slug: str, heading: str, intro: str, records: Iterable[Money]) -> MoneyGroup:
    return MoneyGroup(slug, heading, intro, money_rows(visit.catalogue, shell, records))


def _of_sector(records: Iterable[M], sector: str) -> list[M]:
    return [record for record in records if not sector or not record.sectors or sector in record.sectors]


def _ended(record: Money) -> str:
    if not isinstance(record, Subsidy | Cost) or record.status != "ended":
        return ""
    return "Deze regeling bestaat niet meer. Je kunt er niets meer mee aanvragen."


def _instead(visit: Visit, shell: Shell, record: Money) -> Link | None:
    replaced_by = record.replaced_by if isinstance(record, Subsidy) else None
    instead = visit.catalogue.find(replaced_by) if replaced_by else None
    return Link(shell.to(instead), instead.title) if instead else None


def _facts(record: Money) -> tuple[tuple[str, str], ...]:
    if isinstance(record, Subsidy):
        return (
            ("Wie krijgt het", RECEIVERS[record.recipient]),
            ("Aanvragen", record.apply_at or "Vraag het na bij de bron."),
        )
    if isinstance(record, Salary) and record.agreement:
        return (("Afspraak", record.agreement),)
    return ()


def _routes_with(catalogue: Catalogue, record: Money) -> list[Route]:
    return [route for route in catalogue.all(Route) if record.id in (*route.costs, *route.subsidies, *route.salaries)]
