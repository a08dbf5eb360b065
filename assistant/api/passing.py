"""What the way to a person changes in a turn: who answers it, and what is remembered of an offer."""

from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from assistant.answering.answer import AnswerStatus
from assistant.answering.markup import block_of_plain
from assistant.answering.reply import Handoff, LeadFormBlock, Reply, Understanding
from assistant.answering.state import ConversationState
from assistant.eligibility.wording import value_in_words
from assistant.handover.availability import availability, moment_in_words
from assistant.handover.handover import Handover, Reason, State
from assistant.handover.machine import Event, Happening, may_offer, who_answers
from assistant.leads.contact import clean_text
from assistant.leads.routing import route_lead
from assistant.leads.transcript import shared_turn
from assistant.storage.conversations import Conversation, NewTurn
from assistant.storage.talks import TalkStore
from knowledge.catalogue import Catalogue
from knowledge.fact import FactValue
from knowledge.place import Loket

_KEPT_FOR_A_PERSON = {
    "nl": "Je bericht is bewaard. Wie er straks van {loket} komt, leest het.",
    "en": "Your message is kept. Whoever comes from {loket} will read it.",
}
_OUR_DESK = {"nl": "het loket", "en": "the desk"}
_OFFERS = (State.BOT, State.OFFERED, State.CLOSED)
_LOST = 2
"""After so many turns without an answer in a row it is a misunderstanding."""


def turn_for_a_person(text: str, chosen: str, conversation: Conversation, handover: Handover) -> NewTurn:
    """
    A turn that the assistant does not answer: its reply says who has the conversation.

    :param text: What the visitor typed; it is kept as it is, for the person who reads it.
    :param chosen: What the visitor tapped, in words.
    """
    locale: Literal["nl", "en"] = "en" if conversation.locale == "en" else "nl"
    is_connected = who_answers(handover) == "person"
    kept = _KEPT_FOR_A_PERSON[locale].format(loket=handover.loket_title or _OUR_DESK[locale])
    reply = Reply(
        id=uuid4().hex,
        locale=locale,
        blocks=() if is_connected else (block_of_plain(kept),),
        status=AnswerStatus.HANDED_OVER_CONNECTED if is_connected else AnswerStatus.HANDED_OVER_WAITING,
        understanding=Understanding(intent="handover", language=locale, confidence=1.0),
        handoff=Handoff(state="connected" if is_connected else "waiting", loket=handover.loket_id),
    )
    return NewTurn(
        id=reply.id,
        question=clean_text(text),
        choice_label=clean_text(chosen),
        reply=reply.as_json(),
        status=str(reply.status),
    )


def chosen_in_words(catalogue: Catalogue, fact_name: str, value: FactValue | list[str] | None, locale: str) -> str:
    """A tapped answer as a person reads it; a fact or a value that we do not know as it came."""
    fact = catalogue.facts.get(fact_name)
    if value is None or fact is None:
        return "-"
    try:
        known = frozenset(value) if isinstance(value, list) else value
        return value_in_words(fact, known, locale, catalogue.subjects)
    except (KeyError, ValueError, AttributeError, TypeError):
        return str(value)[:200]


def with_offer(
    reply: Reply, after: ConversationState, handover: Handover, talks: TalkStore, catalogue: Catalogue
) -> Reply:
    """The reply with when its loket can be reached; without its offer, if a person was offered often enough."""
    if reply.handoff is None:
        return reply
    if not may_offer(handover, _reason(reply, after)):
        blocks = tuple(block for block in reply.blocks if not isinstance(block, LeadFormBlock))
        return reply.model_copy(update={"handoff": None, "blocks": blocks})
    loket, now = catalogue.find(reply.handoff.loket), datetime.now(UTC)
    if not isinstance(loket, Loket):
        return reply
    found = availability(loket, now, reply.locale)
    known = {
        "open_now": found.open_now,
        "open_again": moment_in_words(found.opens_at, now, reply.locale) if found.opens_at else "",
        "can_talk": _region(after, catalogue) in talks.reachable(),
    }
    return reply.model_copy(update={"handoff": reply.handoff.model_copy(update=known)})


def note_turn(
    conversation: Conversation,
    asked: str,
    reply: Reply,
    after: ConversationState,
    handover: Handover,
    talks: TalkStore,
    catalogue: Catalogue,
) -> None:
    """
    Remember of a turn what the way to a person needs; of most turns that is nothing.

    :param handover: How it stands, held.
    """
    now = datetime.now(UTC)
    if handover != Handover() and handover.state in _OFFERS:
        talks.happen(conversation.id, Happening(Event.VISITOR_SPOKE, now))
    if handover.state in (State.WAITING, State.CONNECTED):
        turn = shared_turn(0, asked, reply.as_json(), now)
        talks.say(conversation.id, "visitor", asked, id_=reply.id)
        talks.say(conversation.id, "assistant", turn.answer, id_=reply.id, for_visitor=False)
    is_crisis = reply.status is AnswerStatus.GUARDED_CRISIS
    if (reply.handoff is None and not is_crisis) or handover.state in (State.WAITING, State.CONNECTED):
        return
    routed = route_lead(catalogue, after.profile.facts(), after.region)
    offered = Happening(Event.PERSON_OFFERED, now, _reason(reply, after))
    talks.happen(conversation.id, offered.toward(routed))


def _region(after: ConversationState, catalogue: Catalogue) -> str:
    return route_lead(catalogue, after.profile.facts(), after.region).region


def _reason(reply: Reply, after: ConversationState) -> Reason:
    """Why a reply offers a person, from how it came about."""
    if reply.status is AnswerStatus.GUARDED_CRISIS:
        return Reason.CRISIS
    offered = next((block.reason for block in reply.blocks if isinstance(block, LeadFormBlock)), "")
    if after.misunderstood >= _LOST:
        return Reason.REPEATED_MISUNDERSTANDING
    if reply.understanding.intent == "feedback":
        return Reason.COMPLAINT
    return {"unknown": Reason.UNKNOWN, "advice": Reason.NEEDS_ADVISER}.get(offered, Reason.ASKED)
