"""What it costs, who helps to pay, what one earns: fields of records, never a sentence of our own with an amount."""

import re
from collections.abc import Sequence

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.choosing import choose_route, clarify
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.explanations import faq, is_near, nearest, nearness
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from assistant.answering.understand.text import Text
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.record import Kind, Record
from knowledge.route import Route

_SHOWN = 5
_ASKS_HOW_MUCH = re.compile(r"\b(?:wat|hoeveel) kost|\bhow much\b")
_LONG_WORD = 7
_EXACT_BY_WORD = 0.9
_EXACT = 0.95
"""From this nearness on a record is what was asked for, though it was not called by its name."""
_ASKS_WHO_PAYS = re.compile(r"\bwie betaal\w*|\bwho pays\b|\bmoet ik (?:dat |het )?zelf betalen\b|\bzelf betalen\b")


def cost(c: Consultation) -> Finding | None:
    """What a thing or a route costs, and who pays."""
    text = c.understood.text.lower()
    studies = [each for each in c.named(Kind.ROUTE) if isinstance(each, Route) and not each.pay_while_learning]
    if _ASKS_WHO_PAYS.search(text) and not _ASKS_HOW_MUCH.search(text) and not studies and not c.named(Kind.COST):
        explained = nearest(c, Kind.ARTICLE, Kind.FAQ)
        if explained is not None:
            return explained
    return _money(c, Cost, "cost", usual=("wettelijk-collegegeld", "instellingscollegegeld"))


def subsidy(c: Consultation) -> Finding | None:
    """Which grants and loans there are, or what one of them is."""
    return _money(
        c, Subsidy, "subsidy", usual=("subsidie-zij-instroom", "levenlanglerenkrediet", "tegemoetkoming-leraren")
    )


def salary(c: Consultation) -> Finding | None:
    """What one earns in a job or on a route."""
    return _money(c, Salary, "salary", usual=("salaris-leraar-po", "salaris-leraar-vo", "salaris-docent-mbo"))


def _money(c: Consultation, type_: type[Money], intent: str, usual: Sequence[str]) -> Finding | None:
    kind = Kind(intent)
    named = [record for record in c.by_relevance(c.named(kind)) if isinstance(record, type_) and c.suits_sector(record)]
    if named:
        return _record(c, intent, named[:1], route=None)
    # A thing that is called by name, and is no route, is what is asked about, also by who goes on asking.
    goes_on_with = c.understood.is_ellipsis and not c.understood.scope
    names_a_thing = goes_on_with and bool(c.understood.records) and not c.named(Kind.ROUTE)
    exact = None if c.understood.is_follow_up and not names_a_thing else _exact(c, type_)
    if exact is not None:
        return _record(c, intent, [exact], route=None)
    chosen = choose_route(c)
    route = chosen.route
    if chosen.question is not None:
        explained = nearest(c, Kind.ARTICLE, Kind.FAQ) if intent == "cost" else None
        if explained is not None:
            return explained
        shared = _shared(c, chosen.others, type_)
        if not shared:
            return clarify(c, chosen)
        return _record(c, intent, shared[:_SHOWN], route=None)
    if route is not None and _turns_to_another_job(c, route):
        route = None
    if route is not None:
        current = [record for record in _linked(c, route, type_) if c.is_current(record)]
        linked = [record for record in current if c.suits_sector(record)] or current
        if linked or not c.understood.is_follow_up:
            return _record(c, intent, linked[:_SHOWN], route) if linked else None
    goes_on = (c.understood.is_follow_up and not names_a_thing) or c.understood.is_correction
    if _is_general(c, intent) or goes_on:
        usual_ones = [record for record in c.catalogue.linked(usual, type_) if c.suits_sector(record)]
        return _record(c, intent, usual_ones[:1] if c.sectors else usual_ones, None) if usual_ones else None
    found = _searched(c, kind, type_)
    return faq(c) or (_record(c, intent, found[:2], None) if found else None)


def _turns_to_another_job(c: Consultation, route: Route) -> bool:
    """Whether the message names another job or kind of school than the route that was talked about is for."""
    role = c.understood.scope.get("role")
    other_job = role is not None and role.value not in route.roles
    return c.understood.is_follow_up and (other_job or not c.suits_sector(route))


def _exact(c: Consultation, type_: type[Money]) -> Money | None:
    """The record that is so near that it must be what was asked for, though it was not called by its name."""
    for hit in c.hits(Kind(type_.model_fields["kind"].default), limit=3):
        record = c.catalogue.find(hit.passage.record_id or "")
        least = _EXACT_BY_WORD if record is not None and _shares_word(c, record) else _EXACT
        if nearness(hit) >= least and isinstance(record, type_) and c.suits_sector(record) and c.is_current(record):
            return record
    return None


def _shares_word(c: Consultation, record: Record) -> bool:
    """Whether the question holds a long word of the record's title: `tegemoetkoming`."""
    asked = set(Text(c.understood.text).words)
    return any(word in asked for word in Text(record.title).words if len(word) >= _LONG_WORD)


def _searched(c: Consultation, kind: Kind, type_: type[Money]) -> list[Money]:
    """The records that searching finds near enough, each once."""
    ids = dict.fromkeys(hit.passage.record_id for hit in c.hits(kind, limit=6) if is_near(hit))
    records = (c.catalogue.find(each or "") for each in ids)
    return [each for each in records if isinstance(each, type_) and c.suits_sector(each) and c.is_current(each)]


def _shared(c: Consultation, routes: Sequence[Route], type_: type[Money]) -> list[Money]:
    """What every route that may be meant has in common: then it need not be asked which one is meant."""
    lists = [_linked(c, route, type_) for route in routes]
    return [record for record in lists[0] if all(record in others for others in lists[1:])] if lists else []


def _is_general(c: Consultation, intent: str) -> bool:
    """Whether the question names nothing at all: `wat kost het?`, `welke subsidies zijn er?`."""
    general = {
        "cost": ("collegegeld", "opleiding", "leraar worden", "wat kost het", "kosten", "costs", "cost"),
        "subsidy": (
            "welke subsid",
            "subsidie krijgen",
            "subsidies",
            "welke beurs",
            "vergoedingen",
            "financiele",
            "grants",
        ),
        "salary": (
            "wat verdien",
            "salaris leraar",
            "leraar verdien",
            "startsalaris",
            "teacher earn",
            "verdient een leraar",
            "verdien ik",
        ),
    }[intent]
    return not c.understood.records and any(word in c.understood.text.lower() for word in general)


def _linked(c: Consultation, route: Route, type_: type[Money]) -> tuple[Money, ...]:
    ids = {Kind.COST: route.costs, Kind.SUBSIDY: route.subsidies, Kind.SALARY: route.salaries}
    return c.catalogue.linked(ids[type_.model_fields["kind"].default], type_)


def _record(c: Consultation, intent: str, records: Sequence[Money], route: Route | None) -> Finding:
    named = [each for each in c.named(Kind.ROUTE) if isinstance(each, Route) and c.suits_sector(each)]
    topic_route = route or next(iter(named), None) or c.topic_route()
    yours = [each for each in records if isinstance(each, Cost) and each.paid_by == "jij"]
    schools = [each for each in records if isinstance(each, Cost) and each.paid_by == "school"]
    # What somebody has to pay goes before what a school pays; of the latter one amount is enough.
    shown: list[Money] = [*yours, *schools[:1]] or list(records)
    main = shown[0]
    return Finding(
        template="money_route" if route is not None else "money",
        status=AnswerStatus.ANSWERED_RECORD,
        values={
            "intent": intent,
            "main": main,
            "records": records,
            "route": route,
            "others": [each for each in records if each.id != main.id],
            "yours": yours,
            "schools": schools,
        },
        cited=(*records, route) if route is not None else tuple(records),
        money=tuple(shown if route is not None else records),
        topic=Topic(
            intent=intent,
            record_id=main.id,
            route_id=topic_route.id if topic_route else None,
            sector=c.sectors[0] if len(c.sectors) == 1 else None,
        ),
    )
