"""All routes, and one of them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.errors import NotFound
from assistant.site.errors import SiteRoute
from assistant.site.pages.route import route_page
from assistant.site.pages.routes import PAY_FILTER, RouteFilter, diploma_filter, routes_page
from assistant.site.rendering import render
from assistant.site.views.changes import CurrentNews
from assistant.site.visit import CurrentVisit
from assistant.site.wording import ROLES, SECTOR_FILTER
from knowledge.route import Route

router = APIRouter(prefix="/routes", route_class=SiteRoute, include_in_schema=False)


@router.api_route("", methods=["GET", "HEAD"])
def routes(request: Request, visit: CurrentVisit) -> Response:
    """The routes that pass the filter."""
    filters = {"onderwijs": SECTOR_FILTER, "rol": ROLES, "salaris": PAY_FILTER, "diploma": diploma_filter(visit)}
    chosen = {name: visit.chosen(name, known) for name, known in filters.items()}
    wanted = RouteFilter(chosen["onderwijs"], chosen["rol"], chosen["salaris"], chosen["diploma"])
    return render(request, "routes.html", routes_page(visit, wanted, visit.ignored(filters)))


@router.api_route("/{route_id}", methods=["GET", "HEAD"])
def route(request: Request, visit: CurrentVisit, news: CurrentNews, route_id: str) -> Response:
    """All about one route."""
    record = visit.catalogue.find(route_id)
    if not isinstance(record, Route):
        raise NotFound("route", route_id)
    return render(request, "route.html", route_page(visit, record, news.last_changed(visit.catalogue, record.id)))
