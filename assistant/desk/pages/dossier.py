"""The dossier: everything about one lead on one screen."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
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
    verdict_tag,
    waiting_tag,
    web_address,
)
from assistant.desk.pages.tasks import when_tag
from assistant.desk.pages.trace import LeansOnRow, trace_rows
from assistant.leads.contact import phone_as_read
from assistant.leads.lead import Lead, Note, PhaseChange, RouteVerdict, SharedTurn, VerdictReason
from assistant.leads.mail import best_first
from assistant.leads.matching import Need
from assistant.leads.warmth import Signal, signals, warmth
from assistant.leads.work import Interaction, Letter, LetterKind, Task
from assistant.meetings.day_along import DayAlong
from assistant.meetings.slot import Booking
from assistant.money.shown import ShownPicture
from assistant.storage.consents import Agreed
from assistant.storage.leads import MailState
from assistant.storage.receipts import KeptReceipt
from assistant.storage.work import OtherLead
from assistant.zelftest.replay import Since
from assistant.zelftest.since import ChangeSince, changes_in_words
from knowledge.catalogue import Catalogue

_ROUTES_ASKED_FOR = 3


@dataclass(frozen=True)
class FactRow:
    """A fact with the words it was taken from."""

    label: str
    value: str
    words: str
    origin: str


@dataclass(frozen=True)
class ReasonRow:
    """A rule that is met, unmet or still open."""

    state: str
    word: str
    text: str


@dataclass(frozen=True)
class VerdictRow:
    """A route with what the rules say of it."""

    title: str
    verdict: Tag
    reasons: tuple[ReasonRow, ...]


@dataclass(frozen=True)
class TurnRow:
    """A question and its answer."""

    number: int
    question: str
    answer: tuple[str, ...]
    """Paragraphs."""
    sources: tuple[tuple[int, str, str | None], ...]
    """Number, title, address."""
    asked: Moment
    leans_on: tuple[LeansOnRow, ...] = ()
    """What its sentences rest on."""


@dataclass(frozen=True)
class HistoryRow:
    """A note, or a step in the lead's life."""

    what: str
    text: str
    author: str
    moment: Moment


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
class AdviceRow:
    """The advice that a visitor came with, and what changed since."""

    number: str
    day: str
    address: str
    """The overview that the visitor has too."""
    changes: tuple[ChangeSince, ...]
    is_compared: bool
    """Whether rules and amounts could be compared word for word."""


@dataclass(frozen=True)
class OpenRow:
    """What is still to be asked, and for which routes it matters."""

    text: str
    routes: str


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
class LetterRow:
    """A letter from the desk, and whether it went."""

    receiver: str
    to: str
    subject: str
    body: str
    author: str
    consent: str
    sent: Tag
    written: Moment


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
    letters: tuple[LetterRow, ...]
    alike: tuple[OtherRow, ...]
    merged: tuple[OtherRow, ...]
    suggested: tuple[SuggestionRow, ...]
    """Places that may be something; the adviser and the visitor decide."""
    agreed: tuple[AgreedRow, ...]
    today: str
    shown: Shown


@dataclass(frozen=True)
class Dossier:
    """What the store knows about one lead."""

    lead: Lead
    notes: tuple[Note, ...]
    changes: tuple[PhaseChange, ...]
    mails: tuple[MailState, ...]
    undoable: PhaseChange | None
    advice: tuple[KeptReceipt, Since] | None = None
    """The advice that the lead came with, and what changed since."""
    interactions: tuple[Interaction, ...] = ()
    tasks: tuple[Task, ...] = ()
    letters: tuple[Letter, ...] = ()
    alike: tuple[OtherLead, ...] = ()
    merged: tuple[OtherLead, ...] = ()
    needs: tuple[Need, ...] = ()
    """What schools of the region look for."""
    agreed: tuple[Agreed, ...] = ()
    money: ShownPicture | None = None
    """What the best route costs and brings."""
    bookings: tuple[Booking, ...] = ()
    day_along: DayAlong | None = None


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
    stuck = any(mail.is_stuck for mail in _to_loket(dossier))
    undo = dossier.undoable
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
        contact=ContactCard(
            preferred=wording.PREFERRED[lead.contact.preferred],
            email=lead.contact.email,
            email_link=quote(lead.contact.email, safe="@") if lead.contact.email else None,
            phone=phone_as_read(lead.contact.phone) if lead.contact.phone else None,
            phone_link=lead.contact.phone,
        ),
        meetings=meeting_rows(dossier.bookings, dossier.day_along),
        message=paragraphs(lead.message),
        consent_version=lead.consent.version,
        consent_html=lead.consent.text,
        consent_given=moment_of(lead.consent.given_at, now),
        is_shared=lead.consent.share_transcript,
        facts=tuple(
            FactRow(
                label=wording.fact_label(catalogue, fact.name),
                value=wording.fact_value(catalogue, fact.name, fact.value),
                words=fact.words,
                origin=wording.ORIGINS[fact.origin]
                + (", bevestigd" if fact.confirmed and fact.origin != "chosen" else ""),
            )
            for fact in lead.facts
        ),
        verdicts=tuple(_verdict_row(verdict) for verdict in best_first(lead.verdicts)),
        advice=_advice(dossier.advice),
        transcript=tuple(_turn_row(turn, now) for turn in lead.transcript),
        mail=_mail_in_words(_to_loket(dossier), has_mail_server, now),
        mail_is_stuck=stuck,
        history=_history(dossier, now),
        said=signals(lead.facts),
        warmth=wording.WARMTHS[warmth(lead.facts)],
        phase=phase_tag(lead.phase),
        phase_value=lead.phase.value,
        phases=choices({phase.value: word for phase, word in wording.PHASES.items()}, lead.phase.value),
        reasons=choices(
            {reason.value: word for reason, word in wording.LEAVING_REASONS.items()}, lead.left_because or ""
        ),
        left_because=wording.LEAVING_REASONS[lead.left_because] if lead.left_because else "",
        claim=_claim_card(lead, adviser.account.id, now),
        undo=UndoForm(undo.id, f"Terug naar “{wording.PHASES[undo.before]}”") if undo else None,
        still_open=_still_open(lead.verdicts),
        money=dossier.money,
        kinds=choices({kind.value: word for kind, word in wording.INTERACTIONS.items()}, ""),
        tasks=tuple(
            TaskCard(
                id=task.id,
                title=task.title,
                day=wording.day_in_words(task.due_on),
                when=when_tag(task.due_on, now.date()),
                author=task.author,
                asks_outcome=task.months is not None,
            )
            for task in dossier.tasks
            if task.done_at is None
        ),
        outcomes=choices({outcome.value: word for outcome, word in wording.OUTCOMES.items()}, ""),
        letters=tuple(_letter_row(letter, dossier.mails, now) for letter in reversed(dossier.letters)),
        alike=tuple(_other_row(other) for other in dossier.alike),
        merged=tuple(_other_row(other) for other in dossier.merged),
        suggested=suggestion_rows(
            catalogue, lead.region, {fact.name: fact.value for fact in lead.facts}, dossier.needs, now.date()
        ),
        agreed=tuple(_agreed_row(each, now) for each in dossier.agreed),
        today=now.date().isoformat(),
        shown=just,
    )


def _still_open(verdicts: tuple[RouteVerdict, ...]) -> tuple[OpenRow, ...]:
    """What no rule of the best routes could judge yet, each once, with the routes that wait for it."""
    routes: dict[str, list[str]] = {}
    for verdict in best_first(verdicts)[:_ROUTES_ASKED_FOR]:
        if verdict.verdict != "does_not_fit":
            for reason in verdict.reasons:
                if reason.met is None:
                    routes.setdefault(reason.text, []).append(verdict.title)
    return tuple(OpenRow(text, ", ".join(titles)) for text, titles in routes.items())


def _letter_row(letter: Letter, mails: tuple[MailState, ...], now: datetime) -> LetterRow:
    mail = next((each for each in mails if each.id == letter.id), None)
    if mail is None or mail.sent_at:
        sent = Tag("fits", "Verstuurd")
    else:
        sent = Tag("late", "Niet aangekomen") if mail.is_stuck else Tag("waiting", "Wacht op versturen")
    return LetterRow(
        receiver=letter.receiver,
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
        author=letter.author,
        consent=letter.consent,
        sent=sent,
        written=moment_of(letter.created_at, now),
    )


def _agreed_row(agreed: Agreed, now: datetime) -> AgreedRow:
    words = "ja" if agreed.holds else "nee"
    if agreed.withdrawn_at:
        words = f"ingetrokken, {wording.age_in_words(agreed.withdrawn_at, now)}"
    return AgreedRow(wording.PURPOSES[agreed.purpose], words)


def _other_row(other: OtherLead) -> OtherRow:
    words = f"Aanmelding van {wording.day_in_words(other.created_at.date())} bij {other.loket_title}"
    return OtherRow(other.id, f"/desk/leads/{other.id}", words)


def _claim_card(lead: Lead, account_id: str, now: datetime) -> ClaimCard:
    if lead.claim is None:
        return ClaimCard("Nog niemand heeft deze aanmelding opgepakt.", False, "", None)
    is_mine = lead.claim.account_id == account_id
    words = "Jij hebt deze aanmelding opgepakt" if is_mine else f"{lead.claim.name} heeft deze aanmelding opgepakt"
    return ClaimCard(words, is_mine, lead.claim.account_id, moment_of(lead.claim.claimed_at, now))


def _advice(found: tuple[KeptReceipt, Since] | None) -> AdviceRow | None:
    if found is None:
        return None
    kept, since = found
    return AdviceRow(
        number=kept.id,
        day=wording.day_in_words(kept.receipt.day),
        address=f"/zelftest/overzicht/{kept.id}",
        changes=changes_in_words(since),
        is_compared=since.knows_amounts,
    )


def _verdict_row(verdict: RouteVerdict) -> VerdictRow:
    return VerdictRow(
        verdict.title, verdict_tag(verdict.verdict), tuple(_reason_row(reason) for reason in verdict.reasons)
    )


def _reason_row(reason: VerdictReason) -> ReasonRow:
    if reason.met is None:
        return ReasonRow("open", "Nog te vragen", reason.text)
    return ReasonRow("met", "Voldoet", reason.text) if reason.met else ReasonRow("unmet", "Voldoet niet", reason.text)


def _turn_row(turn: SharedTurn, now: datetime) -> TurnRow:
    sources = tuple((source.number, source.title, web_address(source.url)) for source in turn.sources)
    asked = moment_of(turn.asked_at, now)
    return TurnRow(turn.number, turn.question, paragraphs(turn.answer), sources, asked, trace_rows(turn.leans_on))


def _history(dossier: Dossier, now: datetime) -> tuple[HistoryRow, ...]:
    """What happened, newest first."""
    lead = dossier.lead
    rows = [(lead.created_at, 0, "Aangemeld", f"Via de digitale assistent, voor {lead.loket_title}.", "")]
    rows += [(note.written_at, 1, "Notitie", note.text, note.author) for note in dossier.notes]
    for change in dossier.changes:
        what = "Fase teruggezet" if change.undoes else "Fase aangepast"
        steps = f"Van “{wording.PHASES[change.before]}” naar “{wording.PHASES[change.after]}”."
        if change.because:
            steps += f" {wording.LEAVING_REASONS[change.because]}."
        rows.append((change.changed_at, change.id + 1, what, steps, change.author))
    for each in dossier.interactions:
        rows.append((each.happened_at, 1, wording.INTERACTIONS[each.kind], each.text, each.author))
    for letter in dossier.letters:
        to = "de bezoeker" if letter.kind is LetterKind.VISITOR else letter.receiver
        rows.append((letter.created_at, 1, f"E-mail aan {to}", letter.subject, letter.author))
    for task in dossier.tasks:
        if task.done_at:
            became = f": {wording.OUTCOMES[task.outcome].lower()}" if task.outcome else ""
            rows.append((task.done_at, 1, "Taak klaar", f"{task.title}{became}.", task.done_by))
    newest_first = sorted(rows, key=lambda row: row[:2], reverse=True)
    return tuple(HistoryRow(what, text, author, moment_of(at, now)) for at, _, what, text, author in newest_first)


def _to_loket(dossier: Dossier) -> tuple[MailState, ...]:
    """The mail that told the loket; the visitor's copy is not, and what advisers wrote themselves has its own list."""
    written = {letter.id for letter in dossier.letters}
    visitor = dossier.lead.contact.email
    return tuple(mail for mail in dossier.mails if mail.id not in written and mail.to != visitor)


def _mail_in_words(mails: tuple[MailState, ...], has_mail_server: bool, now: datetime) -> str:
    if not mails:
        return "Over deze aanmelding is geen e-mail gemaakt."
    mail = mails[-1]
    if mail.sent_at:
        return f"Verstuurd aan {mail.to}, {wording.age_in_words(mail.sent_at, now)}."
    if mail.next_attempt_at is None:
        return (
            f"Niet aangekomen bij {mail.to}: na {mail.attempts} keer proberen is het versturen gestopt. "
            "Waarschuw de beheerder."
        )
    if not has_mail_server:
        return "Er is geen mailserver ingesteld, dus er gaat geen e-mail uit. De aanmelding staat wel hier."
    if mail.attempts == 0:
        return f"Gaat zo dadelijk naar {mail.to}."
    return f"Nog niet gelukt om te sturen aan {mail.to} ({mail.attempts} keer geprobeerd). We proberen het opnieuw."
