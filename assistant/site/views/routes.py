"""All routes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.site.errors import SiteRoute
from assistant.site.pages.routes import PAY_FILTER, SECTOR_FILTER, RouteFilter, routes_page
from assistant.site.rendering import render
from assistant.site.visit import CurrentVisit
from assistant.site.wording import ROLES

router = APIRouter(prefix="/routes", route_class=SiteRoute, include_in_schema=False)


@router.api_route("", methods=["GET", "HEAD"])
def routes(request: Request, visit: CurrentVisit) -> Response:
    """The routes that pass the filter."""
    wanted = RouteFilter(
        sector=visit.chosen("onderwijs", SECTOR_FILTER),
        role=visit.chosen("rol", ROLES),
        pay=visit.chosen("salaris", PAY_FILTER),
    )
    ignored = visit.ignored({"onderwijs": SECTOR_FILTER, "rol": ROLES, "salaris": PAY_FILTER})
    return render(request, "routes.html", routes_page(visit, wanted, ignored))
