"""What is still to come, one of those, and its file for a calendar."""

from typing import cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.errors import NotFound
from assistant.site.calendar import calendar_file
from assistant.site.errors import SiteRoute
from assistant.site.pages.agenda import agenda_page, event_page, orientation_page
from assistant.site.rendering import published, render
from assistant.site.visit import CurrentVisit
from assistant.site.wording import SECTOR_FILTER
from assistant.storage.clock import utc_now
from assistant.storage.session import Sessions
from assistant.storage.slots import SlotStore
from knowledge.event import Event, Orientation

router = APIRouter(prefix="/agenda", route_class=SiteRoute, include_in_schema=False)


@router.api_route("", methods=["GET", "HEAD"])
def agenda(request: Request, visit: CurrentVisit) -> Response:
    """Events still to come, and ways to taste the job."""
    sector = visit.chosen("onderwijs", SECTOR_FILTER)
    notices = visit.ignored({"onderwijs": SECTOR_FILTER})
    return render(request, "agenda.html", agenda_page(visit, sector, notices, _registered_here(request)))


@router.api_route("/{event_id}.ics", methods=["GET", "HEAD"])
def calendar(request: Request, visit: CurrentVisit, event_id: str) -> Response:
    """An event for one's own calendar."""
    record = visit.catalogue.find(event_id)
    if not isinstance(record, Event) or record.is_over(visit.on):
        raise NotFound("event", event_id)
    body = calendar_file(record, f"{visit.public_url}/agenda/{record.id}", visit.on)
    response = published(request, body, "text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{record.id}.ics"'
    return response


@router.api_route("/{record_id}", methods=["GET", "HEAD"])
def outing(request: Request, visit: CurrentVisit, record_id: str) -> Response:
    """One event or orientation offer."""
    record = visit.catalogue.find(record_id)
    if isinstance(record, Event):
        return render(request, "outing.html", event_page(visit, record, record.id in _registered_here(request)))
    if isinstance(record, Orientation):
        return render(request, "outing.html", orientation_page(visit, record))
    raise NotFound("event", record_id)


def _registered_here(request: Request) -> set[str]:
    """The events that people can register for now."""
    now = utc_now()
    with cast(Sessions, request.app.state.sessions)() as session:
        return {event_id for event_id, slot in SlotStore(session).of_events().items() if slot.is_open(now)}
