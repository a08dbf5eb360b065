"""Mail that waits to be sent: all queries about it. Each method is a transaction of its own."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from assistant.leads.outbox import Mail, NewMail
from assistant.storage.clock import Clock, utc_now
from assistant.storage.session import Sessions
from assistant.storage.tables import LeadRow, OutboxRow


def put_mail(session: Session, mail: NewMail, lead_id: str | None = None, clock: Clock = utc_now) -> None:
    """
    Put mail in the outbox, in the transaction of what it is about: both, or neither.

    :param lead_id: The lead it is about, with which it goes; None: a colleague's account.
    """
    now = clock()
    of_lead = session.scalar(select(LeadRow.region).where(LeadRow.id == lead_id)) if lead_id and not mail.region else ""
    session.add(
        OutboxRow(
            id=mail.id,
            lead_id=lead_id,
            to=mail.to,
            subject=mail.subject,
            body=mail.body,
            reply_to=mail.reply_to,
            answers=mail.answers,
            calendar=mail.calendar,
            region=mail.region or of_lead or "",
            locale=mail.locale,
            created_at=now,
            attempts=0,
            next_attempt_at=now,
            last_error="",
        )
    )
    session.flush()


class OutboxStore:
    """The outbox of the people store, as `OutboxSender` asks for it."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def take_due(self, now: datetime, lease_until: datetime) -> Mail | None:
        """The mail that waits longest, if any, taken so that no other process gets it before `lease_until`."""
        with self._sessions() as session:
            due = session.execute(
                select(OutboxRow.id, OutboxRow.next_attempt_at)
                .where(OutboxRow.next_attempt_at <= now)
                .order_by(OutboxRow.next_attempt_at)
            ).all()
        for mail_id, seen in due:
            with self._sessions.begin() as session:
                taken = session.execute(
                    update(OutboxRow)
                    .where(OutboxRow.id == mail_id, OutboxRow.next_attempt_at == seen)
                    .values(next_attempt_at=lease_until, attempts=OutboxRow.attempts + 1)
                )
                if cast(CursorResult[Any], taken).rowcount == 1:
                    row = session.get_one(OutboxRow, mail_id)
                    return Mail(
                        id=row.id,
                        to=row.to,
                        subject=row.subject,
                        body=row.body,
                        reply_to=row.reply_to,
                        answers=row.answers,
                        calendar=row.calendar,
                        region=row.region,
                        locale=row.locale,
                        attempts=row.attempts,
                        created_at=row.created_at,
                    )
        return None

    def mark_sent(self, mail_id: str, at: datetime) -> None:
        """The mail server has taken it; the text has done its work and is emptied, as is the address that opens a thread."""
        emptied = {"last_error": "", "body": "", "calendar": "", "reply_to": ""}
        self._update(mail_id, sent_at=at, next_attempt_at=None, **emptied)

    def mark_failed(self, mail_id: str, error: str, next_attempt_at: datetime | None) -> None:
        """The mail server has not taken it; None: it is stuck."""
        self._update(mail_id, last_error=error, next_attempt_at=next_attempt_at)

    def stuck(self) -> int:
        """How many mails nobody tries to send any more."""
        with self._sessions() as session:
            waiting = (
                select(func.count())
                .select_from(OutboxRow)
                .where(OutboxRow.sent_at.is_(None), OutboxRow.next_attempt_at.is_(None))
            )
            return session.scalar(waiting) or 0

    def retry_stuck(self, now: datetime) -> int:
        """
        Put every stuck mail back in line.

        :returns: How many there were.
        """
        with self._sessions.begin() as session:
            freed = session.execute(
                update(OutboxRow)
                .where(OutboxRow.sent_at.is_(None), OutboxRow.next_attempt_at.is_(None))
                .values(next_attempt_at=now, created_at=now, attempts=0)
            )
            return cast(CursorResult[Any], freed).rowcount

    def _update(self, mail_id: str, **values: Any) -> None:
        with self._sessions.begin() as session:
            session.execute(update(OutboxRow).where(OutboxRow.id == mail_id).values(**values))
