"""Answers by the record that was chosen as what is asked for: in the way of its kind, or with a question back."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answering.answer import AnswerStatus
from assistant.answering.consult import advice, explanations, money, offers, outings, places, routes
from assistant.answering.consult.consultation import Consultation
from assistant.answering.consult.explanations import tell
from assistant.answering.reply import QuickReply
from assistant.answering.state import Topic
from assistant.answering.turn import Finding
from knowledge.record import Kind, Record

SURE = 0.5
"""From here on the likeliest record is told as the answer."""
SURER = 0.75
"""From here on it is told whatever the intent, and without naming others."""
_MAYBE = 0.2
"""From here on it is told when nothing else has an answer, with the others that may be meant."""
_TOGETHER = 0.35
"""Where no record comes that far, and a few do together, the visitor is asked which is meant."""
_FAR_LIKELIER = 1.3
"""Times as likely as what is about to be told..."""
_MAIN = 1
"""... first: what else it cites explains it."""
_HALF_AS_LIKELY = 0.5
"""As that nothing we know answers it."""
_OTHERS_FROM = 0.1
_OPTIONS = 3
_UNSURE = 0.3
"""Where neither what is about to be told nor the likeliest record comes this far, the visitor is asked."""
_BESIDE_FROM, _NEARLY_AS_LIKELY = 0.12, 0.3
"""A second record is told in short from this probability on, and this part of that of the first."""

_BY_KIND: dict[Kind, Callable[[Consultation], Finding | None]] = {
    Kind.COST: money.cost,
    Kind.SUBSIDY: money.subsidy,
    Kind.SALARY: money.salary,
    Kind.PROGRAMME: offers.offered,
    Kind.LOKET: places.find_loket,
    Kind.ORIENTATION: outings.orientation,
}
_OF_ROUTES: dict[str, Callable[[Consultation], Finding | None]] = {
    "cost": money.cost,
    "subsidy": money.subsidy,
    "salary": money.salary,
    "admission": advice.admit,
}
"""What of a route is asked, when it is not what it is."""


def answer(c: Consultation, at_least: float = SURE) -> Finding | None:
    """The likeliest record as the answer, if it is likely enough."""
    record = c.choice.best
    if record is None or _leans_on_before(c) or c.choice.confidence < at_least:
        return None
    found = _told(c, record)
    others = _others(c) if c.choice.confidence < SURER else ()
    if found is None or not others or found.question is not None:
        return found
    return replace(found, quick_replies=(*_quick(c, others), *found.quick_replies)[: _OPTIONS + 1])


def outweighs(c: Consultation, finding: Finding) -> Finding | None:
    """
    The likeliest record, where another one is about to be told that is far less likely.

    A word such as `pabo` calls a route by name; what is asked of it may well be told by another record.
    """
    if c.vector is None or finding.question is not None or not finding.cited:
        return None  # by words alone no record is likely enough for this
    best = c.choice.best
    if best is None or best in finding.cited[:_MAIN]:
        return None
    shares = {record.id: share for record, share in c.choice.ranked}
    told = max(shares.get(record.id, 0.0) for record in finding.cited[:_MAIN])
    sure = c.choice.confidence
    return answer(c, _MAYBE) if sure >= _FAR_LIKELIER * told and sure >= c.choice.nothing else None


def beside(c: Consultation, finding: Finding) -> Finding:
    """
    The finding with the record that may be meant as well, in short, and how likely it is that one of them is meant.

    Where too little speaks for either: a question which is meant.
    """
    if c.vector is None or finding.question is not None or not finding.cited or _leans_on_before(c):
        return finding
    if finding.status is not AnswerStatus.ANSWERED_RECORD or finding.cited[0].id == c.state.topic.record_id:
        return finding  # Rules and lists say what they are about, and so does what goes on about the same.
    shares = {record.id: share for record, share in c.choice.ranked}
    main = shares.get(finding.cited[0].id, 0.0)
    told = {record.id for record in finding.cited}
    others = [record for record, _ in c.choice.ranked if record.id not in told]
    found_by_words = finding.template == "figure"  # those of one series are told apart by their words
    if not found_by_words and max(main, c.choice.confidence) < _UNSURE and len(others) >= _OPTIONS - 1:
        likeliest = sorted((finding.cited[0], *others[:_OPTIONS]), key=lambda record: -shares.get(record.id, 0.0))
        return _which(c, likeliest[: _OPTIONS + 1])
    rival = shares.get(others[0].id, 0.0) if others and main < SURER else 0.0
    if rival < max(_BESIDE_FROM, _NEARLY_AS_LIKELY * main):
        return replace(finding, likely=main)
    return replace(finding, beside=others[0], cited=(*finding.cited, others[0]), likely=main + rival)


def maybe(c: Consultation) -> Finding | None:
    """The likeliest record with others that may be meant, or a question which of them is."""
    found = answer(c, max(_MAYBE, _HALF_AS_LIKELY * c.choice.nothing))
    if found is not None:
        return found
    options = [record for record, share in c.choice.ranked[:_OPTIONS] if share >= _OTHERS_FROM / 2]
    together = sum(share for _, share in c.choice.ranked[:_OPTIONS])
    if c.understood.is_follow_up or len(options) < 2 or together < max(_TOGETHER, c.choice.nothing):
        return None
    return _which(c, options)


def _which(c: Consultation, options: list[Record]) -> Finding:
    """A question which of these is meant."""
    return Finding(
        template="clarify_record",
        status=AnswerStatus.ASKED_CLARIFICATION,
        values={"records": tuple(options)},
        quick_replies=_quick(c, options),
        topic=Topic(intent=c.understood.intent, candidates=tuple(record.id for record in options)),
    )


def undecided(c: Consultation) -> Finding | None:
    """The likeliest of what was asked about, with the second beside it, for who does not know which of them they mean."""
    records = [record for each in c.state.topic.candidates if (record := c.catalogue.find(each)) is not None]
    found = _told(c, records[0]) if records else None
    if found is None or found.question is not None or len(records) < 2:
        return found
    return replace(found, beside=records[1], cited=(*found.cited, records[1]))


def _leans_on_before(c: Consultation) -> bool:
    """Whether it says too little by itself: of a first message `dat` is something in it."""
    understood = c.understood
    return understood.is_follow_up or not understood.text or (understood.points_back and bool(c.state.topic.intent))


def _told(c: Consultation, record: Record) -> Finding | None:
    """The record in the way of its kind, as if it had been called by its name."""
    as_named = c.naming(record)
    if record.kind is Kind.ROUTE:
        return (_OF_ROUTES.get(c.understood.intent) or routes.inform)(as_named)
    if record.kind is Kind.FIGURE:
        return explanations.tell_figure(c, record)
    tells = _BY_KIND.get(record.kind)
    return (tells(as_named) if tells is not None else None) or tell(record, intent=c.understood.intent)


def _others(c: Consultation) -> list[Record]:
    return [record for record, share in c.choice.ranked[1:_OPTIONS] if share >= _OTHERS_FROM]


def _quick(c: Consultation, records: list[Record]) -> tuple[QuickReply, ...]:
    titles = dict.fromkeys(record.in_locale(c.locale).title for record in records)
    return tuple(QuickReply(label=title, text=title) for title in titles)
