"""Registering for an event, with a waiting list when it is full. It works without JavaScript."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.signed import code_of
from assistant.errors import FieldsRefused, NotFound
from assistant.leads.consent import ConsentText
from assistant.leads.contact import parse_contact
from assistant.meetings.events import event_consent
from assistant.meetings.slot import BookingState, Slot
from assistant.site.errors import SiteRoute
from assistant.site.office import CurrentOffice, Office
from assistant.site.own_form import OwnForm
from assistant.site.pages.person_form import Typed, TypedForm, consent_errors
from assistant.site.pages.registration import registration_page
from assistant.site.pages.result import message_page
from assistant.site.rendering import render_own
from assistant.storage.appointments import Appointments
from assistant.storage.bookings import NoPlace, TooOften
from assistant.storage.clock import utc_now
from assistant.storage.meeting_post import BOOKING
from assistant.storage.slots import SlotStore
from knowledge.event import Event
from knowledge.place import Region

router = APIRouter(prefix="/aanmelden", route_class=SiteRoute, include_in_schema=False)

_EventId = Annotated[str, Path(max_length=80)]
_ALREADY = "Dit e-mailadres was al aangemeld. De bevestiging staat in je mail."


@router.api_route("/{event_id}", methods=["GET", "HEAD"])
def ask(request: Request, office: CurrentOffice, event_id: _EventId) -> Response:
    """The form; of an event whose registration is closed it says so."""
    event, slot = _found(office, event_id)
    page = registration_page(
        office.visit, event, slot, _text(office, slot), Typed(), {}, is_open=slot.is_open(utc_now())
    )
    return render_own(request, "registration.html", page)


@router.post("/{event_id}")
def register(request: Request, office: CurrentOffice, _: OwnForm, event_id: _EventId, typed: TypedForm) -> Response:
    """A place, or one on the waiting list; who registers twice is told where the confirmation is."""
    event, slot = _found(office, event_id)
    text, errors, refused = _text(office, slot), dict[str, str](), ""
    try:
        contact = parse_contact(typed.name, typed.email, typed.phone, "email")
        errors = consent_errors(typed, text)
    except FieldsRefused as error:
        errors = dict(error.errors) | consent_errors(typed, text)
    if not errors:
        try:
            with office.sessions.begin() as session:
                made = Appointments(session, office.visit.catalogue, office.settings).register(
                    slot.id, contact, text, office.visit.locale
                )
        except (NoPlace, TooOften) as error:
            refused = error.visitor_message
        else:
            if not made.is_new:
                there = message_page(office.visit, "Je bent al aangemeld", _ALREADY, has_english=True)
                return render_own(request, "message.html", there)
            done = "wachtlijst" if made.booking.state is BookingState.WAITING else "aangemeld"
            code = code_of(office.settings, BOOKING, made.booking.id)
            return RedirectResponse(office.visit.in_language(f"/mijn-afspraak/{code}", gedaan=done), status_code=303)
    page = registration_page(
        office.visit, event, slot, text, typed, errors, is_open=slot.is_open(utc_now()), refused=refused
    )
    return render_own(request, "registration.html", page, 409 if refused else 422)


def _found(office: Office, event_id: str) -> tuple[Event, Slot]:
    event = office.visit.catalogue.find(event_id)
    with office.sessions() as session:
        slot = SlotStore(session).of_event(event_id)
    if not isinstance(event, Event) or slot is None:
        raise NotFound("registration for event", event_id)
    return event, slot


def _text(office: Office, slot: Slot) -> ConsentText:
    found = office.visit.catalogue.find(slot.region)
    region = found if isinstance(found, Region) else office.region
    return event_consent(region, office.settings.booking_retention, office.visit.locale)
