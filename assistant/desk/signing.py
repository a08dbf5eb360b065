"""What the browser of a colleague carries: a session, a login that is half done, and that it was here before."""

import contextlib
import hmac
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from assistant.accounts.account import Account
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
    _set(response, _DEVICE_COOKIE, _serializer(settings, "device").dumps(known), settings, _KNOWN_FOR)
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
    _set(response, _HALFWAY_COOKIE, _serializer(settings, "halfway").dumps(asdict(halfway)), settings, _HALFWAY_LASTS)


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


def signed(settings: Settings, purpose: str, content: dict[str, Any]) -> str:
    """Something that only we can have made, and only for this purpose."""
    return str(_serializer(settings, purpose).dumps(content))


def read_signed(settings: Settings, purpose: str, text: str, lasts: timedelta) -> dict[str, Any] | None:
    """What was signed for this purpose, unless it was tampered with or is over."""
    try:
        content = _serializer(settings, purpose).loads(text, max_age=int(lasts.total_seconds()))
    except BadSignature:
        return None
    return content if isinstance(content, dict) else None


def signing_secret(settings: Settings) -> str:
    """
    The secret from the settings, else the one in the data folder, made at first use and readable by its owner alone.
    """
    configured = settings.secret.get_secret_value()
    if configured:
        return configured
    file = settings.var / "secret"
    if not file.exists():
        _make_secret(file)
    return file.read_text(encoding="ascii")


def _make_secret(file: Path) -> None:
    """Written aside and then linked, so that of several processes one wins and none reads half a secret."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()


def _mark(email: str) -> str:
    return sha256(email.strip().lower().encode()).hexdigest()[:24]


def _loaded(request: Request, cookie: str, settings: Settings, purpose: str, lasts: timedelta) -> dict[str, Any] | None:
    return read_signed(settings, purpose, request.cookies.get(cookie, ""), lasts)


def _serializer(settings: Settings, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(signing_secret(settings), salt=f"loket-desk-{purpose}")


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
