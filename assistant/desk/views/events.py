"""Opening events for registration, who comes, and the list as a spreadsheet."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import (
    Adviser,
    AdviserWithForm,
    Audit,
    CurrentCatalogue,
    CurrentSettings,
    SignedInAdviser,
    StoreSession,
)
from assistant.desk.export import as_csv
from assistant.desk.pages.events import attendance, event_page, events_of, events_page
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.errors import NotFound
from assistant.meetings.events import places_of
from assistant.meetings.slot import MOST_PLACES, Slot
from assistant.storage.appointments import Appointments
from assistant.storage.bookings import BookingStore
from assistant.storage.clock import utc_now
from assistant.storage.slots import SlotStore
from knowledge.catalogue import Catalogue
from knowledge.event import Event
from knowledge.place import Region

router = APIRouter(prefix="/desk/bijeenkomsten", route_class=DeskRoute, include_in_schema=False)

_DONE = {
    "open": "Bezoekers kunnen zich aanmelden.",
    "plekken": "Het aantal plekken is aangepast.",
    "afgezegd": "De inschrijving is gestopt. Iedereen die zich aanmeldde, krijgt een e-mail dat het niet doorgaat.",
}
_EventId = Annotated[str, Path(max_length=80)]
_Line = Annotated[str, Form(max_length=100)]


@router.get("")
def events(adviser: Adviser, session: StoreSession, catalogue: CurrentCatalogue) -> Response:
    """Every event that is still to come."""
    opened = SlotStore(session).of_events(adviser.account.regions)
    return render("events.html", events_page(adviser, events_of(adviser, catalogue, utc_now()), opened))


@router.get("/{event_id}")
def event(
    event_id: _EventId,
    adviser: Adviser,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    audit: Audit,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """One event with who comes."""
    return _shown(adviser, session, catalogue, audit, event_id, done=_DONE.get(gedaan, ""))


@router.post("/{event_id}")
def change(
    event_id: _EventId,
    adviser: AdviserWithForm,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    audit: Audit,
    plekken: _Line = "",
    doe: _Line = "",
) -> Response:
    """Open it, change its places, or stop and tell everybody that it is off."""
    record, slot, region = _found(adviser, session, catalogue, event_id)
    appointments = Appointments(session, catalogue, settings)
    if doe == "stop" and slot is not None:
        told = appointments.call_off(slot.id)
        audit.record(Action.AGENDA_CHANGED, record.id, [slot.region], f"afgezegd, {told} bericht")
        return RedirectResponse(f"/desk/bijeenkomsten/{record.id}?gedaan=afgezegd", status_code=303)
    capacity = int(plekken) if plekken.isascii() and plekken.isdigit() else 0
    if not 1 <= capacity <= MOST_PLACES:
        error = f"Vul een aantal plekken in van 1 tot en met {MOST_PLACES}."
        return _shown(adviser, session, catalogue, audit, event_id, error=error, capacity=plekken)
    if slot is None or slot.cancelled_at is not None:
        SlotStore(session).add([places_of(record, region, catalogue, capacity)], adviser.account.name)
        done = "open"
    else:
        appointments.change_capacity(slot, capacity)
        done = "plekken"
    audit.record(Action.AGENDA_CHANGED, record.id, [region.id], f"{capacity} plekken")
    return RedirectResponse(f"/desk/bijeenkomsten/{record.id}?gedaan={done}", status_code=303)


@router.get("/{event_id}/aanmeldingen.csv")
def as_text(
    event_id: _EventId, adviser: Adviser, session: StoreSession, catalogue: CurrentCatalogue, audit: Audit
) -> Response:
    """Who comes, as a spreadsheet opens it: whatever somebody typed, nothing in it is calculated."""
    record, slot, _ = _found(adviser, session, catalogue, event_id)
    if slot is None:
        raise NotFound("registration for event", event_id)
    audit.record(Action.REGISTRATIONS_EXPORTED, record.id, [slot.region])
    content = as_csv([attendance(slot, BookingStore(session).of_slot(slot.id))], record.title)
    headers = {"Content-Disposition": f'attachment; filename="aanmeldingen-{record.id}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _found(
    adviser: SignedInAdviser, session: StoreSession, catalogue: Catalogue, event_id: str
) -> tuple[Event, Slot | None, Region]:
    """
    An event as an adviser may see it, its places, and the region that keeps the list.

    :raises NotFound: If there is none in their regions, or another region keeps the list.
    """
    record = catalogue.find(event_id)
    mine = adviser.account.regions
    if not isinstance(record, Event) or (record.regions and not set(mine) & set(record.regions)):
        raise NotFound("event", event_id)
    slot = SlotStore(session).of_event(event_id)
    if slot is not None and slot.region not in mine:
        raise NotFound("event", event_id)
    region_id = slot.region if slot else next(each for each in mine if not record.regions or each in record.regions)
    return record, slot, catalogue.get(region_id, Region)


def _shown(
    adviser: SignedInAdviser,
    session: StoreSession,
    catalogue: Catalogue,
    audit: Audit,
    event_id: str,
    *,
    done: str = "",
    error: str = "",
    capacity: str = "",
) -> Response:
    record, slot, region = _found(adviser, session, catalogue, event_id)
    booked = BookingStore(session).of_slot(slot.id) if slot else []
    if booked:
        audit.record(Action.AGENDA_SEEN, record.id, [region.id])
    is_moved = slot is not None and slot.starts_at != places_of(record, region, catalogue, 1).starts_at
    page = event_page(adviser, record, slot, is_moved, booked, capacity=capacity, done=done, error=error)
    return render("event.html", page, 422 if error else 200)
