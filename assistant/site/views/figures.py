"""Figures of the labour market."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.site.errors import SiteRoute
from assistant.site.pages.figures import MEASURE_FILTER, FigureFilter, figures_page, year_filter
from assistant.site.rendering import render
from assistant.site.visit import CurrentVisit
from assistant.site.wording import SECTOR_FILTER

router = APIRouter(prefix="/cijfers", route_class=SiteRoute, include_in_schema=False)


@router.api_route("", methods=["GET", "HEAD"])
def figures(request: Request, visit: CurrentVisit) -> Response:
    """One topic, as plot and table."""
    filters = {"maat": MEASURE_FILTER, "onderwijs": SECTOR_FILTER, "jaar": year_filter(visit)}
    measure, sector, year = (visit.chosen(name, known) for name, known in filters.items())
    page = figures_page(visit, FigureFilter(measure, sector, year), visit.ignored(filters))
    return render(request, "figures.html", page)
