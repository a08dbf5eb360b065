"""A list out to a spreadsheet and in again: what a file changes is seen before any of it is kept."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from json import dumps
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Audit, SignedInAdviser
from assistant.editor.bulk import MOST
from assistant.editor.dependencies import RecordEditor, SentForm, Served, Store, editor_of, first
from assistant.editor.pages.bulk import counted
from assistant.editor.pages.listing import group_and_kind
from assistant.editor.pages.sheet import sheet_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.editor.sheet import (
    NUMBER,
    Change,
    What,
    amount_table,
    fits_in_rows,
    has_amounts,
    item_table,
    read_amounts,
    read_items,
)
from assistant.editor.spreadsheet import LARGEST_BYTES, Fault, Table, UnreadableSheet, as_csv, as_xlsx, read_table
from assistant.editor.views.bulk import keep_together, may_change
from assistant.errors import NotFound
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.item import ItemKey, Json, type_of
from knowledge.publishing.opening import Editorial

router = APIRouter(prefix="/desk/redactie/tabel", route_class=EditorRoute, include_in_schema=False)

_SENT_IN = "tabel"
"""The group under which what was sent in waits, as what somebody typed and did not save."""


async def _file(request: Request, _: SentForm) -> tuple[str, bytes]:
    sent = (await request.form()).get("bestand")
    if not isinstance(sent, UploadFile):
        return "", b""
    return (sent.filename or "het bestand")[:80], await sent.read(LARGEST_BYTES + 1)


SentFile = Annotated[tuple[str, bytes], Depends(_file)]
"""The name and the bytes of a file that came with a form of this desk."""


@router.get("/{sort}/{what}.csv")
def csv_file(sort: str, what: What, editor: RecordEditor, store: Store) -> Response:
    """The list as CSV."""
    del editor
    return _download(as_csv(_table(sort, what, store)), f"{sort}-{what}.csv", "text/csv; charset=utf-8")


@router.get("/{sort}/{what}.xlsx")
def xlsx_file(sort: str, what: What, editor: RecordEditor, store: Store) -> Response:
    """The list as a workbook."""
    del editor
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(as_xlsx(_table(sort, what, store)), f"{sort}-{what}.xlsx", kind)


@router.get("/{sort}")
def look(sort: str, editor: RecordEditor, store: Store) -> Response:
    """Where a list is downloaded and sent in; what was sent in and not kept is still there."""
    model, error = type_of(*_list(sort)), ""
    key, by = ItemKey(_SENT_IN, sort), editor_of(editor.account)
    if kept := store.autosaves.of(key, by.id):
        try:
            return _preview(editor, sort, kept.form["file"], _kept_changes(store, sort, kept.form))
        except EditorialProblem as problem:
            store.autosaves.forget(key, by.id)
            error = problem.dutch
    return render("editor/sheet.html", sheet_page(editor, sort, has_amounts(model), error=error))


@router.post("/{sort}")
def send_in(sort: str, editor: RecordEditor, store: Store, served: Served, file: SentFile) -> Response:
    """What a file would change; or everything that is wrong in it, and then nothing of it is taken."""
    group, kind = _list(sort)
    model, (name, raw) = type_of(group, kind), file
    try:
        grid = read_table(raw)
    except UnreadableSheet as error:
        return render("editor/sheet.html", sheet_page(editor, sort, has_amounts(model), error=str(error)), 422)
    there = _published(store, group, kind)
    facts = served.catalogue.facts
    is_of_amounts = has_amounts(model) and NUMBER in grid.columns
    found = read_amounts(grid, there, facts) if is_of_amounts else read_items(group, kind, grid, there, facts)
    faults = found.faults or _not_allowed(editor, found.changes)
    if faults:
        page = sheet_page(editor, sort, has_amounts(model), file=name, faults=faults)
        return render("editor/sheet.html", page, 422)
    if found.changes:
        waiting = [[each.key.id, _digest(each.before), each.after] for each in found.changes]
        kept = {"file": name, "changes": waiting}
        store.autosaves.keep(ItemKey(_SENT_IN, sort), kept, editor.account.id)
    return _preview(editor, sort, name, found.changes)


@router.post("/{sort}/bewaren")
def keep(sort: str, editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """What the file changes, as drafts in one change."""
    key, by = ItemKey(_SENT_IN, sort), editor_of(editor.account)
    kept = store.autosaves.of(key, by.id)
    if kept is None:
        raise EditorialProblem("no sheet waits", "Dit bestand is al bewaard. Stuur het anders opnieuw.")
    changes = _kept_changes(store, sort, kept.form)
    changed = {each.key: each.after for each in changes}
    if _not_allowed(editor, changes) or not changed:
        raise EditorialProblem("the sheet changes nothing that may be", "Dit bestand verandert niets.")
    change_set = keep_together(store, editor.account, changed, first(form, "titel")[:200], f"Uit {kept.form['file']}")
    store.autosaves.forget(key, by.id)
    audit.record(Action.ITEM_CHANGED, change_set, detail=f"{counted(len(changed))} uit een rekenblad")
    return RedirectResponse(f"/desk/redactie/wijziging/{change_set}?gedaan=samen", status_code=303)


@router.post("/{sort}/vergeten")
def forget(sort: str, editor: RecordEditor, store: Store, _: SentForm) -> Response:
    """Let go of what was sent in."""
    _list(sort)
    store.autosaves.forget(ItemKey(_SENT_IN, sort), editor.account.id)
    return RedirectResponse(f"/desk/redactie/tabel/{sort}", status_code=303)


def _list(sort: str) -> tuple[str, str]:
    try:
        group, kind = group_and_kind(sort)
    except KeyError:
        raise NotFound("list", sort) from None
    if not fits_in_rows(type_of(group, kind)):
        raise NotFound("sheet", sort)
    return group, kind


def _table(sort: str, what: What, store: Editorial) -> Table:
    group, kind = _list(sort)
    items = _published(store, group, kind)
    if what == "onderdelen":
        return item_table(group, kind, items)
    if not has_amounts(type_of(group, kind)):
        raise NotFound("sheet", what)
    return amount_table(kind, items)


def _download(raw: bytes, name: str, kind: str) -> Response:
    return Response(raw, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _published(store: Editorial, group: str, kind: str) -> Mapping[ItemKey, Json]:
    found = store.items.page(group=group, kind=kind, size=1_000_000)
    return store.revisions.published_all(each.key for each in found.items)


def _preview(editor: SignedInAdviser, sort: str, file: str, changes: Sequence[Change]) -> Response:
    model = type_of(*_list(sort))
    return render("editor/sheet.html", sheet_page(editor, sort, has_amounts(model), file=file, changes=changes))


def _kept_changes(store: Editorial, sort: str, form: Json) -> tuple[Change, ...]:
    """What waits, beside what is published now."""
    group, _ = _list(sort)
    waiting = {ItemKey(group, id_): (seen, after) for id_, seen, after in form["changes"]}
    there = store.revisions.published_all(waiting)
    if any(_digest(there.get(key)) != seen for key, (seen, _) in waiting.items()):
        raise EditorialProblem(
            "published since the sheet was sent in",
            "Ondertussen is een van deze onderdelen gewijzigd. Download de tabel opnieuw, dan gaat er niets verloren.",
        )
    return tuple(Change(key, there.get(key), after) for key, (_, after) in waiting.items())


def _not_allowed(editor: SignedInAdviser, changes: Sequence[Change]) -> tuple[Fault, ...]:
    if len(changes) > MOST:
        return (Fault(0, "", f"Er veranderen meer dan {MOST} onderdelen. Knip het bestand in stukken."),)
    return tuple(
        Fault(0, each.key.id, "Dit hoort bij een andere regio.")
        for each in changes
        if not may_change(editor.account, each.before, each.after)
    )


def _digest(data: Json | None) -> str:
    return sha256(dumps(data, sort_keys=True).encode()).hexdigest()[:16]
