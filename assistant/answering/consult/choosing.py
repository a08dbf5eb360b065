"""Which record a question is about, and what to ask when it could be several."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.candidates import forms_in
from assistant.answering.consult.consultation import Consultation
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from assistant.answering.understand.text import joined
from assistant.zelftest.question import Question, question_about
from knowledge.record import Kind
from knowledge.route import Route

_SURE = 0.8
"""From this probability on a route is the one that is meant, whatever else the words may stand for."""


@dataclass(frozen=True)
class Chosen:
    """A route, with others that the same words may mean; or the question that tells them apart."""

    route: Route | None
    others: tuple[Route, ...] = ()
    question: Question | None = None


def choose_route(c: Consultation) -> Chosen:
    """
    The route that a question is about: called by name, or the one the conversation was about.

    Where a name stands for routes in several sectors and the sector is not known, there is no choice but a question.
    """
    named = [route for route in c.named(Kind.ROUTE) if isinstance(route, Route)]
    meant = c.choice.best if c.vector is not None and not c.understood.is_follow_up and c.understood.text else None
    if isinstance(meant, Route) and c.choice.confidence >= _SURE:
        return Chosen(meant, tuple(route for route in named if route is not meant)[:3])
    if c.understood.is_follow_up and c.state.topic.candidates and not named:
        named = list(c.catalogue.linked(c.state.topic.candidates, Route))
    if not named:
        topic = c.topic_route()
        return Chosen(_in_form(c, _in_sector(c, topic)) if topic and c.understood.is_follow_up else None)
    fitting = [route for route in named if c.suits_sector(route)] or named
    sectors = {sector for route in fitting for sector in route.sectors if sector in ("po", "vo", "mbo")}
    if not c.sectors and len(sectors) > 1 and len(fitting) > 1 and not _one_is_meant(c, fitting):
        question = question_about(c.catalogue.facts["sector"], locale=c.locale)
        return Chosen(None, tuple(fitting), question)
    best = sorted(fitting, key=lambda route: (_form_misfit(c, route), fitting.index(route)))
    return Chosen(_in_form(c, best[0]), tuple(best[1:4]))


def clarify(c: Consultation, chosen: Chosen) -> Finding:
    """Asks for which sector the question is meant."""
    return Finding(
        template="clarify_sector",
        status=AnswerStatus.ASKED_CLARIFICATION,
        values={"others": chosen.others},
        question=chosen.question,
        topic=Topic(intent=c.understood.intent, candidates=tuple(route.id for route in chosen.others)),
    )


def _one_is_meant(c: Consultation, routes: Sequence[Route]) -> bool:
    """Whether the first name found is the name of one route alone, and not of a family."""
    return c.understood.records[:1] == (routes[0].id,) and c.understood.text.lower().find(routes[0].title.lower()) >= 0


def wanted_form(c: Consultation) -> str | None:
    """The form of study that the question names: `deeltijd`, `voltijd`, `duaal` or `flexibel`."""
    return next(iter(forms_in(c.understood.text)), None)


def _form_misfit(c: Consultation, route: Route) -> bool:
    wanted = wanted_form(c)
    return wanted is not None and wanted not in route.forms


def _in_sector(c: Consultation, topic: Route) -> Route:
    """The topic itself, or its kin in the sector that this message turns to: `nee, ik bedoel po`, `en in het mbo?`."""
    turns = "sector" in c.understood.scope or any(fact.name == "sector" for fact in c.understood.facts)
    if not turns or c.suits_sector(topic):
        return topic
    names = {joined(name) for name in topic.also_called}
    kin = [verdict.route for verdict in c.verdicts if c.suits_sector(verdict.route)]
    same_family = [route for route in kin if family_of(route) == family_of(topic)]
    called_alike = [route for route in kin if names & {joined(name) for name in route.also_called}]
    return next(iter((*same_family, *called_alike)), topic)


def family_of(route: Route) -> str:
    """What routes have in common that are one thing to a visitor: `zij-instroom` of `zij-instroom-vo-tweedegraads`, `pabo` of `pabo-deeltijd`."""
    return "zij-instroom" if route.id.startswith("zij-instroom") else route.id.split("-")[0]


def _in_form(c: Consultation, topic: Route) -> Route:
    """The topic itself, or its nearest kin in the form that is asked for: `en in deeltijd?`."""
    if not _form_misfit(c, topic):
        return topic
    kin = [
        verdict.route
        for verdict in c.verdicts
        if verdict.verdict != "does_not_fit"
        and set(verdict.route.sectors) & set(topic.sectors)
        and set(verdict.route.roles) & set(topic.roles)
        and not _form_misfit(c, verdict.route)
    ]
    same_family = [route for route in kin if family_of(route) == family_of(topic)]
    if c.profile.get("diploma_level") is None:
        # Nothing says which of them can be entered: the one with the plainest name.
        same_family.sort(key=lambda route: len(route.id))
    return next(iter((*same_family, *kin)), topic)
