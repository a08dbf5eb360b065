"""What a region chooses for itself: its look, its first words, and what a second person looks at."""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.role import May
from assistant.api.dependencies import CurrentSettings, StoreSession
from assistant.desk.dependencies import Accounts, Audit
from assistant.editor.dependencies import NotYourRegion, RecordEditor, SentForm, Served, Store, editor_of, first
from assistant.editor.pages.regions import COLOURS, look_page, look_stylesheet, regions_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.editor.views.bulk import keep_together
from assistant.errors import NotFound
from assistant.storage.counts import openings
from assistant.storage.periods import Kept, PeriodStore
from knowledge.brand import Brand
from knowledge.catalogue import Catalogue
from knowledge.place import Region
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.item import ItemKey
from knowledge.publishing.review import Sensitive

router = APIRouter(prefix="/desk/redactie/regio", route_class=EditorRoute, include_in_schema=False)

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_DONE = {"ogen": "Bewaard wat een tweede paar ogen nodig heeft."}


@router.get("")
def overview(
    editor: RecordEditor,
    store: Store,
    served: Served,
    accounts: Accounts,
    session: StoreSession,
    settings: CurrentSettings,
    gedaan: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Every region of the editor, with what it chose."""
    regions = editor.account.regions
    periods = PeriodStore(session).all()
    longest = {Kept.CONVERSATIONS: settings.conversation_retention, Kept.LEADS: settings.lead_retention}
    words = {Kept.CONVERSATIONS: "Gesprekken", Kept.LEADS: "Aanmeldingen"}
    page = regions_page(
        editor,
        served.catalogue,
        {each: openings(session, each) for each in regions},
        {each: store.change_sets.needs_of(each) for each in regions},
        accounts.all(),
        {
            each: [(words[kind], min(periods.get((each, kind), most), most)) for kind, most in longest.items()]
            for each in regions
        },
        settings.lead_retention,
        _DONE.get(gedaan, ""),
    )
    return render("editor/regions.html", page)


@router.post("/{region}/ogen")
def decide_review(region: str, editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """Say what needs a second person in a region; only who leads it may."""
    _own(editor.account, region)
    if not editor.account.may(May.TEAM, region):
        raise EditorialProblem(
            "only an administrator decides on review", "Alleen een beheerder van de regio kiest dit."
        )
    needs = frozenset(each for each in Sensitive if each.value in form.get("nodig", ()))
    store.change_sets.set_needs(region, needs, editor_of(editor.account))
    audit.record(Action.REVIEW_DECIDED, region, (region,), ", ".join(sorted(needs)) or "niets")
    return RedirectResponse("/desk/redactie/regio?gedaan=ogen", status_code=303)


@router.get("/{region}")
def look(region: str, request: Request, editor: RecordEditor, served: Served) -> Response:
    """Colours to try out: those that are published, or those in the address."""
    brand = _region(served.catalogue, editor.account, region).brand
    typed = _typed(request.query_params)
    if not typed and brand:
        typed = {name: getattr(brand, name) or "" for name in COLOURS}
    return render("editor/look.html", look_page(editor, served.catalogue, region, typed, _tried(typed)))


@router.get("/{region}/static/kleuren.css")
def stylesheet(region: str, request: Request, editor: RecordEditor, served: Served) -> Response:
    """The colours in the address, for the page on which they are tried out."""
    _region(served.catalogue, editor.account, region)
    brand = _tried(_typed(request.query_params))
    return Response(look_stylesheet(brand) if brand else "", media_type="text/css; charset=utf-8")


@router.post("/{region}/kleuren")
def keep(region: str, editor: RecordEditor, store: Store, served: Served, audit: Audit, form: SentForm) -> Response:
    """Colours as a draft of the region, to go live as any other change."""
    _region(served.catalogue, editor.account, region)
    typed = {name: first(form, name).lower() for name in COLOURS}
    brand = _tried(typed)
    page = look_page(editor, served.catalogue, region, typed, brand)
    if brand is None or not page.can_be_read:
        return render("editor/look.html", page, 422)
    key = ItemKey("records", region)
    data = store.revisions.published(key) or {}
    name = data.get("brand", {}).get("name", "")
    colours = {each: value for each, value in typed.items() if value}
    after = {**data, "brand": colours | ({"name": name} if name else {})}
    change_set = keep_together(store, editor.account, {key: after}, f"Kleuren van {page.title}", "Andere kleuren")
    audit.record(Action.ITEM_CHANGED, str(key), (region,), "kleuren")
    return RedirectResponse(f"/desk/redactie/wijziging/{change_set}?gedaan=samen", status_code=303)


def _own(account: Account, region: str) -> None:
    if region not in account.regions:
        raise NotYourRegion("an editor looked at the settings of another region")


def _region(catalogue: Catalogue, account: Account, region: str) -> Region:
    found = catalogue.find(region)
    if not isinstance(found, Region):
        raise NotFound("region", region)
    _own(account, region)
    return found


def _typed(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given[name].strip().lower()[:20] for name in COLOURS if given.get(name)}


def _tried(typed: Mapping[str, str]) -> Brand | None:
    """The brand that was typed, whether or not it can be read; None if something in it is no colour."""
    chosen = {name: value for name, value in typed.items() if value}
    if "accent" not in chosen or not all(_COLOUR.fullmatch(value) for value in chosen.values()):
        return None
    return Brand.model_construct(_fields_set=None, **chosen)
