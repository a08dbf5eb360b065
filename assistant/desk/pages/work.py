"""What an adviser does for a lead, as it stands: contact, who has it, tasks, consent, other leads of the same person."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from assistant.desk import wording
from assistant.desk.pages.parts import Moment, Tag, moment_of, phase_tag
from assistant.desk.pages.tasks import when_tag
from assistant.leads.contact import Contact, phone_as_read
from assistant.leads.earlier import Earlier
from assistant.leads.lead import Lead, PhaseChange
from assistant.leads.work import Task
from assistant.storage.consents import Agreed
from assistant.storage.same_person import MergedLead, OtherLead


@dataclass(frozen=True)
class ContactCard:
    """How to reach the visitor."""

    preferred: str
    email: str | None
    email_link: str | None
    phone: str | None
    phone_link: str | None


@dataclass(frozen=True)
class ClaimCard:
    """Who took the lead on, and the button to take it on or let it go."""

    words: str
    is_mine: bool
    seen: str
    """The account that has it now; empty: nobody."""
    since: Moment | None


@dataclass(frozen=True)
class UndoForm:
    """The button that takes the last change of phase back."""

    change_id: int
    label: str


@dataclass(frozen=True)
class TaskCard:
    """Something to do for this lead."""

    id: int
    title: str
    day: str
    when: Tag
    author: str
    asks_outcome: bool


@dataclass(frozen=True)
class AgreedRow:
    """One thing the visitor was asked to agree to, and whether it holds."""

    purpose: str
    words: str


@dataclass(frozen=True)
class OtherRow:
    """Another lead that may be of the same person."""

    id: str
    address: str
    words: str


@dataclass(frozen=True)
class MergedRow(OtherRow):
    """Another lead of the same person, in short."""

    phase: Tag
    adviser: str
    question: str
    contacted: Moment | None


def contact_card(contact: Contact) -> ContactCard:
    """How to reach the visitor, with links that call and write."""
    return ContactCard(
        preferred=wording.PREFERRED[contact.preferred],
        email=contact.email,
        email_link=quote(contact.email, safe="@") if contact.email else None,
        phone=phone_as_read(contact.phone) if contact.phone else None,
        phone_link=contact.phone,
    )


def undo_form(change: PhaseChange | None) -> UndoForm | None:
    """The button, if there is something to take back."""
    return UndoForm(change.id, f"Terug naar “{wording.PHASES[change.before]}”") if change else None


def task_cards(tasks: tuple[Task, ...], now: datetime) -> tuple[TaskCard, ...]:
    """What is still to be done."""
    return tuple(
        TaskCard(
            id=task.id,
            title=task.title,
            day=wording.day_in_words(task.due_on),
            when=when_tag(task.due_on, now.date()),
            author=task.author,
            asks_outcome=task.months is not None,
        )
        for task in tasks
        if task.done_at is None
    )


def agreed_row(agreed: Agreed, now: datetime) -> AgreedRow:
    words = "ja" if agreed.holds else "nee"
    if agreed.withdrawn_at:
        words = f"ingetrokken, {wording.age_in_words(agreed.withdrawn_at, now)}"
    return AgreedRow(wording.PURPOSES[agreed.purpose], words)


def other_row(other: OtherLead) -> OtherRow:
    words = f"Aanmelding van {wording.day_in_words(other.created_at.date())} bij {other.loket_title}"
    return OtherRow(other.id, f"/desk/leads/{other.id}", words)


def merged_row(other: MergedLead, now: datetime) -> MergedRow:
    row = other_row(other)
    return MergedRow(
        row.id,
        row.address,
        row.words,
        phase=phase_tag(other.phase),
        adviser=other.adviser,
        question=other.message,
        contacted=moment_of(other.contacted_at, now) if other.contacted_at else None,
    )


def earlier_in_words(earlier: Earlier | None, now: datetime) -> str:
    """What the visitor said of earlier leads; empty: nothing, or they were not asked."""
    if earlier is None or earlier.agreed_at is None:
        return ""
    if earlier.withdrawn_at:
        return (
            f"De bezoeker haalde eerdere aanmeldingen er weer af ({wording.age_in_words(earlier.withdrawn_at, now)})."
        )
    return (
        "De bezoeker liet met een code uit de mail zien dat dit dezelfde persoon is, en vindt het goed dat je de eerdere "
        f"aanmelding leest ({wording.age_in_words(earlier.agreed_at, now)}, tekst {earlier.version})."
    )


def claim_card(lead: Lead, account_id: str, now: datetime) -> ClaimCard:
    if lead.claim is None:
        return ClaimCard("Nog niemand heeft deze aanmelding opgepakt.", False, "", None)
    is_mine = lead.claim.account_id == account_id
    words = "Jij hebt deze aanmelding opgepakt" if is_mine else f"{lead.claim.name} heeft deze aanmelding opgepakt"
    return ClaimCard(words, is_mine, lead.claim.account_id, moment_of(lead.claim.claimed_at, now))
