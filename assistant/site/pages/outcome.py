"""What came of a zelftest: the routes that fit, may fit or nearly fit, and the loket that helps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility, RouteVerdict
from assistant.leads.routing import RoutedTo, find_municipality, route_lead
from assistant.money.finances import Finances
from assistant.site.pages.parts import SourceRow, source_rows, sources_of
from assistant.site.pages.route_result import RouteResult, route_result
from assistant.site.visit import Visit
from assistant.site.wording import day_in_words
from assistant.zelftest.advice import advice
from knowledge.catalogue import Catalogue
from knowledge.route import Route

_ON_SCREEN = {"past": 3, "misschien": 3, "adviseur": 2, "bijna": 3}
"""Routes of a group that are shown whole; more would hide the best ones. The others are named, with their page."""
_ON_PAPER = {"past": 3, "misschien": 2, "adviseur": 1, "bijna": 2}
"""The same for what is printed."""
_GROUPS = {
    "past": ("Deze routes passen bij jou", "Aan alles wat we weten, voldoe je."),
    "misschien": ("Deze routes passen misschien", "Er moet nog iets duidelijk worden. Bij elke route staat wat."),
    "adviseur": (
        "Hier moet een mens naar kijken",
        "Een regel kunnen wij niet zelf toetsen. Een adviseur van het loket kan dat wel.",
    ),
    "bijna": ("Deze routes passen net niet", "Wat er moet veranderen, staat erbij."),
}
"""Title and first sentence of each group, the best one first."""
_NEAREST = "Deze routes zijn het dichtst bij"
_COMPARED = 4
_WEEKDAYS = {
    "ma": "maandag",
    "di": "dinsdag",
    "wo": "woensdag",
    "do": "donderdag",
    "vr": "vrijdag",
    "za": "zaterdag",
    "zo": "zondag",
}


@dataclass(frozen=True)
class Group:
    """Routes with one verdict: the first few whole, the others named."""

    id: str
    title: str
    intro: str
    routes: tuple[RouteResult, ...]
    others: tuple[tuple[str, str], ...]
    """Address and title."""


@dataclass(frozen=True)
class LoketRow:
    """The loket that helps this visitor, and how to reach it."""

    title: str
    summary: str
    reason: str
    address: str
    phone: str
    phone_link: str
    email: str
    place: str
    url: str
    hours: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """Everything that the pages of the outcome tell, the screen's and the one to print."""

    day: str
    lead: str
    groups: tuple[Group, ...]
    refused: tuple[tuple[str, str], ...]
    """Routes that do not fit and that nothing brings near: address and title."""
    loket: LoketRow
    sources: tuple[SourceRow, ...]
    compared: str
    """The address that lays the best routes side by side; empty if there is one route or none."""


_finances: WeakKeyDictionary[Eligibility, Finances] = WeakKeyDictionary()


def advice_for(
    visit: Visit, eligibility: Eligibility, profile: Profile, page_region: str, *, on_paper: bool = False
) -> tuple[Advice, RoutedTo]:
    """
    The advice on what a visitor told. The loket is one of today, also where the rules are of an earlier day.

    :param page_region: The region that counts as long as nobody knows where the visitor lives.
    :returns: The advice, and the loket with its region.
    """
    facts = profile.facts()
    verdicts = eligibility.verdicts(facts)
    known = eligibility.known(facts)
    routed = route_lead(visit.catalogue, facts, page_region)
    finances = _finances.get(eligibility) or _finances.setdefault(
        eligibility, Finances(eligibility.catalogue, eligibility.on)
    )

    def whole(each: RouteVerdict) -> RouteResult:
        return route_result(visit, eligibility, each, finances.picture(each.route.id, known, routed.region))

    most = _ON_PAPER if on_paper else _ON_SCREEN
    found = _grouped(verdicts, most["bijna"])
    titles = _GROUPS if found["past"] or found["misschien"] else _GROUPS | {"bijna": (_NEAREST, _GROUPS["bijna"][1])}
    groups = tuple(
        Group(
            id=id_,
            title=titles[id_][0],
            intro=titles[id_][1],
            routes=tuple(whole(each) for each in judged[: most[id_]]),
            others=tuple(_link(visit, each.route) for each in judged[most[id_] :]),
        )
        for id_, judged in found.items()
        if judged
    )
    named = {each.route.id for judged in found.values() for each in judged}
    advised = Advice(
        day=day_in_words(eligibility.on),
        lead=advice(eligibility, verdicts, routed),
        groups=groups,
        refused=tuple(_link(visit, each.route) for each in verdicts if each.route.id not in named),
        loket=_loket(visit, routed),
        sources=tuple(
            dict.fromkeys(
                (*_sources(eligibility.catalogue, groups, verdicts), *sources_of(visit.catalogue, routed.loket))
            )
        ),
        compared=_compared(visit, [*found["past"], *found["misschien"]][:_COMPARED]),
    )
    return advised, routed


def region_of(visit: Visit, catalogue: Catalogue, profile: Profile, routed: RoutedTo) -> str | None:
    """The visitor's region as far as they told it: by where they live, else the one they chose for the pages."""
    place = profile.facts().get("municipality")
    lives_in = find_municipality(catalogue, str(place)) if place is not None else None
    if lives_in is not None and lives_in.regions:
        return routed.region
    return visit.region.id if visit.region else None


def _grouped(verdicts: Sequence[RouteVerdict], nearest: int) -> dict[str, list[RouteVerdict]]:
    """The routes by group, each the best first; of those that do not fit the nearest ones that something can open."""
    words = {"past": "fits", "misschien": "possible", "adviseur": "ask_adviser"}
    near = [each for each in verdicts if each.verdict == "does_not_fit" and each.changes]
    return {id_: [each for each in verdicts if each.verdict == word] for id_, word in words.items()} | {
        "bijna": near[:nearest]
    }


def _link(visit: Visit, route: Route) -> tuple[str, str]:
    return visit.shell("", "").to(route), route.title


def _compared(visit: Visit, verdicts: Sequence[RouteVerdict]) -> str:
    if len(verdicts) < 2:
        return ""
    base = visit.shell("", "").link("/vergelijk")
    ids = "&".join(f"route={each.route.id}" for each in verdicts)
    return f"{base}{'&' if '?' in base else '?'}{ids}"


def _loket(visit: Visit, routed: RoutedTo) -> LoketRow:
    loket = routed.loket
    return LoketRow(
        title=loket.title,
        summary=loket.summary,
        reason=routed.reason,
        address=visit.shell("", "").to(loket),
        phone=loket.phone or "",
        phone_link=(loket.phone or "").replace(" ", "").replace("-", ""),
        email=loket.email or "",
        place=loket.address,
        url=str(loket.url) if loket.url else "",
        hours=tuple(
            f"{', '.join(_WEEKDAYS[day] for day in each.days)}: {each.opens:%H:%M} tot {each.closes:%H:%M}"
            for each in loket.hours
        ),
    )


def _sources(catalogue: Catalogue, groups: Sequence[Group], verdicts: Sequence[RouteVerdict]) -> Iterator[SourceRow]:
    """Every source that the routes shown, their rules and their amounts lean on."""
    whole = {each.id: each for group in groups for each in group.routes}
    yield from sources_of(catalogue, *(catalogue.get(id_, Route) for id_ in whole))
    rules = (rule.rule for each in verdicts if each.route.id in whole for rule in each.rules)
    yield from source_rows(catalogue, (source for rule in rules for source in rule.sources))
    yield from source_rows(catalogue, (source.id for each in whole.values() for source in each.money.picture.sources))
