"""One's own account: the password, the second step, and where one is logged in."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.accounts.role import May
from assistant.accounts.second_step import Vault, new_recovery_codes, new_secret, picture_of, recovery_hash, step_of
from assistant.accounts.signed import read_signed, signed, signing_secret
from assistant.desk.dependencies import (
    Accounts,
    Audit,
    Colleague,
    ColleagueWithForm,
    CurrentCatalogue,
    CurrentSettings,
    DeskSessions,
    Digests,
    SignedInAdviser,
    StoreSession,
    lacks_second_step,
    needs_second_step,
)
from assistant.desk.guessing import Guesses, too_often
from assistant.desk.pages.account import RecoveryPage, SecondStepPage, account_page
from assistant.desk.pages.parts import shell
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.second_step import opens
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore, PasswordRefused
from assistant.storage.clock import utc_now
from assistant.storage.desk_sessions import DeskSessionStore
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/desk/account", route_class=DeskRoute, include_in_schema=False)

_SETTING_UP_LASTS = timedelta(minutes=30)
_WRONG_CODE = "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en probeer het opnieuw."
_NEEDED = "Jullie regio vraagt een tweede stap bij het inloggen. Hij blijft dus aan; een andere telefoon kan wel."
_WRONG_PASSWORD = "Dit is niet je huidige wachtwoord."  # noqa: S105 - a sentence
_DONE = {
    "weekbericht": "Je krijgt vanaf maandag elke week een bericht.",
    "geen-weekbericht": "Je krijgt geen weekbericht meer.",
    "wachtwoord": "Je wachtwoord is veranderd. Andere browsers zijn uitgelogd.",
    "uit": "De tweede stap staat uit.",
    "beeindigd": "Die browser is uitgelogd.",
}
Code = Annotated[str, Form(max_length=60)]
Password = Annotated[str, Form(max_length=1000)]


@router.get("")
def account(
    adviser: Colleague,
    accounts: Accounts,
    catalogue: CurrentCatalogue,
    desk_sessions: DeskSessions,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """What is known of one's own account."""
    return _page(adviser, accounts, catalogue, desk_sessions, done=_DONE.get(gedaan, ""))


@router.post("/weekbericht")
def weekly_mail(adviser: ColleagueWithForm, digests: Digests, wil: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Have the weekly mail for editors, or stop it."""
    wants = wil == "ja" and adviser.account.may(May.RECORDS)
    digests.want(adviser.account.id, wants)
    return _back("weekbericht" if wants else "geen-weekbericht")


@router.post("/wachtwoord")
def change_password(
    request: Request,
    adviser: ColleagueWithForm,
    settings: CurrentSettings,
    session: StoreSession,
    accounts: Accounts,
    catalogue: CurrentCatalogue,
    desk_sessions: DeskSessions,
    audit: Audit,
    current_password: Password = "",
    new_password: Password = "",
) -> Response:
    """Another password, for who knows the one of now. Other browsers are logged out."""
    guesses = Guesses(session, request, settings)
    if wait := guesses.begin("password", adviser.account.email):
        return _page(adviser, accounts, catalogue, desk_sessions, error=too_often(wait), status_code=429)
    if accounts.log_in(adviser.account.email, current_password) is None:
        return _page(adviser, accounts, catalogue, desk_sessions, error=_WRONG_PASSWORD, status_code=422)
    guesses.succeeded("password", adviser.account.email)
    try:
        accounts.set_password(adviser.account.id, new_password, but=adviser.session_id)
    except PasswordRefused as refused:
        return _page(adviser, accounts, catalogue, desk_sessions, error=refused.visitor_message, status_code=422)
    audit.record(Action.ACCOUNT_PASSWORD_CHANGED, adviser.account.id)
    return _back("wachtwoord")


@router.get("/tweede-stap")
def begin_second_step(adviser: Colleague, settings: CurrentSettings) -> Response:
    """The picture to read with an app, of a secret that nothing is done with yet."""
    return _setting_up(adviser, settings, new_secret())


@router.post("/tweede-stap")
def set_second_step(
    request: Request,
    adviser: ColleagueWithForm,
    settings: CurrentSettings,
    session: StoreSession,
    accounts: Accounts,
    audit: Audit,
    sealed: Annotated[str, Form(max_length=1000)] = "",
    code: Code = "",
    current_code: Code = "",
) -> Response:
    """Ask for codes from now on, once the first one was right. Shows the codes for when the phone is lost."""
    begun = read_signed(settings, "second-step", sealed, _SETTING_UP_LASTS) or {}
    if begun.get("account") != adviser.account.id:
        return _setting_up(adviser, settings, new_secret(), "Het duurde te lang. Lees de nieuwe code in.", 422)
    vault, secret = Vault(signing_secret(settings)), str(begun["secret"])
    guesses = Guesses(session, request, settings)
    if wait := guesses.begin("code", adviser.account.email):
        return _setting_up(adviser, settings, secret, too_often(wait), 429)
    if adviser.account.has_second_step and not opens(accounts, settings, adviser.account, current_code):
        return _setting_up(adviser, settings, secret, "De code van je huidige app klopt niet.", 422)
    step = step_of(secret, code, utc_now())
    if step is None:
        return _setting_up(adviser, settings, secret, _WRONG_CODE, 422)
    guesses.succeeded("code", adviser.account.email)
    codes = new_recovery_codes()
    accounts.set_second_step(adviser.account.id, vault.sealed(secret), step, [recovery_hash(each) for each in codes])
    audit.record(Action.ACCOUNT_SECOND_STEP_SET, adviser.account.id)
    return render("recovery_codes.html", RecoveryPage(shell("Herstelcodes", adviser), codes))


@router.post("/tweede-stap/uit")
def drop_second_step(
    request: Request,
    adviser: ColleagueWithForm,
    settings: CurrentSettings,
    session: StoreSession,
    accounts: Accounts,
    catalogue: CurrentCatalogue,
    desk_sessions: DeskSessions,
    audit: Audit,
    code: Code = "",
) -> Response:
    """Ask for the password alone again, for who can still give a code, unless their region asks for the second step."""
    if needs_second_step(adviser.account, settings):
        return _page(adviser, accounts, catalogue, desk_sessions, error=_NEEDED, status_code=422)
    guesses = Guesses(session, request, settings)
    if wait := guesses.begin("code", adviser.account.email):
        return _page(adviser, accounts, catalogue, desk_sessions, error=too_often(wait), status_code=429)
    if not opens(accounts, settings, adviser.account, code):
        return _page(adviser, accounts, catalogue, desk_sessions, error=_WRONG_CODE, status_code=422)
    guesses.succeeded("code", adviser.account.email)
    accounts.drop_second_step(adviser.account.id)
    audit.record(Action.ACCOUNT_SECOND_STEP_REMOVED, adviser.account.id)
    return _back("uit")


@router.post("/sessies")
def end_session(
    adviser: ColleagueWithForm,
    desk_sessions: DeskSessions,
    audit: Audit,
    sessie: Annotated[str, Form(max_length=36)] = "",
) -> Response:
    """Log another browser out; without saying which, all others."""
    if sessie:
        desk_sessions.end_one(adviser.account.id, sessie)
    else:
        desk_sessions.end_all(adviser.account.id, but=adviser.session_id)
    audit.record(Action.ACCOUNT_SESSION_ENDED, adviser.account.id)
    return _back("beeindigd")


def _page(
    adviser: SignedInAdviser,
    accounts: AccountStore,
    catalogue: Catalogue,
    desk_sessions: DeskSessionStore,
    done: str = "",
    error: str = "",
    status_code: int = 200,
) -> Response:
    sessions = desk_sessions.of_account(adviser.account.id)
    left, wants = accounts.recovery_left(adviser.account.id), accounts.wants_digest(adviser.account.id)
    page = account_page(adviser, catalogue, sessions, left, wants, utc_now(), done, error)
    return render("account.html", page, status_code)


def _setting_up(
    adviser: SignedInAdviser, settings: Settings, secret: str, error: str = "", status_code: int = 200
) -> Response:
    page = SecondStepPage(
        shell=shell("Tweede stap", adviser),
        picture=picture_of(secret, adviser.account),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        sealed=signed(settings, "second-step", {"secret": secret, "account": adviser.account.id}),
        has_second_step=adviser.account.has_second_step,
        is_needed=lacks_second_step(adviser.account, settings),
        error=error,
    )
    return render("second_step.html", page, status_code)


def _back(done: str) -> Response:
    return RedirectResponse(f"/desk/account?gedaan={done}", status_code=303)
