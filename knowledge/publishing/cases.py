"""CaseStore: questions with what would be a right answer, that editors keep beside the delivered ones."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import Field
from sqlalchemy import delete, select

from knowledge.database import Sessions
from knowledge.publishing.item import Json
from knowledge.publishing.outside_tables import SavedCaseRow
from knowledge.record import Frozen, Slug


class NewCase(Frozen):
    """A question that has to stay answered from a record."""

    id: Slug
    question: str = Field(min_length=2, max_length=2000)
    region: str
    locale: str = "nl"
    record_id: str
    """That a right answer cites."""
    source: str = Field(min_length=3)
    """Where the right answer comes from, or who says so."""

    def as_case(self) -> Json:
        """As `evaluation.case.Case` reads it."""
        return {
            "id": self.id,
            "topic": "redactie",
            "question": self.question,
            "region": self.region,
            "visitor": "zij-instromer",
            "style": "english" if self.locale == "en" else "plain",
            "expect": {"cites_any": [self.record_id]},
            "source": self.source,
        }


@dataclass(frozen=True)
class SavedCase:
    """A case as it was kept. `data` is what `evaluation.case.Case` reads."""

    id: str
    data: Json
    author: str
    at: datetime


class CaseStore:
    """All cases of this installation. Each call is a transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def keep(self, id_: str, data: Json, author: str, at: datetime) -> None:
        """Keep a case; one with the same id is replaced."""
        with self._sessions.begin() as session:
            session.merge(SavedCaseRow(id=id_, data=data, author=author, at=at))

    def all(self) -> tuple[SavedCase, ...]:
        """In the order of their ids."""
        with self._sessions() as session:
            rows = session.scalars(select(SavedCaseRow).order_by(SavedCaseRow.id))
            return tuple(SavedCase(row.id, row.data, row.author, row.at) for row in rows)

    def remove(self, id_: str) -> None:
        """Forget a case."""
        with self._sessions.begin() as session:
            session.execute(delete(SavedCaseRow).where(SavedCaseRow.id == id_))
