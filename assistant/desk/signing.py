"""What the browser of a colleague carries: a session, a login that is half done, and that it was here before."""

import hmac
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from assistant.accounts.account import Account
from assistant.accounts.signed import read_signed, signed
from assistant.settings import Settings

SESSION_COOKIE = "loket_desk"
LOGIN_COOKIE = "loket_login"
_HALFWAY_COOKIE = "loket_halverwege"
_ELSEWHERE_COOKIE = "loket_extern"
_DEVICE_COOKIE = "loket_bekend"
_LOGIN_LASTS = timedelta(hours=12)
_HALFWAY_LASTS = timedelta(minutes=10)
_KNOWN_FOR = timedelta(days=180)
_SESSION_COOKIE_LASTS = timedelta(days=30)
"""Longer than any session: that a browser still carries one that is over shows that a form is not from another site."""
_PATH = "/desk"


@dataclass(frozen=True)
class Halfway:
    """Who gave the right password, and has to give a code yet."""

    account_id: str
    stamp: str


def sign_in(response: Response, token: str, account: Account, settings: Settings) -> None:
    """Give the browser a session, and remember that this account came in here."""
    _set(response, SESSION_COOKIE, token, settings, _SESSION_COOKIE_LASTS)
    known = {"device": secrets.token_hex(8), "email": _mark(account.email)}
    _set(response, _DEVICE_COOKIE, signed(settings, "device", known), settings, _KNOWN_FOR)
    response.delete_cookie(LOGIN_COOKIE, path=_PATH)
    response.delete_cookie(_HALFWAY_COOKIE, path=_PATH)
    response.delete_cookie(_ELSEWHERE_COOKIE, path=_PATH)


def sign_out(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(SESSION_COOKIE, path=_PATH)


def session_token(request: Request) -> str:
    """What the browser carries of a session, which may be over; empty: nothing."""
    return request.cookies.get(SESSION_COOKIE, "")


def go_halfway(response: Response, account: Account, settings: Settings) -> None:
    """Remember for ten minutes that the password was right."""
    halfway = Halfway(account.id, account.stamp)
    _set(response, _HALFWAY_COOKIE, signed(settings, "halfway", asdict(halfway)), settings, _HALFWAY_LASTS)


def read_halfway(request: Request, settings: Settings) -> Halfway | None:
    """Who is halfway in this browser, if anybody is."""
    content = _loaded(request, _HALFWAY_COOKIE, settings, "halfway", _HALFWAY_LASTS)
    return Halfway(**content) if content else None


def begin_elsewhere(response: Response, begun: dict[str, Any], settings: Settings, lasts: timedelta) -> None:
    """Tie a login at the organisation's own login to this browser."""
    _set(response, _ELSEWHERE_COOKIE, signed(settings, "elsewhere", begun), settings, lasts)


def read_elsewhere(request: Request, settings: Settings, lasts: timedelta) -> dict[str, Any] | None:
    """What was begun in this browser."""
    return _loaded(request, _ELSEWHERE_COOKIE, settings, "elsewhere", lasts)


def known_device(request: Request, settings: Settings, email: str) -> str:
    """
    The mark of this browser, if this address came in here before; else empty.

    Attempts from here are counted apart: who guesses elsewhere does not keep the owner out.
    """
    content = _loaded(request, _DEVICE_COOKIE, settings, "device", _KNOWN_FOR)
    return str(content["device"]) if content and content.get("email") == _mark(email) else ""


def new_login_token(response: Response, token: str, settings: Settings) -> None:
    """Tie a login form to this browser, so that another site cannot log somebody in."""
    _set(response, LOGIN_COOKIE, token, settings, _LOGIN_LASTS)


def is_same_token(given: str, expected: str) -> bool:
    """Whether a form carries the token it was given; an empty one never does."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def _mark(email: str) -> str:
    return sha256(email.strip().lower().encode()).hexdigest()[:24]


def _loaded(request: Request, cookie: str, settings: Settings, purpose: str, lasts: timedelta) -> dict[str, Any] | None:
    return read_signed(settings, purpose, request.cookies.get(cookie, ""), lasts)


def _set(response: Response, name: str, value: str, settings: Settings, lasts: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path=_PATH,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
