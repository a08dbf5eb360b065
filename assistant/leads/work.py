"""What advisers do for somebody: contacts, tasks, letters, and what became of it."""

from datetime import date, datetime
from enum import StrEnum
from string import Template

from assistant.leads.received import MailKind
from knowledge.record import Frozen

FOLLOW_UP_MONTHS = (3, 6, 12)


class InteractionKind(StrEnum):
    """How an adviser dealt with somebody."""

    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"
    ADVICE = "advice"
    REFERRAL = "referral"
    REGISTRATION = "registration"
    NO_ANSWER = "no_answer"

    @property
    def is_contact(self) -> bool:
        """Whether the two spoke, or the visitor got a letter."""
        return self in _CONTACTS


_CONTACTS = frozenset({InteractionKind.PHONE, InteractionKind.EMAIL, InteractionKind.IN_PERSON, InteractionKind.ADVICE})


class Outcome(StrEnum):
    """What became of somebody, as they or their school tell it some months later."""

    IN_TRAINING = "in_training"
    WORKS_IN_EDUCATION = "works_in_education"
    STILL_LOOKING = "still_looking"
    STOPPED = "stopped"
    NOT_REACHED = "not_reached"


class Interaction(Frozen):
    """One contact, or one try."""

    kind: InteractionKind
    author: str
    text: str
    happened_at: datetime


class Task(Frozen):
    """Something to do by a day."""

    id: int
    lead_id: str
    title: str
    due_on: date
    author: str
    months: int | None = None
    """Of a follow-up: how many months after the step it asks what became of it."""
    done_at: datetime | None = None
    done_by: str = ""
    outcome: Outcome | None = None


class LetterKind(StrEnum):
    """To whom a letter goes."""

    VISITOR = "visitor"
    LOKET = "loket"
    SCHOOL = "school"


class Letter(Frozen):
    """A mail that an adviser sent from the desk; it is kept with the lead, and its sending in the outbox."""

    id: str
    kind: LetterKind
    author: str
    receiver: str
    to: str
    subject: str
    body: str
    consent: str = ""
    """How the visitor agreed that this receiver gets their story."""
    answers: str | None = None
    """The letter before it in the thread."""
    created_at: datetime
    bounced_at: datetime | None = None
    """When a mail server told that it could not be delivered."""


class Answer(Frozen):
    """A mail that came in on a letter."""

    letter_id: str
    kind: MailKind
    sender: str
    subject: str
    text: str
    is_shortened: bool
    attachments: tuple[str, ...]
    received_at: datetime


class CannedText(Frozen):
    """A text that advisers use often, with variables."""

    id: int
    region: str
    title: str
    subject: str
    body: str


VARIABLES = {
    "voornaam": "de voornaam van de bezoeker",
    "naam": "de hele naam van de bezoeker",
    "loket": "de naam van het loket",
    "adviseur": "jouw naam",
}


def unknown_variables(text: str) -> list[str]:
    """What stands behind a `$` and is none of `VARIABLES`, in order; a lone `$` counts as one without a name."""
    template = Template(text)
    if not template.is_valid():
        return ["$"]
    return [name for name in template.get_identifiers() if name not in VARIABLES]


def filled(text: str, values: dict[str, str]) -> str:
    """
    The text with its variables filled in. `string.Template` only replaces names: whatever is in a text or a value, nothing
    of it is evaluated, and a value is not looked through again.

    :param values: One for each of `VARIABLES`.
    """
    return Template(text).safe_substitute(values)
