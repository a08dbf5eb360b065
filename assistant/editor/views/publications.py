"""What was published, and the way back."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.desk.dependencies import Audit
from assistant.editor.dependencies import RecordEditor, SentForm, Served, Store, editor_of, first, may_take_steps
from assistant.editor.pages.publications import in_the_way_page, publications_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.storage.clock import utc_now
from knowledge.publishing.errors import NoSuchItem
from knowledge.publishing.item import titled
from knowledge.publishing.opening import Editorial
from knowledge.publishing.publishing import PublicationInfo
from knowledge.publishing.undoing import NotYours

router = APIRouter(prefix="/desk/redactie/publicaties", route_class=EditorRoute, include_in_schema=False)

_SIZE = 30
_LOOKED_AT = 100
"""Publications since the one to go back to, of which those that an editor may take back are looked for."""


@router.get("")
def publications(
    editor: RecordEditor,
    store: Store,
    served: Served,
    voor: Annotated[int | None, Query(ge=1)] = None,
    gedaan: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The newest first."""
    found = store.publisher.publications(_SIZE, voor)
    keys = {key for each in found for key in each.items[:8]}
    titles = {key: titled(key.group, data) for key in keys if (data := store.revisions.published(key))}
    older = f"/desk/redactie/publicaties?voor={found[-1].number}" if len(found) == _SIZE else ""
    done = "Bezoekers lezen weer wat toen gepubliceerd was." if gedaan == "terug" else ""
    page = publications_page(
        editor,
        found,
        titles,
        store.taking_over.all(),
        served.catalogue,
        store.publisher.number(),
        older,
        utc_now(),
        done,
    )
    return render("editor/publications.html", page)


@router.post("/terug")
def back(editor: RecordEditor, store: Store, served: Served, audit: Audit, form: SentForm) -> Response:
    """Publish an earlier state again, if all that it undoes is for this editor to publish."""
    number = first(form, "nummer")
    if not number.isdigit() or len(number) > 9:
        raise NoSuchItem("no number of a publication")
    try:
        info = store.publisher.back(int(number), editor_of(editor.account), regions=editor.account.regions)
    except NotYours as refused:
        own = _own_changes(store, editor.account, int(number))
        page = in_the_way_page(editor, served.catalogue, int(number), refused.undone, own, utc_now())
        return render("editor/in_the_way.html", page, 403)
    audit.record(Action.CHANGE_TAKEN_BACK, number, detail=f"publicatie {info.number}")
    return RedirectResponse("/desk/redactie/publicaties?gedaan=terug", status_code=303)


def _own_changes(store: Editorial, account: Account, number: int) -> list[PublicationInfo]:
    """What was published since, and an editor of these regions may take back by itself; the newest first."""
    since = (each for each in store.publisher.publications(_LOOKED_AT) if each.number > number)
    return [
        each
        for each in since
        if each.change_set_id
        and store.change_sets.get(each.change_set_id).unpublished is None
        and may_take_steps(store, account, each.change_set_id)
    ]
