"""What each step passes on: one question on its way to a reply. Nothing in here changes; a step makes a new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from assistant.answering.answer import AnswerStatus
from assistant.answering.reply import QuickReply
from assistant.answering.state import ConversationState, Topic
from assistant.answering.understand.phrasings import Meant, Near
from assistant.eligibility.profile import KnownFact
from assistant.eligibility.verdict import RouteVerdict
from assistant.money.telling import PictureTold
from assistant.zelftest.comparison import Comparison
from assistant.zelftest.question import Question
from knowledge.event import Event, Orientation
from knowledge.fact import FactValue
from knowledge.money import Money
from knowledge.passage import Passage
from knowledge.place import Loket
from knowledge.record import Record
from knowledge.vacancy import Vacancy

Locale = Literal["nl", "en"]


@dataclass(frozen=True)
class Understood:
    """The typed question."""

    text: str
    locale: Locale
    intent: str
    confidence: float
    facts: tuple[KnownFact, ...] = ()
    """What the message tells about the visitor: goes into the profile."""
    scope: Mapping[str, KnownFact] = field(default_factory=dict)
    """What the question mentions without telling it about the visitor: narrows this answer alone."""
    records: tuple[str, ...] = ()
    """Ids of records that are called by name, best first."""
    elsewhere: str | None = None
    """A Dutch place outside the regions."""
    is_follow_up: bool = False
    """Leans on what came before: `en wat kost dat?`."""
    points_back: bool = False
    """Says so itself, with `dat`, `daar` or `en ...`; a bare `hoe lang duurt het traject?` does not."""
    profession: str | None = None
    """What the visitor does or did for a living: a reason to ask which diploma that was, and no fact."""
    is_ellipsis: bool = False
    """Names a thing alone, to ask the same of as before: `en als docent?`."""
    is_correction: bool = False
    about_somebody_else: bool = False
    denied: tuple[str, ...] = ()
    """Known facts of which the message says that they are not so."""
    skipped: bool = False
    """`weet ik niet`."""
    aspect: str = ""
    """What about the thing is asked: duration, form, income, steps, place, start."""
    meant: tuple[Meant, ...] = ()
    """What the nearest sentences of others asked, the nearest first."""
    near: Mapping[str, Near] = field(default_factory=dict)
    """By record how near the sentences that ask for it are."""
    likeness: float = 0.0
    """How near the nearest sentence of all is."""
    intents: Mapping[str, float] = field(default_factory=dict)
    """The likeliest intents, each with its probability."""
    asking: "Asking | None" = None
    """Of a message that also tells something: the part that asks."""


@dataclass(frozen=True)
class Asking:
    """The part of a message that asks, as if it had been the whole of it."""

    text: str
    near: Mapping[str, Near]
    intents: Mapping[str, float]


@dataclass(frozen=True)
class LoketFound:
    """The desk that answers this visitor, and why."""

    loket: Loket
    reason: str


@dataclass(frozen=True)
class Detail:
    """What a section of the main record says of the question, in the record's own sentences."""

    heading: str
    text: str


@dataclass(frozen=True)
class Finding:
    """
    What consulting found: the template to say it with, and the typed material that becomes blocks.

    Nothing in here is text that was made up: `values` holds records, verdicts, places and names for the template.
    """

    template: str
    status: AnswerStatus
    values: Mapping[str, Any] = field(default_factory=dict)
    cited: tuple[Record, ...] = ()
    """Records that the text leans on, the main one first."""
    detail: Detail | None = None
    """What the main record says of it besides its summary."""
    beside: Record | None = None
    """What may be meant as well: told in short after the answer, and among the cited."""
    likely: float | None = None
    """The probability that this is what was asked for; None: as sure as the intent is."""
    passages: tuple[Passage, ...] = ()
    verdicts: tuple[RouteVerdict, ...] = ()
    compared: Comparison | None = None
    money: tuple[Money, ...] = ()
    picture: PictureTold | None = None
    """The money of a route, year by year."""
    counted_on: Mapping[str, FactValue] = field(default_factory=dict)
    """What is known of the visitor where sums were made for them."""
    grounds: tuple[str, ...] = ()
    """What the reply may lean on besides the records it cites: sums of their amounts, and the content's own sentences."""
    loket: LoketFound | None = None
    listed: tuple[Event | Orientation, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    question: Question | None = None
    lead_reason: str | None = None
    quick_replies: tuple[QuickReply, ...] = ()
    topic: Topic | None = None
    """What follow-ups lean on from now on; None leaves it as it was."""
    mode: Literal["chat", "advice", "zelftest"] | None = None


@dataclass(frozen=True)
class Asked:
    """A question as it comes in: the words or the tapped choice, and the state of the conversation."""

    state: ConversationState
    today: date
    text: str = ""
    choice: tuple[str, object] | None = None
