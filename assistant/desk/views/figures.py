"""The figures of a region: a page, and the same tables as a spreadsheet."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Adviser, Audit, CurrentCatalogue, SignedInAdviser, StoreSession
from assistant.desk.export import XLSX, as_csv, as_xlsx
from assistant.desk.pages.figures import QUARTERS, Wanted, figures_page, in_words, tables_of
from assistant.desk.rendering import render
from assistant.desk.routes import DeskRoute
from assistant.storage.clock import utc_now
from assistant.storage.figures import Figures, FigureStore

router = APIRouter(prefix="/desk", route_class=DeskRoute, include_in_schema=False)


def _figures(session: StoreSession) -> FigureStore:
    return FigureStore(session)


def _wanted(
    adviser: Adviser,
    regio: Annotated[str, Query(max_length=80)] = "",
    jaar: Annotated[int, Query(ge=2000, le=2100)] = 0,
    kwartaal: Annotated[str, Query(max_length=1)] = "",
) -> Wanted:
    regions = adviser.account.regions
    region = regio if regio in regions else (regions[0] if len(regions) == 1 else "")
    return Wanted(region, jaar or utc_now().year, kwartaal if kwartaal in QUARTERS else "")


Store = Annotated[FigureStore, Depends(_figures)]
WantedFigures = Annotated[Wanted, Depends(_wanted)]


@router.get("/cijfers")
def figures(adviser: Adviser, catalogue: CurrentCatalogue, store: Store, wanted: WantedFigures) -> Response:
    """How many, from the first visit to what became of it."""
    now = utc_now()
    first = store.first_year(adviser.account.regions) or now.year
    found = _of(adviser, store, wanted)
    return render("figures_of_region.html", figures_page(adviser, catalogue, wanted, found, first, now))


@router.get("/cijfers.csv")
def as_text(
    adviser: Adviser, catalogue: CurrentCatalogue, store: Store, wanted: WantedFigures, audit: Audit
) -> Response:
    """The tables as text."""
    tables = tables_of(_of(adviser, store, wanted), catalogue)
    content = as_csv(tables, in_words(adviser, catalogue, wanted))
    return _file(content, "text/csv; charset=utf-8", "csv", adviser, wanted, audit)


@router.get("/cijfers.xlsx")
def as_workbook(
    adviser: Adviser, catalogue: CurrentCatalogue, store: Store, wanted: WantedFigures, audit: Audit
) -> Response:
    """The tables as a workbook."""
    tables = tables_of(_of(adviser, store, wanted), catalogue)
    return _file(as_xlsx(tables, in_words(adviser, catalogue, wanted)), XLSX, "xlsx", adviser, wanted, audit)


def _of(adviser: SignedInAdviser, store: FigureStore, wanted: Wanted) -> Figures:
    return store.figures([wanted.region] if wanted.region else adviser.account.regions, wanted.period)


def _file(
    content: bytes, media_type: str, ending: str, adviser: SignedInAdviser, wanted: Wanted, audit: Audit
) -> Response:
    regions = [wanted.region] if wanted.region else adviser.account.regions
    audit.record(Action.FIGURES_EXPORTED, "", regions, ending)
    headers = {"Content-Disposition": f'attachment; filename="cijfers-{wanted.year}.{ending}"'}
    return Response(content, media_type=media_type, headers=headers)
