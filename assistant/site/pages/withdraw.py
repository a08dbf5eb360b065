"""The page on which a visitor withdraws what they agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.leads.consent import Purpose, purpose_in_words
from assistant.leads.contact import phone_as_read
from assistant.leads.earlier import EARLIER_TEXTS, Earlier
from assistant.leads.lead import Lead
from assistant.site.shell import Shell
from assistant.site.visit import Visit
from assistant.storage.consents import Agreed

EARLIER = "earlier"
"""Beside the purposes that a form asks: agreed to later, with a code."""


@dataclass(frozen=True)
class PurposeRow:
    """One thing that was agreed to."""

    purpose: str
    text: str
    holds: bool


@dataclass(frozen=True)
class WithdrawPage:
    """What was sent, and what can be taken back."""

    shell: Shell
    action: str
    loket: str
    sent: tuple[tuple[str, str], ...]
    """Label and value."""
    is_transcript_kept: bool
    rows: tuple[PurposeRow, ...]
    """Without contact, which has a button of its own."""
    version: str


def withdraw_page(
    visit: Visit, lead: Lead, agreed: Sequence[Agreed], earlier: Earlier | None, code: str
) -> WithdrawPage:
    """The page about one lead."""
    shown = (
        ("Naam", lead.contact.name),
        ("E-mail", lead.contact.email or ""),
        ("Telefoon", phone_as_read(lead.contact.phone) if lead.contact.phone else ""),
        ("Vraag", lead.message),
    )
    # The code stays out of everything but the form: the canonical address and the region links have none.
    say = visit.say
    shell = visit.shell(
        say("Je aanmelding"),
        say("Wat je hebt gestuurd, en wat je kunt intrekken."),
        path="/aanmelding",
        is_indexed=False,
        has_english=True,
    )
    return WithdrawPage(
        shell=shell,
        action=visit.in_language(f"/aanmelding/{code}"),
        loket=lead.loket_title,
        sent=tuple((say(label), value) for label, value in shown if value),
        is_transcript_kept=bool(lead.transcript),
        rows=(
            *(
                PurposeRow(each.purpose.value, purpose_in_words(each.purpose, visit.locale), each.holds)
                for each in agreed
                if each.purpose is not Purpose.CONTACT and (each.holds or each.withdrawn_at)
            ),
            *(
                [PurposeRow(EARLIER, EARLIER_TEXTS[visit.locale], earlier.holds)]
                if earlier and earlier.agreed_at
                else []
            ),
        ),
        version=lead.consent.version,
    )
