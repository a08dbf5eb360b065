"""Logging in and out."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.desk.dependencies import Accounts, ColleagueWithForm, CurrentSettings, signed_in_adviser
from assistant.desk.menu import home_of
from assistant.desk.pages.login import LoginPage
from assistant.desk.pages.parts import shell
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.signing import LOGIN_COOKIE, is_same_token, new_login_token, sign_in, sign_out
from assistant.settings import Settings

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)


@router.get("/login")
def login_form(
    request: Request, settings: CurrentSettings, accounts: Accounts, next: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """The login form; who is logged in goes straight on."""
    there = signed_in_adviser(request, settings, accounts)
    if there:
        return RedirectResponse(_way_on(next, home_of(there.account.role)), status_code=303)
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
    response = RedirectResponse(_way_on(next, home_of(account.role)), status_code=303)
    sign_in(response, account, settings)
    return response


@router.post("/logout")
def log_out(_: ColleagueWithForm) -> Response:
    """End the session in this browser."""
    response = RedirectResponse("/desk/login", status_code=303)
    sign_out(response)
    return response


def _login(settings: Settings, wanted: str, email: str = "", error: str = "", status_code: int = 200) -> Response:
    token = secrets.token_urlsafe(24)
    page = LoginPage(shell=shell("Inloggen"), token=token, next=_way_on(wanted), email=email, error=error)
    response = render("login.html", page, status_code)
    new_login_token(response, token, settings)
    return response


def _way_on(wanted: str, home: str = "/desk") -> str:
    """Where to after logging in: a page of the desk, never another site; the bare desk is where their work begins."""
    is_ours = wanted.startswith("/desk") and not wanted.startswith("/desk/log") and "\\" not in wanted
    return wanted if is_ours and wanted[5:6] in ("/", "?") else home
