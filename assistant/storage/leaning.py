"""How many answers leaned on each record: counts alone, without what anybody asked or who it was."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from assistant.storage.session import Sessions
from assistant.storage.tables import TurnRow

_TOGETHER = 1000


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
