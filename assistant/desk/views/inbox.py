"""The inbox."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from assistant.desk.dependencies import Adviser, CurrentCatalogue, Leads
from assistant.desk.pages.inbox import PAGE_SIZE, inbox_page
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.desk.wording import PHASES, SECTORS
from assistant.leads.contact import clean_line
from assistant.storage.clock import utc_now
from assistant.storage.leads import LeadFilter

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)


@router.get("")
def inbox(
    adviser: Adviser,
    leads: Leads,
    catalogue: CurrentCatalogue,
    regio: Annotated[str, Query(max_length=80)] = "",
    onderwijs: Annotated[str, Query(max_length=10)] = "",
    fase: Annotated[str, Query(max_length=20)] = "",
    naam: Annotated[str, Query(max_length=100)] = "",
    pagina: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The leads of the adviser's regions, newest first. A filter value we do not know filters nothing."""
    wanted = LeadFilter(
        regions=adviser.account.regions,
        region=regio if regio in adviser.account.regions else "",
        sector=onderwijs if onderwijs in SECTORS else "",
        phase=fase if fase in PHASES else "",
        name=clean_line(naam),
    )
    found = leads.page(wanted, pagina, PAGE_SIZE)
    waiting = leads.waiting(adviser.account.regions)
    return render("inbox.html", inbox_page(adviser, catalogue, wanted, found, waiting, pagina, utc_now()))
