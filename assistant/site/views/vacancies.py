"""Jobs at schools, or where to look for them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.site.errors import SiteRoute
from assistant.site.pages.vacancies import vacancies_page
from assistant.site.rendering import render
from assistant.site.visit import CurrentVisit

router = APIRouter(prefix="/vacatures", route_class=SiteRoute, include_in_schema=False)


@router.api_route("", methods=["GET", "HEAD"])
def vacancies(request: Request, visit: CurrentVisit) -> Response:
    """Jobs that are still open, and the places where schools put theirs."""
    return render(request, "vacancies.html", vacancies_page(visit))
