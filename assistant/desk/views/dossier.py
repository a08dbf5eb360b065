"""A lead's dossier, and the forms that move it along."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import (
    Advices,
    Adviser,
    AdviserWithForm,
    Audit,
    CurrentAdvices,
    CurrentCatalogue,
    CurrentSettings,
    Inbox,
    Leads,
    SignedInAdviser,
)
from assistant.desk.pages.dossier import Dossier, dossier_page
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.wording import PHASES
from assistant.errors import Overtaken
from assistant.leads.contact import clean_text
from assistant.leads.lead import LeavingReason, Phase
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from assistant.storage.leads import LeadStore
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_MAX_NOTE = 4000
_DONE = {
    "fase": "De fase is aangepast.",
    "terug": "De fase is teruggezet.",
    "notitie": "Je notitie is bewaard.",
    "opgepakt": "Je hebt deze aanmelding opgepakt.",
    "losgelaten": "Iemand anders kan deze aanmelding nu oppakken.",
}
_OVERTAKEN = "Een collega heeft deze aanmelding net aangepast. Hieronder staat hoe het nu is; er is niets veranderd."


@router.get("/leads/{lead_id}")
def dossier(
    lead_id: str,
    adviser: Adviser,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    inbox: Inbox,
    audit: Audit,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Everything about one lead, with the forms to work on it. Who opens it has seen it."""
    audit.record(Action.LEAD_SEEN, lead_id, [leads.get(lead_id, adviser.account.regions).region])
    inbox.mark_seen(lead_id)
    return _dossier(lead_id, adviser, leads, catalogue, settings, advices, done=_DONE.get(gedaan, ""))


@router.get("/leads/{lead_id}/afdruk")
def print_view(
    lead_id: str,
    adviser: Adviser,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    audit: Audit,
) -> Response:
    """The same on paper: no forms, one column."""
    audit.record(Action.LEAD_PRINTED, lead_id, [leads.get(lead_id, adviser.account.regions).region])
    return _dossier(lead_id, adviser, leads, catalogue, settings, advices, template="print.html")


@router.post("/leads/{lead_id}/fase")
def change_phase(
    lead_id: str,
    adviser: AdviserWithForm,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    audit: Audit,
    before: Annotated[Phase, Form()],
    after: Annotated[Phase, Form()],
    because: Annotated[LeavingReason | None, Form()] = None,
) -> Response:
    """Put a lead in another phase, unless a colleague was first."""
    lead = leads.get(lead_id, adviser.account.regions)
    if before is after:
        return _back(lead_id)
    why = (because or LeavingReason.UNKNOWN) if after is Phase.LEFT else None
    try:
        leads.move(lead_id, before, after, adviser.account.name, why)
    except Overtaken:
        return _dossier(lead_id, adviser, leads, catalogue, settings, advices, error=_OVERTAKEN, status_code=409)
    audit.record(Action.LEAD_CHANGED, lead_id, [lead.region], f"{PHASES[before]} -> {PHASES[after]}")
    return _back(lead_id, "fase")


@router.post("/leads/{lead_id}/oppakken")
def claim(
    lead_id: str,
    adviser: AdviserWithForm,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    audit: Audit,
    seen: Annotated[str, Form(max_length=36)] = "",
    loslaten: Annotated[bool, Form()] = False,
) -> Response:
    """Take a lead on, take it over, or let it go; unless a colleague was first."""
    lead = leads.get(lead_id, adviser.account.regions)
    try:
        if loslaten:
            leads.release(lead_id, seen)
        else:
            leads.claim(lead_id, adviser.account.id, adviser.account.name, seen)
    except Overtaken:
        return _dossier(lead_id, adviser, leads, catalogue, settings, advices, error=_OVERTAKEN, status_code=409)
    audit.record(Action.LEAD_CLAIMED, lead_id, [lead.region], "losgelaten" if loslaten else "opgepakt")
    return _back(lead_id, "losgelaten" if loslaten else "opgepakt")


@router.post("/leads/{lead_id}/ongelezen")
def mark_unseen(lead_id: str, adviser: AdviserWithForm, leads: Leads, inbox: Inbox) -> Response:
    """Put a lead back among those to look at."""
    leads.get(lead_id, adviser.account.regions)
    inbox.mark_unseen(lead_id)
    return RedirectResponse("/desk", status_code=303)


@router.post("/leads/{lead_id}/terug")
def undo_phase(
    lead_id: str,
    adviser: AdviserWithForm,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    audit: Audit,
    change: Annotated[int, Form(ge=1)],
) -> Response:
    """Take the last change of phase back, unless a colleague was first."""
    lead = leads.get(lead_id, adviser.account.regions)
    try:
        leads.undo(lead_id, change, adviser.account.name)
    except Overtaken:
        return _dossier(lead_id, adviser, leads, catalogue, settings, advices, error=_OVERTAKEN, status_code=409)
    audit.record(Action.LEAD_CHANGED, lead_id, [lead.region], "fase teruggezet")
    return _back(lead_id, "terug")


@router.post("/leads/{lead_id}/notitie")
def add_note(
    lead_id: str,
    adviser: AdviserWithForm,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    audit: Audit,
    text: Annotated[str, Form(max_length=60_000)] = "",
) -> Response:
    """Keep a note; one that is empty or too long comes back with its text."""
    lead = leads.get(lead_id, adviser.account.regions)
    note = clean_text(text)
    if not 1 <= len(note) <= _MAX_NOTE:
        error = f"Je notitie is te lang: gebruik hoogstens {_MAX_NOTE} tekens." if note else "Schrijf eerst iets op."
        return _dossier(lead_id, adviser, leads, catalogue, settings, advices, error=error, note=note, status_code=422)
    leads.add_note(lead_id, adviser.account.name, note)
    audit.record(Action.LEAD_NOTED, lead_id, [lead.region])
    return _back(lead_id, "notitie")


def _back(lead_id: str, done: str = "") -> Response:
    return RedirectResponse(f"/desk/leads/{lead_id}" + (f"?gedaan={done}" if done else ""), status_code=303)


def _dossier(
    lead_id: str,
    adviser: SignedInAdviser,
    leads: LeadStore,
    catalogue: Catalogue,
    settings: Settings,
    advices: Advices,
    template: str = "dossier.html",
    done: str = "",
    error: str = "",
    note: str = "",
    status_code: int = 200,
) -> Response:
    lead = leads.get(lead_id, adviser.account.regions)
    known = Dossier(
        lead=lead,
        notes=tuple(leads.notes(lead_id)),
        changes=tuple(leads.changes(lead_id)),
        mails=tuple(leads.mails(lead_id)),
        undoable=leads.undoable(lead_id),
        advice=advices.of(lead.receipt),
    )
    page = dossier_page(adviser, catalogue, known, bool(settings.smtp_host), utc_now(), done, error, note)
    return render(template, page, status_code)
