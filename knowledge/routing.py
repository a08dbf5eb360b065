"""Which loket takes a visitor over: a pure choice over the catalogue, with its reason in a Dutch sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.catalogue import Catalogue
from knowledge.fact import FactValue
from knowledge.place import Loket, Municipality, Region

NATIONAL_LOKET = "landelijk-onderwijsloket"

SECTOR_WORDS = {
    "po": "basisonderwijs",
    "so": "speciaal onderwijs",
    "vo": "voortgezet onderwijs",
    "mbo": "mbo",
    "ko": "kinderopvang",
    "ho": "hoger onderwijs",
}

_SERVICES_FOR_GOAL: dict[str, frozenset[str]] = {
    "orienteren": frozenset({"inform", "inspire", "zelftest", "spreekuur", "events", "meelopen"}),
    "starten": frozenset({"inform", "spreekuur", "matching", "training"}),
    "meelopen": frozenset({"meelopen", "matching", "spreekuur", "inform"}),
    "vacature": frozenset({"vacatures", "matching", "inform"}),
    "bijscholen": frozenset({"professionalisering", "training", "inform"}),
    "terugkeren": frozenset({"inform", "spreekuur", "matching"}),
    "leidinggeven": frozenset({"inform", "spreekuur", "professionalisering"}),
}
_HIGHER = frozenset({"hbo-bachelor", "hbo-master", "wo-bachelor", "wo-master", "phd"})


@dataclass(frozen=True)
class RoutedTo:
    """The loket that takes over, the region whose advisers see the lead, and why."""

    loket: Loket
    region: str
    reason: str


@dataclass(frozen=True)
class _Visitor:
    """What routing looks at."""

    place: str
    municipality: Municipality | None
    sectors: frozenset[str]
    goal: str
    audience: frozenset[str]

    @property
    def is_elsewhere(self) -> bool:
        """Whether the visitor lives where none of our regions is."""
        return bool(self.place) and (self.municipality is None or not self.municipality.regions)

    def regions(self, page_region: str) -> tuple[str, ...]:
        """The regions that serve this visitor's municipality for one of the sectors; the page's if we do not know it."""
        if self.municipality is None:
            return () if self.place else (page_region,)
        return tuple(
            membership.region
            for membership in self.municipality.regions
            if not membership.sectors or not self.sectors or self.sectors & set(membership.sectors)
        )


def choose_loket(catalogue: Catalogue, facts: Mapping[str, FactValue], page_region: str) -> RoutedTo | None:
    """
    The loket for a visitor.

    First the lokets that name the municipality, and those of the region it belongs to for this sector; among those the one that is for
    these people, does what they want, covers their sectors and names their municipality. Else the region's own
    default, else the national loket.

    :param facts: What is known; `municipality`, `sector`, `goal`, `role` and `diploma_level` are looked at.
    :param page_region: The region of the page the visitor came from.
    :returns: None if the catalogue has no loket at all that takes leads.
    """
    visitor = _visitor(catalogue, facts)
    regions = visitor.regions(page_region)
    defaults = {region.default_loket for region in catalogue.all(Region) if region.id in regions}
    fitting = [loket for loket in _open(catalogue) if _serves(loket, visitor, regions)]
    if fitting and (visitor.sectors or not defaults & {loket.id for loket in fitting}):
        # max() keeps the first of equals, so the order of the editors' files decides between twins.
        best = max(fitting, key=lambda loket: _fit(loket, visitor, loket.id in defaults))
        return RoutedTo(best, _region_of(best, regions, page_region), _reason(best, visitor))
    for loket in fitting:
        if loket.id in defaults:
            reason = f"Dit is het eerste loket {_where(visitor)}. Voor een bepaald soort onderwijs is er soms een ander loket."
            return RoutedTo(loket, _region_of(loket, regions, page_region), reason)
    return _last_resort(catalogue, visitor, page_region)


def find_municipality(catalogue: Catalogue, place: str) -> Municipality | None:
    """The municipality with that id, name, or village, whatever the capitals; None if we do not know it."""
    if place in catalogue.municipalities:
        return catalogue.municipalities[place]
    wanted = place.casefold()
    for municipality in catalogue.municipalities.values():
        names = (municipality.name, *municipality.also_called, *municipality.places)
        if wanted in (name.casefold() for name in names):
            return municipality
    return None


def sectors_in_words(sectors: frozenset[str] | tuple[str, ...]) -> str:
    """`basisonderwijs`, `basisonderwijs en mbo`; in the fixed order."""
    words = [word for sector, word in SECTOR_WORDS.items() if sector in sectors]
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _visitor(catalogue: Catalogue, facts: Mapping[str, FactValue]) -> _Visitor:
    place = str(facts.get("municipality", ""))
    sectors = facts.get("sector", frozenset())
    return _Visitor(
        place=place,
        municipality=find_municipality(catalogue, place) if place else None,
        sectors=sectors if isinstance(sectors, frozenset) else frozenset({str(sectors)}),
        goal=str(facts.get("goal", "")),
        audience=_audience(facts),
    )


def _audience(facts: Mapping[str, FactValue]) -> frozenset[str]:
    """What kinds of people the visitor is, in the words of `Loket.audience`; empty if nothing tells."""
    kinds = set()
    if facts.get("role") in ("onderwijsassistent", "leraarondersteuner"):
        kinds.add("onderwijsassistent")
    elif facts.get("role") == "schoolleider":
        kinds.add("schoolleider")
    elif facts.get("diploma_level") in _HIGHER:
        kinds.add("zij-instromer")
    elif "diploma_level" in facts:
        kinds.add("student")
    if facts.get("works_in_education") == "leraar":
        kinds.add("leraar")
    if facts.get("goal") == "terugkeren":
        kinds.add("herintreder")
    if facts.get("statushouder") is True:
        kinds.add("statushouder")
    return frozenset(kinds)


def _open(catalogue: Catalogue) -> list[Loket]:
    return [loket for loket in catalogue.all(Loket) if loket.status == "active" and loket.takes_leads]


def _serves(loket: Loket, visitor: _Visitor, regions: tuple[str, ...]) -> bool:
    if loket.municipalities:
        # A desk that names the municipality serves it, also for a sector in which the region itself does nothing there.
        if visitor.municipality is None or visitor.municipality.id not in loket.municipalities:
            return False
    elif not set(loket.regions) & set(regions):
        return False
    return not loket.sectors or not visitor.sectors or bool(visitor.sectors & set(loket.sectors))


def _fit(loket: Loket, visitor: _Visitor, is_default: bool) -> tuple[int, ...]:
    """How well a loket that serves the visitor fits; compared from left to right."""
    wanted = _SERVICES_FOR_GOAL.get(visitor.goal, frozenset({"inform", "spreekuur", "zelftest", "matching"}))
    return (
        int(not loket.audience or not visitor.audience or bool(visitor.audience & set(loket.audience))),
        int(not loket.services or bool(wanted & set(loket.services))),
        len(visitor.sectors) if not loket.sectors else len(visitor.sectors & set(loket.sectors)),
        int(bool(loket.municipalities)),
        int(is_default),
    )


def _region_of(loket: Loket, regions: tuple[str, ...], page_region: str) -> str:
    return next((region for region in regions if region in loket.regions), next(iter(loket.regions), page_region))


def _where(visitor: _Visitor) -> str:
    return f"in {visitor.municipality.name}" if visitor.municipality else "in deze regio"


def _reason(loket: Loket, visitor: _Visitor) -> str:
    """Why this desk: read by the visitor in the chat, and by the adviser in the dossier."""
    sectors = sectors_in_words(visitor.sectors)
    if not sectors:
        return f"{loket.title} is het loket {_where(visitor)}."
    return f"Voor {sectors} {_where(visitor)} is {loket.title} het loket."


def _last_resort(catalogue: Catalogue, visitor: _Visitor, page_region: str) -> RoutedTo | None:
    lokets = _open(catalogue)
    national = next((loket for loket in lokets if loket.id == NATIONAL_LOKET), None)
    fallback = national or next((loket for loket in lokets if not loket.regions), None) or next(iter(lokets), None)
    if fallback is None:
        return None
    if visitor.is_elsewhere:
        name = visitor.municipality.name if visitor.municipality else visitor.place
        reason = f"{name} ligt buiten onze regio's. {fallback.title} weet wie daar helpt."
    else:
        sectors = sectors_in_words(visitor.sectors) or "deze vraag"
        reason = f"Voor {sectors} {_where(visitor)} kennen wij geen eigen loket. {fallback.title} helpt je verder."
    return RoutedTo(fallback, page_region, reason)
