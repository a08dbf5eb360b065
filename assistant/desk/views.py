"""The adviser's pages: log in, the inbox, a lead's dossier, and the forms that move it along."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.desk.dependencies import (
    Accounts,
    Advices,
    Adviser,
    AdviserWithForm,
    CurrentAdvices,
    CurrentCatalogue,
    CurrentSettings,
    Leads,
    SignedInAdviser,
    signed_in_adviser,
)
from assistant.desk.pages import PAGE_SIZE, Dossier, LoginPage, dossier_page, inbox_page, shell
from assistant.desk.rendering import STYLESHEET, render
from assistant.desk.routes import DeskRoute
from assistant.desk.signing import LOGIN_COOKIE, is_same_token, new_login_token, sign_in, sign_out
from assistant.desk.wording import PHASES, SECTORS
from assistant.errors import NotFound, Overtaken
from assistant.leads.contact import clean_line, clean_text
from assistant.leads.lead import Phase
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from assistant.storage.leads import LeadFilter, LeadStore
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_MAX_NOTE = 4000
_DONE = {
    "fase": "De fase is aangepast.",
    "terug": "De fase is teruggezet.",
    "notitie": "Je notitie is bewaard.",
}
_OVERTAKEN = "Een collega heeft deze aanmelding net aangepast. Hieronder staat hoe het nu is; er is niets veranderd."


@router.get("/static/desk.css")
def stylesheet() -> Response:
    """The look of the desk; its address changes with its content."""
    return Response(STYLESHEET, media_type="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"})


@router.get("/login")
def login_form(
    request: Request, settings: CurrentSettings, accounts: Accounts, next: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """The login form; who is logged in goes straight on."""
    if signed_in_adviser(request, settings, accounts):
        return RedirectResponse(_way_on(next), status_code=303)
    return _login(settings, next)


@router.post("/login")
def log_in(
    request: Request,
    settings: CurrentSettings,
    accounts: Accounts,
    email: Annotated[str, Form(max_length=254)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    token: Annotated[str, Form(max_length=100)] = "",
    next: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Start a session, or say in the same words for any reason that it does not."""
    if not is_same_token(token, request.cookies.get(LOGIN_COOKIE, "")):
        return _login(settings, next, email, "Het formulier was verlopen. Probeer het nog een keer.", 403)
    wait = accounts.wait(email)
    if wait:
        minutes = -(-int(wait.total_seconds() + 1) // 60)
        when = "een minuut" if minutes == 1 else f"{minutes} minuten"
        return _login(settings, next, email, f"Te vaak geprobeerd. Probeer het over {when} opnieuw.", 429)
    account = accounts.log_in(email, password)
    if account is None:
        return _login(settings, next, email, "Dit e-mailadres en wachtwoord horen niet bij elkaar.", 401)
    response = RedirectResponse(_way_on(next), status_code=303)
    sign_in(response, account, settings)
    return response


@router.post("/logout")
def log_out(_: AdviserWithForm) -> Response:
    """End the session in this browser."""
    response = RedirectResponse("/desk/login", status_code=303)
    sign_out(response)
    return response


@router.get("")
def inbox(
    adviser: Adviser,
    leads: Leads,
    catalogue: CurrentCatalogue,
    regio: Annotated[str, Query(max_length=80)] = "",
    onderwijs: Annotated[str, Query(max_length=10)] = "",
    fase: Annotated[str, Query(max_length=20)] = "",
    naam: Annotated[str, Query(max_length=100)] = "",
    pagina: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The leads of the adviser's regions, newest first. A filter value we do not know filters nothing."""
    wanted = LeadFilter(
        regions=adviser.account.regions,
        region=regio if regio in adviser.account.regions else "",
        sector=onderwijs if onderwijs in SECTORS else "",
        phase=fase if fase in PHASES else "",
        name=clean_line(naam),
    )
    found = leads.page(wanted, pagina, PAGE_SIZE)
    waiting = leads.waiting(adviser.account.regions)
    return render("inbox.html", inbox_page(adviser, catalogue, wanted, found, waiting, pagina, utc_now()))


@router.get("/leads/{lead_id}")
def dossier(
    lead_id: str,
    adviser: Adviser,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Everything about one lead, with the forms to work on it."""
    return _dossier(lead_id, adviser, leads, catalogue, settings, advices, done=_DONE.get(gedaan, ""))


@router.get("/leads/{lead_id}/afdruk")
def print_view(
    lead_id: str,
    adviser: Adviser,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
) -> Response:
    """The same on paper: no forms, one column."""
    return _dossier(lead_id, adviser, leads, catalogue, settings, advices, template="print.html")


@router.post("/leads/{lead_id}/fase")
def change_phase(
    lead_id: str,
    adviser: AdviserWithForm,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    before: Annotated[Phase, Form()],
    after: Annotated[Phase, Form()],
) -> Response:
    """Put a lead in another phase, unless a colleague was first."""
    leads.get(lead_id, adviser.account.regions)
    if before is after:
        return _back(lead_id)
    try:
        leads.move(lead_id, before, after, adviser.account.name)
    except Overtaken:
        return _dossier(lead_id, adviser, leads, catalogue, settings, advices, error=_OVERTAKEN, status_code=409)
    return _back(lead_id, "fase")


@router.post("/leads/{lead_id}/terug")
def undo_phase(
    lead_id: str,
    adviser: AdviserWithForm,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    change: Annotated[int, Form(ge=1)],
) -> Response:
    """Take the last change of phase back, unless a colleague was first."""
    leads.get(lead_id, adviser.account.regions)
    try:
        leads.undo(lead_id, change, adviser.account.name)
    except Overtaken:
        return _dossier(lead_id, adviser, leads, catalogue, settings, advices, error=_OVERTAKEN, status_code=409)
    return _back(lead_id, "terug")


@router.post("/leads/{lead_id}/notitie")
def add_note(
    lead_id: str,
    adviser: AdviserWithForm,
    leads: Leads,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    advices: CurrentAdvices,
    text: Annotated[str, Form(max_length=60_000)] = "",
) -> Response:
    """Keep a note; one that is empty or too long comes back with its text."""
    leads.get(lead_id, adviser.account.regions)
    note = clean_text(text)
    if not 1 <= len(note) <= _MAX_NOTE:
        error = f"Je notitie is te lang: gebruik hoogstens {_MAX_NOTE} tekens." if note else "Schrijf eerst iets op."
        return _dossier(lead_id, adviser, leads, catalogue, settings, advices, error=error, note=note, status_code=422)
    leads.add_note(lead_id, adviser.account.name, note)
    return _back(lead_id, "notitie")


@router.get("/{path:path}")
def nothing_here(path: str, _: Adviser) -> Response:
    """Any other address."""
    raise NotFound("page", path)


def _login(settings: Settings, wanted: str, email: str = "", error: str = "", status_code: int = 200) -> Response:
    token = secrets.token_urlsafe(24)
    page = LoginPage(shell=shell("Inloggen"), token=token, next=_way_on(wanted), email=email, error=error)
    response = render("login.html", page, status_code)
    new_login_token(response, token, settings)
    return response


def _way_on(wanted: str) -> str:
    """Where to after logging in: a page of the desk, never another site."""
    is_ours = wanted.startswith("/desk") and not wanted.startswith("/desk/log") and "\\" not in wanted
    return wanted if is_ours and wanted[5:6] in ("", "/", "?") else "/desk"


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
