"""Who has to be reminded now, each once: of a meeting tomorrow, of a task; and who moves up from a waiting list."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from assistant.leads.outbox import NewMail
from assistant.leads.working_days import HERE
from assistant.leads.working_time import is_working_time
from assistant.meetings.day_mail import DayTold
from assistant.meetings.mail import Told, task_mail
from assistant.meetings.reminding import Reminded
from assistant.settings import Settings
from assistant.storage.appointments import Appointments
from assistant.storage.bookings import BookingStore
from assistant.storage.clock import Clock, utc_now
from assistant.storage.day_wishes import DayWishes
from assistant.storage.days_along import DayAlongStore
from assistant.storage.desk_tables import LeadTaskRow
from assistant.storage.meeting_post import MeetingPost
from assistant.storage.outbox import put_mail
from assistant.storage.session import Sessions
from assistant.storage.tables import AccountRow, LeadRow
from knowledge.catalogue import Catalogue

_MOST = 500


class ReminderStore:
    """The people store, as `Reminding` asks for it."""

    def __init__(
        self, sessions: Sessions, catalogue: Callable[[], Catalogue], settings: Settings, clock: Clock = utc_now
    ) -> None:
        self._sessions = sessions
        self._catalogue = catalogue
        self._settings = settings
        self._clock = clock

    def remind(self) -> Reminded:
        """Remind everybody who is due, and put their mail in the outbox, both or neither."""
        with self._sessions.begin() as session:
            visitors = self._visitors(session)
        with self._sessions.begin() as session:
            moved_up = self._move_up(session)
        advisers = 0
        if is_working_time(self._clock()):
            with self._sessions.begin() as session:
                advisers = self._advisers(session)
        return Reminded(visitors, advisers, moved_up)

    def _visitors(self, session: Session) -> int:
        post = MeetingPost(session, self._catalogue(), self._settings, self._clock)
        due = BookingStore(session, self._clock).take_due()
        for booking in due:
            post.tell(Told.REMINDER, booking)
        days = DayAlongStore(session, self._clock).take_due()
        wishes = DayWishes(session, self._catalogue(), self._settings, self._clock)
        for day in days:
            wishes.tell(DayTold.REMINDER, day, was_certain=True)
        return len(due) + len(days)

    def _move_up(self, session: Session) -> int:
        """A place also comes free when somebody is erased, and nobody is there to tell."""
        bookings = BookingStore(session, self._clock)
        up = [booking for slot_id in bookings.full_events() for booking in bookings.move_up(slot_id)]
        Appointments(session, self._catalogue(), self._settings, self._clock).tell_up(up)
        return len(up)

    def _advisers(self, session: Session) -> int:
        """One mail for each adviser, about all that is due; of leads that nobody took on, to the mailbox of the loket."""
        now = self._clock()
        rows = session.execute(
            select(LeadTaskRow.id, LeadTaskRow.months, LeadRow.loket_id, AccountRow.name, AccountRow.email)
            .join(LeadRow, LeadRow.id == LeadTaskRow.lead_id)
            .outerjoin(AccountRow, (AccountRow.id == LeadRow.claimed_by) & AccountRow.disabled.is_(False))
            .where(
                LeadTaskRow.done_at.is_(None),
                LeadTaskRow.reminded_at.is_(None),
                LeadTaskRow.due_on <= now.astimezone(HERE).date(),
            )
            .order_by(LeadTaskRow.id)
            .limit(_MOST)
        ).all()
        post = MeetingPost(session, self._catalogue(), self._settings, self._clock)
        taken: dict[tuple[str, str], list[int | None]] = defaultdict(list)
        for task_id, months, loket_id, name, email in rows:
            once = update(LeadTaskRow).where(LeadTaskRow.id == task_id, LeadTaskRow.reminded_at.is_(None))
            if cast(CursorResult[Any], session.execute(once.values(reminded_at=now))).rowcount == 1:
                taken[(email or post.mailbox(loket_id), name or "collega")].append(months)
        for (to, name), months_of in taken.items():
            put_mail(session, self._task_mail(to, name, months_of), clock=self._clock)
        return len(taken)

    def _task_mail(self, to: str, name: str, months_of: list[int | None]) -> NewMail:
        address = f"{self._settings.public_url.rstrip('/')}/desk/taken"
        return task_mail(
            str(uuid.uuid4()), to, name, len(months_of), sum(each is not None for each in months_of), address
        )
