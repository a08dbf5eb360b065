"""Leads that are of one person, as an adviser says or as the person says with a code from their mail: all queries about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, func, or_, select, update
from sqlalchemy.orm import Session

from assistant.errors import Overtaken
from assistant.leads.lead import Lead, Phase
from assistant.storage.clock import Clock, utc_now
from assistant.storage.tables import LeadRow


@dataclass(frozen=True)
class OtherLead:
    """Another lead that may be of the same person: no more than when and where, until somebody says that it is."""

    id: str
    loket_title: str
    created_at: datetime


@dataclass(frozen=True)
class MergedLead(OtherLead):
    """Another lead of the same person, in short; the rest is in its own dossier."""

    phase: Phase
    message: str
    adviser: str
    """Who had it; empty: nobody."""
    contacted_at: datetime | None


class SamePersonStore:
    """Leads of one person, within the transaction of one session."""

    def __init__(self, session: Session, clock: Clock = utc_now) -> None:
        self._session = session
        self._clock = clock

    def alike(self, lead: Lead, regions: Sequence[str]) -> list[OtherLead]:
        """Leads with the same address or number that nobody has put together with this one."""
        same = [
            column == value
            for column, value in ((LeadRow.email, lead.contact.email), (LeadRow.phone, lead.contact.phone))
            if value
        ]
        return self._others(
            LeadRow.id != lead.id, LeadRow.merged_into.is_(None), LeadRow.region.in_(regions), or_(*same)
        )

    def before(self, lead: Lead) -> list[OtherLead]:
        """The leads that came from the same address to the same region before this one, whatever was done with them."""
        if lead.contact.email is None:
            return []
        return self._others(
            LeadRow.id != lead.id,
            func.lower(LeadRow.email) == lead.contact.email.lower(),
            LeadRow.region == lead.region,
            LeadRow.created_at < lead.created_at,
        )

    def merged(self, lead_id: str) -> list[MergedLead]:
        """The leads that were said to be of the same person."""
        rows = self._session.scalars(select(LeadRow).where(LeadRow.merged_into == lead_id).order_by(LeadRow.created_at))
        return [
            MergedLead(
                row.id,
                row.loket_title,
                row.created_at,
                phase=Phase(row.phase),
                message=row.message,
                adviser=row.claimed_name,
                contacted_at=row.contacted_at,
            )
            for row in rows
        ]

    def merge(self, lead_id: str, other_id: str) -> None:
        """
        Say that another lead is of the same person: it leaves the inbox, and is read from this one. Nothing of it moves,
        so that it can be undone.

        :raises Overtaken: If one of the two is put together with another by now.
        """
        now = self._clock()
        free = select(LeadRow.id).where(LeadRow.id == lead_id, LeadRow.merged_into.is_(None)).exists()
        merged = self._session.execute(
            update(LeadRow)
            .where(LeadRow.id == other_id, LeadRow.id != lead_id, LeadRow.merged_into.is_(None), free)
            .values(merged_into=lead_id, updated_at=now)
        )
        if cast(CursorResult[Any], merged).rowcount != 1:
            raise Overtaken("lead", other_id)
        # What was put together with the other one earlier comes along.
        self._session.execute(update(LeadRow).where(LeadRow.merged_into == other_id).values(merged_into=lead_id))
        self._session.execute(update(LeadRow).where(LeadRow.id == lead_id).values(updated_at=now))

    def separate(self, lead_id: str, other_id: str) -> None:
        """
        Take a merge back.

        :raises Overtaken: If the two are not together any more.
        """
        parted = self._session.execute(
            update(LeadRow).where(LeadRow.id == other_id, LeadRow.merged_into == lead_id).values(merged_into=None)
        )
        if cast(CursorResult[Any], parted).rowcount != 1:
            raise Overtaken("lead", other_id)

    def read_from(self, lead_id: str) -> str:
        """The lead from which this one is read: itself, or the one that it was put with."""
        return self._session.scalar(select(LeadRow.merged_into).where(LeadRow.id == lead_id)) or lead_id

    def _others(self, *conditions: ColumnElement[bool]) -> list[OtherLead]:
        rows = self._session.execute(
            select(LeadRow.id, LeadRow.loket_title, LeadRow.created_at).where(*conditions).order_by(LeadRow.created_at)
        )
        return [OtherLead(*row) for row in rows]
