"""The login form as a response, tied to the browser that gets it."""

import secrets

from starlette.responses import Response

from assistant.desk.kept import read_kept
from assistant.desk.pages.login import LoginPage
from assistant.desk.pages.parts import shell
from assistant.desk.rendering import render
from assistant.desk.signing import new_login_token
from assistant.settings import Settings


def login_page(
    settings: Settings, wanted: str, email: str = "", error: str = "", status_code: int = 200, kept: str = ""
) -> Response:
    """The login form, tied to this browser."""
    token = secrets.token_urlsafe(24)
    page = LoginPage(
        shell=shell("Inloggen"),
        token=token,
        next=way_on(wanted),
        email=email,
        error=error,
        kept=kept if read_kept(settings, kept) else "",
        elsewhere=settings.oidc_name if settings.oidc_issuer else "",
    )
    response = render("login.html", page, status_code)
    new_login_token(response, token, settings)
    return response


def way_on(wanted: str, home: str = "/desk") -> str:
    """Where to after logging in: a page of the desk, never another site; the bare desk is where their work begins."""
    is_ours = wanted.startswith("/desk") and not wanted.startswith("/desk/log") and "\\" not in wanted
    return wanted if is_ours and wanted[5:6] in ("/", "?") else home
