"""Wishing for a day along and what is done about it, with the lead and the mail in one transaction."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from assistant.accounts.signed import code_of
from assistant.eligibility.profile import KnownFact
from assistant.leads.consent import ConsentText, Purpose
from assistant.leads.contact import Contact
from assistant.leads.outbox import NewMail
from assistant.meetings.day_along import DayAlong, DayMove, DayState, Proposal
from assistant.meetings.day_mail import DayTold, day_mail_to_loket, day_mail_to_visitor
from assistant.settings import Settings
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conversations import Conversation
from assistant.storage.days_along import DayAlongStore
from assistant.storage.intake import Intake, Taken
from assistant.storage.meeting_post import IN_LANGUAGE, MeetingPost
from assistant.storage.outbox import put_mail
from knowledge.catalogue import Catalogue
from knowledge.place import Weekday

DAY = "day"
"""What a code of a day along is signed for."""
_TOLD = {
    DayMove.PROPOSE: DayTold.PROPOSED,
    DayMove.ACCEPT: DayTold.CONFIRMED,
    DayMove.REFUSE: DayTold.REFUSED,
}


class DayWishes:
    """Days along, within the transaction of one session."""

    def __init__(self, session: Session, catalogue: Catalogue, settings: Settings, clock: Clock = utc_now) -> None:
        self._session = session
        self._settings = settings
        self._clock = clock
        self._days = DayAlongStore(session, clock)
        self._intake = Intake(session, catalogue, settings, clock)
        self._post = MeetingPost(session, catalogue, settings, clock)

    def ask(
        self,
        contact: Contact,
        wish: str,
        text: ConsentText,
        given: Mapping[Purpose, bool],
        place: tuple[str, str, Sequence[Weekday]],
        told: Sequence[KnownFact],
        conversation: Conversation | None = None,
        locale: str = "nl",
    ) -> tuple[DayAlong, Taken]:
        """
        Take a wish in, as a lead for the loket that fits; the same sent twice is one.

        :param place: Sector, area and weekdays.
        :param told: The same as facts, by which the loket is found.
        """
        sector, area, weekdays = place
        taken = self._intake.take(contact, wish, text, given, conversation, told=told, locale=locale)
        day = self._days.of_lead(taken.lead.id)
        if day is None:
            day = self._days.add(taken.lead.id, sector, area, weekdays, locale)
            self.tell(DayTold.ASKED, day, False, taken.lead.reason)
        return day, taken

    def move(self, day: DayAlong, move: DayMove, proposal: Proposal | None = None, answer: str = "") -> DayAlong:
        """
        What the visitor or the loket does about it, and the mail that tells the other.

        :raises Overtaken: As `DayAlongStore.move`.
        """
        was_certain = day.state is DayState.CONFIRMED or move is DayMove.ACCEPT
        after = self._days.move(day, move, proposal, answer)
        if told := _TOLD.get(move):
            self.tell(told, after, was_certain)
        return after

    def call_off(self, day: DayAlong, by_visitor: bool) -> DayAlong:
        """
        It is off.

        :raises Overtaken: If it was already.
        """
        after = self._days.move(day, DayMove.CALL_OFF)
        self.tell(DayTold.CANCELLED if by_visitor else DayTold.OFF, after, day.state is DayState.CONFIRMED)
        return after

    def tell(self, told: DayTold, day: DayAlong, was_certain: bool, reason: str = "") -> None:
        """Tell the visitor, and the loket if it was not the loket that did it."""
        now, public = self._clock(), self._settings.public_url.rstrip("/")
        address = f"{public}/mijn-dag/{code_of(self._settings, DAY, day.id)}{IN_LANGUAGE[day.locale]}"
        self._put(day_mail_to_visitor(told, day, was_certain, address, now), day)
        to, desk = self._post.mailbox(day.loket_id), f"{public}/desk/meelopen/{day.id}"
        self._put(day_mail_to_loket(told, day, was_certain, to, desk, reason, now), day)

    def _put(self, mail: NewMail | None, day: DayAlong) -> None:
        if mail is not None:
            put_mail(self._session, mail, day.lead_id, self._clock)
