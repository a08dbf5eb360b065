"""What only this installation can have made: signed with its secret, each kind for one purpose."""

import contextlib
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from assistant.settings import Settings

_LONGEST = 200


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


def _serializer(settings: Settings, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(signing_secret(settings), salt=_salt(purpose))


def code_of(settings: Settings, purpose: str, id_: str) -> str:
    """
    The code in a link that opens one thing for whoever has it, as long as that thing is there.

    It can be made again for a later mail, and nothing of it is kept.
    """
    return str(URLSafeSerializer(signing_secret(settings), salt=_salt(purpose)).dumps(id_))


def read_code(settings: Settings, purpose: str, code: str) -> str:
    """What a code opens; empty: it is none of ours."""
    if len(code) > _LONGEST:
        return ""
    try:
        id_ = URLSafeSerializer(signing_secret(settings), salt=_salt(purpose)).loads(code)
    except BadSignature:
        return ""
    return id_ if isinstance(id_, str) else ""


def _salt(purpose: str) -> str:
    return f"loket-desk-{purpose}"
