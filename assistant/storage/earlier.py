"""Asking whether earlier leads of an address may be read with a new one: all queries about it. A code from the mail answers."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from assistant.leads.earlier import ANSWER_WITHIN, EARLIER_VERSION, Earlier, EarlierQuestion
from assistant.leads.lead import Lead
from assistant.storage import lead_rows
from assistant.storage.clock import Clock, utc_now
from assistant.storage.same_person import OtherLead, SamePersonStore
from assistant.storage.tables import LeadEarlierRow, LeadRow
from assistant.zelftest.receipt_id import new_receipt_id, read_receipt_id


@dataclass(frozen=True)
class OpenedEarlier:
    """What a code opens: the new lead, those before it, and how it stands."""

    lead: Lead
    before: tuple[OtherLead, ...]
    earlier: Earlier


class EarlierStore:
    """The questions, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock
        self._people = SamePersonStore(session, clock)

    def ask(self, lead: Lead) -> EarlierQuestion | None:
        """
        Ask it of a new lead, with a code that nobody can read back later.

        :returns: None if nobody came from that address to that region before.
        """
        if not self._people.before(lead):
            return None
        now, code = self._clock(), new_receipt_id()
        self._session.add(
            LeadEarlierRow(
                lead_id=lead.id, code_hash=_hash(code), consent_version=EARLIER_VERSION, asked_at=now, joined=[]
            )
        )
        self._session.flush()
        return EarlierQuestion(code, now + ANSWER_WITHIN)

    def opened_by(self, typed: str) -> OpenedEarlier | None:
        """What a code opens, however it was typed; None if that is nothing, or nothing any more."""
        code = read_receipt_id(typed)
        if code is None:
            return None
        found = self._session.execute(
            select(LeadEarlierRow, LeadRow)
            .join(LeadRow, LeadRow.id == LeadEarlierRow.lead_id)
            .where(LeadEarlierRow.code_hash == _hash(code))
        ).one_or_none()
        if found is None:
            return None
        earlier, lead = _earlier(found[0]), lead_rows.record(found[1])
        before = tuple(self._people.before(lead))
        is_over = earlier.agreed_at is None and earlier.ends_at <= self._clock()
        return None if is_over or not before else OpenedEarlier(lead, before, earlier)

    def agree(self, opened: OpenedEarlier) -> None:
        """Let the earlier leads be read from the new one. What an adviser put elsewhere stays there; twice is once."""
        now, lead_id = self._clock(), opened.lead.id
        # First a write: of two who press at once the second waits, and then has nothing left to do.
        agreed = self._session.execute(
            update(LeadEarlierRow)
            .where(LeadEarlierRow.lead_id == lead_id, ~_HOLDS)
            .values(agreed_at=now, withdrawn_at=None, consent_version=EARLIER_VERSION)
        )
        if cast(CursorResult[Any], agreed).rowcount != 1:
            return
        home, joined = self._people.read_from(lead_id), []
        for other in self._people.before(opened.lead):
            if other.id != home and self._people.read_from(other.id) == other.id:
                self._people.merge(home, other.id)
                joined.append(other.id)
        self._session.execute(update(LeadEarlierRow).where(LeadEarlierRow.lead_id == lead_id).values(joined=joined))

    def withdraw(self, lead_id: str) -> None:
        """Take them apart again: those that the visitor had put together, where they still are."""
        row = self._session.get(LeadEarlierRow, lead_id, populate_existing=True)
        if row is None or not _earlier(row).holds:
            return
        home = self._people.read_from(lead_id)
        for other_id in row.joined:
            if self._people.read_from(other_id) == home:
                self._people.separate(home, other_id)
        row.withdrawn_at, row.joined = self._clock(), []
        self._session.flush()

    def refuse(self, lead_id: str) -> None:
        """No: the code opens nothing any more."""
        self._session.execute(delete(LeadEarlierRow).where(LeadEarlierRow.lead_id == lead_id, ~_HOLDS))

    def of(self, lead_id: str) -> Earlier | None:
        """What was asked of a lead; None: nothing, or it was not answered in time."""
        row = self._session.get(LeadEarlierRow, lead_id)
        return _earlier(row) if row else None

    def erase_over(self) -> int:
        """Erase the questions that nobody answered in time. Returns how many."""
        over = delete(LeadEarlierRow).where(
            LeadEarlierRow.agreed_at.is_(None), LeadEarlierRow.asked_at <= self._clock() - ANSWER_WITHIN
        )
        return cast(CursorResult[Any], self._session.execute(over)).rowcount


_HOLDS = LeadEarlierRow.agreed_at.is_not(None) & LeadEarlierRow.withdrawn_at.is_(None)


def _earlier(row: LeadEarlierRow) -> Earlier:
    return Earlier(
        lead_id=row.lead_id,
        asked_at=row.asked_at,
        agreed_at=row.agreed_at,
        withdrawn_at=row.withdrawn_at,
        version=row.consent_version,
        joined=tuple(row.joined),
    )


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
