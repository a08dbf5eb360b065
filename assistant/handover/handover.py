"""Where a conversation stands between the assistant and a person, and why."""

from datetime import datetime
from enum import StrEnum

from knowledge.record import Frozen


class State(StrEnum):
    """Who has the conversation now."""

    BOT = "bot"
    """The assistant answers."""
    OFFERED = "offered"
    """The assistant answers, and has offered a person."""
    FORM = "form"
    """The visitor is filling in how to be reached; the assistant still answers."""
    WAITING = "waiting"
    """The visitor waits for a person, who has been called."""
    CONNECTED = "connected"
    """A person has the conversation: the assistant is silent."""
    LEFT_MESSAGE = "left_message"
    """A loket has the visitor's details and will be in touch; the assistant answers meanwhile."""
    CLOSED = "closed"
    """Somebody ended it; a next word of the visitor starts again with the assistant."""


class Reason(StrEnum):
    """Why a person is offered or asked for."""

    ASKED = "asked"
    UNKNOWN = "unknown"
    NEEDS_ADVISER = "needs_adviser"
    REPEATED_MISUNDERSTANDING = "repeated_misunderstanding"
    CRISIS = "crisis"
    COMPLAINT = "complaint"


class Person(Frozen):
    """An adviser who may take a conversation."""

    id: str
    name: str


class Handover(Frozen):
    """A conversation's way to a person, as it stands."""

    state: State = State.BOT
    reason: Reason | None = None
    """Why a person came into it, the last time."""
    loket_id: str = ""
    loket_title: str = ""
    region: str = ""
    """The region whose advisers see it while somebody waits or talks."""
    adviser: Person | None = None
    """Who has it, while connected."""
    wanted: Person | None = None
    """The colleague it was passed to, while waiting; others may take it too."""
    has_person_spoken: bool = False
    """Whether a person said something since the assistant last had the conversation."""
    lead_id: str | None = None
    """The lead of this wish; it goes when the wish has ended."""
    waiting_since: datetime | None = None
    offers: dict[Reason, int] = {}  # noqa: RUF012 - pydantic copies it
    """How often the assistant offered a person of its own accord."""
