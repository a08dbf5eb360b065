"""The second step of logging in: a code from an app on one's phone, or one of the codes kept for when it is lost."""

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken

from assistant.accounts.account import Account

RECOVERY_CODES = 10
_ISSUER = "Loketgids adviesdesk"
_STEP_SECONDS = 30
_CLOCKS_DIFFER = 1
"""So many steps before and after are taken too: the clock of a phone is not ours."""
_RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without signs that are read for one another."""
_RECOVERY_SIGNS = 16


def new_secret() -> str:
    """A secret to share with an app, in base32."""
    return pyotp.random_base32()


def picture_of(secret: str, account: Account) -> str:
    """The secret as a QR code: an SVG in a data URI."""
    return segno.make(_address(secret, account), error="m").svg_data_uri(scale=5, border=3, light="#fff")


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code is of, counted from 1970 in half minutes; None if it is wrong or too old."""
    digits = "".join(sign for sign in code if sign.isdigit())
    this = int(now.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret, interval=_STEP_SECONDS)
    for step in range(this - _CLOCKS_DIFFER, this + _CLOCKS_DIFFER + 1):
        if hmac.compare_digest(totp.generate_otp(step), digits):
            return step
    return None


def new_recovery_codes() -> tuple[str, ...]:
    """Codes that each open the door once: `abcd-efgh-jkmn-pqrs`, 79 bits."""
    return tuple(
        _grouped("".join(secrets.choice(_RECOVERY_ALPHABET) for _ in range(_RECOVERY_SIGNS)))
        for _ in range(RECOVERY_CODES)
    )


def recovery_hash(code: str) -> str:
    """What is kept of such a code, however it is typed. It is as long as a key, so a fast hash is enough."""
    return sha256("".join(sign for sign in code.lower() if sign.isalnum()).encode()).hexdigest()


class Vault:
    """Keeps secrets of apps unreadable in the store, under the secret of the installation."""

    def __init__(self, installation_secret: str) -> None:
        key = sha256(b"loket-second-step:" + installation_secret.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def sealed(self, secret: str) -> str:
        """What may be kept."""
        return self._fernet.encrypt(secret.encode()).decode()

    def opened(self, sealed: str) -> str | None:
        """The secret; None if it was sealed under another secret of the installation."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


def _address(secret: str, account: Account) -> str:
    return pyotp.TOTP(secret, interval=_STEP_SECONDS).provisioning_uri(name=account.email, issuer_name=_ISSUER)


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
