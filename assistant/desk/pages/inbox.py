"""The inbox: leads in a table, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from assistant.desk import wording
from assistant.desk.chosen import AGES, STATES, Chosen
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import (
    Choice,
    Moment,
    Shell,
    Tag,
    choices,
    moment_of,
    phase_tag,
    sectors_in_words,
    shell,
    verdict_tag,
    waiting_tag,
)
from assistant.leads.mail import best_first
from assistant.leads.warmth import Signal
from assistant.storage.inbox import COUNTED_UP_TO, Cursor, LeadPage, LeadSummary, SavedView
from knowledge.catalogue import Catalogue

PAGE_SIZE = 25
_SIGNALS_SHOWN = 2


@dataclass(frozen=True)
class LeadRow:
    """A lead in the inbox."""

    address: str
    name: str
    is_unread: bool
    place: str
    sectors: str
    loket: str
    preferred: str
    said: tuple[Signal, ...]
    """What makes it warm, or not yet."""
    route: str
    verdict: Tag | None
    phase: Tag
    waiting: Tag | None
    """That somebody has to get in touch."""
    adviser: str
    """Who took it on, in words; empty: nobody."""
    mail_is_stuck: bool
    has_new_answer: bool
    came_in: Moment


@dataclass(frozen=True)
class View:
    """A list by name."""

    label: str
    address: str
    is_current: bool
    id: int = 0
    """Of one that the adviser saved."""


@dataclass(frozen=True)
class Filter:
    """One thing to choose by."""

    name: str
    label: str
    all: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class InboxPage:
    """The leads, newest first."""

    shell: Shell
    rows: tuple[LeadRow, ...]
    caption: str
    waiting: int
    views: tuple[View, ...]
    saved: tuple[View, ...]
    filters: tuple[Filter, ...]
    words: str
    shown: str
    narrowed: str
    """How many filters are set, in words; empty: none."""
    query: str
    """Everything that is chosen."""
    newer: str | None
    older: str | None
    asks: str
    """Where a script asks whether more came in; empty on any page but the first."""
    done: str
    error: str


@dataclass(frozen=True)
class InboxFound:
    """What the store found for the inbox."""

    page: LeadPage
    waiting: int
    lokets: dict[str, str]
    views: Sequence[SavedView]


def inbox_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    chosen: Chosen,
    found: InboxFound,
    now: datetime,
    done: str = "",
    error: str = "",
) -> InboxPage:
    """The inbox."""
    page = found.page
    regions = {region: wording.region_title(catalogue, region) for region in adviser.account.regions}
    phases = {phase.value: word for phase, word in wording.PHASES.items()}
    warmths = {warmth.value: word for warmth, word in wording.WARMTHS.items()}
    filters = (
        Filter("regio", "Regio", "Alle regio's", choices(regions, chosen.regio)),
        Filter("loket", "Loket", "Alle loketten", choices(found.lokets, chosen.loket)),
        Filter("onderwijs", "Onderwijs", "Alle soorten", choices(wording.SECTORS, chosen.onderwijs)),
        Filter("fase", "Fase", "Alle fasen", choices(phases, chosen.fase)),
        Filter("warmte", "Hoe warm", "Alles", choices(warmths, chosen.warmte)),
        Filter("binnen", "Binnengekomen", "Altijd", choices(AGES, chosen.binnen)),
    )
    is_first = page.newer is None
    return InboxPage(
        shell=shell("Aanmeldingen", adviser),
        rows=tuple(_lead_row(lead, catalogue, now) for lead in page.leads),
        caption=f"{_counted(page.count)}, de nieuwste eerst",
        waiting=found.waiting,
        views=tuple(
            View(label, _address(replace(chosen, toon=state)), state == chosen.toon)
            for state, label in {"": "Alles", **STATES}.items()
        ),
        saved=tuple(
            View(view.name, _address(Chosen.of_query(view.query)), Chosen.of_query(view.query) == chosen, view.id)
            for view in found.views
        ),
        filters=tuple(each for each in filters if len(each.choices) > 1),
        words=chosen.zoek,
        shown=chosen.toon,
        narrowed={0: "", 1: "1 gekozen"}.get(chosen.narrowed, f"{chosen.narrowed} gekozen"),
        query=chosen.query,
        newer=_address(chosen, nieuwer_dan=page.newer) if page.newer else None,
        older=_address(chosen, ouder_dan=page.older) if page.older else None,
        asks=f"/desk/nieuw?{urlencode({'sinds': now.isoformat()})}&{chosen.query}" if is_first else "",
        done=done,
        error=error,
    )


def _lead_row(lead: LeadSummary, catalogue: Catalogue, now: datetime) -> LeadRow:
    best = next((each for each in best_first(lead.verdicts)), None)
    return LeadRow(
        address=f"/desk/leads/{lead.id}",
        name=lead.name,
        is_unread=lead.is_unread,
        place=wording.region_title(catalogue, lead.region),
        sectors=sectors_in_words(lead.sectors),
        loket=lead.loket_title,
        preferred=wording.PREFERRED[lead.preferred_contact],
        said=lead.signals[:_SIGNALS_SHOWN],
        route=best.title if best else "",
        verdict=verdict_tag(best.verdict) if best else None,
        phase=phase_tag(lead.phase),
        waiting=waiting_tag(lead.is_waiting, lead.due_at, now),
        adviser="Van jou" if lead.is_mine else lead.claimed_name and f"Van {lead.claimed_name}",
        mail_is_stuck=lead.mail_is_stuck,
        has_new_answer=lead.has_new_answer,
        came_in=moment_of(lead.created_at, now),
    )


def _counted(count: int) -> str:
    if count > COUNTED_UP_TO:
        return f"Meer dan {COUNTED_UP_TO} aanmeldingen"
    return "1 aanmelding" if count == 1 else f"{count} aanmeldingen"


def _address(chosen: Chosen, **place: Cursor) -> str:
    query = "&".join(part for part in (chosen.query, urlencode({key: str(at) for key, at in place.items()})) if part)
    return "/desk" + (f"?{query}" if query else "")
