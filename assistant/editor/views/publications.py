"""What was published, and the way back."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Audit
from assistant.editor.dependencies import RecordEditor, SentForm, Store, editor_of, first
from assistant.editor.pages.change_set import publications_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.storage.clock import utc_now
from knowledge.publishing.errors import NoSuchItem
from knowledge.publishing.item import titled

router = APIRouter(prefix="/desk/redactie/publicaties", route_class=EditorRoute, include_in_schema=False)

_SIZE = 30


@router.get("")
def publications(
    editor: RecordEditor,
    store: Store,
    voor: Annotated[int | None, Query(ge=1)] = None,
    gedaan: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The newest first."""
    found = store.publisher.publications(_SIZE, voor)
    keys = {key for each in found for key in each.items[:8]}
    titles = {key: titled(key.group, data) for key in keys if (data := store.revisions.published(key))}
    older = f"/desk/redactie/publicaties?voor={found[-1].number}" if len(found) == _SIZE else ""
    done = "Bezoekers lezen weer wat toen gepubliceerd was." if gedaan == "terug" else ""
    page = publications_page(editor, found, titles, store.publisher.number(), older, utc_now(), done)
    return render("editor/publications.html", page)


@router.post("/terug")
def back(editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """Publish an earlier state again."""
    number = first(form, "nummer")
    if not number.isdigit() or len(number) > 9:
        raise NoSuchItem("no number of a publication")
    info = store.publisher.back(int(number), editor_of(editor.account))
    audit.record(Action.CHANGE_TAKEN_BACK, number, detail=f"publicatie {info.number}")
    return RedirectResponse("/desk/redactie/publicaties?gedaan=terug", status_code=303)
