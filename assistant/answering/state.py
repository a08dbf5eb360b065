"""What a conversation remembers between two turns. It is stored as JSON with the conversation."""

from typing import Any, Literal

from pydantic import Field

from assistant.eligibility.profile import KnownFact, Profile
from knowledge.record import Frozen


class Topic(Frozen):
    """What the last answers were about, so that `en wat kost dat?` can be understood."""

    intent: str = ""
    record_id: str | None = None
    route_id: str | None = None
    sector: str | None = None
    candidates: tuple[str, ...] = ()
    """Routes that a question may have meant, while we ask which."""
    aspect: str = ""
    """What of it was asked, where a bare answer (`Delft`) goes on with that: `where`."""
    records: tuple[str, ...] = ()
    """What the question called by name, the main record first: what `dat` and `die` stand for."""
    question: str = ""
    """The question as it was asked, for one that goes on with it: `en met vwo?`."""


class ConversationState(Frozen):
    """
    Everything a next turn leans on.

    `verdicts` repeats the last advice in a form that a lead can carry: route, title, verdict, reasons.
    """

    locale: Literal["nl", "en"] = "nl"
    region: str
    profile: Profile = Field(default_factory=Profile)
    topic: Topic = Field(default_factory=Topic)
    mode: Literal["chat", "advice", "zelftest"] = "chat"
    asked: str | None = None
    """The fact that was asked last and not answered yet."""
    misunderstood: int = 0
    """How many turns in a row had no answer."""
    verdicts: tuple[dict[str, Any], ...] = ()
    opening: str = ""
    """The key of the line that the region chose to begin with; empty: the product's own."""
    receipt: str | None = None
    """The number of the last advice."""
    erased: frozenset[str] = frozenset()
    """Facts that the visitor had us forget: never inferred again, only told again."""
    told: tuple[str, ...] = ()
    """Facts that the last message told that told any: what `vergeet dat` is about."""
    other: tuple[KnownFact, ...] = ()
    """What was told of somebody else, as long as they are talked about: never a fact of the visitor."""
    said_back: frozenset[str] = frozenset()
    """Inferred facts that the visitor has been shown, and could have corrected."""
    explained: tuple[str, ...] = ()
    """Ids of the terms that were explained, in that order."""
