"""Who answers which kind of question, and what is tried when that knows nothing."""

from collections.abc import Callable

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult import advice, explanations, money, outings, places, routes
from assistant.answering.consult.consultation import Consultation
from assistant.answering.turn import Finding

Consult = Callable[[Consultation], Finding | None]

_SURE = 0.55
"""From this confidence on an intent that leads away from answering (smalltalk, out of scope) is believed."""


def _faq_if_asked(c: Consultation) -> Finding | None:
    """A FAQ, when the message tells nothing new and so is a question: `ben ik te oud?`."""
    told = {fact.name for fact in c.understood.facts} - {"role", "sector", "subject"}
    return None if told or c.understood.is_follow_up or not c.understood.text else explanations.faq(c)


_BY_INTENT: dict[str, tuple[Consult, ...]] = {
    "route_advice": (_faq_if_asked, advice.advise),
    "zelftest": (advice.zelftest,),
    "admission": (explanations.faq, advice.admit, explanations.search),
    "route_info": (routes.inform, explanations.faq, explanations.search),
    "cost": (money.cost, explanations.faq, explanations.search),
    "subsidy": (money.subsidy, explanations.faq, explanations.search),
    "salary": (money.salary, explanations.faq, explanations.search),
    "definition": (explanations.define, explanations.faq, explanations.search),
    "figure": (explanations.figure, explanations.search),
    "loket": (places.find_loket,),
    "event": (outings.events,),
    "orientation": (outings.orientation,),
    "vacancy": (outings.vacancies,),
    "handover": (places.hand_over,),
}
_FIXED = {
    "greeting": AnswerStatus.ANSWERED_GREETING,
    "smalltalk": AnswerStatus.ANSWERED_SMALLTALK,
    "feedback": AnswerStatus.ANSWERED_FEEDBACK,
}


def consult(c: Consultation) -> Finding:
    """What to answer; never nothing."""
    understood = c.understood
    if understood.elsewhere and understood.intent in (
        "loket",
        "route_advice",
        "orientation",
        "event",
        "vacancy",
        "out_of_scope",
    ):
        return places.elsewhere(c, understood.elsewhere)
    if understood.intent in _FIXED and understood.confidence >= _SURE:
        found = places.loket_for(c)
        values = {"loket": found.loket}
        offered = "complaint" if understood.intent == "feedback" else None
        return Finding(understood.intent, _FIXED[understood.intent], values, cited=(found.loket,), lead_reason=offered)
    if understood.intent == "out_of_scope":
        return explanations.faq(c) or _out_of_scope(c)
    if understood.about_somebody_else and understood.intent == "route_advice":
        return Finding(
            "somebody_else",
            AnswerStatus.ASKED_CLARIFICATION,
            {"loket": places.loket_for(c).loket},
            cited=(places.loket_for(c).loket,),
        )
    for ask in (*_BY_INTENT.get(understood.intent, ()), explanations.faq, explanations.search):
        finding = ask(c)
        if finding is not None:
            return finding
    return explanations.not_found(c)


def _out_of_scope(c: Consultation) -> Finding:
    found = places.loket_for(c)
    return Finding("out_of_scope", AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE, {"loket": found.loket}, cited=(found.loket,))
