"""The ways to a password: asking for a link, and what the link opens."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.mail import reset_mail
from assistant.desk.dependencies import Accounts, CurrentSettings, StoreSession
from assistant.desk.guessing import Guesses, too_often
from assistant.desk.pages.account import ForgottenPage, LinkPage
from assistant.desk.pages.parts import shell
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.signing import LOGIN_COOKIE, is_same_token, new_login_token
from assistant.settings import Settings
from assistant.storage.accounts import MAX_PASSWORD, MIN_PASSWORD, PasswordRefused
from assistant.storage.audit import record_audit
from assistant.storage.links import VALID_FOR, LinkOver, LinkStore, Purpose
from assistant.storage.outbox import put_mail

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_EXPIRED = "Het formulier was verlopen. Probeer het nog een keer."
_HEADINGS = {Purpose.INVITATION: "Welkom bij de adviesdesk", Purpose.RESET: "Kies een nieuw wachtwoord"}
Token = Annotated[str, Form(max_length=100)]


@router.get("/wachtwoord-vergeten")
def forgotten(settings: CurrentSettings) -> Response:
    """The form to ask for a link."""
    return _forgotten(settings)


@router.post("/wachtwoord-vergeten")
def send_link(
    request: Request,
    settings: CurrentSettings,
    session: StoreSession,
    accounts: Accounts,
    email: Annotated[str, Form(max_length=254)] = "",
    token: Token = "",
) -> Response:
    """Mail a link to an account that has this address, and say the same when there is none."""
    if not is_same_token(token, request.cookies.get(LOGIN_COOKIE, "")):
        return _forgotten(settings, email, _EXPIRED, 403)
    if wait := Guesses(session, request, settings).begin("reset", email):
        return _forgotten(settings, email, too_often(wait), 429)
    account = accounts.of_email(email)
    if account is not None and not account.disabled and settings.smtp_host:
        code = LinkStore(session).make(account.id, Purpose.RESET)
        put_mail(session, reset_mail(account, code, settings.public_url, VALID_FOR[Purpose.RESET]))
        record_audit(session, None, Action.ACCOUNT_RESET_SENT, account.id, account.regions)
    return _forgotten(settings, email, is_sent=True)


@router.get("/link/{code}")
def opened(code: str, settings: CurrentSettings, session: StoreSession, accounts: Accounts) -> Response:
    """The form to choose a password. Looking at it does not use the link: programs that check mail look too."""
    account_id, purpose = LinkStore(session).look(code)
    return _link(settings, accounts.get(account_id), purpose, code)


@router.post("/link/{code}")
def choose_password(
    request: Request,
    code: str,
    settings: CurrentSettings,
    session: StoreSession,
    accounts: Accounts,
    new_password: Annotated[str, Form(max_length=1000)] = "",
    token: Token = "",
) -> Response:
    """Keep the password, end every session, and go to the login form: a second step is still asked for there."""
    links = LinkStore(session)
    account_id, purpose = links.look(code)
    account = accounts.get(account_id)
    if account.disabled:
        raise LinkOver
    if not is_same_token(token, request.cookies.get(LOGIN_COOKIE, "")):
        return _link(settings, account, purpose, code, _EXPIRED, 403)
    try:
        accounts.set_password(account_id, new_password)
    except PasswordRefused as refused:
        return _link(settings, account, purpose, code, refused.visitor_message, 422)
    links.use(code)
    record_audit(session, account, Action.ACCOUNT_PASSWORD_CHANGED, account.id)
    return RedirectResponse("/desk/login", status_code=303)


def _forgotten(
    settings: Settings, email: str = "", error: str = "", status_code: int = 200, is_sent: bool = False
) -> Response:
    token = secrets.token_urlsafe(24)
    can_mail = bool(settings.smtp_host)
    page = ForgottenPage(shell("Wachtwoord vergeten"), token, email, error, is_sent and can_mail, can_mail)
    response = render("forgotten.html", page, status_code)
    new_login_token(response, token, settings)
    return response


def _link(
    settings: Settings, account: Account, purpose: Purpose, code: str, error: str = "", status_code: int = 200
) -> Response:
    token = secrets.token_urlsafe(24)
    page = LinkPage(
        shell=shell(_HEADINGS[purpose]),
        heading=_HEADINGS[purpose],
        name=account.name,
        email=account.email,
        code=code,
        token=token,
        min_password=MIN_PASSWORD,
        max_password=MAX_PASSWORD,
        error=error,
    )
    response = render("link.html", page, status_code)
    new_login_token(response, token, settings)
    return response
