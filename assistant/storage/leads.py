"""Leads with their notes, phases and mail: all queries about them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from assistant.errors import NotFound, Overtaken
from assistant.leads.lead import Lead, Note, Phase, PhaseChange, RouteVerdict
from assistant.leads.outbox import NewMail
from assistant.storage import lead_rows
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conflict import inserted_unless_there
from assistant.storage.ids import is_id
from assistant.storage.tables import ConversationRow, LeadEventRow, LeadNoteRow, LeadRow, OutboxRow

_SAME_WISH_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class LeadFilter:
    """Which leads to list. `regions` are those the adviser may see; the rest narrows down, empty is everything."""

    regions: tuple[str, ...]
    region: str = ""
    sector: str = ""
    phase: str = ""
    name: str = ""


@dataclass(frozen=True)
class LeadSummary:
    """A lead as it stands in a list."""

    id: str
    name: str
    region: str
    sectors: tuple[str, ...]
    loket_title: str
    preferred_contact: str
    phase: Phase
    verdicts: tuple[RouteVerdict, ...]
    created_at: datetime
    due_at: datetime
    mail_is_stuck: bool


@dataclass(frozen=True)
class LeadPage:
    """One page of a list, and how many there are in all."""

    leads: tuple[LeadSummary, ...]
    total: int


@dataclass(frozen=True)
class MailState:
    """How the mail about a lead fares."""

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
        values = lead_rows.values(lead) | {"wish": wish}
        if inserted_unless_there(self._session, LeadRow, values, "wish", LeadRow.id) is None:
            return lead_rows.record(self._session.scalars(select(LeadRow).where(LeadRow.wish == wish)).one())
        self._session.add(
            OutboxRow(
                id=mail.id,
                lead_id=lead.id,
                to=mail.to,
                subject=mail.subject,
                body=mail.body,
                created_at=lead.created_at,
                attempts=0,
                next_attempt_at=lead.created_at,
                last_error="",
            )
        )
        self._session.flush()
        return lead

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

    def page(self, wanted: LeadFilter, number: int, size: int) -> LeadPage:
        """
        The newest leads first.

        :param number: Which page, from 1.
        :param size: How many on a page.
        """
        conditions = _conditions(wanted)
        total = self._session.scalar(select(func.count()).select_from(LeadRow).where(*conditions)) or 0
        stuck = (
            select(OutboxRow.id)
            .where(OutboxRow.lead_id == LeadRow.id, OutboxRow.sent_at.is_(None), OutboxRow.next_attempt_at.is_(None))
            .exists()
        )
        rows = self._session.execute(
            select(
                LeadRow.id,
                LeadRow.name,
                LeadRow.region,
                LeadRow.sectors,
                LeadRow.loket_title,
                LeadRow.preferred_contact,
                LeadRow.phase,
                LeadRow.verdicts,
                LeadRow.created_at,
                LeadRow.due_at,
                stuck.label("mail_is_stuck"),
            )
            .where(*conditions)
            .order_by(LeadRow.created_at.desc(), LeadRow.id)
            .limit(size)
            .offset((number - 1) * size)
        )
        return LeadPage(leads=tuple(_summary(row._mapping) for row in rows), total=total)

    def waiting(self, regions: Sequence[str]) -> int:
        """How many leads of these regions nobody has been in touch with yet."""
        return (
            self._session.scalar(
                select(func.count())
                .select_from(LeadRow)
                .where(LeadRow.region.in_(regions), LeadRow.phase == Phase.NEW.value)
            )
            or 0
        )

    def of_email(self, email: str) -> list[Lead]:
        """Every lead with that address, whatever its capitals, oldest first."""
        rows = self._session.scalars(
            select(LeadRow).where(func.lower(LeadRow.email) == email.strip().lower()).order_by(LeadRow.created_at)
        )
        return [lead_rows.record(row) for row in rows]

    def move(self, lead_id: str, before: Phase, after: Phase, author: str, undoes: int | None = None) -> None:
        """
        Put a lead in another phase, and remember who did.

        :param before: The phase the adviser saw.
        :raises Overtaken: If it is in another phase by now, or the change to take back already was.
        """
        now = self._clock()
        conditions = [LeadRow.id == lead_id, LeadRow.phase == before.value]
        moved = self._session.execute(update(LeadRow).where(*conditions).values(phase=after.value, updated_at=now))
        if cast(CursorResult[Any], moved).rowcount != 1:
            raise Overtaken("lead", lead_id)
        self._session.add(
            LeadEventRow(
                lead_id=lead_id,
                author=author,
                before=before.value,
                after=after.value,
                undoes=undoes,
                changed_at=now,
            )
        )
        self._session.flush()

    def undo(self, lead_id: str, change_id: int, author: str) -> None:
        """
        Take back the last change of phase.

        :raises Overtaken: If that is not the last one any more, or has been taken back.
        """
        last = self.undoable(lead_id)
        if last is None or last.id != change_id:
            raise Overtaken("lead", lead_id)
        self.move(lead_id, last.after, last.before, author, undoes=last.id)

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
        self._session.flush()

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

    def erase_older_than(self, moment: datetime) -> int:
        """
        Erase the leads with which nothing happened since `moment`, as `erase` does.

        :returns: How many were erased.
        """
        old = list(self._session.scalars(select(LeadRow).where(LeadRow.updated_at < moment)))
        for row in old:
            self.erase(lead_rows.record(row))
        return len(old)


def _wish(lead: Lead) -> str:
    """
    What makes two leads the same one: the same conversation, loket, contact and words.

    A corrected address is another wish: the correction must arrive.
    """
    parts = [lead.conversation_id, lead.loket_id, lead.contact.model_dump(mode="json"), lead.message]
    return sha256(json.dumps([*parts, lead.consent.share_transcript]).encode()).hexdigest()


def _conditions(wanted: LeadFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [LeadRow.region.in_(wanted.regions)]
    if wanted.region:
        conditions.append(LeadRow.region == wanted.region)
    if wanted.sector:
        conditions.append(LeadRow.sectors.contains(f" {wanted.sector} ", autoescape=True))
    if wanted.phase:
        conditions.append(LeadRow.phase == wanted.phase)
    if wanted.name:
        conditions.append(func.lower(LeadRow.name).contains(wanted.name.lower(), autoescape=True))
    return conditions


def _summary(row: Any) -> LeadSummary:
    return LeadSummary(
        **{
            **row,
            "sectors": tuple(row["sectors"].split()),
            "phase": Phase(row["phase"]),
            "verdicts": tuple(RouteVerdict.model_validate(verdict) for verdict in row["verdicts"]),
            "mail_is_stuck": bool(row["mail_is_stuck"]),
        }
    )
