"""The lokets: which one is yours, and all of them by region."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from assistant.leads.routing import find_municipality, route_lead
from assistant.site.addresses import address_of
from assistant.site.pages.parts import Card, Chip, DoubtRow, SourceRow, doubt_row, sources_of, updated
from assistant.site.schema_org import list_data, loket_data
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTORS, first_upper, listed, region_name, sectors_in_words
from knowledge.catalogue import Catalogue
from knowledge.fact import FactValue
from knowledge.place import Loket, Municipality, OpeningHours, Region

SECTOR_FILTER = {sector: SECTORS[sector] for sector in ("po", "so", "vo", "mbo")}
_INTRO = (
    "Bij een loket werken mensen die alles weten van werken in het onderwijs in jouw regio. Ze denken gratis met je mee. Vul je "
    "woonplaats in, dan zie je welk loket voor jou is."
)
_STATUSES = {
    "active": (),
    "planned": (Chip("Nog niet open", "doubt"),),
    "ended": (Chip("Gestopt", "bad"),),
    "unknown": (Chip("Niet zeker of dit loket open is", "doubt"),),
}
_SERVICES = {
    "inform": "informatie",
    "inspire": "verhalen en voorbeelden",
    "zelftest": "een zelftest",
    "meelopen": "een dag meelopen",
    "vacatures": "vacatures",
    "matching": "hulp bij het vinden van een school",
    "spreekuur": "een spreekuur of adviesgesprek",
    "events": "bijeenkomsten",
    "training": "scholing",
    "invalpool": "invalwerk",
    "subsidie": "hulp bij subsidie",
    "professionalisering": "bijscholing voor wie al in het onderwijs werkt",
}
_DAYS = {
    "ma": "maandag",
    "di": "dinsdag",
    "wo": "woensdag",
    "do": "donderdag",
    "vr": "vrijdag",
    "za": "zaterdag",
    "zo": "zondag",
}
_CLOSE_ENOUGH = 70
_UNKNOWN_PLACE = "De plaats die je typte, kennen wij niet. Dit loket is voor iedereen, waar je ook woont."


@dataclass(frozen=True)
class ContactRow:
    """How to reach a loket."""

    url: str
    host: str
    email: str
    phone: str
    phone_link: str
    address: str


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


@dataclass(frozen=True)
class LoketPage:
    """All about one loket."""

    shell: Shell
    title: str
    text: str
    chips: tuple[Chip, ...]
    ended: bool
    instead: Link | None
    contact: ContactRow
    hours: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    body: str
    doubt: DoubtRow
    sources: tuple[SourceRow, ...]
    updated: str


def lokets_page(visit: Visit, place: str, sector: str, notices: tuple[str, ...] = ()) -> LoketsPage:
    """
    The page of all lokets, with the visitor's own on top.

    :param place: What the visitor typed: a municipality, a village, or nothing.
    """
    lokets = [each for each in visit.catalogue.all(Loket) if each.status != "ended"]
    data = [list_data("Onderwijsloketten", [(each.title, _full(visit, each)) for each in lokets])]
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


def loket_page(visit: Visit, loket: Loket) -> LoketPage:
    """The page of one loket."""
    areas = _areas(visit.catalogue, loket)
    shell = visit.shell(
        loket.title,
        loket.summary,
        crumbs=[("/loketten", "Loketten")],
        data=[loket_data(loket, _full(visit, loket), areas)],
    )
    instead = visit.catalogue.find(loket.replaced_by) if loket.replaced_by else None
    sources = sources_of(visit.catalogue, loket)
    facts = (
        ("Voor wie", first_upper(sectors_in_words(loket.sectors)) or "Alle soorten onderwijs"),
        ("Waar", listed(areas) or "Heel Nederland"),
        ("Wat je er krijgt", first_upper(listed(_SERVICES[each] for each in loket.services))),
    )
    return LoketPage(
        shell=shell,
        title=loket.title,
        text=loket.summary,
        chips=_STATUSES[loket.status],
        ended=loket.status == "ended",
        instead=Link(shell.link(address_of(instead) or ""), instead.title) if instead else None,
        contact=_contact(loket),
        hours=_hours(loket.hours),
        facts=tuple((term, words) for term, words in facts if words),
        body=loket.body,
        doubt=doubt_row(visit.catalogue, loket, visit.on),
        sources=sources,
        updated=updated(sources),
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
        contact=_contact(routed.loket),
        hours=_hours(routed.loket.hours),
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
    chips = tuple(Chip(SECTORS[sector]) for sector in loket.sectors)
    return Card(
        address=shell.link(address_of(loket) or ""),
        title=loket.title,
        text=loket.summary,
        chips=(*chips, *_STATUSES[loket.status]),
        tone=loket.sectors[0] if len(loket.sectors) == 1 else "",
    )


def _areas(catalogue: Catalogue, loket: Loket) -> list[str]:
    """Where it is for: the municipalities it names, else its regions."""
    if loket.municipalities:
        return [catalogue.municipalities[each].name for each in loket.municipalities]
    return [region_name(region) for region in catalogue.linked(loket.regions, Region)]


def _contact(loket: Loket) -> ContactRow:
    return ContactRow(
        url=str(loket.url) if loket.url else "",
        host=(loket.url.host or "").removeprefix("www.") if loket.url else "",
        email=loket.email or "",
        phone=loket.phone or "",
        phone_link="".join(each for each in loket.phone or "" if each.isdigit() or each == "+"),
        address=loket.address,
    )


def _hours(hours: Iterable[OpeningHours]) -> tuple[tuple[str, str], ...]:
    """Days and hours in words: `maandag tot en met vrijdag`, `9.00 tot 17.00 uur`."""
    return tuple((first_upper(_days(each)), f"{each.opens:%-H.%M} tot {each.closes:%-H.%M} uur") for each in hours)


def _days(hours: OpeningHours) -> str:
    week = list(_DAYS)
    at = [week.index(day) for day in hours.days]
    in_a_row = len(at) > 2 and at == list(range(at[0], at[0] + len(at)))
    if in_a_row:
        return f"{_DAYS[hours.days[0]]} tot en met {_DAYS[hours.days[-1]]}"
    return listed(_DAYS[day] for day in hours.days)


def _full(visit: Visit, loket: Loket) -> str:
    return visit.public_url + (address_of(loket) or "")
