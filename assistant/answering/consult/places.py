"""Which desk answers here, and the way to a person."""

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.consultation import Consultation
from assistant.answering.state import Topic
from assistant.answering.turn import Finding, LoketFound
from assistant.leads.routing import NATIONAL_LOKET, route_lead
from assistant.zelftest.question import question_about
from knowledge.place import Loket
from knowledge.record import Kind


def find_loket(c: Consultation) -> Finding:
    """The desk for this visitor's municipality and sector; asks for the municipality when it is not known."""
    if c.understood.elsewhere:
        return elsewhere(c, c.understood.elsewhere)
    named = [each for each in c.named(Kind.LOKET) if isinstance(each, Loket)]
    if named:
        return Finding(
            template="loket_named",
            status=AnswerStatus.ANSWERED_RECORD,
            values={"loket": named[0]},
            cited=(named[0],),
            loket=LoketFound(named[0], ""),
            topic=Topic(intent="loket", record_id=named[0].id),
        )
    place = c.fact("municipality")
    known = c.catalogue.municipalities.get(str(place.value)) if place else None
    if known is not None and not known.regions:
        return elsewhere(c, known.name)
    found = loket_for(c)
    return Finding(
        template="loket",
        status=AnswerStatus.ANSWERED_RECORD if place else AnswerStatus.ASKED_FACT,
        values={"loket": found.loket, "reason": found.reason, "place": _place_name(c)},
        cited=(found.loket,),
        loket=found,
        question=None if place else question_about(c.catalogue.facts["municipality"], locale=c.locale),
        topic=Topic(intent="loket", record_id=found.loket.id),
    )


def elsewhere(c: Consultation, place: str) -> Finding:
    """For somebody who lives outside our regions: the national desk."""
    loket = _their_own(c, place) or c.catalogue.get(NATIONAL_LOKET, Loket)
    return Finding(
        template="out_of_region",
        status=AnswerStatus.UNANSWERABLE_OUT_OF_REGION,
        values={"loket": loket, "place": place},
        cited=(loket,),
        loket=LoketFound(loket, ""),
        topic=Topic(intent="loket", record_id=loket.id),
    )


def hand_over(c: Consultation) -> Finding:
    """Offers a person: the form, and the desk that will call."""
    found = loket_for(c)
    return Finding(
        template="handover",
        status=AnswerStatus.HANDED_OVER_OFFERED,
        values={"loket": found.loket, "reason": found.reason},
        cited=(found.loket,),
        loket=found,
        lead_reason="asked",
    )


def loket_for(c: Consultation) -> LoketFound:
    """The desk that takes this visitor on, with the reason."""
    facts = c.profile.with_facts(c.understood.scope.values()).facts()
    if "sector" not in facts and c.sectors:
        facts["sector"] = frozenset(c.sectors)
    routed = route_lead(c.catalogue, facts, c.state.region)
    return LoketFound(routed.loket, routed.reason)


def _their_own(c: Consultation, place: str) -> Loket | None:
    """A desk elsewhere that names this municipality, if we know one."""
    ids = {each.id for each in c.catalogue.municipalities.values() if each.name == place}
    lokets = (each for each in c.catalogue.all(Loket) if each.status == "active" and not each.regions)
    return next((each for each in lokets if ids & set(each.municipalities)), None)


def _place_name(c: Consultation) -> str | None:
    fact = c.fact("municipality")
    place = c.catalogue.municipalities.get(str(fact.value)) if fact else None
    return place.name if place else None
