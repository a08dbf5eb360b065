"""All about one loket."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assistant.handover.availability import openness_in_words
from assistant.leads.routing import sectors_in_words
from assistant.site.pages.parts import Chip, DoubtRow, SourceRow, doubt_row, known_pairs, sources_of, updated
from assistant.site.schema_org import loket_data
from assistant.site.shell import Link, Shell
from assistant.site.visit import Visit
from assistant.site.wording import first_upper, listed, region_name
from knowledge.catalogue import Catalogue
from knowledge.place import Loket, OpeningHours, Region

STATUSES = {
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
class LoketPage:
    """All about one loket."""

    shell: Shell
    title: str
    text: str
    chips: tuple[Chip, ...]
    ended: bool
    instead: Link | None
    contact: ContactRow
    now: str
    """Whether it is open now, and until or from when; empty: we do not know."""
    hours: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    body: str
    doubt: DoubtRow
    sources: tuple[SourceRow, ...]
    updated: str


def loket_page(visit: Visit, loket: Loket, at: datetime) -> LoketPage:
    """The page of one loket, as it is at a moment."""
    areas = _areas(visit.catalogue, loket)
    shell = visit.shell(
        loket.title,
        loket.summary,
        crumbs=[("/loketten", "Loketten")],
        data=[loket_data(loket, visit.full_address(loket), areas)],
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
        chips=STATUSES[loket.status],
        ended=loket.status == "ended",
        instead=Link(shell.to(instead), instead.title) if instead else None,
        contact=contact_row(loket),
        now=openness_in_words(loket, at),
        hours=opening_hours(loket.hours),
        facts=known_pairs(*facts),
        body=loket.body,
        doubt=doubt_row(visit.catalogue, loket, visit.on),
        sources=sources,
        updated=updated(sources),
    )


def _areas(catalogue: Catalogue, loket: Loket) -> list[str]:
    """Where it is for: the municipalities it names, else its regions."""
    if loket.municipalities:
        return [catalogue.municipalities[each].name for each in loket.municipalities]
    return [region_name(region) for region in catalogue.linked(loket.regions, Region)]


def contact_row(loket: Loket) -> ContactRow:
    return ContactRow(
        url=str(loket.url) if loket.url else "",
        host=(loket.url.host or "").removeprefix("www.") if loket.url else "",
        email=loket.email or "",
        phone=loket.phone or "",
        phone_link="".join(each for each in loket.phone or "" if each.isdigit() or each == "+"),
        address=loket.address,
    )


def opening_hours(hours: Iterable[OpeningHours]) -> tuple[tuple[str, str], ...]:
    """Days and hours in words: `maandag tot en met vrijdag`, `9.00 tot 17.00 uur`."""
    return tuple((first_upper(_days(each)), f"{each.opens:%-H.%M} tot {each.closes:%-H.%M} uur") for each in hours)


def _days(hours: OpeningHours) -> str:
    week = list(_DAYS)
    at = [week.index(day) for day in hours.days]
    in_a_row = len(at) > 2 and at == list(range(at[0], at[0] + len(at)))
    if in_a_row:
        return f"{_DAYS[hours.days[0]]} tot en met {_DAYS[hours.days[-1]]}"
    return listed(_DAYS[day] for day in hours.days)
