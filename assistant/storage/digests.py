"""Who wants the weekly mail for editors, and who has had it: all queries about it."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from assistant.accounts.account import Account
from assistant.accounts.role import May
from assistant.leads.outbox import NewMail
from assistant.leads.working_days import HERE
from assistant.storage.accounts import AccountStore
from assistant.storage.clock import Clock, utc_now
from assistant.storage.desk_tables import WeeklyDigestRow
from assistant.storage.outbox import put_mail
from assistant.storage.session import Sessions

_FROM = time(7)
_LAST_WEEKDAY = 4
"""Friday: a server that was down on Monday still tells, and nobody gets it in a weekend."""


class DigestStore:
    """The wishes, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def want(self, account_id: str, wants: bool) -> None:
        """Begin with next Monday, or stop at once."""
        if not wants:
            self._session.execute(delete(WeeklyDigestRow).where(WeeklyDigestRow.account_id == account_id))
        elif self._session.get(WeeklyDigestRow, account_id) is None:
            self._session.add(WeeklyDigestRow(account_id=account_id, told_at=self._clock()))
        self._session.flush()

    def due(self) -> list[Account]:
        """Who is to have it now: once a week, from Monday morning, while they may still change what is known."""
        begins = week_of(self._clock())
        if begins is None:
            return []
        late = set(self._session.scalars(select(WeeklyDigestRow.account_id).where(WeeklyDigestRow.told_at < begins)))
        accounts = AccountStore(self._session, self._clock).all() if late else []
        return [
            each.doing(May.RECORDS)
            for each in accounts
            if each.id in late and not each.disabled and each.may(May.RECORDS)
        ]

    def claim(self, account_id: str) -> bool:
        """Note that this week's is put in the outbox, in the same transaction; False if another process was first."""
        now = self._clock()
        begins = week_of(now)
        if begins is None:
            return False
        changed = self._session.execute(
            update(WeeklyDigestRow)
            .where(WeeklyDigestRow.account_id == account_id, WeeklyDigestRow.told_at < begins)
            .values(told_at=now)
        )
        return cast(CursorResult[Any], changed).rowcount == 1


class DigestBook:
    """The wishes, as `WeeklyDigest` asks for them. Each method is a transaction of its own."""

    def __init__(self, sessions: Sessions, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    def due(self) -> list[Account]:
        """Who is to have it now."""
        with self._sessions() as session:
            return DigestStore(session, self._clock).due()

    def send(self, account: Account, mail: NewMail) -> bool:
        """Put the mail in the outbox and note it, both or neither; False if another process did."""
        with self._sessions.begin() as session:
            if not DigestStore(session, self._clock).claim(account.id):
                return False
            put_mail(session, mail, clock=self._clock)
            return True


def week_of(now: datetime) -> datetime | None:
    """When this week's mail was first due, on Monday morning in the Netherlands; None before that, and in a weekend."""
    local = now.astimezone(HERE)
    monday = local.date() - timedelta(days=local.weekday())
    begins = datetime.combine(monday, _FROM, HERE)
    return begins.astimezone(UTC) if local >= begins and local.weekday() <= _LAST_WEEKDAY else None
