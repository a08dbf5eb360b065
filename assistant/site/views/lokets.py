"""The lokets, and one of them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.errors import NotFound
from assistant.site.errors import SiteRoute
from assistant.site.pages.loket import loket_page
from assistant.site.pages.lokets import lokets_page
from assistant.site.rendering import render
from assistant.site.visit import CurrentVisit
from assistant.site.wording import SECTOR_FILTER
from assistant.storage.clock import utc_now
from knowledge.place import Loket

router = APIRouter(prefix="/loketten", route_class=SiteRoute, include_in_schema=False)
_MAX_PLACE_CHARS = 80


@router.api_route("", methods=["GET", "HEAD"])
def lokets(request: Request, visit: CurrentVisit) -> Response:
    """Which loket is yours, and all of them."""
    place = " ".join(visit.asked.get("plaats", "").split())[:_MAX_PLACE_CHARS]
    sector = visit.chosen("onderwijs", SECTOR_FILTER)
    page = lokets_page(visit, place, sector, visit.ignored({"onderwijs": SECTOR_FILTER}))
    return render(request, "lokets.html", page)


@router.api_route("/{loket_id}", methods=["GET", "HEAD"])
def loket(request: Request, visit: CurrentVisit, loket_id: str) -> Response:
    """One loket."""
    record = visit.catalogue.find(loket_id)
    if not isinstance(record, Loket):
        raise NotFound("loket", loket_id)
    return render(request, "loket.html", loket_page(visit, record, utc_now()))
