"""How people ask for something: sentences in their own words, with what they ask and which record tells it."""

from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field

from knowledge.record import Frozen, Sector, Slug

IntentName = Literal[
    "greeting",
    "route_advice",
    "route_info",
    "cost",
    "subsidy",
    "salary",
    "vacancy",
    "loket",
    "event",
    "orientation",
    "admission",
    "zelftest",
    "definition",
    "figure",
    "handover",
    "feedback",
    "smalltalk",
    "out_of_scope",
    "crisis",
]
"""What a message can want."""

Aspect = Literal[
    "what",
    "duration",
    "hours",
    "form",
    "steps",
    "where",
    "start",
    "apply",
    "income",
    "cost",
    "who_pays",
    "amount",
    "conditions",
    "status",
    "admission",
    "qualification",
    "difference",
    "support",
    "dropout",
    "contact",
    "opening_hours",
]
"""
What about the thing is asked. `amount`, `conditions`, `status` and `apply` are of money; `qualification` is what you may
do afterwards; `where` is where it can be followed or done.
"""


class Phrasing(Frozen):
    """
    Sentences that ask the same. A name of a place, institution, subject or diploma in them is an example: another name
    may stand there.
    """

    answers: Slug | None = None
    """The record that tells it; left out where no single record does: a greeting, advice, something out of scope."""
    intent: IntentName
    aspect: Aspect | None = None
    sectors: tuple[Sector, ...] = ()
    """The kinds of school it is about, where the words say so and the record holds for more."""
    asks: tuple[Annotated[str, Field(min_length=2, max_length=400)], ...] = Field(min_length=1)

    @cached_property
    def id(self) -> str:
        """A name for messages to editors: what it is about and a hash of its first sentence."""
        digest = sha256(self.asks[0].encode()).hexdigest()[:6]
        return "-".join(part for part in (self.answers or self.intent, self.aspect, digest) if part)
