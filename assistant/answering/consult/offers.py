"""Where a route can be followed: which institution offers it, in which place and form, and when it starts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.choosing import choose_route, clarify, family_of, wanted_form
from assistant.answering.consult.consultation import Consultation
from assistant.answering.reply import QuickReply
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from assistant.answering.understand.text import fold
from assistant.zelftest.question import question_about
from knowledge.programme import Programme
from knowledge.record import Kind
from knowledge.route import Route

WHERE = "where"
"""The aspect that a topic remembers, so that a place is an answer to it."""
_SHOWN = {"place": 5, "region": 4, "near": 3, "online": 2, "far": 0}
"""How many programmes of each distance one reply names."""
_FAR = 3
_PLACES = 5
"""More places than this of one programme are not all named."""
_ASKS_WHERE = re.compile(
    r"\bwaar\b.{0,60}\b(?:volgen|doen|studeren|halen|leren|inschrijven)\b"
    r"|\bwelke (?:hogeschool|hogescholen|universiteit\w*|opleiders?|pabo'?s?|instelling\w*|roc\w*)\b"
    r"|\b(?:is|zijn) er\b.{0,30}\b(?:pabo\w*|\w*opleiding\w*|pdg)\b.{0,20}\b(?:in|bij|rond)\b"
    r"|\b(?:bij mij )?in de buurt\b|\bdicht ?bij\b|\bwie biedt\b|\bbij wie kan ik\b"
    r"|\bwhere can (?:i|you)\b.{0,50}\b(?:study|follow|do|take|train)\b|\bwhich (?:universit\w+|college|institution)\b|\bnear me\b"
)
_ASKS_START = re.compile(
    r"\bwanneer\b.{0,20}\b(?:start|starten|begint?|beginnen)\b|\bstartmoment\w*|\binstroommoment\w*|\bstartdatum\b"
    r"|\bwhen\b.{0,20}\b(?:start|starts|begin|begins)\b"
)
_IS_ABOUT_WORK = re.compile(
    r"\b(?:lesgeven|les geven|werken|werk|solliciteren|vacature\w*|meelopen|terecht|stage)\b|\bteach\b|\bwork\b"
)
_NEAR = re.compile(r"\bin de buurt\b|\bdicht ?bij\b|\bnear me\b")
_GUESS = 0.5
"""Below this an intent says less than the name of a programme."""
_TELLS_OF_ONE = frozenset({"route_info", "definition", "admission"})
_BETTER_ELSEWHERE = frozenset({"loket", "vacancy", "handover", "orientation", "event", "zelftest", "crisis"})


@dataclass(frozen=True)
class Offers:
    """Programmes that are equally near to the visitor."""

    distance: Literal["place", "region", "near", "online", "far"]
    """In the place asked for, elsewhere in the region, within reach of it, at a distance, or none of these."""
    programmes: tuple[Programme, ...]


def offered(c: Consultation) -> Finding | None:
    """
    Where the route that is named can be followed, own region first; or what one programme is, and when it starts.

    :returns: None when the question asks none of this, or names nothing that somebody can enrol in.
    """
    one = _called_by_name(c)
    text = fold(c.understood.text)
    asks_start = bool(_ASKS_START.search(text))
    goes_on = c.understood.is_follow_up and c.state.topic.aspect == WHERE and _tells_a_place(c)
    asks_this = asks_start or goes_on or bool(_ASKS_WHERE.search(text))
    tells_of_one = c.understood.intent in _TELLS_OF_ONE or c.understood.confidence < _GUESS
    if one is not None and (asks_this or tells_of_one):
        return _one(c, one, asks_start)
    if not asks_this or _IS_ABOUT_WORK.search(text):
        return None
    hosts = {each.id for each in c.named(Kind.INSTITUTION)}
    if c.understood.intent in _BETTER_ELSEWHERE and not c.named(Kind.ROUTE) and not goes_on:
        return None
    chosen = choose_route(c)
    candidates = (chosen.route,) if chosen.question is None else chosen.others if hosts else ()
    for route in candidates:
        found = [each for each in _of_route(c, route) if not hosts or each.institution in hosts] if route else []
        if len(found) == 1 and hosts:
            return _one(c, found[0], asks_start)
        if route is not None and found and not (asks_start and not hosts):
            return _listed(c, route, found)
    # When a route starts in general is told by the route itself.
    return clarify(c, chosen) if chosen.question is not None else None


def _called_by_name(c: Consultation) -> Programme | None:
    """The programme that the question names, when no other name in it is longer: `spring`, `world teachers programme`."""
    first = c.catalogue.find(next(iter(c.understood.records), ""))
    return first if isinstance(first, Programme) and c.is_current(first) else None


def _tells_a_place(c: Consultation) -> bool:
    return "municipality" in c.understood.scope or any(fact.name == "municipality" for fact in c.understood.facts)


def _of_route(c: Consultation, route: Route) -> list[Programme]:
    """
    What one can enrol in to follow the route: with a form asked for, that of its whole family in that form.

    Somebody who asks for the pabo part-time has not said yet whether a degree makes it the short one.
    """
    form = wanted_form(c)
    routes = {route.id}
    if form is not None:
        kin = (each for each in c.catalogue.all(Route) if family_of(each) == family_of(route))
        routes |= {each.id for each in kin if set(each.sectors) & set(route.sectors)}
    subject = c.fact("subject")
    return [
        each
        for each in c.all_current(Programme)
        if each.status != "ended"
        and routes & set(each.routes)
        and (form is None or form in each.forms or (form == "flexibel" and each.is_online))
        and (subject is None or not each.subjects or subject.value in each.subjects)
    ]


def _listed(c: Consultation, route: Route, found: Sequence[Programme]) -> Finding:
    place = _asked_place(c, found)
    groups = _by_distance(c, found, place)
    shown = tuple(programme for group in groups for programme in group.programmes)
    unknown_home = place is None and bool(_NEAR.search(fold(c.understood.text)))
    wording = {
        "nl": ("Wat kost het?", "Past deze route bij mij?"),
        "en": ("What does it cost?", "Does this route fit me?"),
    }
    return Finding(
        template="programmes",
        status=AnswerStatus.ANSWERED_LIST,
        values={
            "route": route,
            "groups": groups,
            "place": place,
            "region": c.catalogue.find(c.region),
            "places": {each.id: _places_told(c, each) for each in shown},
        },
        cited=(route, *shown),
        question=question_about(c.catalogue.facts["municipality"], locale=c.locale) if unknown_home else None,
        quick_replies=() if unknown_home else tuple(QuickReply(label=each, text=each) for each in wording[c.locale]),
        topic=Topic(intent="route_info", record_id=route.id, route_id=route.id, aspect=WHERE),
    )


def _one(c: Consultation, programme: Programme, asks_start: bool) -> Finding:
    """One programme: when it starts, or what it is."""
    route = c.catalogue.get(programme.routes[0], Route)
    return Finding(
        template="programme",
        status=AnswerStatus.ANSWERED_RECORD,
        values={"programme": programme, "asks_start": asks_start},
        cited=(programme,),
        topic=Topic(intent="route_info", record_id=programme.id, route_id=route.id),
    )


def _asked_place(c: Consultation, found: Iterable[Programme]) -> str | None:
    """The place that the question names: a town with a programme, also one that is a verb too (`leiden`), or a home."""
    words = f" {' '.join(re.findall(r'[a-z]+', fold(c.understood.text)))} "
    towns = (place for programme in found for place in programme.places)
    named = next((town for town in towns if f" {fold(town)} " in words), None)
    if named is not None or c.understood.elsewhere:
        return named or c.understood.elsewhere
    fact = c.fact("municipality")
    home = c.catalogue.municipalities.get(str(fact.value)) if fact else None
    return home.name if home is not None else None


def _by_distance(c: Consultation, found: Sequence[Programme], place: str | None) -> tuple[Offers, ...]:
    """The nearest programmes, a few of each distance; those far away only when there are no others."""
    own = _towns_of(c)
    groups: dict[str, list[Programme]] = {"place": [], "region": [], "near": [], "online": [], "far": []}
    for each in found:
        if place in each.places:
            groups["place"].append(each)
        elif own & set(each.places):
            groups["region"].append(each)
        elif each.is_online:
            groups["online"].append(each)
        elif c.region in each.near:
            groups["near"].append(each)
        else:
            groups["far"].append(each)
    towns = c.catalogue.municipalities.values()
    known = {name: bool(each.regions) for each in towns for name in (each.name, *each.places)}
    # What is within reach of fewer regions is nearer to each of them.
    groups["near"].sort(key=lambda each: (len(each.near), _strangeness(each, known)))
    nearer = [name for name, most in _SHOWN.items() if most and groups[name]]
    return tuple(
        Offers(distance=name, programmes=tuple(groups[name][: _SHOWN[name] or _FAR]))  # type: ignore[arg-type]
        for name in (nearer or ["far"])
    )


def _strangeness(programme: Programme, known: Mapping[str, bool]) -> int:
    """
    0 for a town of another region of ours, 1 for a neighbour of one, 2 for a town that we know nothing of.

    :param known: Of towns by name, whether one of our regions has them.
    """
    return min((0 if known.get(place) else 1 if place in known else 2 for place in programme.places), default=2)


def _towns_of(c: Consultation) -> set[str]:
    """Every town of the visitor's region by name, as programmes name them."""
    ours = (
        each
        for each in c.catalogue.municipalities.values()
        if any(membership.region == c.region for membership in each.regions)
    )
    return {name for each in ours for name in (each.name, *each.places)}


def _places_told(c: Consultation, programme: Programme) -> tuple[str, ...]:
    """The towns of the visitor's own region when it has lessons there, else the first ones."""
    own = _towns_of(c)
    return tuple(place for place in programme.places if place in own) or programme.places[:_PLACES]
