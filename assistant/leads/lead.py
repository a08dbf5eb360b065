"""Somebody who wants to talk to a person: how to reach them, their story so far, and what they agreed to."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from assistant.eligibility.profile import KnownFact
from assistant.leads.contact import Contact
from knowledge.record import Frozen

VerdictWord = Literal["fits", "possible", "does_not_fit", "ask_adviser"]


class Phase(StrEnum):
    """How far somebody is on the way into education, in order; the phases of the sector's model of a candidate."""

    NEW = "new"
    ORIENTING = "orienting"
    MATCHING = "matching"
    PREPARING = "preparing"
    IN_TRAINING = "in_training"
    WORKING = "working"
    LEFT = "left"


class LeavingReason(StrEnum):
    """Why somebody left the way into education."""

    OTHER_WORK = "other_work"
    MONEY = "money"
    NOT_ADMITTED = "not_admitted"
    NO_SCHOOL = "no_school"
    PERSONAL = "personal"
    TOO_HEAVY = "too_heavy"
    ELSEWHERE = "elsewhere"
    NO_ANSWER = "no_answer"
    UNKNOWN = "unknown"


class Claim(Frozen):
    """The adviser who took a lead on; the name stays when the account goes."""

    account_id: str
    name: str
    claimed_at: datetime


class Consent(Frozen):
    """What the visitor agreed to, word for word, and when."""

    version: str
    text: str
    """The sanitised HTML that was shown."""
    given_at: datetime
    share_transcript: bool


class VerdictReason(Frozen):
    """One rule, met (`true`), unmet (`false`) or still open (`null`)."""

    text: str
    met: bool | None


class RouteVerdict(Frozen):
    """What the rules said about one route at the moment of asking for contact."""

    route: str
    title: str
    verdict: VerdictWord
    reasons: tuple[VerdictReason, ...] = ()


class CitedSource(Frozen):
    """A source under an answer, with its number in the text."""

    number: int
    title: str
    url: str | None = None


class LeansOn(Frozen):
    """That a sentence of an answer rests on a field of a record."""

    says: str
    number: int
    """Of the source, as in the answer; 0: of a rule, a sum or something else that holds for the whole answer."""
    record: str
    """The id of the record, rule or document."""
    field: str
    """As the trace of a turn has it: `summary`, `amounts`, `statement`, `sum`."""


class SharedTurn(Frozen):
    """One question and its answer, as text; copied, so that forgetting the conversation does not lose it."""

    number: int
    question: str
    answer: str
    sources: tuple[CitedSource, ...] = ()
    leans_on: tuple[LeansOn, ...] = ()
    asked_at: datetime


class Lead(Frozen):
    """One wish of one visitor to be contacted. It stands on its own: nothing in it depends on the conversation."""

    id: str
    conversation_id: str | None
    loket_id: str
    loket_title: str
    region: str
    """The region whose advisers see it."""
    sectors: tuple[str, ...]
    reason: str
    """Why this loket, in a Dutch sentence."""
    contact: Contact
    message: str = ""
    consent: Consent
    facts: tuple[KnownFact, ...] = ()
    verdicts: tuple[RouteVerdict, ...] = ()
    transcript: tuple[SharedTurn, ...] = ()
    """Empty unless the visitor chose to share it."""
    receipt: str | None = None
    """The number of the advice that led here, by which it can be replayed."""
    phase: Phase = Phase.NEW
    left_because: LeavingReason | None = None
    """Why, in the phase `left`."""
    claim: Claim | None = None
    created_at: datetime
    updated_at: datetime
    due_at: datetime
    """By when somebody should have been in touch."""
    contacted_at: datetime | None = None
    """When somebody of the loket was first in touch."""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has been in touch yet."""
        return self.phase is Phase.NEW and self.contacted_at is None


class Note(Frozen):
    """What an adviser wrote down about a lead."""

    author: str
    text: str = Field(min_length=1, max_length=4000)
    written_at: datetime


class PhaseChange(Frozen):
    """That somebody moved a lead to another phase, or back (`undoes`)."""

    id: int
    author: str
    before: Phase
    after: Phase
    changed_at: datetime
    because: LeavingReason | None = None
    undoes: int | None = None
    """The id of the change that this one takes back."""
