"""All routes, as a visitor filters them."""

from dataclasses import dataclass

from assistant.site.pages.parts import Card, known_pairs, sector_chips
from assistant.site.schema_org import list_data
from assistant.site.shell import Choice, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import ROLES, SECTOR_FILTER, forms_in_words
from knowledge.route import Route

PAY_FILTER = {"ja": "Ja, ik wil verdienen"}
_PAY = {True: "Ja, tijdens het leren", False: "Nee, niet van de opleiding", None: ""}
_INTRO = (
    "Er zijn meer wegen naar het onderwijs dan je denkt. Bij elke route lees je voor wie die is, hoe lang het duurt, wat het "
    "kost en wat je eerste stap is."
)


@dataclass(frozen=True)
class RouteFilter:
    """What a visitor wants to see; empty: everything."""

    sector: str = ""
    role: str = ""
    pay: str = ""
    diploma: str = ""


@dataclass(frozen=True)
class RoutesPage:
    """The routes that pass the filter."""

    shell: Shell
    intro: str
    cards: tuple[Card, ...]
    counted: str
    sectors: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    pay: tuple[Choice, ...]
    diplomas: tuple[Choice, ...]
    is_filtered: bool


def routes_page(visit: Visit, wanted: RouteFilter, notices: tuple[str, ...] = ()) -> RoutesPage:
    """The page of all routes."""
    closed = _closed_with(visit, wanted.diploma)
    found = [
        route
        for route in visit.catalogue.all(Route)
        if visit.wants(route, wanted.sector)
        and (not wanted.role or wanted.role in route.roles)
        and (not wanted.pay or route.pay_while_learning is True)
        and route.id not in closed
    ]
    name = "Routes naar het onderwijs"
    data = [list_data(name, [(route.title, visit.full_address(route)) for route in found])]
    shell = visit.shell(name, _INTRO, notices=notices, data=data)
    return RoutesPage(
        shell=shell,
        intro=_INTRO,
        cards=tuple(_card(shell, route) for route in found),
        counted="1 route" if len(found) == 1 else f"{len(found)} routes",
        sectors=choices(SECTOR_FILTER, wanted.sector),
        roles=choices(ROLES, wanted.role),
        pay=choices(PAY_FILTER, wanted.pay),
        diplomas=choices(diploma_filter(visit), wanted.diploma),
        is_filtered=wanted != RouteFilter(),
    )


def diploma_filter(visit: Visit) -> dict[str, str]:
    """The levels of diploma that a visitor may have, with their words."""
    fact = visit.catalogue.facts["diploma_level"]
    return {option.value: option.label.nl for option in fact.options}


def _closed_with(visit: Visit, diploma: str) -> frozenset[str]:
    """The routes that the rules close for somebody with this diploma, whatever else they would tell."""
    if not diploma:
        return frozenset()
    verdicts = visit.eligibility.verdicts({"diploma_level": diploma})
    return frozenset(each.route.id for each in verdicts if each.verdict == "does_not_fit")


def _card(shell: Shell, route: Route) -> Card:
    return Card(
        address=shell.to(route),
        title=route.title,
        text=route.summary,
        chips=sector_chips(route.sectors),
        facts=known_pairs(
            ("Duur", route.duration.in_words() if route.duration else ""),
            ("Vorm", forms_in_words(route.forms)),
            ("Salaris", _PAY[route.pay_while_learning]),
        ),
        tone=route.sectors[0] if route.sectors else "",
    )
