"""Wishes for a day along: proposing a school and a day, and how it ended."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Adviser, AdviserWithForm, Audit, CurrentCatalogue, CurrentSettings, StoreSession
from assistant.desk.dossiers import Needs, Work
from assistant.desk.pages.days_along import OPEN, day_page, days_page, parse_proposal
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.errors import Overtaken
from assistant.leads.work import InteractionKind
from assistant.leads.working_days import HERE
from assistant.meetings.day_along import DayMove
from assistant.storage.clock import utc_now
from assistant.storage.day_wishes import DayWishes
from assistant.storage.days_along import DayAlongStore

router = APIRouter(prefix="/desk/meelopen", route_class=DeskRoute, include_in_schema=False)

_DONE = {
    "voorstel": "Het voorstel gaat zo weg. Je ziet hier of het past.",
    "geweest": "Het staat als geweest in de lijst en in het dossier.",
    "afgezegd": "Het is afgezegd. De bezoeker krijgt een e-mail.",
}
_OVERTAKEN = "De bezoeker of een collega heeft dit net veranderd. Hieronder staat hoe het nu is; er is niets veranderd."
_DayId = Annotated[str, Path(max_length=36)]
_Line = Annotated[str, Form(max_length=2000)]


@router.get("")
def days(adviser: Adviser, session: StoreSession) -> Response:
    """The wishes that are not over."""
    found = DayAlongStore(session).of_regions(adviser.account.regions, OPEN)
    return render("days_along.html", days_page(adviser, found, utc_now()))


@router.get("/{day_id}")
def day(
    day_id: _DayId,
    adviser: Adviser,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    needs: Needs,
    audit: Audit,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """One wish."""
    found = DayAlongStore(session).get(day_id, adviser.account.regions)
    audit.record(Action.LEAD_SEEN, found.lead_id, [found.region])
    schools = [each.employer for each in needs.open((found.region,), utc_now().date()) if each.sector == found.sector]
    return render("day_along.html", day_page(adviser, catalogue, found, schools, done=_DONE.get(gedaan, "")))


@router.post("/{day_id}")
def change(
    day_id: _DayId,
    adviser: AdviserWithForm,
    session: StoreSession,
    catalogue: CurrentCatalogue,
    settings: CurrentSettings,
    needs: Needs,
    work: Work,
    audit: Audit,
    gezien: Annotated[int, Form(ge=0)],
    doe: Annotated[str, Form(max_length=10)] = "voorstel",
    school: _Line = "",
    waar: _Line = "",
    dag: _Line = "",
    van: _Line = "",
    tot: _Line = "",
    opmerking: _Line = "",
) -> Response:
    """Propose, finish or call off; of two advisers the second is told, and nothing changes."""
    store = DayAlongStore(session)
    found = store.get(day_id, adviser.account.regions)
    today = utc_now().astimezone(HERE).date()
    typed = {"school": school, "waar": waar, "dag": dag, "van": van, "tot": tot, "opmerking": opmerking}
    wishes = DayWishes(session, catalogue, settings)
    error, status_code = "", 422
    try:
        if found.sequence != gezien:
            raise Overtaken("day along", day_id)
        if doe == "geweest":
            wishes.move(found, DayMove.FINISH)
            proposal = found.proposal
            work.add_interaction(
                found.lead_id,
                adviser.account.name,
                InteractionKind.IN_PERSON,
                f"Meegelopen bij {proposal.school}" if proposal else "Meegelopen",
            )
        elif doe == "afgezegd":
            wishes.call_off(found, by_visitor=False)
        else:
            doe = "voorstel"
            proposal, error = parse_proposal(typed, today)
            if proposal is not None:
                wishes.move(found, DayMove.PROPOSE, proposal)
    except Overtaken:
        error, status_code = _OVERTAKEN, 409
        found = store.get(day_id, adviser.account.regions)
    if error:
        schools = [each.employer for each in needs.open((found.region,), today) if each.sector == found.sector]
        page = day_page(adviser, catalogue, found, schools, typed=typed, error=error)
        return render("day_along.html", page, status_code)
    audit.record(Action.LEAD_CHANGED, found.lead_id, [found.region], f"meelopen, {doe}")
    return RedirectResponse(f"/desk/meelopen/{day_id}?gedaan={doe}", status_code=303)
