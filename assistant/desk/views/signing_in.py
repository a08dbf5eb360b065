"""Logging in, in one step or two, and out."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.device import device_in_words
from assistant.desk.dependencies import (
    Accounts,
    Audit,
    Colleague,
    ColleagueWithForm,
    CurrentSettings,
    DeskSessions,
    SignedInAdviser,
    StoreSession,
    signed_in_adviser,
)
from assistant.desk.guessing import Guesses, too_often
from assistant.desk.kept import LONGEST_SEALED, read_kept
from assistant.desk.login_form import login_page, way_on
from assistant.desk.menu import home_of
from assistant.desk.pages.login import CodePage, kept_page
from assistant.desk.pages.parts import shell
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.second_step import opens
from assistant.desk.signing import (
    LOGIN_COOKIE,
    go_halfway,
    is_same_token,
    new_login_token,
    read_halfway,
    session_token,
    sign_in,
    sign_out,
)
from assistant.errors import NotFound
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.audit import record_audit
from assistant.storage.desk_sessions import DeskSessionStore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_EXPIRED = "Het formulier was verlopen. Probeer het nog een keer."
Next = Annotated[str, Form(max_length=300)]
Kept = Annotated[str, Form(max_length=LONGEST_SEALED)]
Token = Annotated[str, Form(max_length=100)]


@router.get("/login")
def login_form(
    request: Request,
    settings: CurrentSettings,
    accounts: Accounts,
    desk_sessions: DeskSessions,
    next: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """The login form; who is logged in goes straight on."""
    there = signed_in_adviser(request, accounts, desk_sessions)
    if there:
        return RedirectResponse(way_on(next, home_of(there.account)), status_code=303)
    return login_page(settings, next)


@router.post("/login")
def log_in(
    request: Request,
    settings: CurrentSettings,
    session: StoreSession,
    accounts: Accounts,
    desk_sessions: DeskSessions,
    email: Annotated[str, Form(max_length=254)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    token: Token = "",
    next: Next = "",
    kept: Kept = "",
) -> Response:
    """Start a session or ask for a code, or say in the same words for any reason that neither happens."""
    if not is_same_token(token, request.cookies.get(LOGIN_COOKIE, "")):
        return login_page(settings, next, email, _EXPIRED, 403, kept)
    guesses = Guesses(session, request, settings)
    if wait := guesses.begin("password", email):
        return login_page(settings, next, email, too_often(wait), 429, kept)
    account = accounts.log_in(email, password)
    if account is None:
        _note_failure(session, accounts.of_email(email))
        error = "Dit e-mailadres en wachtwoord horen niet bij elkaar."
        return login_page(settings, next, email, error, 401, kept)
    guesses.succeeded("password", email)
    if account.has_second_step:
        response = _code_page(settings, next, kept=kept)
        go_halfway(response, account, settings)
        return response
    return come_in(request, settings, session, accounts, desk_sessions, account, next, kept)


@router.post("/login/code")
def give_code(
    request: Request,
    settings: CurrentSettings,
    session: StoreSession,
    accounts: Accounts,
    desk_sessions: DeskSessions,
    code: Annotated[str, Form(max_length=60)] = "",
    token: Token = "",
    next: Next = "",
    kept: Kept = "",
) -> Response:
    """The second step: a code of the app, or one of those kept for when it is lost."""
    halfway = read_halfway(request, settings)
    account = accounts.find(halfway.account_id) if halfway else None
    if halfway is None or account is None or account.stamp != halfway.stamp:
        return login_page(settings, next, "", "Het duurde te lang. Log opnieuw in.", 401, kept)
    if not is_same_token(token, request.cookies.get(LOGIN_COOKIE, "")):
        return _code_page(settings, next, _EXPIRED, 403, kept)
    guesses = Guesses(session, request, settings)
    if wait := guesses.begin("code", account.email):
        return _code_page(settings, next, too_often(wait), 429, kept)
    if not opens(accounts, settings, account, code):
        _note_failure(session, account)
        return _code_page(settings, next, "Deze code klopt niet, of is al gebruikt.", 401, kept)
    guesses.succeeded("code", account.email)
    return come_in(request, settings, session, accounts, desk_sessions, account, next, kept)


@router.post("/logout")
def log_out(request: Request, _: ColleagueWithForm, desk_sessions: DeskSessions, audit: Audit) -> Response:
    """End the session in this browser."""
    audit.record(Action.ACCOUNT_SIGNED_OUT)
    desk_sessions.end(session_token(request))
    response = RedirectResponse("/desk/login", status_code=303)
    sign_out(response)
    return response


@router.post("/verder")
def go_on(adviser: Colleague, settings: CurrentSettings, kept: Kept = "") -> Response:
    """For who logged in in another tab, or elsewhere: what they were sending here."""
    return _given_back(adviser, settings, kept) or RedirectResponse("/desk", status_code=303)


def come_in(
    request: Request,
    settings: Settings,
    session: StoreSession,
    accounts: AccountStore,
    desk_sessions: DeskSessionStore,
    account: Account,
    wanted: str,
    kept: str = "",
) -> Response:
    """A new session, in the place of the one this browser had, and on to what was wanted."""
    desk_sessions.end(session_token(request))
    token = desk_sessions.begin(account.id, device_in_words(request.headers.get("user-agent", "")))
    accounts.note_login(account.id)
    record_audit(session, account, Action.ACCOUNT_SIGNED_IN, account.id)
    there = desk_sessions.find(token)
    if there is None:  # pragma: no cover - it was begun just now
        raise NotFound("session", "just begun")
    adviser = SignedInAdviser(account, there.csrf, there.id)
    response = _given_back(adviser, settings, kept) or RedirectResponse(
        way_on(wanted, home_of(account)), status_code=303
    )
    sign_in(response, token, account, settings)
    return response


def _code_page(settings: Settings, wanted: str, error: str = "", status_code: int = 200, kept: str = "") -> Response:
    token = secrets.token_urlsafe(24)
    sealed = kept if read_kept(settings, kept) else ""
    response = render("login_code.html", CodePage(shell("Code"), token, way_on(wanted), error, sealed), status_code)
    new_login_token(response, token, settings)
    return response


def _given_back(adviser: SignedInAdviser, settings: Settings, kept: str) -> Response | None:
    form = read_kept(settings, kept)
    if form is None or form.account_id not in ("", adviser.account.id):
        return None
    return render("kept.html", kept_page(adviser, form))


def _note_failure(session: StoreSession, account: Account | None) -> None:
    if account is not None:
        record_audit(session, None, Action.ACCOUNT_SIGN_IN_FAILED, account.id, account.regions)
