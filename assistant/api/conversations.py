"""Conversations: begin one, say something, read it back, forget it, and listen."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.answering.pipeline import Answered
from assistant.answering.reply import Choice, Reply
from assistant.answering.state import ConversationState
from assistant.answering.turn import Asked
from assistant.api.dependencies import Conversations, CurrentSettings, OwnConversation, Receipts
from assistant.api.metrics import count_turn
from assistant.api.problem import problems
from assistant.api.published import Now
from assistant.eligibility.wording import value_in_words
from assistant.storage.conversations import NewTurn
from assistant.zelftest.receipt import receipt_of
from knowledge.catalogue import Catalogue
from knowledge.place import Region

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])
_HEARTBEAT_SECONDS = 20.0
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
    turns: list[TurnOut]


class EventStream(StreamingResponse):
    """Events as they come."""

    media_type = "text/event-stream"


@router.post("", status_code=201, responses=problems(422, 503))
def begin(start: ConversationIn, conversations: Conversations, settings: CurrentSettings, now: Now) -> ConversationOut:
    """Begin a conversation; the reply greets."""
    region = start.region if start.region in {each.id for each in now.catalogue.all(Region)} else settings.region
    state = ConversationState(locale=start.locale, region=region)
    page_url = (start.page_url or "").split("?")[0].split("#")[0]
    conversation, token = conversations.create(start.locale, region, page_url, state.model_dump(mode="json"))
    return ConversationOut(conversation_id=conversation.id, token=token, reply=now.answering.greet(state, now.on))


@router.post("/{conversation_id}/messages", response_model=Reply, responses=_OPENED | problems(409))
def say(
    message: MessageIn, conversation: OwnConversation, conversations: Conversations, receipts: Receipts, now: Now
) -> Response:
    """Answer one message and keep the turn; of an advice the receipt too."""
    state = ConversationState.model_validate(conversation.state)
    choice = (message.choice.fact, message.choice.value) if message.choice else None
    answered = now.answering.answer(Asked(state=state, today=now.on, text=message.text or "", choice=choice))
    count_turn(str(answered.reply.status), answered.took)
    if answered.advised_on is not None:
        number = receipts.keep(receipt_of(now.eligibility, answered.advised_on, state.region))
        answered = replace(
            answered,
            reply=answered.reply.model_copy(update={"receipt": number}),
            state=answered.state.model_copy(update={"receipt": number}),
        )
    conversations.add_turn(
        conversation, _turn(message, answered, now.catalogue), answered.state.model_dump(mode="json")
    )
    # Written out here: the reply is a checked model already, and need not be checked again.
    return Response(answered.reply.model_dump_json(), media_type="application/json")


@router.get("/{conversation_id}", responses=_OPENED)
def read(conversation: OwnConversation, conversations: Conversations) -> TranscriptOut:
    """The transcript, for a visitor who comes back to the page."""
    return TranscriptOut(
        conversation_id=conversation.id,
        locale=conversation.locale,
        region=conversation.region,
        created_at=conversation.created_at,
        turns=[
            TurnOut(
                question=turn.question,
                choice_label=turn.choice_label,
                reply=Reply.model_validate(turn.reply),
                created_at=turn.created_at,
            )
            for turn in conversations.turns(conversation)
        ],
    )


@router.delete("/{conversation_id}", status_code=204, responses=_OPENED)
def forget(conversation: OwnConversation, conversations: Conversations) -> Response:
    """Forget the conversation and everything in it."""
    conversations.delete(conversation)
    return Response(status_code=204)


@router.get("/{conversation_id}/events", response_class=EventStream, responses=_OPENED)
def listen(_: OwnConversation) -> EventStream:
    """Server-sent events. For now only a heartbeat: no adviser joins a conversation yet."""
    # Asks a proxy to pass each event on at once.
    return EventStream(_heartbeat(), headers={"X-Accel-Buffering": "no"})


async def _heartbeat() -> AsyncIterator[str]:
    yield "retry: 5000\n\n"
    while True:
        await asyncio.sleep(_HEARTBEAT_SECONDS)
        yield ": still here\n\n"


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
