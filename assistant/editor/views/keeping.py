"""Saying who looks after an item."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Accounts, Audit
from assistant.editor.dependencies import (
    RecordEditor,
    SentForm,
    Store,
    editor_of,
    edits_beside,
    first,
    require_region,
    way_back,
)
from assistant.editor.pages.listing import item_address
from assistant.editor.routes import EditorRoute
from knowledge.publishing.errors import EditorialProblem, NoSuchItem
from knowledge.publishing.item import ItemKey
from knowledge.publishing.keeping import Keeper

router = APIRouter(prefix="/desk/redactie/zorg", route_class=EditorRoute, include_in_schema=False)


@router.post("/{group}/{item_id:path}")
def choose(
    group: str, item_id: str, editor: RecordEditor, store: Store, accounts: Accounts, audit: Audit, form: SentForm
) -> Response:
    """A colleague, everybody of a region, or nobody in particular. It is no change of the item: visitors never see it."""
    key, chosen = ItemKey(group, item_id), first(form, "wie")
    content = store.revisions.published(key)
    draft = store.revisions.open_draft(key) if content is None else None
    if content is None and draft is None:
        raise NoSuchItem(f"no {key} to look after")
    require_region(editor.account, ((content or (draft.content if draft else None)) or {}).get("regions", ()))
    colleague = accounts.find(chosen) if chosen and chosen not in editor.account.regions else None
    if colleague is not None and edits_beside(colleague, editor.account):
        keeper = Keeper(account_id=colleague.id, name=colleague.name)
    elif chosen in editor.account.regions:
        keeper = Keeper(region=chosen)
    elif chosen:
        raise EditorialProblem(
            "nobody who may look after it", "Deze collega kan hier niet voor zorgen. Kies een ander."
        )
    store.keepers.put(key, keeper if chosen else None, editor_of(editor.account))
    audit.record(Action.ITEM_CHANGED, str(key), detail=f"zorg: {chosen}" if chosen else "zorg: niemand")
    return RedirectResponse(way_back(form, item_address(key), "zorg"), status_code=303)
