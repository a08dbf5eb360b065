"""What a route costs this visitor year by year, and whether two schemes go together."""

import re

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.choosing import Chosen, choose_route
from assistant.answering.consult.consultation import Consultation
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from assistant.money.chart import year_groups
from assistant.money.finances import finances_of
from assistant.money.telling import PictureTold, told
from knowledge.fact import FactValue
from knowledge.money import Subsidy
from knowledge.record import Kind, Record
from knowledge.route import Route

_FOR_ME = re.compile(
    r"\b(?:kost|kosten|betaal|verdien) (?:[\w-]+ ){0,5}mij\b|\bmij (?:kosten|kost)\b|\bcosts? me\b|\bjaar (?:voor|per|na) jaar\b"
    r"|\bin totaal\b|\btotale kosten\b|\balles bij elkaar\b|\b(?:kost|betaal) (?:[\w-]+ ){0,3}hele (?:opleiding|route|traject|studie)\b"
    r"|\bin total\b|\baltogether\b|\byear by year\b"
)
_A_YEAR = re.compile(r"\b(?:per|elk|ieder) (?:studie)?jaar\b|\bjaarlijks\b|\b(?:per|each|every|a) year\b")
_MONEY = re.compile(r"\b(?:kost|kosten|betaal|betalen|verdien|costs?|pay|earn)\b")
_TOGETHER = re.compile(
    r"\bcombin\w*|\bsamen\b|\bnaast\b|\btegelijk\w*|\bstapel\w*|\ballebei\b|\bbeide\b|\btogether\b|\bboth\b|\bas well as\b"
)
_UNKNOWN_SHOWN = 3
_SEVERAL = 4


def year_by_year(c: Consultation) -> Finding | None:
    """
    The money picture of the route that is asked about, if the question is about years, a total, or this visitor.

    Where the words may mean several routes, the first year of each, with the question that tells them apart.
    """
    text = c.understood.text.lower()
    if not _MONEY.search(text) or not (_FOR_ME.search(text) or (_A_YEAR.search(text) and not c.named(Kind.COST))):
        return None
    chosen = choose_route(c)
    if chosen.question is not None:
        return _pictures_of(c, chosen)
    return picture_of(c, chosen.route) if chosen.route is not None else None


def _pictures_of(c: Consultation, chosen: Chosen) -> Finding:
    """The first year of each of the routes that may be meant."""
    finances = finances_of(c.knowledge.eligibility)
    pictures = [
        told(finances.picture(route.id, _facts(c)), c.catalogue, c.locale) for route in chosen.others[:_SEVERAL]
    ]
    grounds = tuple(sentence for each in pictures for sentence in _sums(each, ()))
    return Finding(
        template="money_pictures",
        status=AnswerStatus.ASKED_CLARIFICATION,
        values={"pairs": tuple(zip(chosen.others, pictures, strict=False))},
        cited=chosen.others[:_SEVERAL],
        grounds=grounds,
        counted_on=_facts(c),
        question=chosen.question,
        topic=Topic(intent=c.understood.intent, candidates=tuple(route.id for route in chosen.others)),
    )


def _facts(c: Consultation) -> dict[str, FactValue]:
    return c.profile.facts() | {name: fact.value for name, fact in c.understood.scope.items()}


def picture_of(c: Consultation, route: Route) -> Finding:
    """The money of one route for this visitor, with what would make it more precise."""
    picture = finances_of(c.knowledge.eligibility).picture(route.id, _facts(c))
    shown = told(picture, c.catalogue, c.locale)
    groups = year_groups(shown.years, c.locale)
    records = [record for each in picture.records if (record := c.catalogue.find(each)) is not None]
    unknown = shown.unknown[:_UNKNOWN_SHOWN]
    return Finding(
        template="money_picture",
        status=AnswerStatus.ANSWERED_RECORD,
        values={"route": route, "picture": shown, "year_groups": groups, "unknown": unknown},
        cited=(route, *(record for record in records if record.id != route.id)),
        picture=shown,
        grounds=tuple(_sums(shown, tuple(group.title for group in groups))),
        counted_on=_facts(c),
        topic=Topic(intent="cost", record_id=route.id, route_id=route.id),
    )


def _sums(shown: PictureTold, sentences: tuple[str, ...]) -> list[str]:
    """What was counted from amounts that the reply cites, and the sentences that stand beside them in the content."""
    lines = [line for year in shown.years for line in year.lines]
    return [
        *sentences,
        *shown.tuition,
        *shown.notes,
        *shown.unknown,
        *(f"{total.who}: {total.words}" for year in shown.years for total in year.totals),
        *(f"{total.who}: {total.words}" for total in shown.whole),
        *(
            f"{line.title} {line.amount} {line.period} ({', '.join(line.prices_of)}) {' '.join(line.why)}"
            for line in lines
        ),
        *(f"{year.title}" for year in shown.years),
    ]


def combination(c: Consultation) -> Finding | None:
    """Whether the two schemes that are named may be used together; None if two are not asked about."""
    if not _TOGETHER.search(c.understood.text.lower()):
        return None
    named = [record for record in c.named(Kind.SUBSIDY) if isinstance(record, Subsidy)]
    pairs = [(one, other) for place, one in enumerate(named) for other in named[place + 1 :]]
    if not pairs:
        return None
    finances = finances_of(c.knowledge.eligibility)
    known = next((each for each in pairs if finances.combination(each[0].id, each[1].id)), pairs[0])
    rule = finances.combination(known[0].id, known[1].id)
    cited: tuple[Record, ...] = known
    return Finding(
        template="combination",
        status=AnswerStatus.ANSWERED_RECORD,
        values={"rule": rule, "one": known[0], "other": known[1]},
        cited=cited,
        grounds=(rule.says.nl, rule.says.en) if rule is not None else (),
        topic=Topic(intent="subsidy", record_id=known[0].id),
    )
