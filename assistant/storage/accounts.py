"""Who may log in on the desk: all queries about accounts. Passwords are kept as argon2 hashes."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any, cast

from pwdlib import PasswordHash
from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from assistant.accounts.account import Account
from assistant.accounts.role import Role
from assistant.errors import LoketError, NotFound
from assistant.leads.contact import clean_line
from assistant.storage.clock import Clock, utc_now
from assistant.storage.desk_sessions import end_sessions
from assistant.storage.desk_tables import WeeklyDigestRow
from assistant.storage.ids import is_id, new_id
from assistant.storage.tables import AccountRow, RecoveryCodeRow

MIN_PASSWORD = 12
MAX_PASSWORD = 256

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

    def add(
        self,
        email: str,
        name: str,
        regions: Iterable[str] | Mapping[str, Role],
        password: str | None,
        role: Role = Role.ADVISER,
    ) -> Account:
        """
        A new colleague.

        :param regions: In which they have `role`; or by region what they are there.
        :param password: None: nobody logs in with one, until its owner chooses it by a link.
        :raises AccountExists: If the address has one.
        :raises PasswordRefused: If the password is too short or too long.
        """
        if self._row(email) is not None:
            raise AccountExists(_key(email))
        row = AccountRow(
            id=new_id(),
            name=name,
            email=_key(email),
            password_hash="" if password is None else _hashed(password),
            roles=dict(regions) if isinstance(regions, Mapping) else dict.fromkeys(regions, role),
            disabled=False,
            created_at=self._clock(),
            totp_step=0,
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

    def get(self, account_id: str) -> Account:
        """
        The account with that id, disabled or not.

        :raises NotFound: If there is none.
        """
        return _account(self._by_id(account_id))

    def of_email(self, email: str) -> Account | None:
        """The account with that address, disabled or not."""
        row = self._row(email)
        return _account(row) if row else None

    def of_subject(self, subject: str, email: str) -> Account | None:
        """
        The account of somebody who logged in elsewhere, unless it is disabled.

        :param subject: Who it is there. Once it has opened an account, no other one does.
        :param email: The address that is vouched for there, by which the first time is recognised; may be empty.
        """
        row = self._session.scalars(select(AccountRow).where(AccountRow.oidc_subject == subject)).one_or_none()
        if row is None and email:
            row = self._row(email)
            if row is not None and row.oidc_subject is not None:
                return None
            if row is not None and not row.disabled:
                row.oidc_subject = subject
                self._session.flush()
        return None if row is None or row.disabled else _account(row)

    def all(self) -> list[Account]:
        """Every account, by name."""
        return [_account(row) for row in self._session.scalars(select(AccountRow).order_by(AccountRow.name))]

    def log_in(self, email: str, password: str) -> Account | None:
        """
        The account that this address and password open, or None. Takes as long for an address that has none.

        Who asks counts the attempts first (`storage/attempts.py`): this does not.
        """
        row = self._row(email)
        known = row.password_hash if row and row.password_hash else _nobody()
        is_right = len(password) <= MAX_PASSWORD and _hasher.verify(password, known)
        if row is None or row.disabled or not row.password_hash or not is_right:
            return None
        return _account(row)

    def note_login(self, account_id: str) -> None:
        """Remember that somebody came in now."""
        self._by_id(account_id).last_login_at = self._clock()
        self._session.flush()

    def change(self, account_id: str, name: str, roles: Mapping[str, Role]) -> Account:
        """
        Another name, other regions, other roles in them; open sessions go on with those.

        :param roles: By region what they are there from now on.

        :raises NotFound: If there is no such account.
        """
        row = self._by_id(account_id)
        row.name, row.roles = name, dict(roles)
        self._session.flush()
        return _account(row)

    def disable(self, email: str) -> None:
        """
        Nobody logs in with this address any more, and open sessions end.

        :raises NotFound: If there is no such account.
        """
        row = self._get(email)
        row.disabled = True
        end_sessions(self._session, row.id)
        self._session.flush()

    def enable(self, email: str) -> None:
        """
        Let somebody in again who was kept out.

        :raises NotFound: If there is no such account.
        """
        self._get(email).disabled = False
        self._session.flush()

    def reset(self, email: str, password: str) -> None:
        """
        Another password; the account is enabled, open sessions end. A second step stays.

        :raises NotFound: If there is no such account.
        :raises PasswordRefused: If the password is too short or too long.
        """
        row = self._get(email)
        row.disabled = False
        self.set_password(row.id, password)

    def set_password(self, account_id: str, password: str, but: str = "") -> None:
        """
        Another password; open sessions end.

        :param but: The id of the session in which it is changed, which goes on.
        :raises PasswordRefused: If the password is too short or too long.
        """
        self._by_id(account_id).password_hash = _hashed(password)
        end_sessions(self._session, account_id, but)
        self._session.flush()

    def set_second_step(self, account_id: str, sealed: str, step: int, recovery_hashes: Sequence[str]) -> None:
        """
        Ask for a code of an app from now on.

        :param sealed: The app's secret, unreadable without that of the installation.
        :param step: The time step of the code with which it was set, which opens nothing any more.
        """
        row = self._by_id(account_id)
        row.totp_secret, row.totp_step = sealed, step
        self._session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
        self._session.add_all(RecoveryCodeRow(code_hash=each, account_id=account_id) for each in recovery_hashes)
        self._session.flush()

    def drop_second_step(self, account_id: str) -> None:
        """Ask for the password alone, until another second step is set."""
        self._by_id(account_id).totp_secret = None
        self._session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
        self._session.flush()

    def sealed_secret(self, account_id: str) -> str | None:
        """The secret of somebody's app as it is kept; None: they have no second step."""
        return self._by_id(account_id).totp_secret

    def use_step(self, account_id: str, step: int) -> bool:
        """Whether a code of this time step opens the door: not if it, or a later one, did before."""
        used = self._session.execute(
            update(AccountRow)
            .where(AccountRow.id == account_id, AccountRow.totp_step < step)
            .values(totp_step=step)
            .execution_options(synchronize_session=False)
        )
        return cast(CursorResult[Any], used).rowcount == 1

    def use_recovery(self, account_id: str, recovery_hash: str) -> bool:
        """Whether this code was one of theirs; it is not any more."""
        used = self._session.execute(
            delete(RecoveryCodeRow).where(
                RecoveryCodeRow.account_id == account_id, RecoveryCodeRow.code_hash == recovery_hash
            )
        )
        return cast(CursorResult[Any], used).rowcount == 1

    def wants_digest(self, account_id: str) -> bool:
        """Whether a colleague wants the weekly mail for editors."""
        return self._session.get(WeeklyDigestRow, account_id) is not None

    def recovery_left(self, account_id: str) -> int:
        """How many codes somebody has left for when their phone is lost."""
        left = select(func.count()).select_from(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id)
        return self._session.scalar(left) or 0

    def _by_id(self, account_id: str) -> AccountRow:
        row = self._session.get(AccountRow, account_id) if is_id(account_id) else None
        if row is None:
            raise NotFound("account", account_id)
        return row

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
        roles=MappingProxyType({region: Role(role) for region, role in row.roles.items()}),
        disabled=row.disabled,
        stamp=sha256(row.password_hash.encode()).hexdigest()[:16],
        has_password=bool(row.password_hash),
        has_second_step=row.totp_secret is not None,
        last_login_at=row.last_login_at,
    )
