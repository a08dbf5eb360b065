"""Where an editor begins, and the lists."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from assistant.desk.dependencies import CurrentCatalogue
from assistant.editor.dependencies import Overseer, Proposals, RecordEditor, Store, UpkeepNow
from assistant.editor.pages.listing import SIZE, STANDINGS, Waiting, group_and_kind, list_page, overview_page
from assistant.editor.regional import of_their_regions
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.editor.upkeep import Filter, urgent
from assistant.errors import NotFound
from assistant.storage.clock import utc_now

router = APIRouter(prefix="/desk/redactie", route_class=EditorRoute, include_in_schema=False)

_DONE = {"weg": "De wijziging is ingetrokken. In de geschiedenis blijft alles staan."}
_Word = Annotated[str, Query(max_length=200)]


@router.get("")
def overview(
    editor: RecordEditor, store: Store, proposals: Proposals, overseer: Overseer, upkeep: UpkeepNow, gedaan: _Word = ""
) -> Response:
    """What stands open, and everything there is."""
    number = store.publisher.number()
    told = f"Bezoekers lezen publicatie {number}." if number else "Bezoekers lezen de inhoud zoals die is geleverd."
    open_sets, counts = store.change_sets.list(limit=100), store.items.counts()
    waiting = Waiting(
        len(of_their_regions(editor, proposals, store, overseer)),
        urgent(upkeep, Filter(frozenset(editor.account.regions))),
    )
    page = overview_page(editor, open_sets, counts, told, waiting, utc_now(), _DONE.get(gedaan, ""))
    return render("editor/overview.html", page)


@router.get("/lijst/{sort}")
def listed(
    sort: str,
    editor: RecordEditor,
    store: Store,
    catalogue: CurrentCatalogue,
    zoek: _Word = "",
    stand: _Word = "",
    regio: _Word = "",
    volgorde: _Word = "title",
    vanaf: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """One list."""
    try:
        group, kind = group_and_kind(sort)
    except KeyError:
        raise NotFound("list", sort) from None
    found = store.items.page(
        group=group,
        kind=kind,
        words=zoek,
        region=regio if regio in editor.account.regions else "",
        standing=stand if stand in STANDINGS and stand else None,  # type: ignore[arg-type]
        order="changed" if volgorde == "changed" else "title",
        offset=vanaf,
        size=SIZE,
    )
    asked = {"zoek": zoek, "stand": stand, "regio": regio, "volgorde": volgorde}
    return render("editor/list.html", list_page(editor, catalogue, sort, found, asked, vanaf, utc_now()))
