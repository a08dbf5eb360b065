"""Where an answer to a letter goes: an address that nobody can guess, by which the letter is found again."""

import base64
import re
import secrets
from hashlib import sha256

from knowledge.record import Frozen

_RANDOM_BYTES = 16
_CODE = re.compile(r"[a-z2-7]{26}")


class ReplyTo(Frozen):
    """What a letter says about answers to it."""

    address: str
    mailbox: str
    """Where people of the loket read, who are told that an answer came in."""
    code_hash: str | None = None
    """None: answers go to that mailbox, and are not seen here."""


def reply_to(mailbox: str, setting: str) -> ReplyTo:
    """
    A new address for the answers to one letter.

    :param setting: `LOKET_MAIL_REPLY`: `antwoord@loket.nl` makes `antwoord+CODE@loket.nl`, `@antwoord.loket.nl` makes
        `CODE@antwoord.loket.nl`; empty: the mailbox itself.
    """
    if not setting:
        return ReplyTo(address=mailbox, mailbox=mailbox)
    # Small letters and digits alone: some mail servers change capitals.
    code = base64.b32encode(secrets.token_bytes(_RANDOM_BYTES)).decode().rstrip("=").lower()
    local, _, domain = setting.rpartition("@")
    return ReplyTo(
        address=f"{local}+{code}@{domain}" if local else f"{code}@{domain}", mailbox=mailbox, code_hash=hash_of(code)
    )


def code_in(address: str, setting: str) -> str | None:
    """The code in an address that `reply_to` made, whatever its capitals; None if it is another address."""
    local, _, domain = setting.lower().rpartition("@")
    written, _, at = address.strip().lower().rpartition("@")
    before, _, code = written.rpartition("+")
    return code if setting and at == domain and before == local and _CODE.fullmatch(code) else None


def hash_of(code: str) -> str:
    """What is kept of a code: whoever reads the store can write to nobody's thread."""
    return sha256(code.encode()).hexdigest()
