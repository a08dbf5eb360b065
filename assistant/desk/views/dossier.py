"""A lead's dossier, and the forms that move it along."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import AdviserWithForm, Inbox
from assistant.desk.dossier_pdf import dossier_pdf
from assistant.desk.dossiers import CurrentDossiers, back_to
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.wording import PHASES
from assistant.errors import Overtaken
from assistant.leads.consent import Purpose
from assistant.leads.contact import clean_text
from assistant.leads.lead import LeavingReason, Phase
from assistant.storage.clock import utc_now

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_MAX_NOTE = 4000
_NEVER = datetime.min.replace(tzinfo=UTC)
_DONE = {
    "fase": "De fase is aangepast.",
    "terug": "De fase is teruggezet.",
    "notitie": "Je notitie is bewaard.",
    "opgepakt": "Je hebt deze aanmelding opgepakt.",
    "losgelaten": "Iemand anders kan deze aanmelding nu oppakken.",
    "contact": "Het contact staat in de geschiedenis.",
    "taak": "De taak is bewaard.",
    "taak-klaar": "De taak is klaar.",
    "opvolging": "De opvolging staat bij de taken.",
    "bericht": "Je e-mail gaat zo weg.",
    "doorverwezen": "De doorverwijzing gaat zo weg.",
    "samen": "De aanmeldingen zijn samengevoegd.",
    "uit-elkaar": "De aanmeldingen staan weer apart.",
}
_AUTOMATIC_FOLLOW_UP = (Phase.IN_TRAINING, Phase.WORKING)


@router.get("/leads/{lead_id}")
def dossier(
    lead_id: str, dossiers: CurrentDossiers, inbox: Inbox, gedaan: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Everything about one lead, with the forms to work on it. Who opens it has seen it."""
    dossiers.record(Action.LEAD_SEEN, dossiers.lead(lead_id))
    seen_at = inbox.seen_at(lead_id) or _NEVER
    inbox.mark_seen(lead_id)
    return dossiers.show(lead_id, done=_DONE.get(gedaan, ""), new_since=seen_at)


@router.get("/leads/{lead_id}/afdruk")
def print_view(lead_id: str, dossiers: CurrentDossiers) -> Response:
    """The same on paper: no forms, one column."""
    dossiers.record(Action.LEAD_PRINTED, dossiers.lead(lead_id))
    return render("print.html", dossiers.page(lead_id))


@router.get("/leads/{lead_id}/dossier.pdf")
def as_pdf(lead_id: str, dossiers: CurrentDossiers) -> Response:
    """The same as a PDF. Its name tells nobody whose it is."""
    dossiers.record(Action.LEAD_PRINTED, dossiers.lead(lead_id), "pdf")
    headers = {"Content-Disposition": 'attachment; filename="dossier.pdf"'}
    return Response(dossier_pdf(dossiers.page(lead_id), utc_now()), media_type="application/pdf", headers=headers)


@router.post("/leads/{lead_id}/fase")
def change_phase(
    lead_id: str,
    adviser: AdviserWithForm,
    dossiers: CurrentDossiers,
    before: Annotated[Phase, Form()],
    after: Annotated[Phase, Form()],
    because: Annotated[LeavingReason | None, Form()] = None,
) -> Response:
    """Put a lead in another phase, unless a colleague was first. Who begins is asked later what became of it."""
    lead, name = dossiers.lead(lead_id), adviser.account.name
    if before is after:
        return back_to(lead_id)
    why = (because or LeavingReason.UNKNOWN) if after is Phase.LEFT else None
    try:
        dossiers.leads.move(lead_id, before, after, name, why)
    except Overtaken:
        return dossiers.overtaken(lead_id)
    if after in _AUTOMATIC_FOLLOW_UP and dossiers.allows(lead_id, Purpose.FOLLOW_UP):
        dossiers.work.plan_follow_up(lead_id, name, utc_now().date())
    dossiers.record(Action.LEAD_CHANGED, lead, f"{PHASES[before]} -> {PHASES[after]}")
    return back_to(lead_id, "fase")


@router.post("/leads/{lead_id}/oppakken")
def claim(
    lead_id: str,
    adviser: AdviserWithForm,
    dossiers: CurrentDossiers,
    seen: Annotated[str, Form(max_length=36)] = "",
    loslaten: Annotated[bool, Form()] = False,
) -> Response:
    """Take a lead on, take it over, or let it go; unless a colleague was first."""
    lead = dossiers.lead(lead_id)
    try:
        if loslaten:
            dossiers.leads.release(lead_id, seen)
        else:
            dossiers.leads.claim(lead_id, adviser.account.id, adviser.account.name, seen)
    except Overtaken:
        return dossiers.overtaken(lead_id)
    done = "losgelaten" if loslaten else "opgepakt"
    dossiers.record(Action.LEAD_CLAIMED, lead, done)
    return back_to(lead_id, done)


@router.post("/leads/{lead_id}/ongelezen")
def mark_unseen(lead_id: str, _: AdviserWithForm, dossiers: CurrentDossiers, inbox: Inbox) -> Response:
    """Put a lead back among those to look at."""
    dossiers.lead(lead_id)
    inbox.mark_unseen(lead_id)
    return RedirectResponse("/desk", status_code=303)


@router.post("/leads/{lead_id}/terug")
def undo_phase(
    lead_id: str, adviser: AdviserWithForm, dossiers: CurrentDossiers, change: Annotated[int, Form(ge=1)]
) -> Response:
    """Take the last change of phase back, unless a colleague was first."""
    lead = dossiers.lead(lead_id)
    try:
        dossiers.leads.undo(lead_id, change, adviser.account.name)
    except Overtaken:
        return dossiers.overtaken(lead_id)
    dossiers.record(Action.LEAD_CHANGED, lead, "fase teruggezet")
    return back_to(lead_id, "terug")


@router.post("/leads/{lead_id}/notitie")
def add_note(
    lead_id: str,
    adviser: AdviserWithForm,
    dossiers: CurrentDossiers,
    text: Annotated[str, Form(max_length=60_000)] = "",
) -> Response:
    """Keep a note; one that is empty or too long comes back with its text."""
    lead, note = dossiers.lead(lead_id), clean_text(text)
    if not 1 <= len(note) <= _MAX_NOTE:
        error = f"Je notitie is te lang: gebruik hoogstens {_MAX_NOTE} tekens." if note else "Schrijf eerst iets op."
        return dossiers.show(lead_id, error, note, 422)
    dossiers.leads.add_note(lead_id, adviser.account.name, note)
    dossiers.record(Action.LEAD_NOTED, lead)
    return back_to(lead_id, "notitie")
