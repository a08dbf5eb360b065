"""The mail that tells a loket that somebody is waiting. It leads to the desk, and holds little about the person."""

import re
import uuid
from collections.abc import Collection

from assistant.leads.consent import Purpose, purpose_in_words
from assistant.leads.contact import phone_as_read
from assistant.leads.earlier import EARLIER_ADDRESS, EarlierQuestion
from assistant.leads.lead import Lead, RouteVerdict
from assistant.leads.mail_text import mail_text
from assistant.leads.outbox import NewMail
from assistant.leads.routing import sectors_in_words
from assistant.news.wording import Locale, day_in_words
from assistant.settings import Settings
from knowledge.place import Loket

_ORDER = ("fits", "possible", "ask_adviser", "does_not_fit")
_ROUTES_SHOWN = 3
_LINK = re.compile(r"(?:\b[a-z]+://|\bwww\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.I)


def best_first(verdicts: tuple[RouteVerdict, ...]) -> tuple[RouteVerdict, ...]:
    """The verdicts from fitting to not fitting, otherwise in the order they came."""
    return tuple(sorted(verdicts, key=lambda verdict: _ORDER.index(verdict.verdict)))


def lead_mail(lead: Lead, loket: Loket, settings: Settings) -> NewMail:
    """
    The mail about a new lead.

    It names the person, how they want to be reached and which routes came up. Address, number, message and facts
    stay on the desk: mail travels further than one thinks.
    """
    routes = [each for each in best_first(lead.verdicts) if each.verdict != "does_not_fit"][:_ROUTES_SHOWN]
    body = mail_text(
        "lead.txt",
        loket=lead.loket_title,
        name=lead.contact.name,
        preferred=lead.contact.preferred,
        sectors=sectors_in_words(lead.sectors),
        routes=routes,
        reason=lead.reason,
        has_transcript=bool(lead.transcript),
        address=f"{settings.public_url.rstrip('/')}/desk/leads/{lead.id}",
    )
    return NewMail(
        id=str(uuid.uuid4()),
        to=loket.lead_mailbox or settings.mail_to,
        subject=f"Nieuwe aanmelding voor {lead.loket_title}",
        body=body,
    )


def copy_mail(
    lead: Lead,
    given: Collection[Purpose],
    code: str,
    locale: str,
    settings: Settings,
    earlier: EarlierQuestion | None = None,
) -> NewMail | None:
    """
    The visitor's own copy of what was sent, with the link to withdraw it.

    Addresses of sites are left out of what was typed: somebody may have filled in another one's e-mail address.

    :param code: Opens the page on which consent is withdrawn.
    :param earlier: Asks whether what came from this address before may be read with it; None: nothing did.
    :returns: None if no e-mail address was left.
    """
    if lead.contact.email is None:
        return None
    language: Locale = "en" if locale == "en" else "nl"
    public, query = settings.public_url.rstrip("/"), "?taal=en" if language == "en" else ""
    body = mail_text(
        f"copy.{language}.txt",
        loket=lead.loket_title,
        name=_without_links(lead.contact.name),
        email=lead.contact.email,
        phone=phone_as_read(lead.contact.phone) if lead.contact.phone else "",
        preferred=lead.contact.preferred,
        message=_without_links(lead.message),
        has_transcript=bool(lead.transcript),
        purposes=[purpose_in_words(each, language) for each in Purpose if each in given],
        version=lead.consent.version,
        address=f"{public}/aanmelding/{code}{query}",
        earlier=earlier,
        earlier_until=day_in_words(earlier.last_day, language) if earlier else "",
        earlier_form=f"{public}{EARLIER_ADDRESS}{query}",
        earlier_link=f"{public}{EARLIER_ADDRESS}/{earlier.code}{query}" if earlier else "",
    )
    subject = (
        f"What you sent to {lead.loket_title}"
        if language == "en"
        else f"Kopie van je aanmelding bij {lead.loket_title}"
    )
    return NewMail(id=str(uuid.uuid4()), to=lead.contact.email, subject=subject, body=body, locale=language)


def answer_mail(lead_id: str, loket_title: str, mailbox: str, settings: Settings) -> NewMail:
    """That somebody answered a letter: where to read it, and not who it is or what they say."""
    address = f"{settings.public_url.rstrip('/')}/desk/leads/{lead_id}"
    body = mail_text("answer.txt", loket=loket_title, address=address)
    return NewMail(id=str(uuid.uuid4()), to=mailbox, subject="Er is een antwoord binnen op de desk", body=body)


def _without_links(text: str) -> str:
    return _LINK.sub("[...]", text)
