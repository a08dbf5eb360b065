"""What advisers do for a lead: contacts, tasks, letters and canned texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from assistant.errors import NotFound, Overtaken
from assistant.leads.reply_to import ReplyTo
from assistant.leads.work import (
    FOLLOW_UP_MONTHS,
    CannedText,
    Interaction,
    InteractionKind,
    Letter,
    LetterKind,
    Outcome,
    Task,
)
from assistant.leads.working_time import working_time
from assistant.storage import lead_search
from assistant.storage.clock import Clock, utc_now
from assistant.storage.desk_tables import CannedTextRow, LeadInteractionRow, LeadLetterRow, LeadTaskRow
from assistant.storage.tables import LeadRow, OutboxRow

_FOLLOW_UP = "Vraag wat ervan geworden is ({} maanden)"
_MOST_TASKS = 200


@dataclass(frozen=True)
class TaskOfLead:
    """A task with whom it is for."""

    task: Task
    name: str
    adviser: str
    is_mine: bool


class WorkStore:
    """The work on leads, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def add_interaction(self, lead_id: str, author: str, kind: InteractionKind, text: str) -> None:
        """Write a contact down. The first one ends the wait of a visitor."""
        now = self._clock()
        self._session.add(
            LeadInteractionRow(lead_id=lead_id, kind=kind.value, author=author, text=text, happened_at=now)
        )
        self._touch(lead_id, kind.is_contact)
        lead_search.add_words(self._session, lead_id, text)

    def interactions(self, lead_id: str) -> list[Interaction]:
        """Every contact, in order."""
        rows = self._session.scalars(
            select(LeadInteractionRow).where(LeadInteractionRow.lead_id == lead_id).order_by(LeadInteractionRow.id)
        )
        return [
            Interaction(kind=InteractionKind(row.kind), author=row.author, text=row.text, happened_at=row.happened_at)
            for row in rows
        ]

    def add_task(self, lead_id: str, author: str, title: str, due_on: date, months: int | None = None) -> None:
        """Something to do."""
        self._session.add(
            LeadTaskRow(lead_id=lead_id, title=title, due_on=due_on, author=author, months=months, done_by="")
        )
        self._touch(lead_id)

    def plan_follow_up(self, lead_id: str, author: str, today: date) -> int:
        """
        Ask 3, 6 and 12 months from today what became of it; those that are planned already stay as they are.

        :returns: How many were planned.
        """
        planned = {task.months for task in self.tasks(lead_id)}
        new = [months for months in FOLLOW_UP_MONTHS if months not in planned]
        for months in new:
            self.add_task(lead_id, author, _FOLLOW_UP.format(months), _months_later(today, months), months)
        return len(new)

    def tasks(self, lead_id: str) -> list[Task]:
        """Every task of a lead, by day."""
        rows = self._session.scalars(
            select(LeadTaskRow).where(LeadTaskRow.lead_id == lead_id).order_by(LeadTaskRow.due_on, LeadTaskRow.id)
        )
        return [_task(row) for row in rows]

    def finish_task(self, lead_id: str, task_id: int, by: str, outcome: Outcome | None = None) -> None:
        """
        A task is done.

        :param outcome: Of a follow-up: what became of it.
        :raises Overtaken: If it is done already, or is none of this lead.
        """
        done = self._session.execute(
            update(LeadTaskRow)
            .where(LeadTaskRow.id == task_id, LeadTaskRow.lead_id == lead_id, LeadTaskRow.done_at.is_(None))
            .values(done_at=self._clock(), done_by=by, outcome=outcome.value if outcome else None)
        )
        if cast(CursorResult[Any], done).rowcount != 1:
            raise Overtaken("task", str(task_id))
        self._touch(lead_id)

    def open_tasks(self, regions: Sequence[str], account_id: str) -> list[TaskOfLead]:
        """What is to be done in these regions, the longest due first."""
        rows = self._session.execute(
            select(LeadTaskRow, LeadRow.name, LeadRow.claimed_by, LeadRow.claimed_name)
            .join(LeadRow, LeadRow.id == LeadTaskRow.lead_id)
            .where(LeadTaskRow.done_at.is_(None), LeadRow.region.in_(regions))
            .order_by(LeadTaskRow.due_on, LeadTaskRow.id)
            .limit(_MOST_TASKS)
        )
        return [TaskOfLead(_task(row), name, adviser, owner == account_id) for row, name, owner, adviser in rows]

    def due(self, regions: Sequence[str], today: date) -> int:
        """How many tasks of these regions are for today or before."""
        waiting = (
            select(func.count())
            .select_from(LeadTaskRow)
            .join(LeadRow, LeadRow.id == LeadTaskRow.lead_id)
            .where(LeadTaskRow.done_at.is_(None), LeadTaskRow.due_on <= today, LeadRow.region.in_(regions))
        )
        return self._session.scalar(waiting) or 0

    def send(self, lead_id: str, letter: Letter, reply_to: ReplyTo) -> None:
        """Keep a letter and put it in the outbox, both or neither. One to the visitor ends their wait."""
        kept = letter.model_dump(mode="python") | {"reply_hash": reply_to.code_hash, "mailbox": reply_to.mailbox}
        self._session.add(LeadLetterRow(lead_id=lead_id, **kept))
        region = self._session.scalar(select(LeadRow.region).where(LeadRow.id == lead_id))
        self._session.add(
            OutboxRow(
                id=letter.id,
                lead_id=lead_id,
                to=letter.to,
                subject=letter.subject,
                body=letter.body,
                reply_to=reply_to.address,
                answers=letter.answers,
                region=region or "",
                created_at=letter.created_at,
                attempts=0,
                next_attempt_at=letter.created_at,
                last_error="",
            )
        )
        self._touch(lead_id, letter.kind is LetterKind.VISITOR)

    def letters(self, lead_id: str) -> list[Letter]:
        """Every letter, in order."""
        rows = self._session.scalars(
            select(LeadLetterRow).where(LeadLetterRow.lead_id == lead_id).order_by(LeadLetterRow.created_at)
        )
        return [
            Letter(
                id=row.id,
                kind=LetterKind(row.kind),
                author=row.author,
                receiver=row.receiver,
                to=row.to,
                subject=row.subject,
                body=row.body,
                consent=row.consent,
                answers=row.answers,
                created_at=row.created_at,
                bounced_at=row.bounced_at,
            )
            for row in rows
        ]

    def hand_over(self, lead_id: str, loket_id: str, loket_title: str, region: str) -> None:
        """Give a lead to another loket: its advisers see it from now on, and nobody has it yet."""
        values = {"loket_id": loket_id, "loket_title": loket_title, "region": region, "updated_at": self._clock()}
        nobody = {"claimed_by": None, "claimed_name": "", "claimed_at": None}
        self._session.execute(update(LeadRow).where(LeadRow.id == lead_id).values(values | nobody))

    def canned_texts(self, regions: Sequence[str]) -> list[CannedText]:
        """The texts of these regions, by title."""
        rows = self._session.scalars(
            select(CannedTextRow).where(CannedTextRow.region.in_(regions)).order_by(CannedTextRow.title)
        )
        return [
            CannedText(id=row.id, region=row.region, title=row.title, subject=row.subject, body=row.body)
            for row in rows
        ]

    def save_canned_text(self, region: str, author: str, title: str, subject: str, body: str) -> None:
        """Keep a text; one of that title in the region is replaced."""
        mine = (CannedTextRow.region == region, CannedTextRow.title == title)
        row = self._session.scalar(select(CannedTextRow).where(*mine))
        if row is None:
            row = CannedTextRow(region=region, title=title)
            self._session.add(row)
        row.subject, row.body, row.author, row.updated_at = subject, body, author, self._clock()
        self._session.flush()

    def drop_canned_text(self, text_id: int, regions: Sequence[str]) -> None:
        """
        Forget a text.

        :raises NotFound: If there is none with that number in these regions.
        """
        row = self._session.get(CannedTextRow, text_id)
        if row is None or row.region not in regions:
            raise NotFound("canned text", str(text_id))
        self._session.delete(row)

    def _touch(self, lead_id: str, is_contact: bool = False) -> None:
        """Somebody worked on a lead: it is kept longer, and shows as changed."""
        now = self._clock()
        values: dict[str, Any] = {"updated_at": now}
        came_in = self._session.scalar(
            select(LeadRow.created_at).where(LeadRow.id == lead_id, LeadRow.contacted_at.is_(None))
        )
        if is_contact and came_in is not None:
            waited = working_time(came_in, now)
            values |= {"contacted_at": now, "contact_minutes": int(waited.total_seconds() // 60)}
        self._session.execute(update(LeadRow).where(LeadRow.id == lead_id).values(values))
        self._session.flush()


def _task(row: LeadTaskRow) -> Task:
    return Task(
        id=row.id,
        lead_id=row.lead_id,
        title=row.title,
        due_on=row.due_on,
        author=row.author,
        months=row.months,
        done_at=row.done_at,
        done_by=row.done_by,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day: 30 November and 3 months is 28 February."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    length = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, length))
