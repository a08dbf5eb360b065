"""Erasing over all tables, with nothing left behind in SQLite's files."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from assistant.leads.retention import Due, Erased
from assistant.storage.alerts import AlertStore
from assistant.storage.attempts import AttemptStore
from assistant.storage.audit import AuditStore
from assistant.storage.bookings import BookingStore
from assistant.storage.conversations import ConversationStore
from assistant.storage.earlier import EarlierStore
from assistant.storage.leads import LeadStore
from assistant.storage.links import LinkStore
from assistant.storage.outcome_alerts import OutcomeAlertStore
from assistant.storage.periods import Kept, PeriodStore
from assistant.storage.receipts import ReceiptStore
from assistant.storage.saved import SavedStore
from assistant.storage.session import Sessions, drop_traces
from assistant.storage.tables import ConversationRow, DeskSessionRow, LeadRow, OutboxRow
from assistant.storage.tally import add_up

_SESSION_KNOWN_FOR = timedelta(days=2)
"""Longer than a session lasts: after that nobody has to know whose it was."""


class ExpiringStore:
    """The people store, as `Retention` asks for it. Several processes may ask at once: what is gone is gone."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def erase(self, due: Due) -> Erased:
        """Erase what is due, in one transaction; a region may have chosen a shorter time than the installation."""
        with self._sessions.begin() as session:
            leads, conversations, audit = LeadStore(session), ConversationStore(session), AuditStore(session)
            erased = {
                Kept.LEADS: leads.erase_older_than(due.leads_before),
                Kept.CONVERSATIONS: conversations.erase_older_than(due.conversations_before),
                Kept.AUDIT: audit.erase_older_than(due.audit_before),
            }
            for (region, kind), period in PeriodStore(session).all().items():
                before = due.now - period
                if kind is Kept.LEADS:
                    erased[kind] += leads.erase_older_than(max(before, due.leads_before), region)
                elif kind is Kept.CONVERSATIONS:
                    erased[kind] += conversations.erase_older_than(max(before, due.conversations_before), region)
                else:
                    erased[kind] += audit.erase_older_than(max(before, due.audit_before), (region,))
            result = Erased(
                leads=erased[Kept.LEADS],
                conversations=erased[Kept.CONVERSATIONS],
                receipts=ReceiptStore(session).erase_older_than(due.receipts_before),
                saved=SavedStore(session, timedelta(), clock=lambda: due.now).erase_expired(),
                audit=erased[Kept.AUDIT],
                mails=_erase_mail(session, due.mail_before),
                bookings=BookingStore(session, clock=lambda: due.now).erase_over(due.bookings_before),
            )
            AttemptStore(session, clock=lambda: due.now).erase_forgotten()
            LinkStore(session, clock=lambda: due.now).erase_over()
            AlertStore(session, clock=lambda: due.now).erase_over()
            OutcomeAlertStore(session, clock=lambda: due.now).erase_over()
            EarlierStore(session, clock=lambda: due.now).erase_over()
            add_up(session)
            session.execute(delete(DeskSessionRow).where(DeskSessionRow.seen_at <= due.now - _SESSION_KNOWN_FOR))
        drop_traces(self._sessions)
        return result


def going(session: Session, kind: Kept, region: str, before: datetime) -> int:
    """How many leads or conversations of a region were last touched before a moment."""
    row = LeadRow if kind is Kept.LEADS else ConversationRow
    wanted = select(func.count()).select_from(row).where(row.region == region, row.updated_at < before)
    return session.scalar(wanted) or 0


def _erase_mail(session: Session, before: datetime) -> int:
    """Mail that was sent, or given up, and made before that moment: address and subject were all that was left."""
    old = delete(OutboxRow).where(OutboxRow.next_attempt_at.is_(None), OutboxRow.created_at < before)
    return cast(CursorResult[Any], session.execute(old)).rowcount
