"""Who answers which kind of question, and what is tried when that knows nothing."""

import re
from collections.abc import Callable

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult import (
    advice,
    chosen,
    employers,
    explanations,
    finances,
    money,
    offers,
    outings,
    places,
    routes,
    signs,
)
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.detail import with_detail
from assistant.answering.turn import Finding
from assistant.answering.understand.cues import is_question
from assistant.answering.understand.text import Text
from knowledge.record import Kind

Consult = Callable[[Consultation], Finding | None]

_GUESS = 0.5
"""Below this an intent is a guess: what searching finds near enough goes before it."""
_NO_IDEA = 0.25
"""Below this a message that names nothing is answered by what searching finds, or not at all."""


def _faq_if_asked(c: Consultation) -> Finding | None:
    """A FAQ, when the message tells little and so is a question: `ben ik te oud?`."""
    told = {fact.name for fact in c.understood.facts} - {"role", "sector", "subject"}
    text = Text(c.understood.text)
    if len(told) > 1 or (told and not is_question(text)) or c.understood.is_follow_up or not text.words:
        return None
    return explanations.same_question(c) if told else explanations.faq(c)


def _explained_if_nothing_told(c: Consultation) -> Finding | None:
    """What is written about getting in, for who told nothing that rules could judge: `zijn de toetsen gratis?`."""
    told = c.fact("diploma_level") or c.fact("teaching_qualification")
    asks_of_tests = bool(_TESTS.search(c.understood.text.lower()))
    if (c.understood.is_follow_up or told) and not asks_of_tests:
        return None
    explained = explanations.nearest(c, Kind.FAQ, Kind.ARTICLE, Kind.COST, Kind.ROUTE)
    # Of a route its conditions are shown rather than its description.
    return advice.admit(c) if explained is not None and explained.template == "route" else explained


def _advise_if_told(c: Consultation) -> Finding | None:
    """Advice, for who asks what a diploma opens without naming a route: `kan ik met hbo rechten meester worden?`."""
    return advice.advise(c) if c.profile.get("diploma_level") and c.profile.get("sector") else None


_TESTS = re.compile(r"\btoets\w*|\w+toets\w*|\bexamens?\b|\btests?\b")
_MAY_THEY = re.compile(r"\b(?:kan|mag|can|may|could) (?:ze|zij|hij|die|she|he|they)\b")
"""Asks of one route whether somebody may enter it: `mijn dochter heeft mbo, kan ze naar de pabo`."""
_BY_INTENT: dict[str, tuple[Consult, ...]] = {
    "route_advice": (_faq_if_asked, advice.advise),
    "zelftest": (advice.zelftest,),
    "admission": (_explained_if_nothing_told, advice.admit, _advise_if_told),
    "route_info": (routes.inform,),
    "cost": (money.cost,),
    "subsidy": (money.subsidy,),
    "salary": (money.salary,),
    "definition": (explanations.define,),
    "figure": (explanations.figure,),
    "loket": (places.find_loket,),
    "event": (outings.events,),
    "orientation": (outings.orientation,),
    "vacancy": (outings.vacancies,),
    "handover": (places.hand_over,),
}
_MAY_HAVE_ENDED: dict[Kind, Consult] = {
    Kind.COST: money.cost,
    Kind.SUBSIDY: money.subsidy,
    Kind.LOKET: places.find_loket,
    Kind.ORIENTATION: outings.orientation,
}
"""Who tells of a thing that may have stopped."""
_ABOUT_HERE = frozenset({"loket", "route_advice", "orientation", "event", "vacancy", "out_of_scope"})
"""What depends on where somebody lives."""
_NEVER_ANOTHER_WAY = frozenset({"zelftest", "handover"})
_BEYOND_RULES = frozenset({Kind.COST, Kind.SUBSIDY, Kind.SALARY, Kind.LOKET, Kind.EVENT})
"""What no rule about getting in says."""
_NAMED_ORGANISATIONS: tuple[Consult, ...] = (offers.offered, employers.boards, employers.partners)
"""Questions about who offers or employs, which say so themselves: what they are nearest to otherwise does not matter."""
_FIXED = {
    "greeting": AnswerStatus.ANSWERED_GREETING,
    "smalltalk": AnswerStatus.ANSWERED_SMALLTALK,
    "feedback": AnswerStatus.ANSWERED_FEEDBACK,
}


def consult(c: Consultation) -> Finding:
    """What to answer; never nothing."""
    understood = c.understood
    for ask in _NAMED_ORGANISATIONS:
        finding = ask(c)
        if finding is not None:
            return finding
    place = understood.elsewhere or signs.place_outside(c)
    if place and understood.intent in _ABOUT_HERE and not signs.is_a_thing_there(c):
        return places.elsewhere(c, place)
    gone = _gone(c)
    if gone is not None:
        return gone
    if understood.intent in _FIXED and understood.confidence >= signs.SURE:
        found = places.loket_for(c)
        values = {"loket": found.loket, "opening": ""}  # an opening line of a region is said once, at the start
        offered = "complaint" if understood.intent == "feedback" else None
        return Finding(understood.intent, _FIXED[understood.intent], values, cited=(found.loket,), lead_reason=offered)
    if understood.intent == "out_of_scope" and understood.confidence >= signs.SURE:
        return explanations.faq(c) or _out_of_scope(c)
    if signs.is_of_elsewhere(c):
        return _out_of_scope(c)
    if understood.about_somebody_else and understood.intent == "route_advice" and not signs.is_a_thing(c):
        return _for_somebody_else(c)
    counted = finances.combination(c) or (None if signs.is_an_amount(c) else finances.year_by_year(c))
    if counted is not None:
        return counted
    compared = routes.compared(c)
    if compared is not None:
        return compared
    if signs.wants_a_share_that_nobody_tells(c):
        return explanations.not_found(c)
    if signs.tells_of_teaching_abroad(c) or signs.tells_a_story(c):
        return advice.advise(c)
    sure = outings.looks_for_jobs(c) or _chosen(c)
    if sure is not None:
        return _in_full(c, sure)
    if signs.asks_of_documents(c):
        quoted = explanations.nearest(c, "document")
        if quoted is not None:
            return quoted
    first: tuple[Consult, ...] = () if signs.names_what_it_asks(c) else (explanations.same_question,)
    if understood.confidence < _GUESS and understood.text and not understood.is_follow_up and not signs.only_tells(c):
        # A route called by name with what is asked of it says more than its place in the search.
        first = (
            (routes.inform, explanations.search)
            if understood.aspect and c.named(Kind.ROUTE)
            else (explanations.search,)
        )
    is_guessed = understood.confidence < _NO_IDEA and not (understood.facts or understood.scope or understood.records)
    # `hoe vraag ik die aan` goes on about the thing before; who wants a person says so plainly.
    is_guessed = is_guessed or (
        understood.intent == "handover" and understood.points_back and signs.doubts_that_a_person_is_wanted(c)
    )
    meant = () if is_guessed and understood.text else _BY_INTENT.get(understood.intent, ())
    for ask in (*first, *meant):
        finding = ask(c)
        if finding is not None:
            return finding if signs.is_by_rules(c) else _in_full(c, chosen.outweighs(c, finding) or finding)
    for ask in (chosen.maybe, explanations.faq, explanations.search):
        finding = ask(c)
        if finding is not None:
            return _in_full(c, finding)
    return explanations.not_found(c)


def _for_somebody_else(c: Consultation) -> Finding:
    """Whether they may enter the route that is asked about, or which routes there are for them."""
    best = c.choice.best
    is_one = best is not None and best.kind is Kind.ROUTE and c.choice.confidence >= signs.SURE_OF_THE_WAY
    if best is not None and is_one and _MAY_THEY.search(c.understood.text.lower()):
        judged = advice.admit(c.naming(best))
        if judged is not None:
            return judged
    return advice.advise_other(c, places.loket_for(c).loket)


def _in_full(c: Consultation, finding: Finding) -> Finding:
    """With the section that the question is about, and with what may be meant as well."""
    return with_detail(c, chosen.beside(c, finding))


def _chosen(c: Consultation) -> Finding | None:
    """The record that is asked for, called by its name or not, where nothing tells more exactly."""
    intent, best = c.understood.intent, c.choice.best
    if (
        best is None
        or intent in _NEVER_ANOTHER_WAY
        or (intent == "loket" and best.kind is Kind.LOKET and c.fact("municipality"))
    ):
        return None
    if intent == "vacancy" and (c.named(Kind.INSTITUTION) or outings.asks_for_jobs(c, best)):
        return outings.vacancies(c)
    if intent == "figure" and best.kind is Kind.FIGURE:
        return explanations.figure(c)  # Those of one series are told apart by their words.
    if intent in signs.OWN_WAY:
        told = {fact.name for fact in c.understood.facts} - signs.SAID_IN_PASSING
        if not told:
            return chosen.answer(c, signs.SURE_OF_ANOTHER_WAY)
        is_sure_of_way = c.understood.confidence >= signs.SURE_OF_THE_WAY
        return None if is_sure_of_way else chosen.answer(c, signs.SURE_WHATEVER_IS_TOLD)
    if signs.is_by_rules(c):
        # Rules say more than any text about what this diploma opens.
        # Of a route they say whether it can be entered: the one that is meant, whatever its name is in the question.
        is_told = best.kind in _BEYOND_RULES or best.kind is Kind.ROUTE
        return chosen.answer(c, signs.SURE_OF_ANOTHER_WAY) if is_told else None
    return chosen.answer(c)


def _gone(c: Consultation) -> Finding | None:
    """What is asked for by name and is no longer there, whatever the question looks like: it says what is there instead."""
    named = c.named(*_MAY_HAVE_ENDED)
    if not named or named[0].id != c.understood.records[0] or not is_question(Text(c.understood.text)):
        return None
    return _MAY_HAVE_ENDED[named[0].kind](c) if getattr(named[0], "status", "") == "ended" else None


def _out_of_scope(c: Consultation) -> Finding:
    found = places.loket_for(c)
    return Finding("out_of_scope", AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE, {"loket": found.loket}, cited=(found.loket,))
