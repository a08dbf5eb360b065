"""Logging in at the organisation's own login. Who has no account here is not given one."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.openid import Begun, LoginElsewhereFailed, OpenIdLogin
from assistant.desk.dependencies import Accounts, CurrentSettings, DeskSessions, StoreSession
from assistant.desk.login_form import login_page, way_on
from assistant.desk.routes import DeskRoute
from assistant.desk.signing import begin_elsewhere, is_same_token, read_elsewhere
from assistant.desk.views.signing_in import come_in
from assistant.errors import NotFound
from assistant.settings import Settings

router = APIRouter(prefix="/desk/login/extern", route_class=DeskRoute, include_in_schema=False)

_UNKNOWN = (
    "Je organisatie kent je, maar hier heb je nog geen account. Vraag de beheerder van jullie regio om een uitnodiging."
)
_LASTS = timedelta(minutes=10)


@router.get("")
def begin(settings: CurrentSettings, next: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Send the browser there."""
    try:
        address, begun = _login(settings).begin()
    except LoginElsewhereFailed as failed:
        return login_page(settings, next, "", failed.visitor_message, failed.status_code)
    response = RedirectResponse(address, status_code=303)
    begin_elsewhere(response, {**begun.as_dict(), "next": way_on(next)}, settings, _LASTS)
    return response


@router.get("/terug")
def come_back(
    request: Request,
    settings: CurrentSettings,
    session: StoreSession,
    accounts: Accounts,
    desk_sessions: DeskSessions,
    code: Annotated[str, Query(max_length=2000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Who comes back, to the login that this browser began, and has an account."""
    kept = read_elsewhere(request, settings, _LASTS)
    if kept is None or not code or not is_same_token(state, str(kept["state"])):
        return login_page(settings, "", "", LoginElsewhereFailed.visitor_message, 401)
    wanted = str(kept["next"])
    try:
        somebody = _login(settings).finish(Begun(kept["state"], kept["nonce"], kept["verifier"]), code)
    except LoginElsewhereFailed as failed:
        return login_page(settings, wanted, "", failed.visitor_message, failed.status_code)
    account = accounts.of_subject(somebody.subject, somebody.email)
    if account is None:
        return login_page(settings, wanted, "", _UNKNOWN, 403)
    return come_in(request, settings, session, accounts, desk_sessions, account, wanted)


def _login(settings: Settings) -> OpenIdLogin:
    if not settings.oidc_issuer:
        raise NotFound("page", "login elsewhere")
    back_to = f"{settings.public_url.rstrip('/')}/desk/login/extern/terug"
    secret = settings.oidc_client_secret.get_secret_value()
    return OpenIdLogin(settings.oidc_issuer, settings.oidc_client_id, secret, back_to)
