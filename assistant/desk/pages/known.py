"""What the stores know about one lead, before it is told in words."""

from dataclasses import dataclass
from datetime import datetime

from assistant.leads.earlier import Earlier
from assistant.leads.lead import Lead, Note, PhaseChange
from assistant.leads.matching import Need
from assistant.leads.work import Answer, Interaction, Letter, Task
from assistant.meetings.day_along import DayAlong
from assistant.meetings.slot import Booking
from assistant.money.shown import ShownPicture
from assistant.storage.consents import Agreed
from assistant.storage.leads import MailState
from assistant.storage.receipts import KeptReceipt
from assistant.storage.same_person import MergedLead, OtherLead
from assistant.zelftest.replay import Since


@dataclass(frozen=True)
class Dossier:
    """What the store knows about one lead."""

    lead: Lead
    notes: tuple[Note, ...]
    changes: tuple[PhaseChange, ...]
    mails: tuple[MailState, ...]
    undoable: PhaseChange | None
    advice: tuple[KeptReceipt, Since] | None = None
    """The advice that the lead came with, and what changed since."""
    interactions: tuple[Interaction, ...] = ()
    tasks: tuple[Task, ...] = ()
    letters: tuple[Letter, ...] = ()
    answers: tuple[Answer, ...] = ()
    new_since: datetime | None = None
    """What came in after this the adviser has not seen; None: it does not matter now."""
    alike: tuple[OtherLead, ...] = ()
    merged: tuple[MergedLead, ...] = ()
    earlier: Earlier | None = None
    """Whether the visitor had earlier leads put with this one."""
    needs: tuple[Need, ...] = ()
    """What schools of the region look for."""
    agreed: tuple[Agreed, ...] = ()
    money: ShownPicture | None = None
    """What the best route costs and brings."""
    bookings: tuple[Booking, ...] = ()
    day_along: DayAlong | None = None
