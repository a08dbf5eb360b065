"""What the event streams carry: the public contract of `GET /api/v1/conversations/{id}/events` and of the desk's."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.handover.handover import Reason, State

Sender = Literal["visitor", "adviser", "assistant", "notice"]


class Carried(BaseModel):
    """The data of one event."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class HandoverShown(Carried):
    """
    Event `state` (without an id), and what `GET` and `POST …/handover` answer: how the conversation stands.

    `text` is a whole sentence for the visitor, in the language of the conversation: show it as it is.
    """

    state: State
    reason: Reason | None = None
    text: str
    loket_id: str = ""
    loket_title: str = ""
    adviser: str | None = None
    """First name of who has the conversation."""
    open_now: bool | None = None
    """None: we do not know the hours of the loket."""
    open_again: str = ""
    """`maandag om 9.00 uur`, if it is closed and the hours are known."""
    can_talk: bool = False
    """Whether somebody is there to talk now: offer it only then."""
    lead_id: str | None = None


class MessageShown(Carried):
    """
    Event `message` (with an id): something was said that is no reply of the assistant.

    `id` of a visitor's own message is the `id` of the reply that the sender got: drop what you know already.
    """

    id: str
    sender: Sender
    """`notice`: the service itself, for instance that a colleague takes over. `assistant`: a reply, for advisers alone."""
    name: str = ""
    """Of an adviser: the first name."""
    text: str
    """Plain text; lines end in `\\n`."""
    at: datetime


class Onlooker(Carried):
    """Somebody who is there."""

    name: str
    role: Literal["adviser", "visitor"]
    doing: Literal["looking", "typing"]


class PresenceShown(Carried):
    """Event `presence` (without an id): who is there now, whole; `text` says it in a sentence, empty for nobody."""

    people: tuple[Onlooker, ...] = ()
    text: str = ""


class ClosedShown(Carried):
    """Event `closed` (without an id), the last one: the conversation is no more. Do not connect again."""

    text: str


class LeadShown(Carried):
    """Event `lead` on the desk: a new lead. The id is the moment it came in, so that a reconnect goes on from there."""

    lead_id: str
    region: str
    loket_title: str
    created_at: datetime


class AnswerShown(Carried):
    """Event `answer` on the desk (without an id): somebody answered a letter, or a letter was not delivered."""

    answer_id: int
    lead_id: str
    region: str
    at: datetime


class TalkShown(Carried):
    """A conversation in which somebody waits for a person or has one."""

    conversation_id: str
    state: State
    region: str
    loket_title: str
    reason: Reason | None
    adviser_id: str | None
    adviser: str | None
    wanted: str | None
    """The colleague it was passed to."""
    waiting_since: datetime | None
    last_said: str
    """The beginning of the visitor's last words."""


class TalksShown(Carried):
    """Event `talks` on the desk (without an id): all live conversations of the adviser's regions, whole, when one changed."""

    talks: tuple[TalkShown, ...] = ()
    waiting: int = 0
