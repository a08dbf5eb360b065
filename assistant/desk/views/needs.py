"""What schools need, entered one by one or many at once."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from assistant.desk.dependencies import Adviser, AdviserWithForm, CurrentCatalogue
from assistant.desk.dossiers import Needs
from assistant.desk.pages.needs import needs_page, parse_need, parse_needs
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.storage.clock import utc_now

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)

_DONE = {"bewaard": "Het staat in de lijst.", "weg": "Het is van de lijst."}
_Line = Annotated[str, Form(max_length=1000)]


@router.get("/behoefte")
def needs(
    adviser: Adviser, store: Needs, catalogue: CurrentCatalogue, gedaan: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """What is not over yet."""
    today = utc_now().date()
    found = store.open(adviser.account.regions, today)
    return render("needs.html", needs_page(adviser, catalogue, found, today, {}, done=_DONE.get(gedaan, "")))


@router.post("/behoefte")
def add(
    adviser: AdviserWithForm,
    store: Needs,
    catalogue: CurrentCatalogue,
    regio: _Line = "",
    school: _Line = "",
    wat: _Line = "",
    onderwijs: _Line = "",
    gemeente: _Line = "",
    vak: _Line = "",
    soort: _Line = "",
    dringend: _Line = "",
    tot: _Line = "",
    contact: _Line = "",
    lijst: Annotated[str, Form(max_length=60_000)] = "",
) -> Response:
    """Keep one, or all of a list; what is wrong comes back with what was typed."""
    today, regions = utc_now().date(), adviser.account.regions
    region = regio if regio in regions else regions[0]
    line = {
        "school": school, "wat": wat, "onderwijs": onderwijs, "gemeente": gemeente, "vak": vak, "soort": soort,
        "dringend": dringend, "tot": tot, "contact": contact,
    }  # fmt: skip
    if lijst.strip():
        found, errors = parse_needs(lijst, region, today)
    else:
        need, error = parse_need(line, region, today)
        found, errors = ([need] if need else []), ([error] if error else [])
    if errors or not found:
        page = needs_page(
            adviser, catalogue, store.open(regions, today), today, line | {"regio": region, "lijst": lijst}, errors
        )
        return render("needs.html", page, 422)
    store.add(found, adviser.account.name, today)
    return RedirectResponse("/desk/behoefte?gedaan=bewaard", status_code=303)


@router.post("/behoefte/weg")
def drop(adviser: AdviserWithForm, store: Needs, behoefte: Annotated[int, Form(ge=1)]) -> Response:
    """Take one off the list."""
    store.drop(behoefte, adviser.account.regions)
    return RedirectResponse("/desk/behoefte?gedaan=weg", status_code=303)
