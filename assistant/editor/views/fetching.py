"""The sources that are watched: how they go, fetching one now, and pausing it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Audit
from assistant.editor.dependencies import Overseer, RecordEditor, SentForm, require_region
from assistant.editor.pages.fetching import ADDRESS, WHICH, fetching_page, is_of, run_page, site_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.errors import NotFound
from assistant.storage.clock import utc_now
from knowledge.publishing.errors import EditorialProblem
from knowledge.watched import Overseeing, WatchedSite

router = APIRouter(prefix="/desk/redactie/ophalen", route_class=EditorRoute, include_in_schema=False)

_HISTORY = 30
_DONE = {
    "begonnen": "Het ophalen begint. Kijk zo meteen opnieuw: hieronder zie je dan hoe ver het is.",
    "pauze": "Deze bron wordt niet meer opgehaald. Wat ervan live staat, blijft staan.",
    "hervat": "Deze bron wordt weer opgehaald als hij aan de beurt is.",
}


@router.get("")
def fetching(editor: RecordEditor, overseer: Overseer, welke: Annotated[str, Query(max_length=10)] = "") -> Response:
    """Every source, what went wrong first."""
    which = welke if welke in WHICH else ""
    page = fetching_page(editor, overseer.sites(), overseer.is_busy(), which, utc_now())
    return render("editor/fetching.html", page)


@router.get("/bron/{source_id}")
def source(
    source_id: str, editor: RecordEditor, overseer: Overseer, gedaan: Annotated[str, Query(max_length=12)] = ""
) -> Response:
    """One source, with its runs."""
    site = _found(overseer, source_id)
    page = site_page(
        editor, site, overseer.runs(site.id, _HISTORY), overseer.is_busy(), utc_now(), _DONE.get(gedaan, "")
    )
    return render("editor/fetched_source.html", page)


@router.get("/ronde/{run_id}")
def run(run_id: str, editor: RecordEditor, overseer: Overseer) -> Response:
    """What one run did, or how far it is."""
    found = overseer.run(run_id)
    if found is None:
        raise NotFound("run", run_id)
    site = overseer.site(found.source_id)
    return render("editor/fetch_run.html", run_page(editor, found, site.title if site else found.source_id, utc_now()))


@router.post("/bron/{source_id}/{step}")
def change(
    source_id: str, step: str, editor: RecordEditor, overseer: Overseer, audit: Audit, _form: SentForm
) -> Response:
    """Fetch it now, pause it, or watch it again."""
    site = _found(overseer, source_id)
    if not is_of(editor, site.regions):
        require_region(editor.account, site.regions)
    match step:
        case "nu":
            if not overseer.fetch(site.id):
                raise EditorialProblem(
                    "another source is being fetched",
                    "Er wordt al een bron opgehaald. Dat gaat één voor één. Probeer het over een paar minuten opnieuw.",
                )
            audit.record(Action.SOURCE_FETCHED, site.id, site.regions)
            done = "begonnen"
        case "pauze":
            overseer.set_status(site.id, "paused", editor.account.id)
            audit.record(Action.SOURCE_PAUSED, site.id, site.regions)
            done = "pauze"
        case "hervatten":
            overseer.set_status(site.id, "active", editor.account.id)
            audit.record(Action.SOURCE_RESUMED, site.id, site.regions)
            done = "hervat"
        case _:
            raise EditorialProblem(f"no step {step[:20]}", "Dit kan hier niet.")
    return RedirectResponse(f"{ADDRESS}/bron/{site.id}?gedaan={done}", status_code=303)


def _found(overseer: Overseeing, source_id: str) -> WatchedSite:
    site = overseer.site(source_id)
    if site is None:
        raise NotFound("source", source_id)
    return site
