"""The inbox: leads in a table, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import (
    Choice,
    Moment,
    Shell,
    Tag,
    choices,
    moment_of,
    sectors_in_words,
    shell,
    verdict_tag,
)
from assistant.leads.lead import Phase
from assistant.leads.mail import best_first
from assistant.storage.leads import LeadFilter, LeadPage, LeadSummary
from knowledge.catalogue import Catalogue

PAGE_SIZE = 25


@dataclass(frozen=True)
class LeadRow:
    """A lead in the inbox."""

    address: str
    name: str
    region: str
    sectors: str
    loket: str
    preferred: str
    route: str
    verdict: Tag | None
    phase: str
    phase_state: str
    waits: str
    """Empty, or in words that somebody has to get in touch."""
    is_late: bool
    mail_is_stuck: bool
    came_in: Moment


@dataclass(frozen=True)
class InboxPage:
    """The leads, newest first."""

    shell: Shell
    rows: tuple[LeadRow, ...]
    caption: str
    waiting: int
    regions: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    phases: tuple[Choice, ...]
    name: str
    is_filtered: bool
    number: int
    last: int
    newer: str | None
    older: str | None


def inbox_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    wanted: LeadFilter,
    found: LeadPage,
    waiting: int,
    number: int,
    now: datetime,
) -> InboxPage:
    """
    The inbox.

    :param number: Which page is shown, from 1.
    """
    last = max(1, -(-found.total // PAGE_SIZE))
    chosen = {"regio": wanted.region, "onderwijs": wanted.sector, "fase": wanted.phase, "naam": wanted.name}
    regions = {region: wording.region_title(catalogue, region) for region in wanted.regions}
    counted = "1 aanmelding" if found.total == 1 else f"{found.total} aanmeldingen"
    return InboxPage(
        shell=shell("Aanmeldingen", adviser),
        rows=tuple(_lead_row(lead, catalogue, now) for lead in found.leads),
        caption=f"{counted}, de nieuwste eerst",
        waiting=waiting,
        regions=choices(regions, wanted.region),
        sectors=choices(wording.SECTORS, wanted.sector),
        phases=choices({phase.value: word for phase, word in wording.PHASES.items()}, wanted.phase),
        name=wanted.name,
        is_filtered=any(chosen.values()),
        number=number,
        last=last,
        newer=_inbox_address(chosen, number - 1) if number > 1 else None,
        older=_inbox_address(chosen, number + 1) if number < last else None,
    )


def _lead_row(lead: LeadSummary, catalogue: Catalogue, now: datetime) -> LeadRow:
    best = next((each for each in best_first(lead.verdicts)), None)
    waits, is_late = waiting_in_words(lead.phase, lead.due_at, now)
    return LeadRow(
        address=f"/desk/leads/{lead.id}",
        name=lead.name,
        region=wording.region_title(catalogue, lead.region),
        sectors=sectors_in_words(lead.sectors),
        loket=lead.loket_title,
        preferred=wording.PREFERRED[lead.preferred_contact],
        route=best.title if best else "",
        verdict=verdict_tag(best.verdict) if best else None,
        phase=wording.PHASES[lead.phase],
        phase_state=lead.phase.value,
        waits=waits,
        is_late=is_late,
        mail_is_stuck=lead.mail_is_stuck,
        came_in=moment_of(lead.created_at, now),
    )


def _inbox_address(chosen: Mapping[str, str], number: int) -> str:
    query = {key: value for key, value in chosen.items() if value} | ({"pagina": str(number)} if number > 1 else {})
    return "/desk" + (f"?{urlencode(query)}" if query else "")


def waiting_in_words(phase: Phase, due_at: datetime, now: datetime) -> tuple[str, bool]:
    """In words whether somebody still waits for a first contact, and whether that is too long."""
    if phase is not Phase.NEW:
        return "", False
    return ("Wacht te lang op contact", True) if now > due_at else ("Wacht op contact", False)
