"""Alerts about outcomes of the zelftest: all queries on them."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy import ColumnElement, CursorResult, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from assistant.leads.outbox import NewMail
from assistant.leads.outcome_alert import AT_MOST_EVERY, OUTCOME_VERSION, RUNS_FOR, UNCONFIRMED_FOR, OutcomeAlert
from assistant.storage.clock import Clock, utc_now
from assistant.storage.ids import new_id
from assistant.storage.outbox import put_mail
from assistant.storage.receipts import ReceiptStore
from assistant.storage.session import Sessions
from assistant.storage.tables import OutcomeAlertRow
from assistant.zelftest.receipt import Receipt

_WAITING = 3
"""So many alerts of one address may wait for a yes: a mailbox is not to be filled by somebody else."""
_ALL = 10
"""And so many may run."""


class OutcomeAlertStore:
    """The alerts, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def ask(self, email: str, receipt: Receipt) -> OutcomeAlert | None:
        """
        A new alert, which waits to be confirmed.

        :returns: None if the address has enough of them, or has this one already.
        """
        mine = self._session.scalars(
            select(OutcomeAlertRow).where(func.lower(OutcomeAlertRow.email) == email.lower())
        ).all()
        if sum(1 for each in mine if each.confirmed_at is None) >= _WAITING or len(mine) >= _ALL:
            return None
        if any(each.receipt.get("facts") == receipt.as_json()["facts"] for each in mine):
            return None
        row = OutcomeAlertRow(
            id=new_id(),
            # Kept as it is: it stands in every mail to come, and opens nothing but this row.
            code=secrets.token_urlsafe(24),
            email=email,
            region=receipt.region or "",
            receipt=receipt.as_json(),
            looked="",
            consent_version=OUTCOME_VERSION,
            created_at=self._clock(),
        )
        self._session.add(row)
        self._session.flush()
        return _alert(row)

    def opened_by(self, code: str) -> OutcomeAlert | None:
        """The alert that a code opens; None if there is none any more."""
        row = self._session.scalar(select(OutcomeAlertRow).where(OutcomeAlertRow.code == code))
        return _alert(row) if row else None

    def confirm(self, alert: OutcomeAlert) -> None:
        """Its mail may begin. Who confirms again changes nothing: the year runs on."""
        self._session.execute(
            update(OutcomeAlertRow)
            .where(OutcomeAlertRow.id == alert.id, OutcomeAlertRow.confirmed_at.is_(None))
            .values(confirmed_at=self._clock())
        )

    def stop(self, alert: OutcomeAlert) -> None:
        """Erase it, address, answers and all. Let `drop_traces` follow once this is committed."""
        self._session.execute(delete(OutcomeAlertRow).where(OutcomeAlertRow.id == alert.id))

    def count_due(self, looked: str) -> int:
        """How many have to be looked at, as far as they can be read."""
        return self._session.scalar(select(func.count()).select_from(OutcomeAlertRow).where(self._due(looked))) or 0

    def due(self, looked: str, limit: int) -> tuple[OutcomeAlert, ...]:
        """Those that run, were not mailed this week, and were not looked at yet, so many at most."""
        wanted = select(OutcomeAlertRow).where(self._due(looked)).order_by(OutcomeAlertRow.created_at)
        found = list[OutcomeAlert]()
        for row in self._session.scalars(wanted):
            if (alert := _alert(row)) is not None:
                found.append(alert)
            if len(found) == limit:
                break
        return tuple(found)

    def note(self, alert: OutcomeAlert, looked: str, receipt: Receipt | None = None) -> bool:
        """
        Note that it was looked at; with a receipt, that they were mailed about it.

        :returns: False if another process was first, or it was stopped.
        """
        values: dict[str, Any] = {"looked": looked}
        if receipt is not None:
            values |= {"receipt": receipt.as_json(), "mailed_at": self._clock()}
        changed = self._session.execute(
            update(OutcomeAlertRow).where(OutcomeAlertRow.id == alert.id, self._due(looked)).values(**values)
        )
        return cast(CursorResult[Any], changed).rowcount == 1

    def erase_over(self) -> int:
        """Erase those that nobody confirmed in time, and those whose time is over."""
        now = self._clock()
        gone = self._session.execute(
            delete(OutcomeAlertRow).where(
                or_(
                    and_(OutcomeAlertRow.confirmed_at.is_(None), OutcomeAlertRow.created_at <= now - UNCONFIRMED_FOR),
                    OutcomeAlertRow.confirmed_at <= now - RUNS_FOR,
                )
            )
        )
        return cast(CursorResult[Any], gone).rowcount

    def _due(self, looked: str) -> ColumnElement[bool]:
        before: datetime = self._clock() - AT_MOST_EVERY
        return and_(
            OutcomeAlertRow.confirmed_at.is_not(None),
            OutcomeAlertRow.looked != looked,
            or_(OutcomeAlertRow.mailed_at.is_(None), OutcomeAlertRow.mailed_at <= before),
        )


class OutcomeAlertBook:
    """The alerts, as `OutcomeAlerts` asks for them. Each method is a transaction of its own."""

    def __init__(self, sessions: Sessions, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    def count_due(self, looked: str) -> int:
        """How many have to be looked at."""
        with self._sessions() as session:
            return OutcomeAlertStore(session, self._clock).count_due(looked)

    def due(self, looked: str, limit: int) -> tuple[OutcomeAlert, ...]:
        """Some of those that have to be looked at."""
        with self._sessions() as session:
            return OutcomeAlertStore(session, self._clock).due(looked, limit)

    def nothing_new(self, alert: OutcomeAlert, looked: str) -> None:
        """Note that its outcome is what it was."""
        with self._sessions.begin() as session:
            OutcomeAlertStore(session, self._clock).note(alert, looked)

    def send(self, alert: OutcomeAlert, looked: str, receipt: Receipt, mail: Callable[[str], NewMail]) -> bool:
        """Keep the receipt, put the mail in the outbox, and note both; False if somebody else did, or it was stopped."""
        with self._sessions.begin() as session:
            if not OutcomeAlertStore(session, self._clock).note(alert, looked, receipt):
                return False
            put_mail(session, mail(ReceiptStore(session, self._clock).keep(receipt)), clock=self._clock)
            return True


def _alert(row: OutcomeAlertRow) -> OutcomeAlert | None:
    """The alert; None if its receipt is one that this version of the program does not read."""
    try:
        receipt = Receipt.model_validate(row.receipt)
    except ValidationError:
        return None
    return OutcomeAlert(
        id=row.id,
        code=row.code,
        email=row.email,
        receipt=receipt,
        looked=row.looked,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
    )
