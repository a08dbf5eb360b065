"""Alerts about vacancies: all queries on them."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from assistant.leads.alert import ALERT_VERSION, AT_MOST_EVERY, RUNS_FOR, UNCONFIRMED_FOR, Alert
from assistant.leads.outbox import NewMail
from assistant.storage.clock import Clock, utc_now
from assistant.storage.ids import new_id
from assistant.storage.outbox import put_mail
from assistant.storage.session import Sessions
from assistant.storage.tables import VacancyAlertRow

_WAITING = 3
"""So many alerts of one address may wait for a yes: a mailbox is not to be filled by somebody else."""
_ALL = 10
"""And so many may run."""


class AlertStore:
    """The alerts, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def ask(self, email: str, region: str, search: dict[str, Any], told: Iterable[str]) -> Alert | None:
        """
        A new alert, which waits to be confirmed.

        :param told: Ids of the vacancies that are open now: only what comes after them is news.
        :returns: None if the address has enough of them, or has this one already.
        """
        mine = self._session.scalars(
            select(VacancyAlertRow).where(func.lower(VacancyAlertRow.email) == email.lower())
        ).all()
        if sum(1 for each in mine if each.confirmed_at is None) >= _WAITING or len(mine) >= _ALL:
            return None
        if any(each.search == search and each.region == region for each in mine):
            return None
        row = VacancyAlertRow(
            id=new_id(),
            # Kept as it is: it stands in every mail to come, and opens nothing but this row.
            code=secrets.token_urlsafe(24),
            email=email,
            region=region,
            search=search,
            told=sorted(told),
            consent_version=ALERT_VERSION,
            created_at=self._clock(),
        )
        self._session.add(row)
        self._session.flush()
        return _alert(row)

    def opened_by(self, code: str) -> Alert | None:
        """The alert that a code opens; None if there is none any more."""
        row = self._session.scalar(select(VacancyAlertRow).where(VacancyAlertRow.code == code))
        return _alert(row) if row else None

    def confirm(self, alert: Alert) -> None:
        """Its mail may begin, and runs from now."""
        self._session.execute(
            update(VacancyAlertRow).where(VacancyAlertRow.id == alert.id).values(confirmed_at=self._clock())
        )

    def stop(self, alert: Alert) -> None:
        """Erase it, address and all. Let `drop_traces` follow once this is committed."""
        self._session.execute(delete(VacancyAlertRow).where(VacancyAlertRow.id == alert.id))

    def due(self) -> tuple[Alert, ...]:
        """Those that run, and were not mailed in the last day."""
        before = self._clock() - AT_MOST_EVERY
        rows = self._session.scalars(
            select(VacancyAlertRow)
            .where(
                VacancyAlertRow.confirmed_at.is_not(None),
                or_(VacancyAlertRow.mailed_at.is_(None), VacancyAlertRow.mailed_at <= before),
            )
            .order_by(VacancyAlertRow.created_at)
        )
        return tuple(_alert(row) for row in rows)

    def claim(self, alert: Alert, told: Iterable[str]) -> bool:
        """Note that news was put in the outbox, in the same transaction; False if another process was first."""
        before = self._clock() - AT_MOST_EVERY
        changed = self._session.execute(
            update(VacancyAlertRow)
            .where(
                VacancyAlertRow.id == alert.id,
                or_(VacancyAlertRow.mailed_at.is_(None), VacancyAlertRow.mailed_at <= before),
            )
            .values(mailed_at=self._clock(), told=sorted({*alert.told, *told}))
        )
        return cast(CursorResult[Any], changed).rowcount == 1

    def erase_over(self) -> int:
        """Erase those that nobody confirmed in time, and those whose time is over."""
        now = self._clock()
        gone = self._session.execute(
            delete(VacancyAlertRow).where(
                or_(
                    and_(VacancyAlertRow.confirmed_at.is_(None), VacancyAlertRow.created_at <= now - UNCONFIRMED_FOR),
                    VacancyAlertRow.confirmed_at <= now - RUNS_FOR,
                )
            )
        )
        return cast(CursorResult[Any], gone).rowcount


def ends_at(alert: Alert) -> datetime:
    """When it ends by itself."""
    since: timedelta = RUNS_FOR if alert.confirmed_at else UNCONFIRMED_FOR
    return (alert.confirmed_at or alert.created_at) + since


def _alert(row: VacancyAlertRow) -> Alert:
    return Alert(
        id=row.id,
        code=row.code,
        email=row.email,
        region=row.region,
        search=row.search,
        told=tuple(row.told),
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
    )


class AlertBook:
    """The alerts, as `VacancyAlerts` asks for them. Each method is a transaction of its own."""

    def __init__(self, sessions: Sessions, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    def due(self) -> tuple[Alert, ...]:
        """Those that may be mailed now."""
        with self._sessions() as session:
            return AlertStore(session, self._clock).due()

    def send(self, alert: Alert, mail: NewMail, told: Sequence[str]) -> bool:
        """Put the mail in the outbox and note what was told, both or neither; False if another process did."""
        with self._sessions.begin() as session:
            if not AlertStore(session, self._clock).claim(alert, told):
                return False
            put_mail(session, mail, clock=self._clock)
            return True
