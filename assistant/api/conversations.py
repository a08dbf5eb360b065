"""Conversations: begin one, say something, read it back, and forget it."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.answering.pipeline import Answered
from assistant.answering.reply import Choice, Reply
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from assistant.api.dependencies import Conversations, CurrentSettings, OwnConversation, Receipts, StoreSession, Talks
from assistant.api.erasing import blots_of, blotted, erase
from assistant.api.meeting_links import home_of, with_meetings
from assistant.api.metrics import count_turn
from assistant.api.passing import chosen_in_words, note_turn, turn_for_a_person, with_offer
from assistant.api.problem import problems
from assistant.api.published import Now
from assistant.eligibility.wording import value_in_words
from assistant.errors import Refused
from assistant.handover.feed import Feed
from assistant.handover.machine import Event, Happening, who_answers
from assistant.handover.stream import MessageShown
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from assistant.storage.conversations import Conversation, ConversationStore, NewTurn
from assistant.storage.counts import campaign_of, count_opening
from assistant.storage.talks import TalkStore
from assistant.zelftest.receipt import receipt_of
from knowledge.brand import line_key
from knowledge.catalogue import Catalogue
from knowledge.place import Region

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])
_OPENED = problems(401, 404, 422, 503)
"""How what needs a token can fail."""


class ConversationIn(BaseModel):
    """Where a conversation begins."""

    model_config = ConfigDict(extra="forbid")

    locale: Literal["nl", "en"] = "nl"
    region: Annotated[str, Field(max_length=60)] | None = None
    """The region of the page; unknown ones fall back on the installation's own."""
    page_url: Annotated[str, Field(max_length=500)] | None = None


class ConversationOut(BaseModel):
    """A conversation has begun. The token opens it and is shown this once."""

    conversation_id: str
    token: str
    kept_days: int
    """After so many days without a word it is erased; visitors are told."""
    reply: Reply


class MessageIn(BaseModel):
    """Words, or a tapped answer; exactly one of the two."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=60_000)] | None = None
    choice: Choice | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "MessageIn":
        if (self.text is None) == (self.choice is None):
            raise ValueError("Stuur `text` of `choice`, en niet allebei.")
        return self


class TurnOut(BaseModel):
    """One turn of the transcript."""

    question: str
    choice_label: str
    reply: Reply
    created_at: datetime


class TranscriptOut(BaseModel):
    """A conversation, whole."""

    conversation_id: str
    locale: str
    region: str
    created_at: datetime
    kept_days: int
    turns: list[TurnOut]
    messages: list[MessageShown]
    """What a person or the service said in between."""
    last_event_id: int
    """Listen to the events from here on."""


@router.post("", status_code=201, responses=problems(422, 503))
def begin(
    start: ConversationIn, conversations: Conversations, session: StoreSession, settings: CurrentSettings, now: Now
) -> ConversationOut:
    """Begin a conversation; the reply greets."""
    regions = {each.id: each for each in now.catalogue.all(Region)}
    region = start.region if start.region in regions else settings.region
    campaign = campaign_of(start.page_url or "")
    lines = regions[region].opening_lines(campaign) if region in regions else ()
    # Which of two lines is tried is drawn anew for each conversation, so that no browser has to remember it.
    opening = line_key(region, secrets.choice(lines)) if lines else ""
    state = ConversationState(locale=start.locale, region=region, opening=opening)
    page_url = (start.page_url or "").split("?")[0].split("#")[0]
    conversation, token = conversations.create(start.locale, region, page_url, state.model_dump(mode="json"), campaign)
    if opening:
        count_opening(session, utc_now().date(), region, opening)
    return ConversationOut(
        conversation_id=conversation.id,
        token=token,
        kept_days=settings.conversation_retention.days,
        reply=now.answering.greet(state, now.on),
    )


@router.post("/{conversation_id}/messages", response_model=Reply, responses=_OPENED | problems(409))
def say(
    request: Request,
    message: MessageIn,
    conversation: OwnConversation,
    conversations: Conversations,
    talks: Talks,
    receipts: Receipts,
    settings: CurrentSettings,
    session: StoreSession,
    now: Now,
) -> Response:
    """
    Answer one message and keep the turn; of an advice the receipt too.

    While a person has the conversation the assistant is silent: the reply says so and has no blocks.
    """
    if who_answers(talks.find(conversation.id)) != "bot":
        return _passed_on(message, conversation, conversations, talks, settings, now.catalogue)
    state = ConversationState.model_validate(conversation.state)
    choice = (message.choice.fact, message.choice.value) if message.choice else None
    answered = now.answering.answer(Asked(state=state, today=now.on, text=message.text or "", choice=choice))
    count_turn(str(answered.reply.status), answered.took, repeated=answered.repeated)
    if answered.advised_on is not None:
        number = receipts.keep(receipt_of(now.eligibility, answered.advised_on, state.region))
        answered = replace(
            answered,
            reply=answered.reply.model_copy(update={"receipt": number}),
            state=answered.state.model_copy(update={"receipt": number}),
        )
    # Looked at again, and held, now that the answer is there: a person may have come in meanwhile.
    handover = talks.hold(conversation.id)
    if who_answers(handover) != "bot":
        return _passed_on(message, conversation, conversations, talks, settings, now.catalogue)
    reply = with_offer(answered.reply, answered.state, handover, talks, now.catalogue)
    reply = with_meetings(
        reply, (conversation.id, state.region), session, now.catalogue, settings, home_of(request, settings)
    )
    answered = replace(answered, reply=reply)
    turn = _turn(message, answered, now.catalogue)
    if answered.forgot:
        erase(conversations, conversation, answered.forgot, now.catalogue)
        known = [fact.name for fact in answered.state.profile.known]
        blots = blots_of(answered.forgot, conversation.locale, now.catalogue, told_anew=known)
        turn = replace(blotted(turn, blots), question=blots.in_asking(turn.question))
    conversations.add_turn(conversation, turn, answered.state.model_dump(mode="json"))
    asked = turn.question or turn.choice_label
    note_turn(conversation, asked, answered.reply, answered.state, handover, talks, now.catalogue)
    # Written out here: the reply is a checked model already, and need not be checked again.
    return Response(answered.reply.model_dump_json(), media_type="application/json")


@router.get("/{conversation_id}", responses=_OPENED)
def read(
    conversation: OwnConversation, conversations: Conversations, talks: Talks, settings: CurrentSettings
) -> TranscriptOut:
    """The transcript, for a visitor who comes back to the page."""
    said = talks.said(conversation.id)
    return TranscriptOut(
        conversation_id=conversation.id,
        locale=conversation.locale,
        region=conversation.region,
        created_at=conversation.created_at,
        kept_days=settings.conversation_retention.days,
        turns=[
            TurnOut(
                question=turn.question,
                choice_label=turn.choice_label,
                reply=Reply.model_validate(turn.reply),
                created_at=turn.created_at,
            )
            for turn in conversations.turns(conversation)
        ],
        # A visitor's own words are turns.
        messages=[each.message for each in said if each.for_visitor and each.message.sender != "visitor"],
        last_event_id=said[-1].number if said else 0,
    )


@router.delete("/{conversation_id}", status_code=204, responses=_OPENED)
def forget(request: Request, conversation: OwnConversation, conversations: Conversations) -> Response:
    """Forget the conversation and everything in it."""
    conversations.delete(conversation)
    cast(Feed, request.app.state.feed).forget(conversation.id)
    return Response(status_code=204)


def _passed_on(
    message: MessageIn,
    conversation: Conversation,
    conversations: ConversationStore,
    talks: TalkStore,
    settings: Settings,
    catalogue: Catalogue,
) -> Response:
    """Keep what was said for the person who has the conversation, or will have it."""
    handover = talks.hold(conversation.id)
    text, choice = message.text or "", message.choice
    if len(text) > settings.max_message_chars:
        raise Refused("Je bericht is te lang. Maak het korter en verstuur het opnieuw.")
    chosen = chosen_in_words(catalogue, choice.fact, choice.value, conversation.locale) if choice else ""
    turn = turn_for_a_person(text, chosen, conversation, handover)
    conversations.add_turn(conversation, turn, conversation.state)
    talks.happen(conversation.id, Happening(Event.VISITOR_SPOKE, utc_now()))
    talks.say(conversation.id, "visitor", turn.question or turn.choice_label, id_=turn.id)
    talks.stop_typing(conversation.id, None)
    count_turn(turn.status, {})
    return Response(Reply.model_validate(turn.reply).model_dump_json(), media_type="application/json")


def _turn(message: MessageIn, answered: Answered, catalogue: Catalogue) -> NewTurn:
    choice, label = message.choice, ""
    if choice is not None:
        fact, known = catalogue.facts[choice.fact], answered.state.profile.get(choice.fact)
        label = value_in_words(fact, known.value, answered.state.locale, catalogue.subjects) if known else "-"
    return NewTurn(
        id=answered.reply.id,
        # Not what was typed: what the screen stopped is answered and not kept, and personal data are left out.
        question=answered.heard,
        reply=answered.reply.as_json(),
        status=str(answered.reply.status),
        choice=choice.model_dump(mode="json") if choice else None,
        choice_label=label,
        trace=answered.trace,
    )
