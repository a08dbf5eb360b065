"""What a visitor told and was told: facts, verdicts, what is open, the advice, the conversation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assistant.desk import wording
from assistant.desk.pages.parts import Moment, Tag, moment_of, paragraphs, verdict_tag, web_address
from assistant.desk.pages.trace import LeansOnRow, trace_rows
from assistant.eligibility.profile import KnownFact
from assistant.leads.lead import RouteVerdict, SharedTurn, VerdictReason
from assistant.leads.mail import best_first
from assistant.storage.receipts import KeptReceipt
from assistant.zelftest.replay import Since
from assistant.zelftest.since import ChangeSince, changes_in_words
from knowledge.catalogue import Catalogue

_ROUTES_ASKED_FOR = 3


@dataclass(frozen=True)
class FactRow:
    """A fact with the words it was taken from."""

    label: str
    value: str
    words: str
    origin: str


@dataclass(frozen=True)
class ReasonRow:
    """A rule that is met, unmet or still open."""

    state: str
    word: str
    text: str


@dataclass(frozen=True)
class VerdictRow:
    """A route with what the rules say of it."""

    title: str
    verdict: Tag
    reasons: tuple[ReasonRow, ...]


@dataclass(frozen=True)
class TurnRow:
    """A question and its answer."""

    number: int
    question: str
    answer: tuple[str, ...]
    """Paragraphs."""
    sources: tuple[tuple[int, str, str | None], ...]
    """Number, title, address."""
    asked: Moment
    leans_on: tuple[LeansOnRow, ...] = ()
    """What its sentences rest on."""


@dataclass(frozen=True)
class AdviceRow:
    """The advice that a visitor came with, and what changed since."""

    number: str
    day: str
    address: str
    """The overview that the visitor has too."""
    changes: tuple[ChangeSince, ...]
    is_compared: bool
    """Whether rules and amounts could be compared word for word."""


@dataclass(frozen=True)
class OpenRow:
    """What is still to be asked, and for which routes it matters."""

    text: str
    routes: str


def fact_rows(catalogue: Catalogue, facts: Iterable[KnownFact]) -> tuple[FactRow, ...]:
    """What was told, each with where it came from."""
    return tuple(
        FactRow(
            label=wording.fact_label(catalogue, fact.name),
            value=wording.fact_value(catalogue, fact.name, fact.value),
            words=fact.words,
            origin=wording.ORIGINS[fact.origin] + (", bevestigd" if fact.confirmed and fact.origin != "chosen" else ""),
        )
        for fact in facts
    )


def open_rows(verdicts: tuple[RouteVerdict, ...]) -> tuple[OpenRow, ...]:
    """What no rule of the best routes could judge yet, each once, with the routes that wait for it."""
    routes: dict[str, list[str]] = {}
    for verdict in best_first(verdicts)[:_ROUTES_ASKED_FOR]:
        if verdict.verdict != "does_not_fit":
            for reason in verdict.reasons:
                if reason.met is None:
                    routes.setdefault(reason.text, []).append(verdict.title)
    return tuple(OpenRow(text, ", ".join(titles)) for text, titles in routes.items())


def advice_row(found: tuple[KeptReceipt, Since] | None) -> AdviceRow | None:
    if found is None:
        return None
    kept, since = found
    return AdviceRow(
        number=kept.id,
        day=wording.day_in_words(kept.receipt.day),
        address=f"/zelftest/overzicht/{kept.id}",
        changes=changes_in_words(since),
        is_compared=since.knows_amounts,
    )


def verdict_row(verdict: RouteVerdict) -> VerdictRow:
    return VerdictRow(
        verdict.title, verdict_tag(verdict.verdict), tuple(_reason_row(reason) for reason in verdict.reasons)
    )


def _reason_row(reason: VerdictReason) -> ReasonRow:
    if reason.met is None:
        return ReasonRow("open", "Nog te vragen", reason.text)
    return ReasonRow("met", "Voldoet", reason.text) if reason.met else ReasonRow("unmet", "Voldoet niet", reason.text)


def turn_row(turn: SharedTurn, now: datetime) -> TurnRow:
    sources = tuple((source.number, source.title, web_address(source.url)) for source in turn.sources)
    asked = moment_of(turn.asked_at, now)
    return TurnRow(turn.number, turn.question, paragraphs(turn.answer), sources, asked, trace_rows(turn.leans_on))
