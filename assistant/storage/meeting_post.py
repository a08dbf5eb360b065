"""Tells people about their meetings: mail in the transaction of what happened, both or neither."""

from sqlalchemy.orm import Session

from assistant.accounts.signed import code_of
from assistant.leads.outbox import NewMail
from assistant.meetings.mail import Told, loket_mail, visitor_mail
from assistant.meetings.slot import Booking
from assistant.settings import Settings
from assistant.storage.clock import Clock, utc_now
from assistant.storage.outbox import put_mail
from knowledge.catalogue import Catalogue
from knowledge.place import Loket

BOOKING = "booking"
"""What a code of a booking is signed for."""
IN_LANGUAGE = {"nl": "", "en": "?taal=en"}
"""What comes after the address of a page, for its language."""


class MeetingPost:
    """Puts mail about meetings in the outbox, within the transaction of one session."""

    def __init__(self, session: Session, catalogue: Catalogue, settings: Settings, clock: Clock = utc_now) -> None:
        self._session = session
        self._catalogue = catalogue
        self._settings = settings
        self._clock = clock

    def tell(self, told: Told, booking: Booking, reason: str = "") -> None:
        """Tell the visitor, and the loket if it was not the loket that did it."""
        now = self._clock()
        address = (
            f"{self._public}/mijn-afspraak/{code_of(self._settings, BOOKING, booking.id)}{IN_LANGUAGE[booking.locale]}"
        )
        self._put(visitor_mail(told, booking, address, now), booking)
        desk_address = f"{self._public}/desk/leads/{booking.lead_id}" if booking.lead_id else f"{self._public}/desk"
        self._put(loket_mail(told, booking, self.mailbox(booking.slot.loket_id), desk_address, reason, now), booking)

    def mailbox(self, loket_id: str) -> str:
        """Where a loket reads about its leads."""
        loket = self._catalogue.find(loket_id)
        return (loket.lead_mailbox if isinstance(loket, Loket) else None) or self._settings.mail_to

    @property
    def _public(self) -> str:
        return self._settings.public_url.rstrip("/")

    def _put(self, mail: NewMail | None, booking: Booking) -> None:
        if mail is not None:
            put_mail(self._session, mail, booking.lead_id, self._clock)
