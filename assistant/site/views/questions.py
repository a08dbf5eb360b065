"""Questions that people ask."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.site.errors import SiteRoute
from assistant.site.pages.questions import questions_page
from assistant.site.rendering import render
from assistant.site.visit import CurrentVisit
from assistant.site.wording import SECTOR_FILTER

router = APIRouter(prefix="/vragen", route_class=SiteRoute, include_in_schema=False)


@router.api_route("", methods=["GET", "HEAD"])
def questions(request: Request, visit: CurrentVisit) -> Response:
    """The questions and their answers."""
    sector = visit.chosen("onderwijs", SECTOR_FILTER)
    page = questions_page(visit, sector, visit.ignored({"onderwijs": SECTOR_FILTER}))
    return render(request, "questions.html", page)
