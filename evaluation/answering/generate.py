"""Every reply as a visitor gets it, with the full text of what it cites."""

import time
from collections.abc import Iterator
from typing import Any

from pydantic import Field

from assistant.answering.answer import AnswerStatus
from assistant.answering.pipeline import Answered
from evaluation.answering.sums import sums_of
from evaluation.answering.visitor import answer_back, asks_back
from evaluation.case import Case
from evaluation.casebook import Casebook
from evaluation.product import Product
from knowledge.catalogue import Catalogue
from knowledge.record import Frozen, Kind

_PASSAGES = 30
_EMERGENCY = "Stichting 113 Zelfmoordpreventie: 113 of 0800-0113. Alarmnummer: 112."
"""What the fixed sentence to somebody in danger may say; no record is cited there."""
_COUNTED = "money_picture"
"""How the templates that tell sums begin."""


class Said(Frozen):
    """One reply. `evidence` is the whole of what it cites, not what the assistant quoted from it."""

    reply: dict[str, Any]
    evidence: tuple[str, ...]
    own_words: str
    """What the visitor said so far, and what was understood of it."""
    template: str
    milliseconds: float
    took: dict[str, float] = Field(default_factory=dict)
    """Milliseconds by step."""
    explained: tuple[str, ...] = ()
    """Terms that it cites for what a word means: no answer to what was asked."""


class Conversed(Frozen):
    """The replies of one case, in order."""

    id: str
    turns: tuple[Said, ...]
    answered_back: str = ""
    """What the simulated visitor answered where the last reply asked something; empty where it did not."""
    followed: Said | None = None
    """The reply to that."""


def generate(product: Product, casebook: Casebook) -> Iterator[Conversed]:
    """One a case, in order; where the last reply asks something back, the visitor answers once."""
    for case in casebook.cases:
        turns, said = list[Said](), ""
        conversation = product.converse(case)
        for text in case.said:
            said = f"{said}\n{text}"
            began = time.perf_counter()
            answered = next(conversation)
            turns.append(_said(product, case, said, answered, 1000 * (time.perf_counter() - began)))
        if not asks_back(turns[-1].reply):
            yield Conversed(id=case.id, turns=tuple(turns))
            continue
        back = answer_back(case, turns[-1].reply, product.publication.catalogue)
        began = time.perf_counter()
        after = product.answer(answered.state, back.text, back.choice)
        took = 1000 * (time.perf_counter() - began)
        followed = _said(product, case, f"{said}\n{back.shown}", after, took)
        yield Conversed(id=case.id, turns=tuple(turns), answered_back=back.shown, followed=followed)


def _said(product: Product, case: Case, own_words: str, answered: Answered, milliseconds: float) -> Said:
    known = " ".join(str(seen.value) for seen in answered.reply.understanding.facts.values())
    return Said(
        reply=answered.reply.as_json(),
        evidence=tuple(evidence_of(product, case.region, own_words.splitlines()[-1], answered)),
        own_words=f"{own_words}\n{known}",
        template=str(answered.trace.get("template", answered.trace.get("guard", "held back"))),
        milliseconds=milliseconds,
        took=dict(answered.took),
        explained=tuple(answered.trace.get("explained", ())),
    )


def evidence_of(product: Product, region: str, text: str, answered: Answered) -> Iterator[str]:
    """The records that the citations name, the rules of cited routes with the moves to them, and the passages of cited documents."""
    catalogue = product.publication.catalogue
    if answered.reply.status is AnswerStatus.GUARDED_CRISIS:
        yield _EMERGENCY
    cited = {citation.record_id for citation in answered.reply.citations}
    documents = set()
    for record_id in sorted(cited):
        record = catalogue.find(record_id)
        if record is None:
            documents.add(record_id)
            continue
        yield record.model_dump_json()
        yield record.text()
        source = catalogue.source_of(record)
        yield f"{source.title} {source.publisher} {source.as_of}"
        if record.kind is Kind.ROUTE:
            yield from _rules(catalogue, record_id)
            # A card says how long it takes to get what a route asks first.
            yield from (move.model_dump_json() for move in catalogue.moves)
            yield from _sums(product, record_id, answered)
    for citation in answered.reply.citations:
        if citation.record_id in documents:
            yield f"{citation.title} {citation.publisher} {citation.as_of} {citation.quote}"
    if documents:
        hits = product.ready.search.search(text, on=product.on, region=region, limit=_PASSAGES)
        leant_on = answered.trace.get("passages", ())
        yield from (hit.passage.words() for hit in hits if hit.passage.id in leant_on)


def _sums(product: Product, route_id: str, answered: Answered) -> Iterator[str]:
    """What a route comes to for this visitor, if the reply tells that; counted here once more."""
    if _COUNTED in str(answered.trace.get("template", "")):
        catalogue = product.publication.catalogue
        told = answered.trace["counted_on"]
        facts = {name: catalogue.facts[name].parse(value) for name, value in told.items()}
        yield from sums_of(catalogue, route_id, facts, product.on)


def _rules(catalogue: Catalogue, route_id: str) -> Iterator[str]:
    return (rule.model_dump_json() for rule in catalogue.rules if rule.route == route_id)
