"""What a word means, what people often ask, what a plan says; and when nothing is near enough to be an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.excerpt import excerpt_of
from assistant.answering.consult.places import loket_for
from assistant.answering.consult.routes import about
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from assistant.answering.understand.cues import is_question
from assistant.answering.understand.text import Text
from knowledge.index.search import Hit
from knowledge.record import Kind, Record
from knowledge.route import Route

_TOLD_BY_SUMMARY = (
    Kind.FAQ, Kind.ARTICLE, Kind.TERM, Kind.ORIENTATION, Kind.INSTITUTION, Kind.LOKET, Kind.REGION, Kind.STORY,
    Kind.COST, Kind.SUBSIDY, Kind.SALARY, Kind.ROUTE, Kind.FIGURE,
)  # fmt: skip
_OLD_YEARS = 2
"""From then on a document is said to be old: a plan is mostly made for a few school years."""


@dataclass(frozen=True)
class Nearness:
    """
    How near a passage must be to be an answer: its similarity, and a little for each telling word it shares.

    Measured on development questions: what is off the subject stays below 0.875, a FAQ that asks the same is above 0.95.
    """

    per_word: float = 0.06
    """What it adds when a passage has all the telling words of the question."""
    same_question: float = 0.955
    """From here on a FAQ is the answer, whatever else the question looks like."""
    faq: float = 0.942
    """From here on a FAQ is the answer when nothing more exact is known."""
    answer: float = 0.885
    """Below this a passage is not told as an answer."""
    words: float = 0.34
    """Before vectors are there: the share of telling words of an answer..."""
    faq_words: float = 0.9
    """... and of a FAQ."""


NEARNESS = Nearness()


def define(c: Consultation) -> Finding | None:
    """What a word or a thing is: the record that goes by that name."""
    kinds = (Kind.TERM, Kind.ARTICLE, Kind.INSTITUTION, Kind.REGION, Kind.LOKET, Kind.ORIENTATION, Kind.ROUTE)
    order = {Kind.REGION: 0, Kind.TERM: 1}
    for record in sorted(c.by_relevance(c.named(*kinds)), key=lambda each: order.get(each.kind, 2)):
        if isinstance(record, Route):
            return about(c, record)
        return tell(record)
    return None


def faq(c: Consultation, at_least: float = NEARNESS.faq) -> Finding | None:
    """The FAQ that asks nearly the same, if there is one."""
    for hit in c.hits(Kind.FAQ, limit=3):
        record = c.catalogue.find(hit.passage.record_id or "")
        near = _has_the_words(c, hit) if hit.similarity is None else nearness(hit) >= at_least
        if record is not None and c.suits_sector(record) and near:
            return tell(record, intent=c.understood.intent)
    return None


def _has_the_words(c: Consultation, hit: Hit) -> bool:
    """Before vectors are there: whether a question shares nearly all its telling words with a FAQ."""
    return hit.coverage >= NEARNESS.faq_words and is_question(Text(c.understood.text))


def same_question(c: Consultation) -> Finding | None:
    """The FAQ that asks the very same."""
    return faq(c, NEARNESS.same_question)


def figure(c: Consultation) -> Finding | None:
    """A number of the labour market, with its area and year; a passage of a plan when no record has it."""
    hits = [hit for hit in c.hits(Kind.FIGURE, "document", limit=8) if is_near(hit)]
    for hit in hits:
        if hit.passage.record_id is None:
            return quote(c, hit)
        record = c.catalogue.find(hit.passage.record_id)
        if record is not None and c.suits_sector(record):
            return tell_figure(c, record, hits)
    return None


def tell_figure(c: Consultation, record: Record, hits: Sequence[Hit] = ()) -> Finding:
    """
    A number with its area and year.

    :param hits: What else was found, of which two more numbers are told.
    """
    more = _others(c, hits, record)
    return Finding(
        template="figure",
        status=AnswerStatus.ANSWERED_RECORD,
        values={"record": record, "more": more},
        cited=(record, *more),
        topic=Topic(intent="figure", record_id=record.id),
    )


def search(c: Consultation) -> Finding | None:
    """The nearest passage of all, if it is near enough."""
    return nearest(c, *_TOLD_BY_SUMMARY, "document")


def nearest(c: Consultation, *kinds: Kind | str) -> Finding | None:
    """The nearest passage of these kinds, if it is near enough to be an answer."""
    # `en hoe lang duurt dat?` says too little to search with, unless it is very near.
    leans = c.understood.points_back and not c.understood.records
    for hit in c.hits(*kinds, limit=5):
        if not is_near(hit) or (leans and nearness(hit) < NEARNESS.same_question):
            continue
        if hit.passage.record_id is None:
            return quote(c, hit)
        record = c.catalogue.find(hit.passage.record_id)
        if record is None or not c.is_current(record):
            continue
        return about(c, record) if isinstance(record, Route) else tell(record, hit.passage.section, c.understood.intent)
    return None


def not_found(c: Consultation) -> Finding:
    """Says that it is not known, and who may know it."""
    found = loket_for(c)
    return Finding(
        template="not_found",
        status=AnswerStatus.UNANSWERABLE_NOT_FOUND,
        values={"loket": found.loket},
        cited=(found.loket,),
        loket=found,
        lead_reason="unknown",
    )


def tell(record: Record, section: str = "", intent: str = "definition") -> Finding:
    """
    The record's own summary, and what is unsure about it.

    :param intent: What was asked: a correction asks it again.
    """
    return Finding(
        template="record",
        status=AnswerStatus.ANSWERED_RECORD,
        values={"record": record, "section": section},
        cited=(record,),
        topic=Topic(intent=intent, record_id=record.id, route_id=record.id if isinstance(record, Route) else None),
    )


def quote(c: Consultation, hit: Hit) -> Finding:
    """A passage of a document, word for word, with its date."""
    return Finding(
        template="passage",
        status=AnswerStatus.ANSWERED_PASSAGE,
        values={
            "passage": hit.passage,
            "excerpt": excerpt_of(hit.passage.text, c.understood.text),
            "is_old": c.today.year - int(hit.passage.as_of[:4]) >= _OLD_YEARS,
        },
        passages=(hit.passage,),
        topic=Topic(intent="figure"),
    )


def nearness(hit: Hit) -> float:
    """How near a passage is, with vectors: see `Nearness`."""
    return (hit.similarity or 0.0) + NEARNESS.per_word * hit.coverage


def is_near(hit: Hit) -> bool:
    """Whether a hit is near enough to be told as an answer."""
    if hit.similarity is not None:
        return nearness(hit) >= NEARNESS.answer
    return hit.coverage >= NEARNESS.words


def _others(c: Consultation, hits: Sequence[Hit], first: Record) -> tuple[Record, ...]:
    ids = dict.fromkeys(hit.passage.record_id for hit in hits if hit.passage.record_id not in (None, first.id))
    records = (c.catalogue.find(each or "") for each in ids)
    return tuple(record for record in records if record is not None and c.suits_sector(record))[:2]
