"""Taking over what another region says: following it, or going one's own way."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.desk.dependencies import Audit
from assistant.editor.dependencies import NotYourRegion, RecordEditor, SentForm, Served, Store, editor_of, first
from assistant.editor.pages.listing import item_address
from assistant.editor.pages.taking_over import taken_over_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.storage.clock import utc_now
from knowledge.publishing.errors import EditorialProblem, NoSuchItem
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import Editorial
from knowledge.publishing.taking_over import TakenOver

router = APIRouter(prefix="/desk/redactie/overgenomen", route_class=EditorRoute, include_in_schema=False)

_DONE = {"los": "Dit gaat vanaf nu zijn eigen weg. Verandert het origineel, dan zie je dat hier."}


@router.get("")
def overview(
    editor: RecordEditor, store: Store, served: Served, gedaan: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """Everything that one's regions took over, with what changed in the originals."""
    found = [each for region in editor.account.regions for each in store.taking_over.of_region(region)]
    page = taken_over_page(editor, served.catalogue, found, utc_now(), _DONE.get(gedaan, ""))
    return render("editor/taken_over.html", page)


@router.post("/neem")
def take(editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """A record for one's own region that says what another's does, as a draft."""
    region, mode = first(form, "regio"), first(form, "hoe")
    if region not in editor.account.regions:
        raise NotYourRegion("an editor meant to take something over for another region")
    if mode not in ("follow", "fork"):
        raise EditorialProblem("no such way to take over", "Kies of je het volgt, of je eigen weg gaat.")
    original, new_id = ItemKey("records", first(form, "onderdeel")), first(form, "nieuwe-naam")
    change_set = store.change_sets.begin(f"Overgenomen: {original.id}", editor_of(editor.account), region)
    try:
        key = store.taking_over.take_over(
            change_set.id, original, new_id, region, "follow" if mode == "follow" else "fork", editor_of(editor.account)
        )
    except ValidationError:
        store.change_sets.withdraw(change_set.id)
        raise EditorialProblem(
            "no slug for a taken over record", "Schrijf de nieuwe naam met kleine letters, cijfers en streepjes."
        ) from None
    except EditorialProblem:
        store.change_sets.withdraw(change_set.id)
        raise
    audit.record(Action.ITEM_CHANGED, str(key), (region,), f"overgenomen van {original.id}")
    return RedirectResponse(f"{item_address(key)}?wijziging={change_set.id}&gedaan=bewaard", status_code=303)


@router.post("/eigen-weg")
def let_go(editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """Follow no longer."""
    found = _own(store, editor.account, first(form, "onderdeel"))
    store.taking_over.fork(found.key)
    audit.record(Action.ITEM_CHANGED, str(found.key), (found.region,), "volgt niet meer")
    return RedirectResponse("/desk/redactie/overgenomen?gedaan=los", status_code=303)


@router.post("/bijwerken")
def catch_up(editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """What changed in the original, field by field, as a draft; where both changed, one's own words stand."""
    found = _own(store, editor.account, first(form, "onderdeel"))
    by = editor_of(editor.account)
    change_set = store.change_sets.begin(f"Bijgewerkt naar het origineel: {found.key.id}", by, found.region)
    kept = store.taking_over.catch_up(change_set.id, found.key, by)
    audit.record(Action.ITEM_CHANGED, str(found.key), (found.region,), "bijgewerkt naar het origineel")
    if kept:
        fields = ", ".join(each.field for each in kept)
        store.change_sets.comment(
            change_set.id, by, f"Hier schreef de regio zelf iets anders, en dat staat er nog: {fields}."
        )
    return RedirectResponse(f"/desk/redactie/wijziging/{change_set.id}", status_code=303)


def _own(store: Editorial, account: Account, item_id: str) -> TakenOver:
    found = store.taking_over.find(ItemKey("records", item_id))
    if found is None:
        raise NoSuchItem(f"{item_id} was not taken over")
    if found.region not in account.regions:
        raise NotYourRegion("an editor meant to change what another region took over")
    return found
