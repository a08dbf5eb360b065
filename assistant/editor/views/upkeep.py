"""What asks for an editor: one list at a time, with filters, and as a table for a spreadsheet."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from assistant.desk.dependencies import CurrentCatalogue, SignedInAdviser
from assistant.desk.export import as_csv
from assistant.editor.dependencies import RecordEditor, UpkeepNow
from assistant.editor.pages.upkeep import NOBODY, Asked, kept_by, upkeep_page, upkeep_table
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.editor.upkeep import LISTS, Filter, matters
from assistant.errors import NotFound

router = APIRouter(prefix="/desk/redactie", route_class=EditorRoute, include_in_schema=False)

_Word = Annotated[str, Query(max_length=120)]
_DONE = {"zorg": "Genoteerd: jij zorgt hiervoor.", "klopt": "Het Engels klopt nog. Het staat niet meer in deze lijst."}
_FIRST = next(iter(LISTS))


@router.get("/onderhoud")
def upkeep(
    editor: RecordEditor, found: UpkeepNow, catalogue: CurrentCatalogue,
    lijst: _Word = _FIRST, soort: _Word = "", regio: _Word = "", wie: _Word = "", maand: _Word = "",
    zorg: _Word = "", vanaf: Annotated[int, Query(ge=0, le=1_000_000)] = 0, gedaan: Annotated[str, Query(max_length=10)] = "",
) -> Response:  # fmt: skip
    """One list, and how much is in the others."""
    asked = _asked(Asked(lijst, soort, regio, wie, maand, vanaf, zorg))
    wanted = _filter(editor, asked)
    lists = {name: matters(name, found, wanted) for name in LISTS}
    return render("editor/upkeep.html", upkeep_page(editor, catalogue, asked, lists, found, _DONE.get(gedaan, "")))


@router.get("/onderhoud.csv")
def table(
    editor: RecordEditor, found: UpkeepNow, catalogue: CurrentCatalogue,
    lijst: _Word = _FIRST, soort: _Word = "", regio: _Word = "", wie: _Word = "", maand: _Word = "",
    zorg: _Word = "",
) -> Response:  # fmt: skip
    """The whole list; of the calendar one month, or all of it."""
    asked = _asked(Asked(lijst, soort, regio, wie, maand, keeper=zorg))
    rows = [
        each
        for each in matters(lijst, found, _filter(editor, asked))
        if not maand or (each.on is not None and f"{each.on:%Y-%m}" == maand)
    ]
    made = upkeep_table(asked, rows, catalogue, found)
    return Response(
        as_csv([made], f"Stand van {found.today:%d-%m-%Y}"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="onderhoud-{lijst}.csv"'},
    )


def _asked(asked: Asked) -> Asked:
    if asked.list not in LISTS:
        raise NotFound("list of upkeep", asked.list)
    return asked


def _filter(editor: SignedInAdviser, asked: Asked) -> Filter:
    mine = editor.account.regions
    regions = frozenset([asked.region] if asked.region in mine else mine)
    owner = None if not asked.owner else "" if asked.owner == NOBODY else asked.owner
    return Filter(regions, asked.sort, owner, kept_by(asked.keeper, editor.account))
