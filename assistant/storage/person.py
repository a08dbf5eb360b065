"""
Everything that is kept about one person, to give it to them or to erase it.

What belongs to a lead or a conversation is found by the foreign keys of the tables, so that a table that is added later
is given and erased too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, delete, func, or_, select
from sqlalchemy.orm import Session

from assistant.storage.meeting_tables import BookingRow, SlotRow
from assistant.storage.tables import (
    Base,
    ConversationRow,
    LeadRow,
    OutboxRow,
    OutcomeAlertRow,
    SaidRow,
    TurnRow,
    VacancyAlertRow,
)

_NOT_TOLD = {
    "token_hash",
    "code",
    "wish",
    "trace",
    "record",
    "version",
    "last_number",
    "reply_hash",
    "code_hash",
    "key",
    "looked",
}
"""What says nothing to a person, or opens something."""
_COPIES = {"lead_search", "lead_seen", "presence"}


@dataclass(frozen=True)
class Person:
    """What was found by an e-mail address: ids of leads, conversations, bookings, and of what they asked to be mailed about."""

    email: str
    leads: tuple[str, ...]
    conversations: tuple[str, ...]
    bookings: tuple[str, ...] = ()
    """Places at events; those of a lead go with it."""
    alerts: tuple[str, ...] = ()
    """About vacancies."""
    outcomes: tuple[str, ...] = ()
    """About the outcome of a zelftest."""

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.leads or self.conversations or self.bookings or self.alerts or self.outcomes)


Records = dict[str, list[dict[str, Any]]]
"""Rows by the name of their table, with values that fit in JSON."""


class PersonStore:
    """One person over all tables, within the transaction of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, email: str, regions: Sequence[str] | None = None) -> Person:
        """
        The leads with an address, whatever its capitals; the conversations they came from, those in which it is said, and
        places at events.

        :param regions: Those of whoever asks; None: all, for the operator.
        """
        key = email.strip().lower()
        if "@" not in key:
            return Person(key, (), ())
        leads = select(LeadRow.id, LeadRow.conversation_id).where(func.lower(LeadRow.email) == key)
        said = select(TurnRow.conversation_id).where(_holds(key, TurnRow.question, TurnRow.reply, TurnRow.choice_label))
        live = select(SaidRow.conversation_id).where(_holds(key, SaidRow.text))
        if regions is not None:
            leads = leads.where(LeadRow.region.in_(regions))
        found = self._session.execute(leads).all()
        of_leads = [row.conversation_id for row in found if row.conversation_id]
        wanted = select(ConversationRow.id).where(
            or_(
                ConversationRow.id.in_(of_leads),
                ConversationRow.id.in_(said),
                ConversationRow.id.in_(live),
                _holds(key, ConversationRow.state, ConversationRow.page_url),
            )
        )
        if regions is not None:
            wanted = wanted.where(or_(ConversationRow.region.in_(regions), ConversationRow.id.in_(of_leads)))
        booked = (
            select(BookingRow.id)
            .join(SlotRow, SlotRow.id == BookingRow.slot_id)
            .where(func.lower(BookingRow.email) == key, BookingRow.lead_id.is_(None))
        )
        if regions is not None:
            booked = booked.where(SlotRow.region.in_(regions))
        alerts = select(VacancyAlertRow.id).where(func.lower(VacancyAlertRow.email) == key)
        if regions is not None:
            alerts = alerts.where(VacancyAlertRow.region.in_((*regions, "")))
        outcomes = select(OutcomeAlertRow.id).where(func.lower(OutcomeAlertRow.email) == key)
        if regions is not None:
            outcomes = outcomes.where(OutcomeAlertRow.region.in_((*regions, "")))
        return Person(
            key,
            tuple(row.id for row in found),
            tuple(self._session.scalars(wanted)),
            tuple(self._session.scalars(booked)),
            tuple(self._session.scalars(alerts)),
            tuple(self._session.scalars(outcomes)),
        )

    def records(self, person: Person) -> Records:
        """Every row about a person, by table."""
        records: Records = {}
        self._collect(records, LeadRow.__table__, person.leads)  # type: ignore[arg-type]
        self._collect(records, ConversationRow.__table__, person.conversations)  # type: ignore[arg-type]
        self._collect(records, BookingRow.__table__, person.bookings)  # type: ignore[arg-type]
        mail = OutboxRow.__table__
        others = select(mail).where(func.lower(mail.c.to) == person.email, mail.c.lead_id.is_(None))
        if rows := self._rows(others):
            records.setdefault("outbox", []).extend(rows)
        for table, ids in ((VacancyAlertRow.__table__, person.alerts), (OutcomeAlertRow.__table__, person.outcomes)):
            if rows := self._rows(select(table).where(table.c.id.in_(ids))):
                records[table.name] = rows  # type: ignore[attr-defined]
        return records

    def erase(self, person: Person) -> None:
        """Erase every row about a person. Let `drop_traces` follow once this is committed."""
        self._session.execute(delete(LeadRow).where(LeadRow.id.in_(person.leads)))
        self._session.execute(delete(ConversationRow).where(ConversationRow.id.in_(person.conversations)))
        self._session.execute(delete(BookingRow).where(BookingRow.id.in_(person.bookings)))
        mail_to_them = delete(OutboxRow).where(func.lower(OutboxRow.to) == person.email, OutboxRow.lead_id.is_(None))
        self._session.execute(mail_to_them)
        self._session.execute(delete(VacancyAlertRow).where(VacancyAlertRow.id.in_(person.alerts)))
        self._session.execute(delete(OutcomeAlertRow).where(OutcomeAlertRow.id.in_(person.outcomes)))

    def _collect(self, records: Records, table: Table, ids: Sequence[Any]) -> None:
        if not ids or table.name in _COPIES:
            return
        [key, *_] = table.primary_key.columns
        for row in self._rows(select(table).where(key.in_(ids))):
            if row not in records.setdefault(table.name, []):
                records[table.name].append(row)
        for child in Base.metadata.sorted_tables:
            for column in child.columns:
                if any(each.column.table is table for each in column.foreign_keys) and column.table is not table:
                    self._collect_children(records, child, column, ids)

    def _collect_children(self, records: Records, child: Table, column: Any, ids: Sequence[Any]) -> None:
        if child.name in _COPIES or child.name in ("lead", "conversation"):
            return
        if len(child.primary_key.columns) == 1:
            [key] = child.primary_key.columns
            self._collect(records, child, list(self._session.scalars(select(key).where(column.in_(ids)))))
            return
        records.setdefault(child.name, []).extend(self._rows(select(child).where(column.in_(ids))))

    def _rows(self, wanted: Any) -> list[dict[str, Any]]:
        return [
            {
                name: _as_json(value)
                for name, value in row._mapping.items()
                if name not in _NOT_TOLD and value is not None
            }
            for row in self._session.execute(wanted)
        ]


def _holds(key: str, *columns: Any) -> ColumnElement[bool]:
    return or_(*(func.lower(cast(column, String)).contains(key, autoescape=True) for column in columns))


def _as_json(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict) else value.isoformat()
