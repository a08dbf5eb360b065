"""What a change would do, before it is published."""

from typing import cast

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from assistant.editor.dependencies import RecordEditor, SentForm, Store
from assistant.editor.looking import digest_now, is_running, start
from assistant.editor.pages.consequences import consequences_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from knowledge.publishing.errors import ContentRefused

router = APIRouter(prefix="/desk/redactie/gevolgen", route_class=EditorRoute, include_in_schema=False)
_AGAIN_SECONDS = "3"


@router.get("/{change_set_id}")
def consequences(change_set_id: str, editor: RecordEditor, store: Store) -> Response:
    """What was found, or how far the looking is; a page that waits looks again by itself."""
    change, now = store.change_sets.get(change_set_id), utc_now()
    is_open = change.state in ("draft", "in_review", "approved")
    problems = store.publisher.problems(change_set_id) if is_open else ()
    looked = store.consequences.get(change_set_id)
    page = consequences_page(
        editor, change, looked, digest_now(store, change_set_id), [each.dutch for each in problems], now
    )
    response = render("editor/consequences.html", page)
    if is_running(looked, now):
        response.headers["Refresh"] = _AGAIN_SECONDS
    return response


@router.post("/{change_set_id}")
def look(change_set_id: str, request: Request, editor: RecordEditor, store: Store, form: SentForm) -> Response:  # noqa: ARG001
    """Begin to look."""
    store.change_sets.get(change_set_id)
    if problems := store.publisher.problems(change_set_id):
        raise ContentRefused(problems)
    start(store, cast(Settings, request.app.state.settings), change_set_id, utc_now())
    return RedirectResponse(f"/desk/redactie/gevolgen/{change_set_id}", status_code=303)
