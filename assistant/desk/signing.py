"""The adviser's session: a signed cookie that nobody can make without the secret, and that ends by itself."""

import contextlib
import hmac
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from assistant.accounts.account import Account
from assistant.settings import Settings

SESSION_COOKIE = "loket_desk"
LOGIN_COOKIE = "loket_login"
SESSION_LENGTH = timedelta(hours=12)
_PATH = "/desk"


@dataclass(frozen=True)
class SignedIn:
    """What the cookie says: who, with which password of theirs, and the token that their forms carry."""

    account_id: str
    stamp: str
    csrf: str


def sign_in(response: Response, account: Account, settings: Settings) -> None:
    """Give the browser a session of twelve hours."""
    signed_in = SignedIn(account_id=account.id, stamp=account.stamp, csrf=secrets.token_urlsafe(24))
    _set(response, SESSION_COOKIE, _serializer(settings).dumps(asdict(signed_in)), settings)
    response.delete_cookie(LOGIN_COOKIE, path=_PATH)


def sign_out(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(SESSION_COOKIE, path=_PATH)


def read_session(request: Request, settings: Settings) -> SignedIn | None:
    """The session the browser carries, unless it is missing, tampered with or over."""
    try:
        content = _serializer(settings).loads(
            request.cookies.get(SESSION_COOKIE, ""), max_age=int(SESSION_LENGTH.total_seconds())
        )
        return SignedIn(**content)
    except (BadSignature, TypeError):
        return None


def new_login_token(response: Response, token: str, settings: Settings) -> None:
    """Tie a login form to this browser, so that another site cannot log somebody in."""
    _set(response, LOGIN_COOKIE, token, settings)


def is_same_token(given: str, expected: str) -> bool:
    """Whether a form carries the token it was given; an empty one never does."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


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


def _serializer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(signing_secret(settings), salt="loket-desk-session")


def _set(response: Response, name: str, value: str, settings: Settings) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(SESSION_LENGTH.total_seconds()),
        path=_PATH,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
