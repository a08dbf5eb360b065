"""Making, moving and calling off appointments, with the lead, the places and the mail in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assistant.errors import FieldsRefused, NoLoket
from assistant.leads.consent import ConsentText, Purpose
from assistant.leads.contact import Contact
from assistant.leads.routing import RoutedTo
from assistant.meetings.mail import Told
from assistant.meetings.slot import Booking, BookingState, How, Slot
from assistant.settings import Settings
from assistant.storage.bookings import Agreed, BookingStore, Made, NoPlace
from assistant.storage.clock import Clock, utc_now
from assistant.storage.conversations import Conversation
from assistant.storage.intake import Intake, Taken
from assistant.storage.meeting_post import MeetingPost
from assistant.storage.slots import SlotStore
from knowledge.catalogue import Catalogue
from knowledge.place import Loket


@dataclass(frozen=True)
class AppointmentMade:
    """The appointment and the lead that it is of."""

    booking: Booking
    taken: Taken


class Appointments:
    """Appointments, within the transaction of one session."""

    def __init__(self, session: Session, catalogue: Catalogue, settings: Settings, clock: Clock = utc_now) -> None:
        self._catalogue = catalogue
        self._intake = Intake(session, catalogue, settings, clock)
        self._slots = SlotStore(session, clock)
        self._bookings = BookingStore(session, clock)
        self._post = MeetingPost(session, catalogue, settings, clock)
        self._clock = clock

    def make(
        self,
        slot_id: str,
        contact: Contact,
        message: str,
        text: ConsentText,
        given: Mapping[Purpose, bool],
        conversation: Conversation | None = None,
        locale: str = "nl",
    ) -> AppointmentMade:
        """
        Make an appointment; the same sent twice is one.

        :raises NoPlace, TooOften, NotFound: As `BookingStore.book`.
        :raises FieldsRefused: If the way to reach this person is missing that this appointment needs.
        """
        slot = self._slots.get(slot_id)
        if slot.is_event:
            raise NoPlace(slot_id)
        check_reachable(slot, contact)
        loket = self._catalogue.find(slot.loket_id)
        if not isinstance(loket, Loket):
            raise NoLoket
        routed = RoutedTo(loket, slot.region, f"De bezoeker koos zelf een moment bij {loket.title}.")
        taken = self._intake.take(contact, message, text, given, conversation, routed, slot.ends_at, locale=locale)
        if not taken.is_new and (there := self._same(taken.lead.id, slot_id)):
            return AppointmentMade(there, taken)
        made = self._bookings.book(slot_id, contact, taken.lead.id, locale=locale)
        if made.is_new:
            self._post.tell(Told.MADE, made.booking, taken.lead.reason)
        return AppointmentMade(made.booking, taken)

    def register(self, slot_id: str, contact: Contact, text: ConsentText, locale: str = "nl") -> Made:
        """
        A place at an event, or one on its waiting list; the same address twice is one.

        :raises NoPlace, TooOften, NotFound: As `BookingStore.book`.
        """
        if not self._slots.get(slot_id).is_event:
            raise NoPlace(slot_id)
        made = self._bookings.book(slot_id, contact, agreed=Agreed(text.version, text.html), locale=locale)
        if made.is_new:
            waits = made.booking.state is BookingState.WAITING
            self._post.tell(Told.WAITING if waits else Told.MADE, made.booking)
        return made

    def change_capacity(self, slot: Slot, capacity: int) -> None:
        """Another number of places at an event; who waits longest gets what comes free."""
        self._slots.change_capacity(slot.id, capacity)
        self.tell_up(self._bookings.move_up(slot.id))

    def move(self, booking: Booking, slot_id: str) -> Booking:
        """
        To another moment of the same loket.

        :raises NoPlace, Overtaken: As `BookingStore.move`.
        """
        moved = self._bookings.move(booking, slot_id)
        self._post.tell(Told.MOVED, moved)
        return moved

    def cancel(self, booking: Booking) -> None:
        """
        The visitor does not come; at an event who waits longest gets the place, and who leaves is forgotten.

        :raises Overtaken: If it was cancelled already.
        """
        up = self._bookings.cancel(booking)
        self._post.tell(Told.CANCELLED, self._bookings.get(booking.id))
        if booking.lead_id is None:
            self._bookings.forget(booking.id)
        self.tell_up(up)

    def call_off(self, slot_id: str) -> int:
        """The loket cannot after all, or the event is off. Returns how many were told."""
        told = self._bookings.cancel_slot(slot_id)
        for booking in told:
            self._post.tell(Told.OFF, booking)
        return len(told)

    def tell_up(self, up: list[Booking]) -> None:
        """Tell who moved up from a waiting list."""
        for booking in up:
            self._post.tell(Told.UP, booking)

    def _same(self, lead_id: str, slot_id: str) -> Booking | None:
        return next(
            (
                each
                for each in self._bookings.of_lead(lead_id)
                if each.slot.id == slot_id and each.state is BookingState.BOOKED
            ),
            None,
        )


def check_reachable(slot: Slot, contact: Contact) -> None:
    """
    Whether this person can be reached as the meeting needs.

    :raises FieldsRefused: If not; it says what to fill in.
    """
    if slot.how is How.PHONE and contact.phone is None:
        raise FieldsRefused({"phone": "Vul je telefoonnummer in: we bellen je op dit moment."})
    if slot.how is How.VIDEO and contact.email is None:
        raise FieldsRefused({"email": "Vul je e-mailadres in: daar sturen we de link voor het videogesprek naartoe."})
