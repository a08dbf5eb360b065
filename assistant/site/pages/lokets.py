"""The lokets: which one is yours, and all of them by region."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from assistant.leads.routing import find_municipality, route_lead
from assistant.site.pages.loket import STATUSES, ContactRow, contact_row, opening_hours
from assistant.site.pages.parts import Card, sector_chips
from assistant.site.schema_org import list_data
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTOR_FILTER, listed, region_name
from knowledge.catalogue import Catalogue
from knowledge.fact import FactValue
from knowledge.place import Loket, Municipality, Region

_INTRO = (
    "Bij een loket werken mensen die alles weten van werken in het onderwijs in jouw regio. Ze denken gratis met je mee. Vul je "
    "woonplaats in, dan zie je welk loket voor jou is."
)
_CLOSE_ENOUGH = 70
_UNKNOWN_PLACE = "De plaats die je typte, kennen wij niet. Dit loket is voor iedereen, waar je ook woont."


@dataclass(frozen=True)
class YourLoket:
    """The loket for a place, and why."""

    place: str
    reason: str
    card: Card
    contact: ContactRow
    hours: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RegionGroup:
    """The lokets of one region."""

    slug: str
    heading: str
    text: str
    municipalities: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class LoketsPage:
    """The answer to a search, and every loket."""

    shell: Shell
    intro: str
    place: str
    sectors: tuple[Choice, ...]
    yours: YourLoket | None
    unknown: str
    """What the visitor typed, if we know no such place."""
    meant: tuple[Link, ...]
    """Places that look like it."""
    groups: tuple[RegionGroup, ...]


def lokets_page(visit: Visit, place: str, sector: str, notices: tuple[str, ...] = ()) -> LoketsPage:
    """
    The page of all lokets, with the visitor's own on top.

    :param place: What the visitor typed: a municipality, a village, or nothing.
    """
    lokets = [each for each in visit.catalogue.all(Loket) if each.status != "ended"]
    data = [list_data("Onderwijsloketten", [(each.title, visit.full_address(each)) for each in lokets])]
    shell = visit.shell("Loketten", _INTRO, notices=notices, data=data)
    municipality = find_municipality(visit.catalogue, place) if place else None
    return LoketsPage(
        shell=shell,
        intro=_INTRO,
        place=place,
        sectors=choices(SECTOR_FILTER, sector),
        yours=_yours(visit, shell, place, municipality, sector) if place else None,
        unknown=place if place and municipality is None else "",
        meant=_meant(visit.catalogue, shell, place, sector) if place and municipality is None else (),
        groups=tuple(group for group in _groups(visit, shell, lokets) if group.cards),
    )


def _yours(visit: Visit, shell: Shell, place: str, municipality: Municipality | None, sector: str) -> YourLoket:
    facts: dict[str, FactValue] = {"municipality": municipality.id if municipality else place}
    if sector:
        facts["sector"] = frozenset({sector})
    routed = route_lead(visit.catalogue, facts, visit.home_region)
    return YourLoket(
        place=municipality.name if municipality else place,
        # Of a place that we do not know we cannot say that it lies outside the regions: it may be a typing error.
        reason=routed.reason if municipality else _UNKNOWN_PLACE,
        card=_card(shell, routed.loket),
        contact=contact_row(routed.loket),
        hours=opening_hours(routed.loket.hours),
    )


def _meant(catalogue: Catalogue, shell: Shell, place: str, sector: str) -> tuple[Link, ...]:
    names = {name for each in catalogue.municipalities.values() for name in (each.name, *each.places)}
    found = process.extract(
        place, sorted(names), scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=_CLOSE_ENOUGH
    )
    return tuple(Link(shell.link("/loketten", plaats=name, onderwijs=sector), name) for name, _, _ in found)


def _groups(visit: Visit, shell: Shell, lokets: list[Loket]) -> Iterable[RegionGroup]:
    """The visitor's region, or each of them; then the whole country, and lokets elsewhere."""
    for region in [visit.region] if visit.region else visit.catalogue.all(Region):
        here = [loket for loket in lokets if region.id in loket.regions]
        here.sort(key=lambda loket: (loket.id != region.default_loket, loket.status != "active"))
        names = [
            each.name
            for each in visit.catalogue.municipalities.values()
            if any(membership.region == region.id for membership in each.regions)
        ]
        yield RegionGroup(region.id, region_name(region), region.summary, listed(names), _cards(shell, here))
    everywhere = [loket for loket in lokets if not loket.regions and not loket.municipalities]
    elsewhere = [loket for loket in lokets if not loket.regions and loket.municipalities]
    yield RegionGroup("landelijk", "Heel Nederland", "Voor iedereen, waar je ook woont.", "", _cards(shell, everywhere))
    if visit.region:
        return
    yield RegionGroup(
        "elders",
        "Ergens anders",
        "Woon je buiten deze regio's? Dan is dit misschien jouw loket.",
        "",
        _cards(shell, elsewhere),
    )


def _cards(shell: Shell, lokets: Iterable[Loket]) -> tuple[Card, ...]:
    return tuple(_card(shell, loket) for loket in lokets)


def _card(shell: Shell, loket: Loket) -> Card:
    chips = sector_chips(loket.sectors)
    return Card(
        address=shell.to(loket),
        title=loket.title,
        text=loket.summary,
        chips=(*chips, *STATUSES[loket.status]),
        tone=loket.sectors[0] if len(loket.sectors) == 1 else "",
    )
