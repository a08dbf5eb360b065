"""How often somebody may guess at the door: by account, by browser that is known there, and by address."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session
from starlette.requests import Request

from assistant.accounts.network import network_of
from assistant.accounts.signed import signing_secret
from assistant.desk.signing import known_device
from assistant.settings import Settings
from assistant.storage.attempts import AttemptStore, Guessing

_FREE_PER_ADDRESS = 30
"""An office has one address and many colleagues, and each may mistype."""


@dataclass(frozen=True)
class Guesses:
    """The attempts of this request."""

    session: Session
    request: Request
    settings: Settings

    def begin(self, what: str, email: str) -> timedelta:
        """
        Count an attempt before it is looked at.

        :param what: What is guessed at, `password`, `code` or `reset`.
        :returns: Nothing if it may be made; else how long to wait.
        """
        store = AttemptStore(self.session)
        for guessing in (self._of_account(what, email), self._of_address()):
            if wait := store.begin(guessing):
                return wait
        # So that of many at once each sees the others, and checking a password keeps nobody else from writing.
        self.session.commit()
        return timedelta()

    def succeeded(self, what: str, email: str) -> None:
        """It was no guess."""
        store = AttemptStore(self.session)
        store.succeeded(self._of_account(what, email))
        store.take_back(self._of_address())

    def _of_account(self, what: str, email: str) -> Guessing:
        device = known_device(self.request, self.settings, email)
        return Guessing(what, self._keyed(f"{email.strip().lower()}\0{device}"))

    def _of_address(self) -> Guessing:
        host = self.request.client.host if self.request.client else ""
        return Guessing("address", self._keyed(network_of(host)), free=_FREE_PER_ADDRESS)

    def _keyed(self, text: str) -> str:
        """With the secret of the installation: from what is kept nobody finds an address by trying them all."""
        return f"{signing_secret(self.settings)}\0{text}"


def too_often(wait: timedelta) -> str:
    """What somebody reads who has to wait; minutes are rounded up."""
    minutes = -(-int(wait.total_seconds() + 1) // 60)
    when = "een minuut" if minutes == 1 else f"{minutes} minuten"
    return (
        f"Te vaak geprobeerd. Probeer het over {when} opnieuw. "
        "Of ga verder in een browser waarin je eerder bent ingelogd."
    )
