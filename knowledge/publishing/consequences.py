"""What was found of a change set's consequences, and how far the looking is."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from knowledge.database import Sessions
from knowledge.publishing.revisions import Clock, Revision, utc_now
from knowledge.publishing.tables import ConsequencesRow

LookState = Literal["running", "done", "failed"]
_GIVEN_UP_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Looked:
    """How the looking stands; `result` is there when it is done."""

    state: LookState
    digest: str
    """Of what was looked at: `digest_of` the change set and the publication. Another one: look again."""
    done: int
    of: int
    began_at: datetime
    ended_at: datetime | None
    result: dict[str, Any] | None

    def is_given_up(self, now: datetime) -> bool:
        """Whether it says to be running, and surely is not any more: the process was killed."""
        return self.state == "running" and now - self.began_at > _GIVEN_UP_AFTER


def digest_of(revisions: Iterable[Revision], publication: int) -> str:
    """What the consequences of a change set hang on: its newest versions, and what is published."""
    told = f"{publication} {sorted(each.id for each in revisions)}"
    return hashlib.sha256(told.encode()).hexdigest()


class ConsequencesStore:
    """One look for each change set, the newest."""

    def __init__(self, sessions: Sessions, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    def begin(self, change_set_id: str, digest: str) -> None:
        """Start anew."""
        with self._sessions.begin() as session:
            session.merge(
                ConsequencesRow(
                    change_set_id=change_set_id,
                    digest=digest,
                    state="running",
                    done=0,
                    of=0,
                    began_at=self._clock(),
                    ended_at=None,
                    result=None,
                )
            )

    def advance(self, change_set_id: str, done: int, of: int) -> None:
        """Tell how far it is."""
        with self._sessions.begin() as session:
            row = session.get_one(ConsequencesRow, change_set_id)
            row.done, row.of = done, of

    def end(self, change_set_id: str, result: dict[str, Any] | None) -> None:
        """Keep what was found; None: it failed."""
        with self._sessions.begin() as session:
            row = session.get_one(ConsequencesRow, change_set_id)
            row.state, row.result, row.ended_at = "done" if result is not None else "failed", result, self._clock()

    def get(self, change_set_id: str) -> Looked | None:
        """How it stands; None if nobody looked."""
        with self._sessions() as session:
            row = session.get(ConsequencesRow, change_set_id)
            if row is None:
                return None
            return Looked(
                row.state,  # type: ignore[arg-type]
                row.digest,
                row.done,
                row.of,
                row.began_at,
                row.ended_at,
                row.result,
            )
