"""Costs, salaries and subsidies, and one of them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.errors import NotFound
from assistant.site.errors import SiteRoute
from assistant.site.pages.money import costs_page, money_page
from assistant.site.pages.subsidies import RECEIVER_FILTER, subsidies_page
from assistant.site.rendering import render
from assistant.site.visit import CurrentVisit
from assistant.site.wording import SECTOR_FILTER
from knowledge.money import Cost, Salary, Subsidy

router = APIRouter(route_class=SiteRoute, include_in_schema=False)


@router.api_route("/kosten", methods=["GET", "HEAD"])
def costs(request: Request, visit: CurrentVisit) -> Response:
    """What it costs, and what one earns."""
    sector = visit.chosen("onderwijs", SECTOR_FILTER)
    return render(request, "costs.html", costs_page(visit, sector, visit.ignored({"onderwijs": SECTOR_FILTER})))


@router.api_route("/kosten/{record_id}", methods=["GET", "HEAD"])
def cost(request: Request, visit: CurrentVisit, record_id: str) -> Response:
    """One cost or salary."""
    record = visit.catalogue.find(record_id)
    if not isinstance(record, Cost | Salary):
        raise NotFound("cost", record_id)
    return render(request, "money.html", money_page(visit, record))


@router.api_route("/subsidies", methods=["GET", "HEAD"])
def subsidies(request: Request, visit: CurrentVisit) -> Response:
    """What runs, what is closed and what is no more."""
    filters = {"voor": RECEIVER_FILTER, "onderwijs": SECTOR_FILTER}
    receiver, sector = (visit.chosen(name, known) for name, known in filters.items())
    return render(request, "subsidies.html", subsidies_page(visit, receiver, sector, visit.ignored(filters)))


@router.api_route("/subsidies/{record_id}", methods=["GET", "HEAD"])
def subsidy(request: Request, visit: CurrentVisit, record_id: str) -> Response:
    """One subsidy, loan or allowance."""
    record = visit.catalogue.find(record_id)
    if not isinstance(record, Subsidy):
        raise NotFound("subsidy", record_id)
    return render(request, "money.html", money_page(visit, record))
