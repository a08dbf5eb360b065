"""Who may log in on the desk: all queries about accounts. Passwords are kept as argon2 hashes."""

from datetime import timedelta
from functools import cache
from hashlib import sha256

from pwdlib import PasswordHash
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.accounts.account import Account
from assistant.accounts.role import Role
from assistant.errors import LoketError, NotFound
from assistant.leads.contact import clean_line
from assistant.storage.clock import Clock, utc_now
from assistant.storage.ids import new_id
from assistant.storage.tables import AccountRow

MIN_PASSWORD = 12
MAX_PASSWORD = 256
_FREE_TRIES = 5
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)

_hasher = PasswordHash.recommended()


class AccountExists(LoketError):
    """Two accounts cannot share an address."""

    status_code = 409
    title = "Account exists"
    visitor_message = "Er is al een account met dit e-mailadres."

    def __init__(self, email: str) -> None:
        super().__init__(f"{email} has an account already; use `loket user reset {email}` for another password")


class PasswordRefused(LoketError):
    """The password is too short, or too long to be one."""

    status_code = 422
    title = "Password refused"
    visitor_message = f"Kies een wachtwoord van {MIN_PASSWORD} tot {MAX_PASSWORD} tekens."

    def __init__(self) -> None:
        super().__init__(f"the password must have {MIN_PASSWORD} to {MAX_PASSWORD} characters")


class AccountStore:
    """The accounts, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def add(self, email: str, name: str, regions: tuple[str, ...], password: str, role: Role = Role.ADVISER) -> Account:
        """
        A new colleague.

        :raises AccountExists: If the address has one.
        :raises PasswordRefused: If the password is too short or too long.
        """
        if self._row(email) is not None:
            raise AccountExists(_key(email))
        row = AccountRow(
            id=new_id(),
            name=name,
            email=_key(email),
            password_hash=_hashed(password),
            regions=list(regions),
            role=role.value,
            disabled=False,
            created_at=self._clock(),
            failed_logins=0,
        )
        self._session.add(row)
        self._session.flush()
        return _account(row)

    def count(self) -> int:
        """How many accounts can log in."""
        return (
            self._session.scalar(select(func.count()).select_from(AccountRow).where(AccountRow.disabled.is_(False)))
            or 0
        )

    def find(self, account_id: str) -> Account | None:
        """The account with that id, unless it is disabled."""
        row = self._session.get(AccountRow, account_id)
        return None if row is None or row.disabled else _account(row)

    def log_in(self, email: str, password: str) -> Account | None:
        """
        The account that this address and password open, or None; a failure is counted.

        Ask `wait` first: this does not look at it.
        """
        row = self._row(email)
        is_right = len(password) <= MAX_PASSWORD and _hasher.verify(password, row.password_hash if row else _nobody())
        if row is None or row.disabled:
            return None
        if not is_right:
            row.failed_logins += 1
            row.last_failed_at = self._clock()
            self._session.flush()
            return None
        row.failed_logins = 0
        row.last_failed_at = None
        self._session.flush()
        return _account(row)

    def wait(self, email: str) -> timedelta:
        """How long until this address may try again: nothing for five failures, then 30 s, doubling to 15 minutes."""
        row = self._row(email)
        if row is None or row.last_failed_at is None or row.failed_logins < _FREE_TRIES:
            return timedelta()
        pause = min(_FIRST_WAIT * (1 << min(row.failed_logins - _FREE_TRIES, 10)), _LONGEST_WAIT)
        return max(row.last_failed_at + pause - self._clock(), timedelta())

    def disable(self, email: str) -> None:
        """
        Nobody logs in with this address any more, and open sessions end.

        :raises NotFound: If there is no such account.
        """
        self._get(email).disabled = True
        self._session.flush()

    def reset(self, email: str, password: str) -> None:
        """
        Another password; the account is enabled, open sessions end.

        :raises NotFound: If there is no such account.
        :raises PasswordRefused: If the password is too short or too long.
        """
        row = self._get(email)
        row.password_hash = _hashed(password)
        row.disabled = False
        row.failed_logins = 0
        row.last_failed_at = None
        self._session.flush()

    def _get(self, email: str) -> AccountRow:
        row = self._row(email)
        if row is None:
            raise NotFound("account", email)
        return row

    def _row(self, email: str) -> AccountRow | None:
        return self._session.scalars(select(AccountRow).where(AccountRow.email == _key(email))).one_or_none()


@cache
def _nobody() -> str:
    """Checked when there is no such account, so that the time taken does not tell. Made once, at the first need."""
    return _hasher.hash("nobody has this password")


def _key(email: str) -> str:
    return clean_line(email).lower()


def _hashed(password: str) -> str:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise PasswordRefused
    return _hasher.hash(password)


def _account(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        email=row.email,
        regions=tuple(row.regions),
        role=Role(row.role),
        disabled=row.disabled,
        stamp=sha256(row.password_hash.encode()).hexdigest()[:16],
    )
