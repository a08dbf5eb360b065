"""All about one route."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.eligibility.stretch import stretches
from assistant.money.finances import finances_of
from assistant.money.shown import ShownPicture, shown
from assistant.money.telling import told
from assistant.news.board import day_of
from assistant.site.pages.money import MoneyRow, money_rows
from assistant.site.pages.parts import Card, Chip, DoubtRow, SourceRow, doubt_row, sector_chips, source_rows, updated
from assistant.site.pages.programmes import ProgrammeGroup, programme_groups, programmes_of
from assistant.site.pages.time_shown import TimeShown, time_shown
from assistant.site.schema_org import page_data, route_data
from assistant.site.shell import Link, Shell
from assistant.site.visit import Visit
from assistant.site.wording import ROLES, date_in_words, first_upper, forms_in_words, partial_date_in_words
from knowledge.catalogue import Catalogue
from knowledge.event import Orientation
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.place import Institution
from knowledge.route import Route, Step, Told
from knowledge.rule import Rule

_PAY = {True: "Ja", False: "Nee", None: "Verschilt, zie hieronder"}
_TOLD = {"starts": "Wanneer kun je beginnen?", "support": "Wie begeleidt je?", "dropout": "Hoeveel mensen stoppen?"}


@dataclass(frozen=True)
class RuleRow:
    """One condition, in plain words, with the law and the sources behind it."""

    statement: str
    otherwise: str
    needs_adviser: str
    law: str
    law_address: str | None
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class ToldRow:
    """A sentence with sources of its own."""

    heading: str
    text: str
    as_of: str
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class MoneySection:
    """The money of a route under one heading."""

    slug: str
    heading: str
    rows: tuple[MoneyRow, ...]


@dataclass(frozen=True)
class RoutePage:
    """Everything that the records tell of one route."""

    shell: Shell
    title: str
    summary: str
    chips: tuple[Chip, ...]
    facts: tuple[tuple[str, str | tuple[str, ...]], ...]
    next_step: str
    compare: str
    """The address of the comparison with this route in it; empty while there is none."""
    zelftest: str
    picture: ShownPicture
    """The money year by year, for somebody of whom we know at most the region."""
    time: TimeShown
    steps: tuple[Step, ...]
    income: str
    hours: str
    requirements: tuple[RuleRow, ...]
    exclusions: tuple[RuleRow, ...]
    told: tuple[ToldRow, ...]
    money: tuple[MoneySection, ...]
    programmes: tuple[ProgrammeGroup, ...]
    institutions: tuple[Link, ...]
    """Those that offer it and of which we know no programme."""
    body: str
    doubt: DoubtRow
    orientations: tuple[Card, ...]
    related: tuple[Card, ...]
    sources: tuple[SourceRow, ...]
    updated: str
    changed: str
    """When the route, its rules or its money were last changed here, in words; empty: never."""
    changes: str
    """The address of what has changed."""


def route_page(visit: Visit, route: Route, changed_at: datetime | None = None) -> RoutePage:
    """
    The page of one route, with what is nearest to the visitor first.

    :param changed_at: When something of it was last changed here.
    """
    catalogue = visit.catalogue
    programmes = programmes_of(catalogue, route)
    rules = [rule for rule in catalogue.rules if rule.route == route.id and rule.is_valid_on(visit.on)]
    needed = [rule for rule in rules if rule.kind == "requirement"]
    shell = visit.shell(
        route.title,
        route.summary,
        crumbs=[("/routes", "Routes")],
        data=[
            route_data(
                route,
                visit.full_address(route),
                [rule.statement for rule in needed],
                [(each, catalogue.get(each.institution, Institution).title) for each in programmes],
            ),
            *([page_data(visit.full_address(route), changed_at)] if changed_at else []),
        ],
    )
    money = _money(visit, shell, route)
    picture = finances_of(visit.eligibility).picture(route.id, {}, visit.region.id if visit.region else None)
    sentences = tuple(_told_row(catalogue, name, each) for name, each in route.told().items())
    sources = source_rows(
        catalogue, [*route.sources, *(each for said in route.told().values() for each in said.sources)]
    )
    return RoutePage(
        shell=shell,
        title=route.title,
        summary=route.summary,
        chips=(*sector_chips(route.sectors), *(Chip(ROLES[each], "sun") for each in route.roles)),
        facts=_facts(route),
        next_step=route.next_step,
        compare=shell.link("/vergelijk", route=route.id) if shell.offers("/vergelijk") else "",
        zelftest=shell.link("/zelftest") if shell.offers("/zelftest") else "",
        picture=shown(told(picture, catalogue)),
        # When it begins stands with its sources under the week.
        time=time_shown([each for each in stretches(route) if each.latest is not None]),
        steps=route.steps,
        income=route.income,
        hours=route.hours_per_week,
        requirements=tuple(_rule_row(catalogue, rule) for rule in needed),
        exclusions=tuple(_rule_row(catalogue, rule) for rule in rules if rule.kind == "exclusion"),
        told=sentences,
        money=money,
        programmes=programme_groups(visit, programmes),
        institutions=_institutions(catalogue, route, {each.institution for each in programmes}),
        body=route.body,
        doubt=doubt_row(catalogue, route, visit.on),
        orientations=tuple(_orientation_card(shell, each) for each in _near(visit, route)),
        related=tuple(_related_card(shell, each) for each in catalogue.linked(route.related, Route)),
        sources=sources,
        updated=updated(sources),
        changed=date_in_words(day_of(changed_at)) if changed_at else "",
        changes=shell.link("/veranderd", route=route.id),
    )


def _facts(route: Route) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    pairs: tuple[tuple[str, str | tuple[str, ...]], ...] = (
        ("Hoe lang", first_upper(route.duration.in_words()) if route.duration else "Verschilt: vraag het je loket"),
        ("Vorm", first_upper(forms_in_words(route.forms))),
        ("Verdien je tijdens het leren?", _PAY[route.pay_while_learning]),
        ("Wat heb je daarna?", route.qualification),
        ("Waar mag je lesgeven?", tuple(first_upper(each) for each in route.teaches_in)),
    )
    return tuple((term, words) for term, words in pairs if words)


def _money(visit: Visit, shell: Shell, route: Route) -> tuple[MoneySection, ...]:
    """What the route costs and brings, what is for the visitor before what is for the school."""
    catalogue = visit.catalogue
    costs = sorted(catalogue.linked(route.costs, Cost), key=lambda cost: cost.paid_by == "school")
    helps = sorted(
        (each for each in catalogue.linked(route.subsidies, Subsidy) if visit.wants(each)),
        key=lambda each: (each.status == "ended", each.recipient != "jij"),
    )
    lists: tuple[tuple[str, str, Sequence[Money]], ...] = (
        ("kosten", "Wat kost het?", costs),
        ("subsidies", "Wie helpt betalen?", helps),
        ("salaris", "Wat verdien je?", catalogue.linked(route.salaries, Salary)),
    )
    return tuple(
        MoneySection(slug, heading, money_rows(catalogue, shell, records))
        for slug, heading, records in lists
        if records
    )


def _rule_row(catalogue: Catalogue, rule: Rule) -> RuleRow:
    law = rule.legal_basis
    return RuleRow(
        statement=rule.statement,
        otherwise=rule.otherwise,
        needs_adviser=rule.needs_adviser,
        law=str(law) if law else "",
        law_address=str(law.url) if law and law.url else None,
        sources=source_rows(catalogue, rule.sources),
    )


def _told_row(catalogue: Catalogue, name: str, told: Told) -> ToldRow:
    return ToldRow(_TOLD[name], told.text, partial_date_in_words(told.as_of), source_rows(catalogue, told.sources))


def _institutions(catalogue: Catalogue, route: Route, known: Iterable[str]) -> tuple[Link, ...]:
    others = (each for each in catalogue.linked(route.institutions, Institution) if each.id not in known)
    return tuple(Link(str(each.url) if each.url else "", each.title) for each in others if each.status == "active")


def _near(visit: Visit, route: Route) -> list[Orientation]:
    """The ways to taste it: for a visitor who chose a region only those that hold there."""
    found = visit.catalogue.linked(route.orientations, Orientation)
    return [each for each in found if each.status != "ended" and visit.wants(each)]


def _orientation_card(shell: Shell, orientation: Orientation) -> Card:
    return Card(shell.to(orientation), orientation.title, orientation.summary)


def _related_card(shell: Shell, route: Route) -> Card:
    return Card(
        shell.to(route),
        route.title,
        "",
        facts=(("Duur", route.duration.in_words()),) if route.duration else (),
        tone=route.sectors[0] if route.sectors else "",
    )
