"""What it costs, who helps to pay, what one earns: fields of records, never a sentence of our own with an amount."""

from collections.abc import Sequence

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.choosing import choose_route, clarify
from assistant.answering.consult.consultation import Consultation
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from knowledge.money import Cost, Money, Salary, Subsidy
from knowledge.record import Kind
from knowledge.route import Route

_SHOWN = 5


def cost(c: Consultation) -> Finding | None:
    """What a thing or a route costs."""
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
    named = [record for record in c.named(kind) if isinstance(record, type_)]
    if named:
        return _record(c, intent, sorted(named, key=lambda each: not c.suits_sector(each))[:1], route=None)
    chosen = choose_route(c)
    if chosen.question is not None and intent != "cost":
        return clarify(c, chosen)
    route = chosen.route or (chosen.others[0] if chosen.others else None)
    if route is not None:
        linked = [record for record in _linked(c, route, type_) if c.is_current(record)]
        if linked:
            return _record(c, intent, linked[:_SHOWN], route)
        if intent != "cost":
            return None
    found = [c.catalogue.find(hit.passage.record_id or "") for hit in c.hits(kind, limit=6)]
    fitting = [
        record for record in found if isinstance(record, type_) and c.suits_sector(record) and c.is_current(record)
    ]
    if _is_general(c, intent):
        fitting = [record for record in c.catalogue.linked(usual, type_) if c.suits_sector(record)]
    unique = list(dict.fromkeys(record.id for record in fitting))
    records = [record for record in dict.fromkeys(fitting) if record.id in unique]
    return (
        _record(c, intent, records[:1] if intent == "salary" and len(c.sectors) == 1 else records[:3], None)
        if records
        else None
    )


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
    ids = {Cost: route.costs, Subsidy: route.subsidies, Salary: route.salaries}[type_]
    return c.catalogue.linked(ids, type_)


def _record(c: Consultation, intent: str, records: Sequence[Money], route: Route | None) -> Finding:
    main = records[0]
    topic_route = route or c.topic_route()
    return Finding(
        template="money_route" if route is not None else "money",
        status=AnswerStatus.ANSWERED_RECORD,
        values={"intent": intent, "main": main, "records": records, "route": route},
        cited=(*records, route) if route is not None else tuple(records),
        money=tuple(records),
        topic=Topic(
            intent=intent,
            record_id=main.id,
            route_id=topic_route.id if topic_route else None,
            sector=c.sectors[0] if len(c.sectors) == 1 else None,
        ),
    )
