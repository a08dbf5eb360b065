"""Wishing for a day along, and answering a proposal with the link from the mail. It works without JavaScript."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from assistant.accounts.signed import code_of, read_code
from assistant.eligibility.profile import KnownFact
from assistant.errors import FieldsRefused, NotFound, Overtaken
from assistant.leads.contact import clean_line, clean_text, parse_contact
from assistant.leads.routing import find_municipality
from assistant.meetings.calendar import booking_file
from assistant.meetings.day_along import DayAlong, DayMove, booking_of
from assistant.site.errors import SiteRoute
from assistant.site.office import CurrentOffice, Office
from assistant.site.own_form import OwnForm
from assistant.site.pages.day_along import SECTORS, day_wish_page, my_day_page, weekdays_of
from assistant.site.pages.person_form import Typed, TypedForm, consent_errors
from assistant.site.pages.result import message_page
from assistant.site.rendering import render_own
from assistant.storage.clock import utc_now
from assistant.storage.day_wishes import DAY, DayWishes
from assistant.storage.days_along import DayAlongStore
from knowledge.catalogue import Catalogue

router = APIRouter(route_class=SiteRoute, include_in_schema=False)

_MAX_AREA, _MAX_ANSWER = 80, 1000
_DONE = {
    "verstuurd": "Gelukt! Je wens is verstuurd.",
    "akkoord": "Gelukt! De dag staat vast.",
    "anders": "We hebben het doorgegeven aan het loket.",
    "ingetrokken": "Je wens is ingetrokken.",
}
_GONE = "Deze link opent niets (meer). Je wens is gewist, of de link is niet compleet. Kijk nog eens in je mail."
_Code = Annotated[str, Path(max_length=300)]
_Story = Annotated[str, Query(alias="gesprek", max_length=400)]
_Short = Annotated[str, Form(max_length=1000)]


@router.api_route("/meelopen", methods=["GET", "HEAD"])
def ask(request: Request, office: CurrentOffice, story: _Story = "") -> Response:
    """The form, with what was told in the chat filled in."""
    sector, area = "", ""
    with office.sessions() as session:
        conversation = office.conversation(session, story)
        if conversation is not None:
            told = office.told(conversation)
            sectors = told.get("sector")
            sector = next(iter(sorted(sectors)), "") if isinstance(sectors, frozenset) else str(sectors or "")
            lives_in = find_municipality(office.visit.catalogue, str(told.get("municipality", "")))
            area = lives_in.name if lives_in else ""
    return _form(request, office, Typed(story=story), (sector, area, ()), {})


@router.post("/meelopen")
def send(
    request: Request,
    office: CurrentOffice,
    _: OwnForm,
    typed: TypedForm,
    sector: _Short = "",
    area: _Short = "",
    days: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Send it to the loket that fits; what is wrong comes back with what was typed."""
    text, area, weekdays = office.consent(office.region.id), clean_line(area), weekdays_of(days or ())
    errors: dict[str, str] = {}
    if sector not in SECTORS:
        errors["sector"] = "Kies wat voor school je wilt zien."
    if not 2 <= len(area) <= _MAX_AREA:
        errors["area"] = f"Vul een plaats in, in hoogstens {_MAX_AREA} tekens."
    try:
        contact = parse_contact(typed.name, typed.email, typed.phone, "appointment")
    except FieldsRefused as refused:
        errors |= refused.errors
    errors |= consent_errors(typed, text)
    if errors:
        return _form(request, office, typed, (sector, area, weekdays), errors)
    with office.sessions.begin() as session:
        conversation = office.conversation(session, typed.story)
        wishes = DayWishes(session, office.visit.catalogue, office.settings)
        told = _facts(office.visit.catalogue, sector, area)
        day, taken = wishes.ask(
            contact,
            typed.message,
            text,
            typed.given(),
            (sector, area, weekdays),
            told,
            conversation,
            office.visit.locale,
        )
        office.tell_chat(session, conversation, taken)
    address = f"/mijn-dag/{code_of(office.settings, DAY, day.id)}"
    return RedirectResponse(office.visit.in_language(address, gedaan="verstuurd"), status_code=303)


@router.api_route("/mijn-dag/{code}", methods=["GET", "HEAD"])
def look(request: Request, office: CurrentOffice, code: _Code) -> Response:
    """How it stands; looking changes nothing."""
    with office.sessions() as session:
        try:
            day = _opened(office, session, code)
        except NotFound:
            return _gone(request, office)
    done = _DONE.get(office.visit.asked.get("gedaan", ""), "")
    return render_own(request, "my_day.html", my_day_page(office.visit, day, code, done))


@router.get("/mijn-dag/{code}/agenda.ics")
def calendar(office: CurrentOffice, code: _Code) -> Response:
    """The day for one's own calendar, once there is one."""
    with office.sessions() as session:
        booking = booking_of(_opened(office, session, code))
    if booking is None:
        raise NotFound("day along in a calendar", "")
    address = f"{office.visit.public_url}/mijn-dag/{code}"
    headers = {"Content-Disposition": 'attachment; filename="meelopen.ics"', "Cache-Control": "no-store"}
    body = booking_file(booking, booking.slot.topic, utc_now(), address)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


@router.post("/mijn-dag/{code}")
def answer(
    request: Request,
    office: CurrentOffice,
    _: OwnForm,
    code: _Code,
    seen: Annotated[int, Form(ge=0)],
    do: Annotated[str, Form(max_length=10)] = "",
    answer: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Whether a proposal suits, or that it is off; who looked at an older proposal is shown the new one."""
    try:
        with office.sessions.begin() as session:
            day, wishes = _opened(office, session, code), DayWishes(session, office.visit.catalogue, office.settings)
            if day.sequence != seen:
                raise Overtaken("day along", day.id)
            if do == "accept":
                wishes.move(day, DayMove.ACCEPT)
            elif do == "refuse":
                wishes.move(day, DayMove.REFUSE, answer=clean_text(answer)[:_MAX_ANSWER])
            elif do == "call_off":
                wishes.call_off(day, by_visitor=True)
    except Overtaken as overtaken:
        with office.sessions() as session:
            page = my_day_page(office.visit, _opened(office, session, code), code, overtaken.visitor_message)
        return render_own(request, "my_day.html", page, 409)
    except NotFound:
        return _gone(request, office)
    done = {"accept": "akkoord", "refuse": "anders", "call_off": "ingetrokken"}.get(do, "")
    return RedirectResponse(office.visit.in_language(f"/mijn-dag/{code}", gedaan=done), status_code=303)


def _facts(catalogue: Catalogue, sector: str, area: str) -> list[KnownFact]:
    """What the form asked, as facts: the loket is found by them, and the adviser reads them."""
    facts = [
        KnownFact(name="sector", value=frozenset({sector}), origin="chosen"),
        KnownFact(name="goal", value="meelopen", origin="chosen"),
    ]
    if municipality := find_municipality(catalogue, area):
        facts.append(KnownFact(name="municipality", value=municipality.id, origin="said", words=area))
    return facts


def _form(
    request: Request,
    office: Office,
    typed: Typed,
    place: tuple[str, str, Sequence[str]],
    errors: dict[str, str],
) -> Response:
    with office.sessions() as session:
        has_story = office.conversation(session, typed.story) is not None
    page = day_wish_page(office.visit, office.consent(office.region.id), typed, place, errors, has_story)
    return render_own(request, "day_wish.html", page, 422 if errors else 200)


def _opened(office: Office, session: Session, code: str) -> DayAlong:
    return DayAlongStore(session).get(read_code(office.settings, DAY, code))


def _gone(request: Request, office: Office) -> Response:
    page = message_page(office.visit, "Deze wens is er niet meer", _GONE, has_english=True)
    return render_own(request, "message.html", page, 404)
