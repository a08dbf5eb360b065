"""The week of a loket: adding moments for appointments, and calling one off."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query
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
from assistant.desk.pages.agenda import agenda_page, lokets_of, monday_of, parse_series, too_many
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.leads.contact import clean_line
from assistant.leads.working_days import HERE
from assistant.meetings.series import MOST_AT_ONCE, planned
from assistant.meetings.slot import Booking, Slot
from assistant.storage.appointments import Appointments
from assistant.storage.bookings import BookingStore
from assistant.storage.clock import utc_now
from assistant.storage.ids import new_id
from assistant.storage.slots import SlotStore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_Line = Annotated[str, Form(max_length=1000)]
_FARTHEST = timedelta(days=3 * 366)


@router.get("/agenda")
def agenda(
    adviser: Adviser,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    audit: Audit,
    week: Annotated[date | None, Query()] = None,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """A week with who comes; another one by a day in it."""
    now = utc_now()
    today = now.astimezone(HERE).date()
    monday = monday_of(week if week and abs(week - today) < _FARTHEST else today)
    found, booked = _week(session, adviser, monday)
    if booked:
        audit.record(Action.AGENDA_SEEN, monday.isoformat(), adviser.account.regions)
    done = {"afgezegd": "Het moment is van de agenda. Wie een plek had, krijgt een e-mail."}.get(gedaan, "")
    return render("agenda.html", agenda_page(adviser, catalogue, monday, found, booked, now, done=done))


@router.post("/agenda")
def add(
    adviser: AdviserWithForm,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    audit: Audit,
    loket: _Line = "",
    onderwerp: _Line = "",
    hoe: _Line = "",
    waar: _Line = "",
    eerste: _Line = "",
    laatste: _Line = "",
    van: _Line = "",
    tot: _Line = "",
    lengte: _Line = "",
    plekken: _Line = "",
    dagen: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Add moments; holidays and what lies outside the opening hours are left out, and the page says so."""
    now = utc_now()
    today = now.astimezone(HERE).date()
    typed = {
        "loket": loket, "onderwerp": onderwerp, "hoe": hoe, "waar": waar, "eerste": eerste, "laatste": laatste,
        "van": van, "tot": tot, "lengte": lengte, "plekken": plekken,
    }  # fmt: skip
    weekdays = frozenset(int(each) for each in dagen or () if each in ("0", "1", "2", "3", "4", "5"))
    parsed, error = parse_series(typed, weekdays, lokets_of(adviser, catalogue), today)
    monday, done, skipped = monday_of(today), "", tuple[tuple[date, str], ...]()
    if parsed is not None:
        series, of_loket, how, capacity = parsed
        plan = planned(series, of_loket, now)
        monday, skipped = monday_of(series.first), plan.skipped
        region = next(each for each in of_loket.regions if each in adviser.account.regions)
        if len(plan.moments) > MOST_AT_ONCE:
            error = too_many()
        elif not plan.moments:
            error = "Op deze dagen en tijden is er geen enkel moment. Er is niets toegevoegd."
        else:
            slots = [
                Slot(
                    id=new_id(),
                    region=region,
                    loket_id=of_loket.id,
                    loket_title=of_loket.title,
                    topic=clean_line(onderwerp),
                    how=how,
                    place=clean_line(waar),
                    starts_at=starts_at,
                    ends_at=ends_at,
                    capacity=capacity,
                )
                for starts_at, ends_at in plan.moments
            ]
            new = SlotStore(session).add(slots, adviser.account.name)
            audit.record(Action.AGENDA_CHANGED, of_loket.id, [region], f"{new} erbij")
            there = len(slots) - new
            done = f"{new} {'moment' if new == 1 else 'momenten'} toegevoegd."
            done += f" {there} {'stond' if there == 1 else 'stonden'} er al." if there else ""
    found, booked = _week(session, adviser, monday)
    page = agenda_page(
        adviser,
        catalogue,
        monday,
        found,
        booked,
        now,
        typed=typed,
        weekdays=weekdays,
        error=error,
        done=done,
        skipped=skipped,
    )
    return render("agenda.html", page, 422 if error else 200)


@router.post("/agenda/afzeggen")
def call_off(
    adviser: AdviserWithForm,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    audit: Audit,
    moment: Annotated[str, Form(max_length=36)] = "",
) -> Response:
    """Call a moment off; who had a place is told."""
    slot = SlotStore(session).get(moment, adviser.account.regions)
    told = Appointments(session, catalogue, settings).call_off(slot.id)
    audit.record(Action.AGENDA_CHANGED, slot.id, [slot.region], f"afgezegd, {told} bericht")
    week = monday_of(slot.starts_at.astimezone(HERE).date()).isoformat()
    return RedirectResponse(f"/desk/agenda?week={week}&gedaan=afgezegd", status_code=303)


def _week(session: StoreSession, adviser: SignedInAdviser, monday: date) -> tuple[list[Slot], list[Booking]]:
    start = datetime.combine(monday, time(), HERE)
    end = datetime.combine(monday + timedelta(days=7), time(), HERE)
    found = SlotStore(session).between(adviser.account.regions, start, end)
    return found, BookingStore(session).of_slots([slot.id for slot in found])
