"""What has no English yet, and writing it beside the Dutch."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Audit, SignedInAdviser
from assistant.editor.dependencies import (
    RecordEditor,
    SentForm,
    Served,
    Store,
    editor_of,
    first,
    require_region,
    way_back,
)
from assistant.editor.filling import mistakes
from assistant.editor.forms import draft_of
from assistant.editor.pages.item import NEW, change_set_choices
from assistant.editor.pages.listing import item_address
from assistant.editor.pages.translating import FIELDS, translation_page, untranslated_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.errors import NotFound
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.opening import Editorial
from knowledge.publishing.revisions import Revision
from knowledge.record import Translation

router = APIRouter(prefix="/desk/redactie/vertalen", route_class=EditorRoute, include_in_schema=False)

_DONE = {
    "bewaard": "Bewaard als concept. Bezoekers zien het pas na publicatie.",
    "klopt": "Genoteerd: het Engels klopt nog.",
}


@router.get("")
def overview(
    editor: RecordEditor,
    served: Served,
    soort: Annotated[str, Query(max_length=40)] = "",
    vanaf: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """What has no English yet."""
    return render("editor/untranslated.html", untranslated_page(editor, served.catalogue, soort, vanaf))


@router.get("/{record_id}")
def look(
    record_id: str,
    editor: RecordEditor,
    store: Store,
    wijziging: Annotated[str, Query(max_length=40)] = "",
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """A record's English beside its Dutch."""
    key = ItemKey("records", record_id)
    data, draft = _as_it_stands(store, key, wijziging, editor)
    return _page(editor, store, key, data, data.get("translations", {}).get("en", {}), draft, {}, _DONE.get(gedaan, ""))


@router.post("/engels/klopt")
def still_right(editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """The English goes with the Dutch as it is: published, or as a draft has it."""
    key, chosen = ItemKey(first(form, "groep"), first(form, "onderdeel")), first(form, "wijziging")
    draft = store.revisions.draft(chosen, key) if chosen else None
    content = draft.content if draft else store.revisions.published(key)
    require_region(editor.account, (content or {}).get("regions", ()))
    store.translations.still_right(key, content, editor_of(editor.account))
    audit.record(Action.ITEM_CHANGED, str(key), detail="het Engels klopt nog")
    return RedirectResponse(way_back(form, item_address(key), "klopt"), status_code=303)


@router.post("/{record_id}")
def keep(record_id: str, editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """The English as a draft."""
    key, by = ItemKey("records", record_id), editor_of(editor.account)
    chosen = first(form, "wijziging")
    data, draft = _as_it_stands(store, key, "" if chosen == NEW else chosen, editor)
    require_region(editor.account, data.get("regions", ()))
    typed: Json = {name: text for name in FIELDS if (text := first(form, name).replace("\r\n", "\n"))}
    errors = {name: "Vul dit in." for name in ("title", "summary") if name not in typed}
    try:
        Translation.model_validate(typed)
    except ValidationError as error:
        errors |= mistakes(error, set(FIELDS))
    if errors:
        return _page(editor, store, key, data, typed, draft, errors, "", 422)
    change_set = (
        store.change_sets.get(chosen).id
        if chosen and chosen != NEW
        else store.change_sets.begin(f"Vertaling: {data['title']}"[:200], by, next(iter(by.regions), "")).id
    )
    store.revisions.translate(change_set, key, "en", typed, by)
    audit.record(Action.ITEM_CHANGED, str(key), detail="vertaling")
    return RedirectResponse(
        f"/desk/redactie/vertalen/{record_id}?wijziging={change_set}&gedaan=bewaard", status_code=303
    )


def _as_it_stands(
    store: Editorial, key: ItemKey, change_set_id: str, editor: SignedInAdviser
) -> tuple[Json, Revision | None]:
    draft = draft_of(store, key, change_set_id, editor.account.id)
    data = draft.content if draft and draft.content else store.revisions.published(key)
    if data is None:
        raise NotFound("record", key.id)
    return data, draft


def _page(
    editor: SignedInAdviser,
    store: Editorial,
    key: ItemKey,
    data: Json,
    typed: Json,
    draft: Revision | None,
    errors: dict[str, str],
    done: str,
    status_code: int = 200,
) -> Response:
    open_sets = [each for each, _ in store.change_sets.list(limit=100)]
    chosen = change_set_choices(open_sets, draft.change_set_id if draft else "")
    page = translation_page(
        editor,
        key,
        data,
        typed,
        chosen,
        str(draft.id) if draft else "",
        errors,
        store.translations.of(key, draft.content if draft else None),
        draft.change_set_id if draft else "",
        done,
    )
    return render("editor/translation.html", page, status_code)
