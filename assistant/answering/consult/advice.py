"""Which routes fit this visitor, and the question that decides most."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.choosing import choose_route, clarify
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.remembering import wrong_buttons
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from assistant.eligibility.verdict import RouteVerdict
from assistant.zelftest.flow import next_question, subjects_for
from assistant.zelftest.question import question_about
from knowledge.fact import FactValue
from knowledge.place import Loket
from knowledge.profession import Profession

_USUAL: Mapping[str, FactValue] = {
    "role": "leraar",
    "teaching_qualification": "geen",
    "works_in_education": "nee",
    "diploma_country": "nederland",
}
"""What most visitors of a loket would answer: orders routes before they were asked, and decides nothing."""
_MANY = 5
SHOWN = 3
"""Routes in one reply: more is a wall."""
_TELLS_ENOUGH = frozenset({"diploma_level", "teaching_qualification", "works_in_education"})
"""Without the sector and one of these too much is open for a list of routes to mean anything."""


def advise(c: Consultation) -> Finding:
    """
    The routes that fit or may fit, best first, and the next question.

    Before anything is known that rules look at, only the question is asked.
    """
    question = next_question(c.knowledge.eligibility, c.profile, c.locale)
    known = {fact.name for fact in c.profile.known}
    qualified = c.profile.facts().get("teaching_qualification", "geen") not in ("geen", "buitenlands")
    tells_enough = qualified or (bool(known & _TELLS_ENOUGH) and bool(known & {"sector", "subject"}))
    worked_as = c.catalogue.professions.get(c.understood.profession or "")
    if worked_as is not None and "diploma_level" not in known | c.profile.unknown and not qualified:
        return _which_diploma(c, worked_as)
    if not tells_enough and len(known) < _MANY and question is not None:
        return Finding(
            template="advice_start",
            status=AnswerStatus.ASKED_FACT,
            values={"first": c.state.mode != "advice"},
            question=question,
            topic=Topic(intent="route_advice"),
            mode="advice",
        )
    shown = _shown(c)
    best = shown[0] if shown else None
    inferred = [
        fact
        for fact in c.profile.known
        if fact.origin == "inferred" and not fact.confirmed and fact.name not in c.state.said_back
    ]
    topic = Topic(
        intent="route_advice", route_id=best.route.id if best else None, record_id=best.route.id if best else None
    )
    finding = Finding(
        template="advice" if best else "advice_none",
        status=AnswerStatus.ANSWERED_ADVICE,
        values={
            "verdicts": shown,
            "inferred": inferred,
            "complete": question is None,
            "open": len([each for each in c.verdicts if each.verdict in ("fits", "possible")]),
            "unsure": [
                c.catalogue.facts[name].label for name in sorted(c.profile.unknown) if name in c.catalogue.facts
            ],
        },
        verdicts=shown or c.verdicts[:SHOWN],
        cited=tuple(each.route for each in shown),
        question=question,
        quick_replies=wrong_buttons(inferred, c.catalogue, c.locale),
        topic=topic,
        mode="advice" if question is not None else "chat",
    )
    if question is None:
        return replace(finding, lead_reason="advice")
    return finding


def _which_diploma(c: Consultation, profession: Profession) -> Finding:
    """Asks for the diploma of who told their profession: those that often go with it are the first to choose from."""
    fact = c.catalogue.facts["diploma_level"]
    question = question_about(fact, locale=c.locale)
    options = sorted(
        question.options,
        key=lambda each: (
            profession.likely.index(each.value) if each.value in profession.likely else len(profession.likely)
        ),
    )
    return Finding(
        template="profession",
        status=AnswerStatus.ASKED_FACT,
        values={"profession": profession.title.in_locale(c.locale)},
        grounds=(profession.title.nl, profession.title.en),
        question=question.model_copy(update={"options": tuple(options)}),
        topic=Topic(intent="route_advice"),
        mode="advice",
    )


def advise_other(c: Consultation, loket: Loket) -> Finding:
    """For somebody who asks for another: the routes on what was told of them, and nothing kept of it."""
    shown = _shown(c) if c.understood.scope.keys() & _TELLS_ENOUGH else ()
    return Finding(
        template="somebody_else",
        status=AnswerStatus.ANSWERED_ADVICE if shown else AnswerStatus.ASKED_CLARIFICATION,
        values={"loket": loket, "routes": [each.route for each in shown]},
        cited=(*(each.route for each in shown), loket),
    )


def zelftest(c: Consultation) -> Finding:
    """The next question of the zelftest; the advice when no question can change it any more."""
    question = next_question(c.knowledge.eligibility, c.profile, c.locale)
    if question is None:
        return replace(advise(c), mode="chat")
    return Finding(
        template="zelftest_question",
        status=AnswerStatus.ASKED_FACT,
        values={"first": c.state.mode != "zelftest", "known": c.profile.known, "decides": question.decides},
        question=question,
        topic=Topic(intent="zelftest"),
        mode="zelftest",
    )


def ask_again(c: Consultation) -> Finding:
    """The question that is still open, for a visitor whose reaction answered nothing."""
    question = question_about(
        c.catalogue.facts[c.state.asked or "sector"], subjects_for(c.knowledge.eligibility, c.profile), c.locale
    )
    return Finding("ask_again", AnswerStatus.ASKED_FACT, question=question)


def admit(c: Consultation) -> Finding | None:
    """Whether this visitor can enter the route that the question names, by its rules."""
    chosen = choose_route(c)
    if chosen.question is not None:
        return clarify(c, chosen)
    if chosen.route is None:
        return None
    facts = c.profile.with_facts(c.understood.scope.values()).facts()
    # Who asks about this route wants its sector and job.
    facts.setdefault("sector", frozenset(chosen.route.sectors) - {"ko", "ho"})
    facts.setdefault("role", chosen.route.roles[0])
    verdict = c.knowledge.eligibility.verdict(chosen.route.id, facts)
    return Finding(
        template="admission",
        status=AnswerStatus.ANSWERED_ADVICE,
        values={"route": chosen.route, "verdict": verdict, "tells": bool(c.profile.known or c.understood.scope)},
        verdicts=(verdict,),
        cited=(chosen.route,),
        topic=Topic(intent="admission", route_id=chosen.route.id, record_id=chosen.route.id),
    )


def _shown(c: Consultation) -> tuple[RouteVerdict, ...]:
    """
    The routes worth showing: those that fit or may, and one that a person has to look at.

    What is not known yet is taken as most visitors have it, to choose and to order; the verdicts shown do not.
    """
    told = c.profile.with_facts(c.understood.scope.values()).facts()
    facts = {name: value for name, value in _USUAL.items() if name not in c.profile.unknown} | told
    subject = c.catalogue.subjects.get(str(told.get("subject", "")))
    if subject is not None:
        facts.setdefault("sector", frozenset(subject.sectors))
    likely = {
        each.route.id: place
        for place, each in enumerate(c.knowledge.eligibility.verdicts(facts))
        if each.verdict != "does_not_fit"
    }
    in_reach = [each for each in c.verdicts if each.verdict in ("fits", "possible", "ask_adviser")]
    shown = (
        sorted((each for each in in_reach if each.route.id in likely), key=lambda each: likely[each.route.id])
        or in_reach
    )
    able = [each for each in shown if each.verdict != "ask_adviser"]
    asked = [each for each in shown if each.verdict == "ask_adviser"]
    return (*able[:SHOWN], *asked[: max(0, SHOWN - len(able))])
