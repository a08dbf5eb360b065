"""The visitor's side of the way to a person: how it stands, what they wish, and the events."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from assistant.answering.state import ConversationState
from assistant.api.dependencies import CurrentCatalogue, OwnConversation, Talks
from assistant.api.problem import problems
from assistant.handover.feed import Feed, Here
from assistant.handover.handover import Handover, Reason
from assistant.handover.machine import Event, Happening
from assistant.handover.stream import HandoverShown
from assistant.handover.streaming import EventStream, talk_events
from assistant.handover.telling import shown
from assistant.leads.routing import RoutedTo, route_lead
from assistant.storage.conversations import Conversation
from assistant.storage.live import LiveTalks
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])
_OPENED = problems(401, 404, 422, 503)
_LAST = 2**31 - 1


class WishIn(BaseModel):
    """What the visitor wants: a person now, the form, back to the assistant, or no more."""

    model_config = ConfigDict(extra="forbid")

    wish: Literal["talk", "form", "back", "end"]


@router.get("/{conversation_id}/handover", responses=_OPENED)
def look(conversation: OwnConversation, talks: Talks, catalogue: CurrentCatalogue) -> HandoverShown:
    """How the conversation stands between the assistant and a person."""
    return _shown(talks.find(conversation.id), conversation, talks.reachable().keys(), catalogue)


@router.post("/{conversation_id}/handover", responses=_OPENED | problems(409))
def wish(wanted: WishIn, conversation: OwnConversation, talks: Talks, catalogue: CurrentCatalogue) -> HandoverShown:
    """Ask for a person, or go on without; saying it twice is no error."""
    now = datetime.now(UTC)
    reachable = talks.reachable()
    if wanted.wish in ("talk", "form"):
        routed = routed_for(conversation, catalogue)
        talk = Event.TALK_WANTED if routed.region in reachable else Event.NOBODY_THERE
        event = talk if wanted.wish == "talk" else Event.FORM_OPENED
        happening = Happening(event, now, Reason.ASKED).toward(routed)
    else:
        happening = Happening(Event.DECLINED if wanted.wish == "back" else Event.ENDED, now)
    return _shown(talks.happen(conversation.id, happening), conversation, reachable.keys(), catalogue)


@router.post("/{conversation_id}/typing", status_code=204, responses=_OPENED)
def typing(conversation: OwnConversation, talks: Talks) -> Response:
    """The visitor is typing: an adviser who has the conversation sees it. Otherwise nothing is kept."""
    if talks.find(conversation.id).adviser is not None:
        talks.be_there(conversation.id, None, is_typing=True)
    return Response(status_code=204)


@router.get("/{conversation_id}/events", response_class=EventStream, responses=_OPENED)
async def listen(
    request: Request,
    conversation: OwnConversation,
    after: Annotated[int, Query(ge=0, le=_LAST)] = 0,
    last_event_id: Annotated[str, Header(max_length=40)] = "",
) -> EventStream:
    """
    Server-sent events: what a person says, who is there, and how the conversation stands.

    They go on after `Last-Event-ID`, or after `after`.
    """
    state = request.app.state
    if last_event_id.isascii() and last_event_id.isdigit():
        after = min(int(last_event_id), _LAST)
    events = talk_events(
        cast(Feed, state.feed),
        cast(LiveTalks, state.live),
        Here(conversation.id, None),
        after,
        lambda: cast(Catalogue, state.knowledge.catalogue),
    )
    return EventStream(events)


def routed_for(conversation: Conversation, catalogue: Catalogue) -> RoutedTo:
    """The loket that takes this visitor on."""
    state = ConversationState.model_validate(conversation.state)
    return route_lead(catalogue, state.profile.facts(), conversation.region)


def _shown(
    handover: Handover, conversation: Conversation, reachable: Collection[str], catalogue: Catalogue
) -> HandoverShown:
    where = handover if handover.region else handover.model_copy(update={"region": conversation.region})
    return shown(where, catalogue, conversation.locale, datetime.now(UTC), reachable)
