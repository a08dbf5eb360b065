"""How many answers leaned on each record: counts alone, without what anybody asked or who it was."""

import logging
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from assistant.storage.clock import Clock, utc_now
from assistant.storage.session import Sessions
from assistant.storage.tables import TurnRow

_TOGETHER = 1000
_MONTH = timedelta(days=30)
_GOOD_FOR = timedelta(minutes=10)
_log = logging.getLogger(__name__)


def answers_by_record(sessions: Sessions, since: datetime) -> Mapping[str, int]:
    """
    By record how many replies since that moment cite it.

    Conversations that were erased count no more: what is left of them is no list of what they were told.
    """
    counts: Counter[str] = Counter()
    with sessions() as session:
        # The citations alone: the words of question and reply stay in the database.
        query = select(TurnRow.reply["citations"]).where(TurnRow.created_at >= since)
        for citations in session.scalars(query).yield_per(_TOGETHER):
            if isinstance(citations, list):
                counts.update({each["record_id"] for each in citations if each.get("record_id")})
    return counts


class Leaning:
    """
    How many answers of the last month leaned on each record, as it was a moment ago.

    Counting reads every turn of a month, so a page gets what was counted last, and has it counted anew behind its back.
    """

    def __init__(self, sessions: Sessions, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock
        self._counting = threading.Lock()
        self._kept: tuple[datetime, Mapping[str, int]] | None = None

    def counts(self) -> Mapping[str, int]:
        """By record how many answers cite it; only the first who asks waits for it."""
        kept = self._kept
        if kept is None:
            with self._counting:
                return (self._kept or self._count())[1]
        if self._clock() - kept[0] > _GOOD_FOR and self._counting.acquire(blocking=False):
            threading.Thread(target=self._count_and_release, name="leaning", daemon=True).start()
        return kept[1]

    def _count_and_release(self) -> None:
        try:
            self._count()
        except SQLAlchemyError as error:
            _log.warning("answers could not be counted by record: %s", error)
        finally:
            self._counting.release()

    def _count(self) -> tuple[datetime, Mapping[str, int]]:
        now = self._clock()
        self._kept = now, answers_by_record(self._sessions, now - _MONTH)
        return self._kept
