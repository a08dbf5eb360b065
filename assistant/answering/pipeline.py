"""One question from start to end: screen, understand, consult, compose, verify."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import uuid4

from assistant.answering import memory
from assistant.answering.answer import AnswerStatus
from assistant.answering.carrying import BARE_WORDS, carried_on
from assistant.answering.compose import Composed, Composer
from assistant.answering.consult import advice, explanations, places, remembering
from assistant.answering.consult.consultation import Consultation, Knowledge
from assistant.answering.consult.following import NOT_UNDERSTOOD, follow
from assistant.answering.evidence import Evidence, Grounds, visitor_words
from assistant.answering.joining import joined
from assistant.answering.leaning import watching
from assistant.answering.markup import block_of_plain
from assistant.answering.recent import Recent, is_of_nobody, key_of
from assistant.answering.reply import QuestionBlock, Reply, TextBlock
from assistant.answering.rewording import REWORDED, Rewording
from assistant.answering.said import said_in
from assistant.answering.screen import Screen, Screened
from assistant.answering.state import ConversationState
from assistant.answering.steps import step, timed_turn
from assistant.answering.turn import Asked, Finding, Understood
from assistant.answering.understand.cues import is_question
from assistant.answering.understand.given import is_unknown
from assistant.answering.understand.intents import Part, Vector
from assistant.answering.understand.language import language_of
from assistant.answering.understand.learnt import LearntIntents
from assistant.answering.understand.lexicon import known_words
from assistant.answering.understand.names import NameIndex
from assistant.answering.understand.questions import asking_part, split_questions
from assistant.answering.understand.recollection import Recollection
from assistant.answering.understand.text import Text
from assistant.answering.understand.understanding import Understander
from assistant.answering.verify import Verifier, trace_of
from assistant.eligibility.profile import KnownFact, Profile
from assistant.eligibility.verdict import RouteVerdict
from assistant.eligibility.wording import value_in_words
from assistant.errors import Refused
from assistant.zelftest.question import as_json
from knowledge.place import Loket, Region
from knowledge.route import Route

_log = logging.getLogger(__name__)
CRISIS_HELP = "hulp-bij-wanhoop"
"""The article that somebody in despair is shown, whatever they asked."""
_TRACED = 40
_KEPT = 8
_SAYS_SOMETHING = ("answered_", "asked_fact", "handed_over_")
"""Beginnings of the statuses with which one of several questions is answered."""
_UNSURE = 0.6
_LEANT_ON = 6
_QUESTION_CHARS = 300
_NO_WISER = frozenset({AnswerStatus.ANSWERED_SMALLTALK, AnswerStatus.ANSWERED_FEEDBACK})
"""After a message that we did not understand, one that ends so did not make it any clearer."""
_NOTHING_ASKED = frozenset(
    {
        AnswerStatus.UNANSWERABLE_NOT_FOUND,
        AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE,
        AnswerStatus.UNANSWERABLE_UNVERIFIED,
        AnswerStatus.ASKED_CLARIFICATION,
    }
)
"""A message with personal data that ends so was about those data."""
_WARMING = "Ik heb een hbo-diploma en wil leraar worden in het vo. Welke route past bij mij?"
_CRISIS_FROM = 0.3
"""
Rather a kind word too many than one too few. Of the editors' sentences, each asked of a model that had not seen it, this
finds what the guard's phrases miss at the cost of 5 false alarms in 5,432; at 0.25 there were 12 for one more found.
"""
_CRISIS_SURELY, _CRISIS_LIKENESS = 0.8, 0.55
"""
Below the first, one of the editors' sentences of somebody in despair is near too: `ik lach me dood` shares a word with them, and
no more.
"""


@dataclass(frozen=True)
class Answered:
    """A reply, the state after it, and the trace of what it leans on."""

    reply: Reply
    state: ConversationState
    trace: dict[str, Any] = field(default_factory=dict)
    advised_on: Profile | None = None
    """For an advice: what it was given on. Its receipt follows from that."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The numbers of its citations, by the id of what is cited."""
    heard: str = ""
    """The message as it may be kept: without personal data; empty where nothing may."""
    forgot: tuple[KnownFact, ...] = ()
    """What the visitor had us forget: it goes from the kept turns too, and from this message."""
    took: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by step."""
    repeated: bool = False
    """The very same was asked before, and answered from memory."""


class Answering:
    """
    The conversation over one published catalogue. Thread-safe: it keeps nothing of a visitor.

    What was asked before is answered from memory, as long as nothing is known of who asks.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        *,
        max_message_chars: int = 2000,
        places_elsewhere: Sequence[str] = (),
        rewording: Rewording | None = None,
    ) -> None:
        """
        :param rewording: Says verified replies in other words; None leaves them as they are.
        """
        catalogue = knowledge.catalogue
        self._rewording = rewording
        self._knowledge = knowledge
        self._screen = Screen(catalogue, max_message_chars)
        self.intents = LearntIntents.of(catalogue)
        names = NameIndex(catalogue, known_words(), places_elsewhere)
        self.understander = Understander(catalogue, names, self.intents)
        self._composer = Composer(catalogue)
        self._grounds = Grounds(catalogue)
        self._verifier = Verifier(self._grounds.names)
        self._recent = Recent[Answered]()

    def warm_up(self, today: date) -> None:
        """
        Make what is made at first use: templates, what each record says, one advice from start to end.

        Half a second of work, which makes a first advice of 150 ms one of 40.
        """
        self._composer.warm_up()
        self._grounds.warm_up()
        region = next((each.id for each in self._knowledge.catalogue.all(Region)), "")
        self.answer(Asked(text=_WARMING, state=ConversationState(region=region), today=today), from_memory=False)

    def greet(self, state: ConversationState, today: date) -> Reply:
        """The first words of a conversation, with what can be asked."""
        understood = Understood(text="", locale=state.locale, intent="greeting", confidence=1.0)
        loket = self._loket(state, understood, today)
        region = self._knowledge.catalogue.find(state.region)
        line = region.opening_line(state.opening) if isinstance(region, Region) and state.opening else None
        words = {"loket": loket, "opening": line.in_locale(state.locale) if line else ""}
        finding = Finding("greeting", AnswerStatus.ANSWERED_GREETING, words, cited=(loket,))
        return self._composer.compose(finding, understood, state.profile).reply

    def answer(self, asked: Asked, *, from_memory: bool = True) -> Answered:
        """
        The reply to one message or one tapped choice; never an exception for what a visitor may type.

        :param from_memory: Whether what was asked before may be answered from memory; not so where that is measured.
        """
        with timed_turn() as took:
            answered = self._answer(asked, from_memory)
        return replace(answered, took=took)

    def _answer(self, asked: Asked, from_memory: bool) -> Answered:
        if asked.choice is not None:
            return self._answer_choice(asked)
        with step("screen"):
            screened = self._screen.look(asked.text)
        if screened.status is not None:
            return self._ended(asked, screened.status)
        asked = replace(asked, text=screened.text)
        if screened.hidden or not from_memory or not is_of_nobody(asked.state):
            return self._answer_anew(asked, screened)
        key = key_of(asked, self._answered_from())
        before = self._recent.find(key)
        if before is not None:
            reply = before.reply.model_copy(update={"id": uuid4().hex})
            return replace(before, reply=reply, heard=screened.text, repeated=True)
        answered = self._answer_anew(asked, screened)
        if answered.reply.status.startswith("answered_") and not answered.advised_on and is_of_nobody(answered.state):
            self._recent.keep(key, replace(answered, heard=""))
        return answered

    def _answered_from(self) -> str:
        """What is answered from besides the catalogue: both get better behind the first questions."""
        return f"{self._knowledge.search.status()['generation']} {self.intents.stage}"

    def _answer_anew(self, asked: Asked, screened: Screened) -> Answered:
        questions = split_questions(screened.text)
        each = self._answer_each(asked, questions) if len(questions) > 1 else None
        answered = each or self._answer_one(asked, screened.text)
        if answered.reply.status is AnswerStatus.GUARDED_CRISIS:
            return answered
        answered = replace(answered, heard=screened.text)
        return self._without_personal(asked, answered) if screened.hidden else answered

    def _without_personal(self, asked: Asked, answered: Answered) -> Answered:
        """The answer to a message that held personal data: it says that they were left out, and where they are safe."""
        told = answered.state.profile
        status = answered.reply.status
        is_bare = len(asked.text.split()) <= BARE_WORDS and "?" not in asked.text and told == asked.state.profile
        if status in _NOTHING_ASKED or (is_bare and status is not AnswerStatus.HANDED_OVER_OFFERED):
            ended = self._ended(asked, AnswerStatus.GUARDED_OWN_DATA)
            return replace(ended, state=asked.state.model_copy(update={"profile": told}), heard=asked.text)
        return replace(answered, reply=self._composer.left_out(answered.reply))

    def _answer_each(self, asked: Asked, questions: Sequence[str]) -> Answered | None:
        """
        Every question of one message in order, as one reply; a later one leans on the one before.

        :returns: None if one of them cannot be answered by itself: then the message is better read as a whole.
        """
        answers: list[Answered] = []
        state, numbers = asked.state, dict[str, int]()
        for question in questions:
            # What an earlier part asks back is not what this part answers.
            state = state.model_copy(update={"asked": None}) if answers else state
            answered = self._answer_one(replace(asked, state=state, text=question), question, numbers)
            if answered.reply.status is AnswerStatus.GUARDED_CRISIS:
                return answered
            if not answered.reply.status.startswith(_SAYS_SOMETHING):
                return None
            answers.append(answered)
            state, numbers = answered.state, dict(answered.numbers)
        reply = joined([answered.reply for answered in answers])
        asks = next((block.fact for block in reply.blocks if isinstance(block, QuestionBlock)), None)
        return Answered(
            reply,
            state.model_copy(update={"asked": asks}),
            _traced([answered.trace for answered in answers]),
            next((answered.advised_on for answered in reversed(answers) if answered.advised_on), None),
            forgot=tuple(fact for answered in answers for fact in answered.forgot),
        )

    def _answer_one(self, asked: Asked, text: str, before: Mapping[str, int] | None = None) -> Answered:
        """The reply to one question; `before` are the numbers of citations in the part of the reply before it."""
        wish = self.understander.recollects(asked, text)
        if wish is not None:
            return self._answer_wish(asked, wish, before)
        part = asking_part(text)
        with step("embed"):
            vector = self._knowledge.search.embed(text)
            asking = Part(part, self._knowledge.search.embed(part)) if part else None
        with step("understand"):
            understood = self.understander.understand(asked, text, vector, asking)
        if (leaning := watching()) is not None:
            leaning.understood.append(understood)
        if understood.intent == "crisis" and _despairs(understood) and not is_unknown(text):
            return self._ended(asked, AnswerStatus.GUARDED_CRISIS)
        return self._answer_understood(asked, understood, vector, before)

    def _answer_wish(self, asked: Asked, wish: Recollection, before: Mapping[str, int] | None = None) -> Answered:
        """The reply to who wants to know what we know of them, or wants it forgotten; and to what they say besides."""
        state, catalogue = asked.state, self._knowledge.catalogue
        locale = language_of(Text(asked.text), state.locale)
        gone = [fact for fact in state.profile.known if fact.name in wish.names]
        if wish.wish == "forget_all":
            after = memory.everything_forgotten(state)
            gone = [*state.profile.known, *state.other]
            finding = remembering.forgot(state.profile.known, locale, everything=True)
        elif wish.wish == "forget":
            after = memory.erased(state, [fact.name for fact in gone])
            finding = remembering.forgot(gone, locale)
        else:
            after, gone = state, []
            objected = wish.names if wish.wish == "object" else None
            finding = remembering.known(state.profile, catalogue, locale, objected)
        after = after.model_copy(update={"locale": locale, "misunderstood": 0})
        if wish.rest:
            told = self.understander.understand(replace(asked, state=after), wish.rest, None)
            if told.facts or "?" in wish.rest:
                answered = self._answer_one(replace(asked, state=after, text=wish.rest), wish.rest, before)
                changes = memory.changes_between(state.profile, answered.state.profile)
                reply = self._composer.with_changes(answered.reply, changes)
                return replace(answered, reply=reply, forgot=tuple(gone))
        understood = Understood(text=asked.text, locale=locale, intent="feedback", confidence=1.0)
        composed = self._composer.compose(finding, understood, after.profile, before)
        trace, numbers = self._trace(composed, finding), composed.citations.numbers()
        return Answered(composed.reply, after, trace, numbers=numbers, forgot=tuple(gone))

    def _answer_choice(self, asked: Asked) -> Answered:
        """
        A tapped answer to a question.

        :raises Refused: If the fact or the value does not exist; its Dutch sentence says what can be chosen.
        """
        name, value = asked.choice or ("", None)
        fact = self._knowledge.catalogue.facts.get(name)
        if fact is None:
            raise Refused(f"Onbekend gegeven: {name[:40]}.")
        intent = asked.state.topic.intent or "route_advice"
        if asked.state.mode == "zelftest":
            intent = "zelftest"
        understood = Understood(
            text="", locale=asked.state.locale, intent=intent, confidence=1.0, skipped=value is None
        )
        if value is None:
            asked = replace(asked, state=asked.state.model_copy(update={"asked": name}))
            return self._answer_understood(asked, understood, None)
        if name == "municipality":
            value = self._municipality(str(value)) or value
        try:
            parsed = fact.parse(value)
        except ValueError as error:
            raise Refused(str(error)) from error
        words = value_in_words(fact, parsed, asked.state.locale, self._knowledge.catalogue.subjects)
        known = KnownFact(name=name, value=parsed, origin="chosen", words=words[:300], confirmed=True)
        return self._answer_understood(asked, replace(understood, facts=(known,)), None)

    def _municipality(self, typed: str) -> str | None:
        """The id of the municipality that somebody picked or typed."""
        return typed if typed in self._knowledge.catalogue.municipalities else self.understander.place(typed)

    def _answer_understood(
        self, asked: Asked, understood: Understood, vector: Vector | None, before: Mapping[str, int] | None = None
    ) -> Answered:
        state = self._remember(asked.state, understood)
        changes = memory.changes_between(asked.state.profile, state.profile) if asked.text else ()
        if changes and not is_question(Text(understood.text)):
            understood = replace(understood, is_correction=True)
        understood = carried_on(asked.state, understood, state)
        c = Consultation(understood, state, asked.today, self._knowledge, vector)
        with step("consult"):
            finding = self._found(c)
        with step("compose"):
            composed = self._composer.compose(finding, understood, state.profile, before, state.explained)
        after = self._after(state, self._with_question(finding, understood), _advised(finding, c))
        with step("verify"):
            told = visitor_words(state, self._knowledge.catalogue)
            # A place is the visitor's own, as the gazetteer writes it.
            own_words = f"{asked.text}\n{told}\n{finding.values.get('place') or ''}"
            evidence = self._grounds.of(composed, own_words)
            verified = self._verifier.verify(said_in(composed.reply), evidence)
        if verified.holds:
            after = after.model_copy(update={"explained": (*after.explained, *composed.explained)})
            reply = self._composer.with_changes(self._in_other_words(composed.reply, evidence), changes)
            advised_on = c.judged_on if finding.template == "advice" else None
            trace = self._trace(composed, finding) | {"claims": trace_of(verified.traced)}
            return Answered(reply, after, trace, advised_on, composed.citations.numbers())
        claims = [f"{claim.kind} {claim.value}" for claim in verified.unsupported]
        _log.warning("a reply was held back: template %s, records %s, unsupported %s", finding.template,
                     [record.id for record in finding.cited], claims)  # fmt: skip
        loket = places.loket_for(c).loket
        unverified = AnswerStatus.UNANSWERABLE_UNVERIFIED
        held = self._composer.fixed(unverified, understood, state.profile, loket)
        # A question or topic that the visitor never saw is not what the next message leans on.
        state = self._after(state, Finding("status", unverified), ())
        return Answered(held.reply, state, {"held_back": claims, "records": [record.id for record in finding.cited]})

    def _in_other_words(self, reply: Reply, evidence: Evidence) -> Reply:
        """The reply as a language model says it, if there is one and the reply still holds; else as it is."""
        first = reply.blocks[0] if reply.blocks else None
        if self._rewording is None or reply.status not in REWORDED or not isinstance(first, TextBlock):
            return reply
        text = self._rewording.reworded(first.text, reply.locale)
        if text is None:
            return reply
        other = reply.model_copy(update={"blocks": (block_of_plain(text), *reply.blocks[1:])})
        return other if self._verifier.verify(said_in(other), evidence, statements=False).holds else reply

    def _found(self, c: Consultation) -> Finding:
        if c.state.asked is not None and self._is_lost(c.understood):
            return advice.ask_again(c)
        answered = c.state.asked is None and c.understood.facts
        if c.state.mode in ("zelftest", "advice") and (answered or c.understood.skipped):
            going_on = c.understood.intent in ("zelftest", "route_advice") or c.understood.skipped
            if going_on:
                return advice.zelftest(c) if c.state.mode == "zelftest" else advice.advise(c)
        finding = follow(c, self._knowledge.search.embed)
        if any(self._screen.instructs(passage.text) for passage in finding.passages):
            # Somebody else's document that talks to an assistant is not quoted.
            return explanations.not_found(c)
        return finding

    @staticmethod
    def _is_lost(understood: Understood) -> bool:
        """A short reaction to our question that answers nothing: `nee`, `hm`."""
        short = 0 < len(understood.text.split()) <= BARE_WORDS and not is_question(Text(understood.text))
        return short and not understood.facts and not understood.records and understood.confidence < _UNSURE

    def _remember(self, state: ConversationState, understood: Understood) -> ConversationState:
        """The state with what this message told and took back; the open question is closed when it was answered."""
        told = {fact.name for fact in understood.facts}
        denied = [name for name in understood.denied if name not in told]
        if denied:
            state = memory.forgotten(state, denied)
        state = memory.told(state, understood.facts, self._knowledge.eligibility.entailment)
        if understood.skipped and state.asked is not None:
            state = memory.unsure(state, state.asked)
        other = state.other if not understood.facts else ()
        if understood.about_somebody_else:
            other = tuple(understood.scope.values())
        return state.model_copy(update={"locale": understood.locale, "other": other})

    def _with_question(self, finding: Finding, understood: Understood) -> Finding:
        """The finding with what the next message may lean on: the question, and what it called by name."""
        topic = finding.topic
        if topic is None:
            return finding
        named = [each for each in (topic.record_id, topic.route_id, *understood.records) if each]
        told = self._knowledge.catalogue.find(topic.record_id or "")
        by_name = next((each.id for each in self._knowledge.catalogue.linked(understood.records, Route)), None)
        route = topic.route_id or (self.understander.route_in(told.title) if told is not None else None) or by_name
        # `dat` is one route, or a thing that is no route.
        other = {each.id for each in self._knowledge.catalogue.linked(named, Route)} - set(named[:1]) - {route}
        update = {
            "records": tuple(dict.fromkeys(each for each in named if each not in other))[:_LEANT_ON],
            "question": understood.text[:_QUESTION_CHARS],
            "route_id": route,
        }
        return replace(finding, topic=topic.model_copy(update=update))

    @staticmethod
    def _after(state: ConversationState, finding: Finding, verdicts: Sequence[RouteVerdict]) -> ConversationState:
        """The state that the next turn starts from."""
        lost = finding.status in NOT_UNDERSTOOD or (state.misunderstood > 0 and finding.status in _NO_WISER)
        lost = lost or finding.lead_reason == "repeated_misunderstanding"
        update: dict[str, Any] = {"misunderstood": state.misunderstood + 1 if lost else 0}
        if finding.topic is not None:
            update["topic"] = finding.topic
        if finding.mode is not None:
            update["mode"] = finding.mode
        if finding.question is not None:
            update["asked"] = finding.question.fact
        elif finding.mode == "chat":
            update["asked"] = None
        if inferred := finding.values.get("inferred"):
            update["said_back"] = state.said_back | {fact.name for fact in inferred}
        if verdicts:
            update["verdicts"] = tuple(_summary(verdict) for verdict in verdicts[:_KEPT])
        return state.model_copy(update=update)

    def _ended(self, asked: Asked, status: AnswerStatus) -> Answered:
        """A turn that ends at the screen: nothing of the message is kept."""
        is_crisis = status is AnswerStatus.GUARDED_CRISIS
        intent = "crisis" if is_crisis else "out_of_scope"
        understood = Understood(text="", locale=asked.state.locale, intent=intent, confidence=1.0)
        help_ = self._knowledge.catalogue.find(CRISIS_HELP) if is_crisis else None
        record = help_ or self._loket(asked.state, understood, asked.today)
        composed = self._composer.fixed(status, understood, asked.state.profile, record)
        return Answered(composed.reply, asked.state, {"guard": str(status)})

    def _loket(self, state: ConversationState, understood: Understood, today: date) -> Loket:
        return places.loket_for(Consultation(understood, state, today, self._knowledge)).loket

    @staticmethod
    def _trace(composed: Composed, finding: Finding) -> dict[str, Any]:
        """What the reply leans on, for the adviser and the evaluation."""
        return {
            "template": finding.template,
            "records": list(composed.citations.records)[:_TRACED],
            "passages": list(composed.citations.passages)[:_TRACED],
            "counted_on": {name: as_json(value) for name, value in finding.counted_on.items()},
            "explained": list(composed.explained),
        }


def _despairs(understood: Understood) -> bool:
    """Whether a message that looks most like somebody in despair is that."""
    nearest = max((each.likeness for each in understood.meant if each.meaning.intent == "crisis"), default=0.0)
    sure = understood.confidence
    return sure >= _CRISIS_SURELY or (sure >= _CRISIS_FROM and nearest >= _CRISIS_LIKENESS)


def _traced(traces: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the answers to several questions lean on, together."""
    together = {
        name: [each for trace in traces for each in trace.get(name, ())]
        for name in ("records", "passages", "claims", "explained")
    }
    counted_on = {name: value for trace in traces for name, value in trace.get("counted_on", {}).items()}
    templates = " + ".join(str(trace.get("template", "")) for trace in traces)
    return {"template": templates, **together, "counted_on": counted_on}


def _advised(finding: Finding, c: Consultation) -> list[RouteVerdict]:
    """What an adviser wants to see of an advice: the routes as they were shown, then the others that may fit."""
    if not finding.verdicts:
        return []
    shown = {verdict.route.id for verdict in finding.verdicts}
    return [
        *finding.verdicts,
        *(each for each in c.verdicts if each.route.id not in shown and each.verdict in ("fits", "possible")),
    ]


def _summary(verdict: RouteVerdict) -> dict[str, Any]:
    return {
        "route": verdict.route.id,
        "title": verdict.route.title,
        "verdict": verdict.verdict,
        "reasons": [
            {"text": judged.rule.statement, "met": judged.met}
            for judged in verdict.rules
            if judged.rule.kind != "preference"
        ],
    }
