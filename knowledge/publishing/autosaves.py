"""AutosaveStore: forms as somebody left them, until they are saved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from knowledge.database import Sessions
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.tables import AutosaveRow


@dataclass(frozen=True)
class Autosaved:
    """A form as somebody left it."""

    form: Json
    at: datetime


class AutosaveStore:
    """What editors typed and did not save, an item and an editor each. Each call is a transaction."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._clock = clock

    def keep(self, key: ItemKey, form: Json, author_id: str) -> None:
        """Keep a form as it stands, valid or not, until it is saved."""
        with self._sessions.begin() as session:
            session.merge(
                AutosaveRow(group_name=key.group, item_id=key.id, author_id=author_id, form=form, at=self._clock())
            )

    def of(self, key: ItemKey, author_id: str) -> Autosaved | None:
        """What somebody typed and did not save."""
        with self._sessions() as session:
            row = session.get(AutosaveRow, (key.group, key.id, author_id))
            return Autosaved(row.form, row.at) if row else None

    def forget(self, key: ItemKey, author_id: str) -> None:
        """Let go of what was typed: it is saved, or no longer wanted."""
        with self._sessions.begin() as session:
            forget_autosave(session, key, author_id)


def forget_autosave(session: Session, key: ItemKey, author_id: str) -> None:
    """Let go of it inside a transaction, that of the saving."""
    session.execute(
        delete(AutosaveRow).where(
            AutosaveRow.group_name == key.group, AutosaveRow.item_id == key.id, AutosaveRow.author_id == author_id
        )
    )
