"""Choosing a moment to talk to an adviser, and changing it with the link from the mail. It works without JavaScript."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from assistant.accounts.signed import code_of, read_code
from assistant.errors import FieldsRefused, NotFound, Overtaken
from assistant.leads.contact import Contact, parse_contact
from assistant.meetings.calendar import booking_file
from assistant.meetings.mail import in_calendar
from assistant.meetings.slot import SHOWN_AHEAD, Booking, Slot
from assistant.site.errors import SiteRoute
from assistant.site.office import CurrentOffice, Office
from assistant.site.own_form import OwnForm
from assistant.site.pages.appointment import appointment_page, moments_page, my_appointment_page
from assistant.site.pages.person_form import Typed, TypedForm, consent_errors
from assistant.site.pages.result import message_page
from assistant.site.rendering import render_own
from assistant.storage.appointments import Appointments
from assistant.storage.bookings import BookingStore, NoPlace, TooOften
from assistant.storage.clock import utc_now
from assistant.storage.meeting_post import BOOKING
from assistant.storage.slots import SlotStore

router = APIRouter(route_class=SiteRoute, include_in_schema=False)

_OTHERS = 6
_DONE = {
    "gemaakt": "Gelukt! Je afspraak staat vast.",
    "aangemeld": "Gelukt! Je bent aangemeld.",
    "wachtlijst": "Gelukt! Je staat op de wachtlijst.",
    "verzet": "Je afspraak is verzet.",
    "afgezegd": "Het is afgezegd.",
}
_GONE = "Deze link opent niets (meer). De afspraak is gewist, of de link is niet compleet. Kijk nog eens in je mail."
_Code = Annotated[str, Path(max_length=300)]
_SlotId = Annotated[str, Path(max_length=64)]
_Story = Annotated[str, Query(alias="gesprek", max_length=400)]


@router.api_route("/afspraak", methods=["GET", "HEAD"])
def moments(request: Request, office: CurrentOffice, story: _Story = "") -> Response:
    """The moments that can be chosen; for who comes from the chat those of the loket that fits, if it has any."""
    visit = office.visit
    wanted = {name: visit.asked.get(name, "")[:80] for name in ("loket", "hoe")}
    until, reason, found = utc_now() + SHOWN_AHEAD, "", list[Slot]()
    with office.sessions() as session:
        slots, conversation = SlotStore(session), office.conversation(session, story)
        if conversation is not None and not wanted["loket"]:
            routed = office.loket_for(conversation)
            found, reason = slots.open(until, loket_id=routed.loket.id), routed.reason
        if not found:
            found, reason = slots.open(until, regions=(office.region.id,)), ""
    page = moments_page(visit, office.region, found, wanted, story if conversation else "", reason)
    return render_own(request, "moments.html", page)


@router.api_route("/afspraak/{slot_id}", methods=["GET", "HEAD"])
def ask(request: Request, office: CurrentOffice, slot_id: _SlotId, story: _Story = "") -> Response:
    """The form for one moment; one that is taken leads to the others."""
    with office.sessions() as session:
        slot = SlotStore(session).get(slot_id)
        if slot.is_event:
            raise NotFound("slot", slot_id)
        if not slot.is_open(utc_now()):
            return _form(request, office, session, slot, Typed(story=story), full=NoPlace.visitor_message)
        return _form(request, office, session, slot, Typed(story=story))


@router.post("/afspraak/{slot_id}")
def make(request: Request, office: CurrentOffice, _: OwnForm, slot_id: _SlotId, typed: TypedForm) -> Response:
    """Make the appointment; what is wrong, or taken by now, comes back with what was typed."""
    with office.sessions() as session:
        slot = SlotStore(session).get(slot_id)
        text = office.consent(slot.region)
        contact, errors = _contact(typed)
        errors |= consent_errors(typed, text)
        if contact is None or errors:
            return _form(request, office, session, slot, typed, errors)
    try:
        with office.sessions.begin() as session:
            conversation = office.conversation(session, typed.story)
            appointments = Appointments(session, office.visit.catalogue, office.settings)
            made = appointments.make(
                slot_id, contact, typed.message, text, typed.given(), conversation, office.visit.locale
            )
            office.tell_chat(session, conversation, made.taken)
    except (FieldsRefused, NoPlace, TooOften) as error:
        with office.sessions() as session:
            refused = error.errors if isinstance(error, FieldsRefused) else {}
            return _form(request, office, session, slot, typed, refused, "" if refused else error.visitor_message)
    code = code_of(office.settings, BOOKING, made.booking.id)
    return RedirectResponse(office.visit.in_language(f"/mijn-afspraak/{code}", gedaan="gemaakt"), status_code=303)


@router.api_route("/mijn-afspraak/{code}", methods=["GET", "HEAD"])
def look(request: Request, office: CurrentOffice, code: _Code) -> Response:
    """A booking with what can be done about it; looking changes nothing."""
    with office.sessions() as session:
        try:
            booking = _opened(office, session, code)
        except NotFound:
            return _gone(request, office)
        return _mine(request, office, session, booking, code, _DONE.get(office.visit.asked.get("gedaan", ""), ""))


@router.get("/mijn-afspraak/{code}/agenda.ics")
def calendar(office: CurrentOffice, code: _Code) -> Response:
    """The same for one's own calendar."""
    with office.sessions() as session:
        booking = _opened(office, session, code)
    address = f"{office.visit.public_url}/mijn-afspraak/{code}"
    headers = {"Content-Disposition": 'attachment; filename="afspraak.ics"', "Cache-Control": "no-store"}
    body = booking_file(booking, in_calendar(booking), utc_now(), address)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


@router.post("/mijn-afspraak/{code}")
def change(
    request: Request,
    office: CurrentOffice,
    _: OwnForm,
    code: _Code,
    do: Annotated[str, Form(max_length=10)] = "",
    slot: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Move it or call it off; of two tabs the second is told how it is now."""
    try:
        with office.sessions.begin() as session:
            booking = _opened(office, session, code)
            appointments = Appointments(session, office.visit.catalogue, office.settings)
            if not booking.can_change(utc_now()):
                raise Overtaken("booking", booking.id)
            if do == "cancel":
                appointments.cancel(booking)
            elif do == "move":
                appointments.move(booking, slot)
    except (NoPlace, Overtaken) as error:
        with office.sessions() as session:
            booking = _opened(office, session, code)
            return _mine(request, office, session, booking, code, error.visitor_message, error.status_code)
    except NotFound:
        return _gone(request, office)
    done = {"cancel": "afgezegd", "move": "verzet"}.get(do, "")
    return RedirectResponse(office.visit.in_language(f"/mijn-afspraak/{code}", gedaan=done), status_code=303)


def _form(
    request: Request,
    office: Office,
    session: Session,
    slot: Slot,
    typed: Typed,
    errors: Mapping[str, str] | None = None,
    full: str = "",
) -> Response:
    others = _others(session, slot) if full else []
    has_story = office.conversation(session, typed.story) is not None
    text = office.consent(slot.region)
    page = appointment_page(office.visit, slot, text, typed, errors or {}, has_story, full, others)
    return render_own(request, "appointment.html", page, 409 if full else 422 if errors else 200)


def _mine(
    request: Request, office: Office, session: Session, booking: Booking, code: str, done: str, status_code: int = 200
) -> Response:
    can_change = booking.can_change(utc_now())
    others = _others(session, booking.slot) if can_change and not booking.slot.is_event else []
    page = my_appointment_page(office.visit, booking, code, others, can_change, done)
    return render_own(request, "my_appointment.html", page, status_code)


def _others(session: Session, slot: Slot) -> list[Slot]:
    found = SlotStore(session).open(utc_now() + SHOWN_AHEAD, loket_id=slot.loket_id)
    return [each for each in found if each.id != slot.id][:_OTHERS]


def _opened(office: Office, session: Session, code: str) -> Booking:
    return BookingStore(session).get(read_code(office.settings, BOOKING, code))


def _contact(typed: Typed) -> tuple[Contact | None, dict[str, str]]:
    try:
        return parse_contact(typed.name, typed.email, typed.phone, "appointment"), {}
    except FieldsRefused as refused:
        return None, dict(refused.errors)


def _gone(request: Request, office: Office) -> Response:
    page = message_page(office.visit, "Deze afspraak is er niet meer", _GONE, has_english=True)
    return render_own(request, "message.html", page, 404)
