"""The mail about a lead: what advisers wrote, what came in on it, and the mail that told the loket."""

from dataclasses import dataclass
from datetime import datetime

from assistant.desk import wording
from assistant.desk.pages.known import Dossier
from assistant.desk.pages.parts import Moment, Tag, moment_of
from assistant.leads.received import MailKind
from assistant.leads.work import Answer, Letter, LetterKind
from assistant.storage.leads import MailState

_NO_TEXT = "(Er stond geen tekst in deze e-mail.)"


@dataclass(frozen=True)
class MailRow:
    """A mail that went out or came in."""

    who: str
    subject: str
    text: str
    tag: Tag | None
    details: tuple[str, ...]
    moment: Moment
    is_answer: bool
    is_new: bool
    """It came in after this adviser looked last."""
    can_be_answered: bool


def thread_rows(dossier: Dossier, now: datetime) -> tuple[MailRow, ...]:
    """Every mail, newest first."""
    letters = {letter.id: letter for letter in dossier.letters}
    rows = [(letter.created_at, _letter_row(letter, dossier.mails, now)) for letter in dossier.letters]
    rows += [
        (each.received_at, _answer_row(each, letters[each.letter_id], dossier.new_since, now))
        for each in dossier.answers
    ]
    return tuple(row for _, row in sorted(rows, key=lambda each: each[0], reverse=True))


def _letter_row(letter: Letter, mails: tuple[MailState, ...], now: datetime) -> MailRow:
    mail = next((each for each in mails if each.id == letter.id), None)
    if letter.bounced_at:
        sent = Tag("late", "Niet aangekomen")
    elif mail is None or mail.sent_at:
        sent = Tag("fits", "Verstuurd")
    else:
        sent = Tag("late", "Niet aangekomen") if mail.is_stuck else Tag("waiting", "Wacht op versturen")
    details = [f"Aan {letter.receiver} ({letter.to}), door {letter.author}"]
    if letter.consent:
        details.append(f"Toestemming: {letter.consent}")
    return MailRow(
        who=f"Aan {letter.receiver}",
        subject=letter.subject,
        text=letter.body,
        tag=sent,
        details=tuple(details),
        moment=moment_of(letter.created_at, now),
        is_answer=False,
        is_new=False,
        can_be_answered=False,
    )


def _answer_row(answer: Answer, letter: Letter, new_since: datetime | None, now: datetime) -> MailRow:
    is_new = answer.kind is not MailKind.AUTOMATIC and new_since is not None and answer.received_at > new_since
    details = [f"Van {answer.sender or 'een onbekende afzender'}"]
    if answer.kind is MailKind.ANSWER and answer.sender.lower() != letter.to.lower():
        details.append(f"Let op: je schreef aan {letter.to}, het antwoord komt van een ander adres.")
    if answer.attachments:
        details.append(f"Bijlagen, die we niet bewaren: {', '.join(answer.attachments)}. Vraag de afzender er zelf om.")
    if answer.is_shortened:
        details.append("De e-mail was langer; hier staat het begin.")
    tag = {
        MailKind.ANSWER: Tag("fits", "Nieuw antwoord") if is_new else Tag("phase-new", "Antwoord"),
        MailKind.AUTOMATIC: Tag("does-not-fit", "Automatisch bericht"),
        MailKind.BOUNCE: Tag("late", "Niet bezorgd"),
    }[answer.kind]
    is_about_letter = answer.kind is MailKind.BOUNCE
    return MailRow(
        who="Van een mailserver" if is_about_letter else f"Van {letter.receiver}",
        subject=answer.subject or f"Re: {letter.subject}",
        text=answer.text or _NO_TEXT,
        tag=tag,
        details=tuple(details),
        moment=moment_of(answer.received_at, now),
        is_answer=True,
        is_new=is_new,
        can_be_answered=answer.kind is MailKind.ANSWER and letter.kind is LetterKind.VISITOR,
    )


def mails_to_loket(dossier: Dossier) -> tuple[MailState, ...]:
    """The mail that told the loket; the visitor's copy is not, and what advisers wrote themselves has its own list."""
    written = {letter.id for letter in dossier.letters}
    visitor = dossier.lead.contact.email
    return tuple(mail for mail in dossier.mails if mail.id not in written and mail.to != visitor)


def mail_in_words(mails: tuple[MailState, ...], has_mail_server: bool, now: datetime) -> str:
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
