"""How long each region keeps what it keeps, where that is shorter than the installation does."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.storage.tables import PeriodRow


class Kept(StrEnum):
    """What a region may keep for a shorter time."""

    CONVERSATIONS = "conversations"
    LEADS = "leads"
    AUDIT = "audit"


class PeriodStore:
    """The periods, within the transaction of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[tuple[str, Kept], timedelta]:
        """Every period that a region chose."""
        rows = self._session.scalars(select(PeriodRow))
        return {(row.region, Kept(row.kind)): timedelta(days=row.days) for row in rows}

    def set(self, region: str, kind: Kept, days: int | None) -> None:
        """Choose a period; None: that of the installation again."""
        self._session.execute(delete(PeriodRow).where(PeriodRow.region == region, PeriodRow.kind == kind.value))
        if days is not None:
            self._session.add(PeriodRow(region=region, kind=kind.value, days=days))
        self._session.flush()
