"""Writes the reply: templates for the sentences, records and verdicts for everything in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from assistant.answering.answer import AnswerStatus
from assistant.answering.blocks import BlockMaker
from assistant.answering.citations import Citations
from assistant.answering.glossary import Glossary, in_short
from assistant.answering.markup import as_text, text_block
from assistant.answering.reply import (
    Block,
    Citation,
    FactSeen,
    Handoff,
    LeadFormBlock,
    QuickReply,
    Reply,
    TextBlock,
    Understanding,
)
from assistant.answering.sentences import sentences_of
from assistant.answering.turn import Detail, Finding, Locale, Understood
from assistant.answering.wordings import TEMPLATES
from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.wording import value_in_words
from knowledge.article import Term
from knowledge.catalogue import Catalogue
from knowledge.passage import Passage
from knowledge.record import Record, Translation
from knowledge.rule import Rule

_PERSON = {"nl": "Praat met een mens", "en": "Talk to a person"}
_EXPLAINS = frozenset({
    AnswerStatus.ANSWERED_RECORD, AnswerStatus.ANSWERED_ADVICE, AnswerStatus.ANSWERED_LIST, AnswerStatus.ANSWERED_PASSAGE,
})  # fmt: skip
"""Ends of a turn at which words of the field are explained."""
_BESIDE_SENTENCES = 2
"""Of what may be meant as well: more would drown the answer."""
_TEST = {"nl": "Doe de zelftest", "en": "Take the self-test"}


@dataclass(frozen=True)
class Composed:
    """A reply with what it leans on, ready to be verified."""

    reply: Reply
    citations: Citations
    finding: Finding
    rules: tuple[Rule, ...] = ()
    """What the reply shows of rules, which have sources of their own."""
    explained: tuple[str, ...] = ()
    """Ids of the terms that it explains."""


class Composer:
    """Writes replies from `templates/replies/<locale>/<name>.md`, with autoescape off because they write Markdown."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._glossary = Glossary(catalogue)
        # Autoescape is off: the output is Markdown, which `markup` renders with HTML switched off and then sanitises.
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        self._templates.filters["md"] = as_text
        self._templates.filters["cited"] = _cited
        self._templates.filters["first_sentence"] = first_sentence
        self._templates.globals["words"] = _words
        self._templates.globals["source_of_claim"] = lambda claim: catalogue.sources[claim.source]
        self._templates.globals["label"] = lambda fact, locale: catalogue.facts[fact.name].label.in_locale(locale)
        self._templates.globals["in_words"] = self._fact_in_words

    def warm_up(self) -> None:
        """Compile every template."""
        for name in self._templates.list_templates(extensions=["md"]):
            self._templates.get_template(name)

    def compose(
        self,
        finding: Finding,
        understood: Understood,
        profile: Profile,
        before: Mapping[str, int] | None = None,
        explained: Collection[str] = (),
    ) -> Composed:
        """
        The reply that says this finding in the language of the question.

        :param before: The numbers of citations in the part of the reply that goes before it, by what is cited.
        :param explained: Ids of the terms that this conversation has explained: they are not explained again.
        """
        locale = understood.locale
        citations = Citations(self._catalogue, locale, before)
        for record in finding.cited:
            citations.number(record)
        for passage in finding.passages:
            citations.number(passage)
        said = text_block(self._render(finding, locale, citations))
        blocks: list[Block] = [said]
        if finding.detail is not None:
            blocks.append(self._detail(finding.detail, finding.cited[0], locale, citations))
        if finding.beside is not None:
            blocks.append(self._beside(finding.beside, locale, citations))
        terms: tuple[Term, ...] = ()
        if finding.status in _EXPLAINS:
            known = {*explained, *(record.id for record in finding.cited)}
            terms = self._glossary.explained_in(said.text, locale, understood.text, known)
        if terms:
            blocks.append(self._explanations(terms, locale, citations))
        blocks += self._blocks(finding, BlockMaker(self._catalogue, citations, locale))
        reply = Reply(
            id=uuid4().hex,
            locale=locale,
            blocks=tuple(blocks),
            citations=_used(citations, blocks),
            quick_replies=finding.quick_replies or self._quick_replies(finding, locale),
            status=finding.status,
            understanding=understanding_of(understood, profile, finding.likely),
            grounded=True,
            handoff=Handoff(state="offered", loket=finding.loket.loket.id)
            if finding.lead_reason and finding.loket
            else None,
        )
        rules = [judged.rule for verdict in finding.verdicts for judged in verdict.rules]
        if finding.compared is not None:
            compared = {route.id for route in finding.compared.routes}
            rules += [rule for rule in self._catalogue.rules if rule.route in compared]
        return Composed(reply, citations, finding, tuple(rules), tuple(term.id for term in terms))

    def fixed(self, status: AnswerStatus, understood: Understood, profile: Profile, record: Record) -> Composed:
        """
        The fixed sentence of a status, for turns that end early.

        :param record: Who is there for the visitor: a loket, or the article that holds the sentence itself.
        """
        finding = Finding("status", status, {"status": str(status), "record": record}, cited=(record,))
        return self.compose(finding, understood, profile)

    def left_out(self, reply: Reply) -> Reply:
        """The reply with the sentence that personal data were left out, and where they are safe, after its answer."""
        said = text_block(self._templates.get_template(f"{reply.locale}/parts/left_out.md").render())
        first, *rest = reply.blocks
        return reply.model_copy(update={"blocks": (first, said, *rest)})

    def with_changes(self, reply: Reply, changes: Sequence[tuple[KnownFact, KnownFact | None]]) -> Reply:
        """
        The reply that begins with what the message changed in what we know.

        :param changes: Pairs of what was known and what is known now, or nothing any more; none leaves the reply as it is.
        """
        if not changes:
            return reply
        said = self._templates.get_template(f"{reply.locale}/parts/changed.md").render(changes=changes)
        return reply.model_copy(update={"blocks": (text_block(said), *reply.blocks)})

    def _render(self, finding: Finding, locale: Locale, citations: Citations) -> str:
        template = self._templates.get_template(f"{locale}/{finding.template}.md")
        return template.render(
            locale=locale,
            cite=citations.mark,
            cite_claim=citations.mark_claim,
            **{"verdicts": finding.verdicts, "question": finding.question, **finding.values},
        )

    def _detail(self, detail: Detail, record: Record, locale: Locale, citations: Citations) -> TextBlock:
        template = self._templates.get_template(f"{locale}/parts/detail.md")
        return text_block(template.render(locale=locale, cite=citations.mark, record=record, detail=detail))

    def _beside(self, record: Record, locale: Locale, citations: Citations) -> TextBlock:
        short = " ".join([*sentences_of(record.in_locale(locale).summary, at_colons=False)][:_BESIDE_SENTENCES])
        template = self._templates.get_template(f"{locale}/parts/beside.md")
        return text_block(template.render(locale=locale, cite=citations.mark, record=record, short=short))

    def _explanations(self, terms: Sequence[Term], locale: Locale, citations: Citations) -> TextBlock:
        pairs = [(term, in_short(term, locale)) for term in terms]
        template = self._templates.get_template(f"{locale}/parts/terms.md")
        return text_block(template.render(locale=locale, cite=citations.mark, explained=pairs))

    @staticmethod
    def _blocks(finding: Finding, make: BlockMaker) -> list[Block]:
        blocks: list[Block] = [make.route(verdict) for verdict in finding.verdicts]
        if finding.compared is not None:
            blocks.append(make.comparison(finding.compared))
        if any(record.amounts for record in finding.money):
            blocks.append(make.money(finding.money))
        if finding.picture is not None:
            blocks.append(make.money_picture(finding.picture))
        if finding.listed:
            blocks.append(make.listed(finding.listed))
        if finding.vacancies:
            blocks.append(make.vacancies(finding.vacancies))
        if finding.loket is not None:
            blocks.append(make.loket(finding.loket))
        if finding.question is not None:
            blocks.append(make.question(finding.question))
        if finding.lead_reason is not None:
            blocks.append(LeadFormBlock(reason=finding.lead_reason))
        return blocks

    @staticmethod
    def _quick_replies(finding: Finding, locale: Locale) -> tuple[QuickReply, ...]:
        if finding.question is not None or finding.template == "handover":
            return ()
        return (
            QuickReply(label=_TEST[locale], text=_TEST[locale]),
            QuickReply(label=_PERSON[locale], text=_PERSON[locale]),
        )

    def _fact_in_words(self, fact: KnownFact, locale: str) -> str:
        known = self._catalogue.facts[fact.name]
        if fact.name == "municipality" and fact.value in self._catalogue.municipalities:
            return self._catalogue.municipalities[str(fact.value)].name
        return value_in_words(known, fact.value, locale, self._catalogue.subjects)


def understanding_of(understood: Understood, profile: Profile, likely: float | None = None) -> Understanding:
    """
    How the question was read, and everything that is known of the visitor.

    :param likely: How sure it is that the reply tells what was asked for; None: as sure as the intent.
    """
    facts = {
        fact.name: FactSeen(
            value=sorted(fact.value) if isinstance(fact.value, frozenset) else fact.value,
            origin=fact.origin,
            words=fact.words,
        )
        for fact in profile.known
    }
    return Understanding(
        intent=understood.intent,
        language=understood.locale,
        facts=facts,
        confidence=round(understood.confidence if likely is None else likely, 3),
    )


def first_sentence(text: str) -> str:
    """The first statement of a text, with the question that leads to it; for where the rest stands in a card below."""
    first, *rest = *sentences_of(text, at_colons=False), ""
    return f"{first} {rest[0]}" if first.endswith("?") and rest[0:1] != [""] and rest else first


@pass_context
def _words(context: Context, record: Record) -> Translation:
    return record.in_locale(str(context["locale"]))


@pass_context
def _cited(context: Context, text: object, *of: Record | Passage) -> str:
    """The text as Markdown that means nothing, in which every sentence that tells something carries its source's mark."""
    marks = "".join(context["cite"](each) for each in of)
    sentences = sentences_of(str(text), at_colons=False)
    return " ".join(as_text(each) + ("" if each.endswith("?") else marks) for each in sentences)


def _used(citations: Citations, blocks: Sequence[Block]) -> tuple[Citation, ...]:
    """The citations that some block points at."""
    dumped = " ".join(block.model_dump_json() for block in blocks)
    return tuple(
        each
        for each in citations.all()
        if f'data-citation=\\"{each.n}\\"' in dumped or f'"citation":{each.n}' in dumped
    )
