"""A letter to a visitor, or a referral with the visitor's story."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, choices, shell
from assistant.leads.lead import Lead
from assistant.leads.work import CannedText, LetterKind
from knowledge.catalogue import Catalogue
from knowledge.place import Loket


@dataclass(frozen=True)
class Written:
    """What was written so far."""

    subject: str
    body: str
    loket: str = ""
    school: str = ""
    address: str = ""
    consent: str = ""


@dataclass(frozen=True)
class LetterPage:
    """The form of a letter."""

    shell: Shell
    lead_address: str
    action: str
    title: str
    name: str
    to: str
    """Empty: the receiver is chosen on the page."""
    written: Written
    texts: tuple[Choice, ...]
    lokets: tuple[Choice, ...]
    error: str


def letter_page(
    adviser: SignedInAdviser,
    lead: Lead,
    kind: LetterKind,
    written: Written,
    texts: Sequence[CannedText],
    catalogue: Catalogue | None,
    error: str = "",
) -> LetterPage:
    """The form, with what was written."""
    is_to_visitor = kind is LetterKind.VISITOR
    title = f"E-mail aan {lead.contact.name}" if is_to_visitor else f"{lead.contact.name} doorverwijzen"
    address = f"/desk/leads/{lead.id}"
    lokets = {
        each.id: each.title
        for each in (catalogue.all(Loket) if catalogue else ())
        if each.status == "active" and each.takes_leads and each.id != lead.loket_id
    }
    return LetterPage(
        shell=shell(title, adviser),
        lead_address=address,
        action=f"{address}/{'bericht' if is_to_visitor else 'doorverwijzen'}",
        title=title,
        name=lead.contact.name,
        to=(lead.contact.email or "") if is_to_visitor else "",
        written=written,
        texts=choices({str(each.id): each.title for each in texts}, ""),
        lokets=choices(lokets, written.loket),
        error=error,
    )


def values_of(lead: Lead, adviser_name: str) -> dict[str, str]:
    """What the variables of a canned text stand for."""
    return {
        "voornaam": lead.contact.name.split()[0],
        "naam": lead.contact.name,
        "loket": lead.loket_title,
        "adviseur": adviser_name,
    }
