"""One lead with its notes, phases and mail: all queries about it. Lists of them are in `inbox.py`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from assistant.errors import NotFound, Overtaken
from assistant.leads.lead import Lead, LeavingReason, Note, Phase, PhaseChange
from assistant.leads.outbox import NewMail
from assistant.storage import lead_rows, lead_search
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conflict import inserted_unless_there
from assistant.storage.counts import source_of
from assistant.storage.ids import is_id
from assistant.storage.outbox import put_mail
from assistant.storage.tables import ConversationRow, LeadEventRow, LeadNoteRow, LeadRow, OutboxRow

_SAME_WISH_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class MailState:
    """How the mail about a lead fares."""

    id: str
    to: str
    created_at: datetime
    attempts: int
    sent_at: datetime | None
    next_attempt_at: datetime | None
    last_error: str

    @property
    def is_stuck(self) -> bool:
        """Whether nobody tries to send it any more."""
        return self.sent_at is None and self.next_attempt_at is None


class LeadStore:
    """The leads, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def add(self, lead: Lead, mail: NewMail) -> Lead:
        """
        Keep a lead and its mail, both or neither.

        :returns: The lead; or, when the same was asked within ten minutes (a double click), the one that is there.
        """
        wish = _wish(lead)
        # First a write: it makes a second request with the same wish wait until this one has committed.
        self._session.execute(
            update(LeadRow)
            .where(LeadRow.wish == wish, LeadRow.created_at < lead.created_at - _SAME_WISH_WITHIN)
            .values(wish=None)
        )
        values = lead_rows.values(lead) | {"wish": wish} | self._came_from(lead.conversation_id)
        if inserted_unless_there(self._session, LeadRow, values, "wish", LeadRow.id) is None:
            return lead_rows.record(self._session.scalars(select(LeadRow).where(LeadRow.wish == wish)).one())
        put_mail(self._session, mail, lead.id, lambda: lead.created_at)
        lead_search.add(self._session, lead)
        return lead

    def _came_from(self, conversation_id: str | None) -> dict[str, str]:
        """The site and the campaign of the conversation; they stay when it is forgotten."""
        row = self._session.get(ConversationRow, conversation_id) if conversation_id else None
        return {"source": source_of(row.page_url) if row else "", "campaign": row.campaign if row else ""}

    def get(self, lead_id: str, regions: Sequence[str] | None = None) -> Lead:
        """
        The lead with that id.

        :param regions: Those the adviser may see; None: all, for the operator.
        :raises NotFound: If there is none, or it belongs to another region: which of the two is not told.
        """
        row = self._session.get(LeadRow, lead_id) if is_id(lead_id) else None
        if row is None or (regions is not None and row.region not in regions):
            raise NotFound("lead", lead_id)
        return lead_rows.record(row)

    def of_email(self, email: str) -> list[Lead]:
        """Every lead with that address, whatever its capitals, oldest first."""
        rows = self._session.scalars(
            select(LeadRow).where(func.lower(LeadRow.email) == email.strip().lower()).order_by(LeadRow.created_at)
        )
        return [lead_rows.record(row) for row in rows]

    def move(
        self,
        lead_id: str,
        before: Phase,
        after: Phase,
        author: str,
        because: LeavingReason | None = None,
        undoes: int | None = None,
    ) -> None:
        """
        Put a lead in another phase, and remember who did.

        :param before: The phase the adviser saw.
        :param because: Why somebody left, for the phase `left`.
        :raises Overtaken: If it is in another phase by now, or the change to take back already was.
        """
        now = self._clock()
        why = because.value if because else None
        conditions = [LeadRow.id == lead_id, LeadRow.phase == before.value]
        values = {"phase": after.value, "left_because": why, "updated_at": now}
        moved = self._session.execute(update(LeadRow).where(*conditions).values(values))
        if cast(CursorResult[Any], moved).rowcount != 1:
            raise Overtaken("lead", lead_id)
        self._session.add(
            LeadEventRow(
                lead_id=lead_id,
                author=author,
                before=before.value,
                after=after.value,
                because=why,
                undoes=undoes,
                changed_at=now,
            )
        )
        self._session.flush()

    def claim(self, lead_id: str, account_id: str, name: str, seen: str = "") -> None:
        """
        Take a lead on.

        :param seen: The account that had it when the adviser looked; empty: nobody.
        :raises Overtaken: If somebody else has it by now.
        """
        self._hand(lead_id, seen, claimed_by=account_id, claimed_name=name, claimed_at=self._clock())

    def release(self, lead_id: str, seen: str) -> None:
        """
        Let a lead go, so that anybody can take it on.

        :raises Overtaken: If somebody else has it by now.
        """
        self._hand(lead_id, seen, claimed_by=None, claimed_name="", claimed_at=None)

    def _hand(self, lead_id: str, seen: str, **values: Any) -> None:
        has_it = LeadRow.claimed_by == seen if seen else LeadRow.claimed_by.is_(None)
        handed = self._session.execute(
            update(LeadRow).where(LeadRow.id == lead_id, has_it).values(values | {"updated_at": self._clock()})
        )
        if cast(CursorResult[Any], handed).rowcount != 1:
            raise Overtaken("lead", lead_id)

    def undo(self, lead_id: str, change_id: int, author: str) -> None:
        """
        Take back the last change of phase.

        :raises Overtaken: If that is not the last one any more, or has been taken back.
        """
        last = self.undoable(lead_id)
        if last is None or last.id != change_id:
            raise Overtaken("lead", lead_id)
        earlier = [change.because for change in self.changes(lead_id)[:-1] if change.after is last.before]
        because = earlier[-1] if earlier and last.before is Phase.LEFT else None
        self.move(lead_id, last.after, last.before, author, because, undoes=last.id)

    def undoable(self, lead_id: str) -> PhaseChange | None:
        """The last change of phase, unless it took another one back."""
        changes = self.changes(lead_id)
        return changes[-1] if changes and changes[-1].undoes is None else None

    def changes(self, lead_id: str) -> list[PhaseChange]:
        """Every change of phase, in order."""
        rows = self._session.scalars(
            select(LeadEventRow).where(LeadEventRow.lead_id == lead_id).order_by(LeadEventRow.id)
        )
        return [
            PhaseChange(
                id=row.id,
                author=row.author,
                before=Phase(row.before),
                after=Phase(row.after),
                changed_at=row.changed_at,
                because=LeavingReason(row.because) if row.because else None,
                undoes=row.undoes,
            )
            for row in rows
        ]

    def add_note(self, lead_id: str, author: str, text: str) -> None:
        """Write a note down; it counts as a change, so the lead is kept longer."""
        now = self._clock()
        note = Note(author=author, text=text, written_at=now)
        self._session.add(LeadNoteRow(lead_id=lead_id, **note.model_dump()))
        self._session.execute(update(LeadRow).where(LeadRow.id == lead_id).values(updated_at=now))
        lead_search.add_words(self._session, lead_id, text)

    def notes(self, lead_id: str) -> list[Note]:
        """Every note, in order."""
        rows = self._session.scalars(select(LeadNoteRow).where(LeadNoteRow.lead_id == lead_id).order_by(LeadNoteRow.id))
        return [Note(author=row.author, text=row.text, written_at=row.written_at) for row in rows]

    def mails(self, lead_id: str) -> list[MailState]:
        """The mail about a lead, oldest first."""
        rows = self._session.scalars(
            select(OutboxRow).where(OutboxRow.lead_id == lead_id).order_by(OutboxRow.created_at)
        )
        return [
            MailState(
                id=row.id,
                to=row.to,
                created_at=row.created_at,
                attempts=row.attempts,
                sent_at=row.sent_at,
                next_attempt_at=row.next_attempt_at,
                last_error=row.last_error,
            )
            for row in rows
        ]

    def erase(self, lead: Lead) -> None:
        """Erase a lead with its notes, phases and mail, and the conversation it came from."""
        self._session.execute(delete(LeadRow).where(LeadRow.id == lead.id))
        if lead.conversation_id:
            self._session.execute(delete(ConversationRow).where(ConversationRow.id == lead.conversation_id))

    def erase_older_than(self, moment: datetime, region: str | None = None) -> int:
        """
        Erase the leads with which nothing happened since `moment`, as `erase` does.

        :param region: Only those of this one; None: all.
        :returns: How many were erased.
        """
        wanted = select(LeadRow.id, LeadRow.conversation_id).where(LeadRow.updated_at < moment)
        count = 0
        for lead_id, conversation_id in self._session.execute(
            wanted if region is None else wanted.where(LeadRow.region == region)
        ).all():
            # Another server may have erased it, or an adviser have worked on it, since it was looked up.
            gone = delete(LeadRow).where(LeadRow.id == lead_id, LeadRow.updated_at < moment)
            if cast(CursorResult[Any], self._session.execute(gone)).rowcount == 1:
                count += 1
                if conversation_id:
                    self._session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
        return count


def _wish(lead: Lead) -> str:
    """
    What makes two leads the same one: the same conversation, loket, contact and words.

    A corrected address is another wish: the correction must arrive.
    """
    parts = [lead.conversation_id, lead.loket_id, lead.contact.model_dump(mode="json"), lead.message]
    return sha256(json.dumps([*parts, lead.consent.share_transcript]).encode()).hexdigest()
