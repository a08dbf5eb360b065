"""The inbox, the lists that an adviser saved, and whether more came in."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import JSONResponse, RedirectResponse, Response

from assistant.desk import wording
from assistant.desk.chosen import Chosen, ChosenInAddress
from assistant.desk.dependencies import Adviser, AdviserWithForm, CurrentCatalogue, Inbox, SignedInAdviser
from assistant.desk.pages.inbox import PAGE_SIZE, InboxFound, inbox_page
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.errors import Refused
from assistant.leads.contact import clean_line
from assistant.storage.clock import utc_now
from assistant.storage.inbox import Cursor, InboxStore, TooManyViews
from knowledge.catalogue import Catalogue

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_DONE = {
    "lijst": "Je lijst is bewaard.",
    "lijst-weg": "Je lijst is verwijderd.",
    "doorverwezen": "De aanmelding ligt nu bij het andere loket.",
}
_MAX_NAME = 40
_Place = Annotated[str, Query(max_length=100)]


@router.get("")
def inbox(
    adviser: Adviser,
    store: Inbox,
    catalogue: CurrentCatalogue,
    chosen: ChosenInAddress,
    ouder_dan: _Place = "",
    nieuwer_dan: _Place = "",
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The leads of the adviser's regions, newest first."""
    places = Cursor.parse(ouder_dan), Cursor.parse(nieuwer_dan)
    return _inbox(adviser, store, catalogue, chosen, places, done=_DONE.get(gedaan, ""))


@router.get("/nieuw")
def came_in(adviser: Adviser, store: Inbox, chosen: ChosenInAddress, sinds: datetime) -> Response:
    """How many leads of a list, and mails about any of theirs, came in since a page was made: asked by the page itself."""
    if sinds.tzinfo is None:
        raise Refused("Er hoort een tijdzone bij.")
    count = store.came_in_since(chosen.wanted(adviser.account.regions, utc_now()), sinds)
    return JSONResponse({"count": count, "answers": store.answered_since(adviser.account.regions, sinds)})


@router.post("/lijsten")
def save_view(
    adviser: AdviserWithForm,
    store: Inbox,
    catalogue: CurrentCatalogue,
    keuze: Annotated[str, Form(max_length=2000)] = "",
    naam: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Keep what is chosen under a name."""
    chosen, name = Chosen.of_query(keuze), clean_line(naam)
    error = ""
    if not 1 <= len(name) <= _MAX_NAME:
        error = f"Geef je lijst een naam van hoogstens {_MAX_NAME} tekens."
    else:
        try:
            store.save_view(name, chosen.query)
        except TooManyViews as too_many:
            error = too_many.visitor_message
    if error:
        return _inbox(adviser, store, catalogue, chosen, error=error, status_code=422)
    return RedirectResponse(f"/desk?{chosen.query}&gedaan=lijst", status_code=303)


@router.post("/lijsten/weg")
def drop_view(_: AdviserWithForm, store: Inbox, lijst: Annotated[int, Form(ge=1)]) -> Response:
    """Forget a list."""
    store.drop_view(lijst)
    return RedirectResponse("/desk?gedaan=lijst-weg", status_code=303)


def _inbox(
    adviser: SignedInAdviser,
    store: InboxStore,
    catalogue: Catalogue,
    chosen: Chosen,
    places: tuple[Cursor | None, Cursor | None] = (None, None),
    done: str = "",
    error: str = "",
    status_code: int = 200,
) -> Response:
    now, regions = utc_now(), adviser.account.regions
    found = InboxFound(
        page=store.page(chosen.wanted(regions, now), PAGE_SIZE, *places),
        waiting=store.waiting(regions),
        lokets=wording.titles(catalogue, store.lokets(regions)),
        views=store.views(),
    )
    return render("inbox.html", inbox_page(adviser, catalogue, chosen, found, now, done, error), status_code)
