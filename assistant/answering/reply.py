"""What the assistant sends back: blocks, citations, quick replies and how the turn ended. The public contract."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.answer import AnswerStatus
from assistant.eligibility.stretch import Stretch


class Part(BaseModel):
    """A piece of a reply: frozen, and of known fields only."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(Part):
    """An answer that can be tapped: a value of a fact; `null` is "weet ik niet"."""

    fact: str
    value: str | int | bool | list[str] | None


class QuickReply(Part):
    """A button: sends its text, or its choice."""

    label: str
    text: str | None = None
    choice: Choice | None = None


class Reason(Part):
    """One rule, met (`true`), unmet (`false`) or still open (`null`)."""

    text: str
    met: bool | None
    fact: str | None = None
    source: str | None = None
    """The address or the name of the source."""


class Change(Part):
    """What would bring a route nearer: another value of one fact."""

    fact: str
    value: str | int | bool | list[str]
    text: str


class MoneyLine(Part):
    """One amount, written as Dutch readers do, with its year and the number of its citation."""

    label: str
    amount: str
    period: str
    year: str
    paid_by: str = ""
    citation: int | None = None


class TextBlock(Part):
    """Sentences. `html` is sanitised and holds `<sup data-citation="1">`; `text` is the same without markup."""

    type: Literal["text"] = "text"
    html: str
    text: str


class RouteBlock(Part):
    """A route with its verdict for this visitor, and why."""

    type: Literal["route"] = "route"
    route: str
    title: str
    summary: str
    verdict: Literal["fits", "possible", "does_not_fit", "ask_adviser"]
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    would_change: tuple[Change, ...] = ()
    duration: str = ""
    stretches: tuple[Stretch, ...] = ()
    """When what happens, in months: what has to change first, and the route itself."""
    next_step: str = ""
    citation: int | None = None


class CellCitation(Part):
    """That a cell of a comparison leans on a source."""

    row: int
    column: int
    """Of the things compared, from 0: the column of labels does not count."""
    citation: int


class ComparisonBlock(Part):
    """Routes side by side: the first column holds what is compared. A cell may have several lines."""

    type: Literal["comparison"] = "comparison"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cited: tuple[CellCitation, ...] = ()


class MoneyBlock(Part):
    """Amounts under each other."""

    type: Literal["money"] = "money"
    title: str = ""
    lines: tuple[MoneyLine, ...]
    total: str | None = None
    note: str = ""


class VacancyItem(Part):
    """One job."""

    id: str
    title: str
    employer: str
    place: str = ""
    details: str = ""
    """How much, until when, and whether zij-instromers are welcome, in words."""
    url: str | None = None
    citation: int | None = None


class VacanciesBlock(Part):
    """Jobs."""

    type: Literal["vacancies"] = "vacancies"
    items: tuple[VacancyItem, ...]


class PageLink(Part):
    """A page of this server that goes on from here."""

    label: str
    url: str


class LoketCard(Part):
    """A desk with people, and how to reach it."""

    id: str
    title: str
    summary: str
    reason: str = ""
    """Why this one, in a sentence."""
    url: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str = ""
    hours: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    citation: int | None = None


class LoketBlock(Part):
    """The desk that serves this visitor."""

    type: Literal["loket"] = "loket"
    loket: LoketCard


class EventItem(Part):
    """An event with its day, or an orientation offer without one."""

    id: str
    title: str
    summary: str
    when: str = ""
    place: str = ""
    url: str | None = None
    has_day: bool = False
    """Whether it is on a day, and so can stand in a calendar."""
    links: tuple[PageLink, ...] = ()
    citation: int | None = None


class EventsBlock(Part):
    """Things to go to."""

    type: Literal["events"] = "events"
    items: tuple[EventItem, ...]
    links: tuple[PageLink, ...] = ()


class QuestionOption(Part):
    """One answer to a question; `value` goes back in `choice`."""

    value: str | int | bool | list[str] | None
    label: str


class QuestionBlock(Part):
    """A question about the visitor, with what can be answered and why it is asked."""

    type: Literal["question"] = "question"
    fact: str
    text: str
    why: str
    input: Literal["choice", "set", "number", "flag", "subject", "municipality", "text"]
    options: tuple[QuestionOption, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


class LeadFormBlock(Part):
    """Invites the visitor to leave their details with a loket."""

    type: Literal["lead_form"] = "lead_form"
    reason: str
    links: tuple[PageLink, ...] = ()


Block = Annotated[
    TextBlock
    | RouteBlock
    | ComparisonBlock
    | MoneyBlock
    | VacanciesBlock
    | LoketBlock
    | EventsBlock
    | QuestionBlock
    | LeadFormBlock,
    Field(discriminator="type"),
]


class Citation(Part):
    """Where a sentence comes from; `n` is its number in the text."""

    n: int
    record_id: str
    title: str
    url: str | None
    publisher: str
    as_of: str
    quote: str


class FactSeen(Part):
    """A fact as it is known now."""

    value: str | int | bool | list[str]
    origin: Literal["said", "chosen", "inferred"]
    words: str


class Understanding(Part):
    """How the question was read."""

    intent: str
    language: Literal["nl", "en"]
    facts: dict[str, FactSeen] = Field(default_factory=dict)
    confidence: float


class Handoff(Part):
    """That a person is offered, called or there."""

    state: Literal["offered", "waiting", "connected"]
    loket: str
    reason: str | None = None
    """Why: `asked`, `unknown`, `needs_adviser`, `repeated_misunderstanding`, `crisis` or `complaint`."""
    open_now: bool | None = None
    """None: the loket's hours are not known."""
    open_again: str = ""
    """`maandag om 9.00 uur`, if it is closed and its hours are known."""
    can_talk: bool = False
    """Whether somebody is there to talk now."""


class Reply(Part):
    """One reply, whole."""

    id: str
    locale: Literal["nl", "en"]
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...] = ()
    quick_replies: tuple[QuickReply, ...] = ()
    status: AnswerStatus
    understanding: Understanding
    grounded: bool = True
    handoff: Handoff | None = None
    receipt: str | None = None
    """For an advice: the number by which it can be read back and replayed."""

    def as_json(self) -> dict[str, Any]:
        """The reply as the contract writes it."""
        return self.model_dump(mode="json")
