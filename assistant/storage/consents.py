"""What each lead agreed to, purpose by purpose, and how it is withdrawn: all queries about consent."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assistant.errors import NotFound
from assistant.leads.consent import Purpose
from assistant.leads.lead import Lead
from assistant.leads.outbox import NewMail
from assistant.storage import lead_rows
from assistant.storage.clock import Clock, utc_now
from assistant.storage.leads import LeadStore
from assistant.storage.outbox import put_mail
from assistant.storage.tables import LeadConsentRow, LeadRow, OutboxRow, WithdrawalRow

_COPIES_A_DAY = 5
"""To one address: nobody can be flooded with copies of what others fill in."""


@dataclass(frozen=True)
class Agreed:
    """One purpose, as it stands."""

    purpose: Purpose
    holds: bool
    withdrawn_at: datetime | None = None


class ConsentStore:
    """Consent, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def keep(self, lead_id: str, given: Mapping[Purpose, bool]) -> str:
        """
        Keep what a new lead agreed to.

        :returns: The code that opens the page to withdraw on; nobody can read it back later.
        """
        for purpose, is_given in given.items():
            self._session.add(LeadConsentRow(lead_id=lead_id, purpose=purpose.value, given=is_given, withdrawn_at=None))
        code = secrets.token_urlsafe(24)
        self._session.add(WithdrawalRow(code_hash=_hash(code), lead_id=lead_id, created_at=self._clock()))
        self._session.flush()
        return code

    def send_copy(self, lead_id: str, mail: NewMail) -> bool:
        """Put a visitor's copy in the outbox. Returns False if that address got enough of them today."""
        now = self._clock()
        recent = self._session.scalar(
            select(func.count())
            .select_from(OutboxRow)
            .where(func.lower(OutboxRow.to) == mail.to.lower(), OutboxRow.created_at > now - timedelta(days=1))
        )
        if (recent or 0) >= _COPIES_A_DAY:
            return False
        put_mail(self._session, mail, lead_id, self._clock)
        return True

    def of(self, lead_id: str) -> tuple[Agreed, ...]:
        """Every purpose of a lead, in the order of the text; of a lead from before they were kept apart, none."""
        rows = {
            row.purpose: row
            for row in self._session.scalars(select(LeadConsentRow).where(LeadConsentRow.lead_id == lead_id))
        }
        return tuple(
            Agreed(each, rows[each].given and rows[each].withdrawn_at is None, rows[each].withdrawn_at)
            for each in Purpose
            if each in rows
        )

    def allows(self, lead_id: str, purpose: Purpose) -> bool:
        """Whether a lead agrees to that now. Ask it each time, at the moment of doing it."""
        return any(each.purpose is purpose and each.holds for each in self.of(lead_id))

    def opened_by(self, code: str) -> Lead:
        """
        The lead that a code opens.

        :raises NotFound: If there is none: withdrawn already, erased, or never there.
        """
        row = self._session.scalar(
            select(LeadRow)
            .join(WithdrawalRow, WithdrawalRow.lead_id == LeadRow.id)
            .where(WithdrawalRow.code_hash == _hash(code))
        )
        if row is None:
            raise NotFound("withdrawal", "a code that opens nothing")
        return lead_rows.record(row)

    def withdraw(self, lead: Lead, purpose: Purpose) -> None:
        """
        Take consent back. Without contact everything is erased, and without the transcript that is.

        Empty SQLite's log afterwards (`drop_traces`).
        """
        if purpose is Purpose.CONTACT:
            LeadStore(self._session, self._clock).erase(lead)
            return
        self._session.execute(
            update(LeadConsentRow)
            .where(
                LeadConsentRow.lead_id == lead.id,
                LeadConsentRow.purpose == purpose.value,
                LeadConsentRow.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=self._clock())
        )
        if purpose is Purpose.TRANSCRIPT:
            self._session.execute(
                update(LeadRow).where(LeadRow.id == lead.id).values(transcript=[], share_transcript=False)
            )


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
