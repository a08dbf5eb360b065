"""The dossier: everything about one lead on one screen."""

from dataclasses import dataclass
from datetime import datetime

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.history import HistoryRow, history_rows
from assistant.desk.pages.known import Dossier
from assistant.desk.pages.meetings import MeetingRow, meeting_rows
from assistant.desk.pages.needs import SuggestionRow, suggestion_rows
from assistant.desk.pages.parts import (
    Choice,
    Moment,
    Shell,
    Tag,
    choices,
    moment_of,
    paragraphs,
    phase_tag,
    sectors_in_words,
    shell,
    waiting_tag,
)
from assistant.desk.pages.story import (
    AdviceRow,
    FactRow,
    OpenRow,
    TurnRow,
    VerdictRow,
    advice_row,
    fact_rows,
    open_rows,
    turn_row,
    verdict_row,
)
from assistant.desk.pages.thread import MailRow, mail_in_words, mails_to_loket, thread_rows
from assistant.desk.pages.work import (
    AgreedRow,
    ClaimCard,
    ContactCard,
    MergedRow,
    OtherRow,
    TaskCard,
    UndoForm,
    agreed_row,
    claim_card,
    contact_card,
    earlier_in_words,
    merged_row,
    other_row,
    task_cards,
    undo_form,
)
from assistant.leads.mail import best_first
from assistant.leads.warmth import Signal, signals, warmth
from assistant.money.shown import ShownPicture
from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class Shown:
    """What just happened: done, not done, and what was typed in a note that could not be kept."""

    done: str = ""
    error: str = ""
    note: str = ""


@dataclass(frozen=True)
class DossierPage:
    """Everything about one lead."""

    shell: Shell
    address: str
    name: str
    came_in: Moment
    region: str
    sectors: str
    loket: str
    reason: str
    waiting: Tag | None
    due: Moment
    contact: ContactCard
    meetings: tuple[MeetingRow, ...]
    message: tuple[str, ...]
    consent_version: str
    consent_html: str
    """Sanitised before it was shown to the visitor; kept as it was."""
    consent_given: Moment
    is_shared: bool
    facts: tuple[FactRow, ...]
    verdicts: tuple[VerdictRow, ...]
    advice: AdviceRow | None
    transcript: tuple[TurnRow, ...]
    mail: str
    mail_is_stuck: bool
    history: tuple[HistoryRow, ...]
    said: tuple[Signal, ...]
    """What makes it warm, or not yet."""
    warmth: str
    phase: Tag
    phase_value: str
    phases: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    """Why somebody leaves."""
    left_because: str
    claim: ClaimCard
    undo: UndoForm | None
    still_open: tuple[OpenRow, ...]
    money: ShownPicture | None
    kinds: tuple[Choice, ...]
    """How one may have been in touch."""
    tasks: tuple[TaskCard, ...]
    outcomes: tuple[Choice, ...]
    lead_id: str
    thread: tuple[MailRow, ...]
    alike: tuple[OtherRow, ...]
    merged: tuple[MergedRow, ...]
    earlier: str
    """What the visitor said of earlier leads; empty: nothing."""
    suggested: tuple[SuggestionRow, ...]
    """Places that may be something; the adviser and the visitor decide."""
    agreed: tuple[AgreedRow, ...]
    today: str
    shown: Shown


def dossier_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    dossier: Dossier,
    has_mail_server: bool,
    now: datetime,
    just: Shown,
) -> DossierPage:
    """The dossier of one lead."""
    lead = dossier.lead
    told = mails_to_loket(dossier)
    return DossierPage(
        shell=shell(lead.contact.name, adviser),
        address=f"/desk/leads/{lead.id}",
        name=lead.contact.name,
        came_in=moment_of(lead.created_at, now),
        region=wording.region_title(catalogue, lead.region),
        sectors=sectors_in_words(lead.sectors),
        loket=lead.loket_title,
        reason=lead.reason,
        waiting=waiting_tag(lead.is_waiting, lead.due_at, now),
        due=moment_of(lead.due_at, now),
        contact=contact_card(lead.contact),
        meetings=meeting_rows(dossier.bookings, dossier.day_along),
        message=paragraphs(lead.message),
        consent_version=lead.consent.version,
        consent_html=lead.consent.text,
        consent_given=moment_of(lead.consent.given_at, now),
        is_shared=lead.consent.share_transcript,
        facts=fact_rows(catalogue, lead.facts),
        verdicts=tuple(verdict_row(verdict) for verdict in best_first(lead.verdicts)),
        advice=advice_row(dossier.advice),
        transcript=tuple(turn_row(turn, now) for turn in lead.transcript),
        mail=mail_in_words(told, has_mail_server, now),
        mail_is_stuck=any(mail.is_stuck for mail in told),
        history=history_rows(dossier, now),
        said=signals(lead.facts),
        warmth=wording.WARMTHS[warmth(lead.facts)],
        phase=phase_tag(lead.phase),
        phase_value=lead.phase.value,
        phases=choices({phase.value: word for phase, word in wording.PHASES.items()}, lead.phase.value),
        reasons=choices(
            {reason.value: word for reason, word in wording.LEAVING_REASONS.items()}, lead.left_because or ""
        ),
        left_because=wording.LEAVING_REASONS[lead.left_because] if lead.left_because else "",
        claim=claim_card(lead, adviser.account.id, now),
        undo=undo_form(dossier.undoable),
        still_open=open_rows(lead.verdicts),
        money=dossier.money,
        kinds=choices({kind.value: word for kind, word in wording.INTERACTIONS.items()}, ""),
        tasks=task_cards(dossier.tasks, now),
        outcomes=choices({outcome.value: word for outcome, word in wording.OUTCOMES.items()}, ""),
        lead_id=lead.id,
        thread=thread_rows(dossier, now),
        alike=tuple(other_row(other) for other in dossier.alike),
        merged=tuple(merged_row(other, now) for other in dossier.merged),
        earlier=earlier_in_words(dossier.earlier, now),
        suggested=suggestion_rows(
            catalogue, lead.region, {fact.name: fact.value for fact in lead.facts}, dossier.needs, now.date()
        ),
        agreed=tuple(agreed_row(each, now) for each in dossier.agreed),
        today=now.date().isoformat(),
        shown=just,
    )
