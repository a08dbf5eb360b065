"""One change over many items: choosing it, seeing what it does to each, and keeping it as one change."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.desk.dependencies import Audit
from assistant.editor.bulk import MOST, NotFilledIn, Outcome, acts_for, edit_of, worked_out
from assistant.editor.dependencies import (
    NotYourRegion,
    RecordEditor,
    SentForm,
    Served,
    Store,
    editor_of,
    first,
    require_region,
)
from assistant.editor.pages.bulk import WORDS, bulk_page, counted
from assistant.editor.pages.listing import STANDINGS, group_and_kind
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.errors import NotFound
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.item import ItemKey, Json, parsed, type_of
from knowledge.publishing.opening import Editorial

router = APIRouter(prefix="/desk/redactie/samen", route_class=EditorRoute, include_in_schema=False)

_Words = Annotated[str, Query(max_length=200)]
_CHANGED_SINCE = "Ondertussen is er iets gewijzigd. Kijk nog een keer wat er verandert."


@dataclass(frozen=True)
class Chosen:
    """Which items are meant: those ticked, or all that a search finds."""

    group: str
    kind: str
    titles: Mapping[ItemKey, str]
    as_fields: tuple[tuple[str, str], ...]
    """The same as hidden fields of a form."""


@router.get("/{sort}")
def choose(
    sort: str,
    editor: RecordEditor,
    store: Store,
    served: Served,
    wie: Annotated[list[str] | None, Query(max_length=MOST)] = None,
    alles: Annotated[str, Query(max_length=5)] = "",
    zoek: _Words = "",
    stand: _Words = "",
    regio: _Words = "",
) -> Response:
    """What can be done to the items that were chosen in a list."""
    asked = {"alles": alles, "zoek": zoek, "stand": stand, "regio": regio}
    chosen = _chosen(sort, store, editor.account, wie or [], asked)
    acts = acts_for(type_of(chosen.group, chosen.kind))
    return render(
        "editor/bulk.html",
        bulk_page(editor, served.catalogue, sort, chosen.as_fields, list(chosen.titles.values()), acts, {}),
    )


@router.post("/{sort}")
def change(sort: str, editor: RecordEditor, store: Store, served: Served, audit: Audit, form: SentForm) -> Response:
    """What a change would do to each of them; or all of it kept as drafts in one change."""
    asked = {name: first(form, name)[:200] for name in ("alles", "zoek", "stand", "regio")}
    chosen = _chosen(sort, store, editor.account, form.get("wie", [])[:MOST], asked)
    acts = acts_for(type_of(chosen.group, chosen.kind))
    given = {name: values[0][:300] for name, values in form.items() if "." in name and values}
    act = next((each for each in acts if each == first(form, "wat")), None)
    if act is None:
        raise EditorialProblem("no such change of many", "Kies wat er moet veranderen.")
    titles = list(chosen.titles.values())
    page = (editor, served.catalogue, sort, chosen.as_fields, titles, acts, given, act)
    catalogue = served.catalogue
    try:
        if len(titles) > MOST:
            raise NotFilledIn(f"Kies hoogstens {MOST} onderdelen tegelijk: maak je zoekopdracht kleiner.")
        edit = edit_of(
            act,
            {name.partition(".")[2]: value for name, value in given.items() if name.startswith(f"{act}.")},
            {each.id for each in catalogue.content.sources},
            editor.account.regions,
        )
    except NotFilledIn as error:
        return render("editor/bulk.html", bulk_page(*page, error=str(error)), 422)
    there = store.revisions.published_all(chosen.titles)
    outcomes = (
        *worked_out(there, edit, lambda before, after: may_change(editor.account, before, after)),
        *(Outcome(key, {}, {}, "Dit is nog niet gepubliceerd.") for key in chosen.titles if key not in there),
    )
    changed = {each.key: each.after for each in outcomes if each.is_changed}
    seen = _digest(outcomes)
    if "bewaren" not in form or not changed:
        return render("editor/bulk.html", bulk_page(*page, outcomes=outcomes, seen=seen))
    if first(form, "gezien") != seen:
        return render("editor/bulk.html", bulk_page(*page, outcomes=outcomes, seen=seen, notice=_CHANGED_SINCE), 409)
    title = first(form, "titel")[:200] or WORDS[act]
    change_set = keep_together(store, editor.account, changed, title, WORDS[act])
    audit.record(Action.ITEM_CHANGED, change_set, detail=f"{counted(len(changed))} samen")
    return RedirectResponse(f"/desk/redactie/wijziging/{change_set}?gedaan=samen", status_code=303)


def keep_together(
    store: Editorial, account: Account, changed: Mapping[ItemKey, Json | None], title: str, comment: str
) -> str:
    """Keep many items as drafts in one new change set, all or none of them; its id."""
    items = {key: None if data is None else parsed(key.group, data) for key, data in changed.items()}
    by = editor_of(account)
    change_set = store.change_sets.begin(title, by, next(iter(account.regions), ""))
    try:
        store.revisions.save_all(change_set.id, items, by, comment)
    except Exception:
        store.change_sets.withdraw(change_set.id)
        raise
    return change_set.id


def may_change(account: Account, before: Json | None, after: Json | None) -> bool:
    """Whether an editor may make this of that."""
    try:
        require_region(account, (before or {}).get("regions", ()), (after or {}).get("regions", ()))
    except NotYourRegion:
        return False
    return True


def _chosen(sort: str, store: Editorial, account: Account, ids: list[str], asked: Mapping[str, str]) -> Chosen:
    try:
        group, kind = group_and_kind(sort)
    except KeyError:
        raise NotFound("list", sort) from None
    stand = asked["stand"]
    found = store.items.page(
        group=group,
        kind=kind,
        words=asked["zoek"] if asked["alles"] else "",
        region=asked["regio"] if asked["alles"] and asked["regio"] in account.regions else "",
        standing=stand if asked["alles"] and stand in STANDINGS and stand else None,  # type: ignore[arg-type]
        size=MOST + 1 if asked["alles"] else 1_000_000,
    )
    wanted = {each.key: each.title for each in found.items if asked["alles"] or each.key.id in ids}
    fields = asked.items() if asked["alles"] else (("wie", each.id) for each in wanted)
    if not wanted:
        raise EditorialProblem("nothing was chosen", "Kies eerst in de lijst wat je wilt wijzigen.")
    return Chosen(group, kind, wanted, tuple(fields))


def _digest(outcomes: tuple[Outcome, ...]) -> str:
    told = [(str(each.key), each.before, each.after, each.why_not) for each in outcomes]
    return sha256(dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]
