"""Earlier: whether what somebody told a loket before may be read with what they send now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.leads.working_days import HERE
from knowledge.record import Frozen

EARLIER_TEXTS = {
    "nl": "De adviseur mag mijn eerdere aanmelding lezen bij deze nieuwe.",
    "en": "The adviser may read what I sent earlier beside what I send now.",
}
"""What somebody agrees to. A change of it is another version."""
EARLIER_VERSION = "2026-11-a"
EARLIER_ADDRESS = "/eerder"
"""The page on which the code is typed."""
ANSWER_WITHIN = timedelta(days=7)
"""Who does not use the code within this time is not asked any more."""


class Earlier(Frozen):
    """What was asked of one lead, and what came of it."""

    lead_id: str
    asked_at: datetime
    agreed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    version: str
    joined: tuple[str, ...] = ()
    """Ids of the leads that were put with it."""

    @property
    def holds(self) -> bool:
        """Whether they may be read together now."""
        return self.agreed_at is not None and self.withdrawn_at is None

    @property
    def ends_at(self) -> datetime:
        """Until when it can be answered."""
        return self.asked_at + ANSWER_WITHIN


@dataclass(frozen=True)
class EarlierQuestion:
    """The question as it stands in the mail: the code, where to type it, and until when."""

    code: str
    ends_at: datetime

    @property
    def last_day(self) -> date:
        """The last whole day, in the Netherlands, on which it can be answered."""
        return self.ends_at.astimezone(HERE).date() - timedelta(days=1)
