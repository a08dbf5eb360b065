"""One item: filling it in, keeping it, its history, a copy, and taking it away."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.answering.gaps import Gap, gaps
from assistant.desk.dependencies import Accounts, Audit, Gaps, QuestionVectors, SignedInAdviser
from assistant.desk.pages.error import ErrorPage
from assistant.desk.pages.parts import shell
from assistant.editor.asked import begun, case_of
from assistant.editor.dependencies import RecordEditor, SentForm, Served, Store, editor_of, first, require_region
from assistant.editor.difference import told
from assistant.editor.filling import mistakes, names_in
from assistant.editor.forms import Typed, draft_of, form_of, new_data
from assistant.editor.pages.item import NEW, history_page
from assistant.editor.pages.listing import group_and_kind, item_address
from assistant.editor.reading import Form, as_before, read
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.editor.wording import label_of
from assistant.errors import NotFound
from assistant.site.rendering import markdown
from assistant.storage.clock import utc_now
from knowledge.publishing.cases import CaseStore
from knowledge.publishing.item import GROUPS, ItemKey, Json, may_change, parsed, type_of
from knowledge.publishing.opening import Editorial
from knowledge.publishing.revisions import Saved

router = APIRouter(prefix="/desk/redactie", route_class=EditorRoute, include_in_schema=False)

_ChangeSetId = Annotated[str, Query(max_length=40)]
_HISTORY = 30
_HOW_TO_ANSWER = (
    "Dit vroegen bezoekers. Schrijf het antwoord in een of twee korte zinnen, en kijk na of de bronnen het zeggen: "
    "ze zijn van onderdelen die erop lijken. Na publicatie vindt de assistent dit antwoord bij deze vragen."
)
_DONE = {
    "zorg": "Bewaard wie hiervoor zorgt.",
    "klopt": "Genoteerd: het Engels klopt nog.",
    "bewaard": "Bewaard als concept. Bezoekers zien het pas na publicatie.",
    "terug": "Die versie staat nu als concept in je wijziging.",
}


def _key(group: str, item_id: str) -> ItemKey:
    if group not in GROUPS:
        raise NotFound("group", group)
    return ItemKey(group, item_id)


@router.get("/nieuw/{sort}")
def begin(sort: str, editor: RecordEditor, store: Store, served: Served) -> Response:
    """An empty form."""
    try:
        group, kind = group_and_kind(sort)
    except KeyError:
        raise NotFound("list", sort) from None
    typed = Typed(new_data(group, kind, editor.account.regions))
    return render("editor/item.html", form_of(editor, store, served.catalogue, ItemKey(group, ""), typed))


@router.get("/antwoord/{turn_id}")
def answer(
    turn_id: str, editor: RecordEditor, store: Store, served: Served, asked: Gaps, vectors: QuestionVectors
) -> Response:
    """The form of a new answer, with what visitors asked in it."""
    gap = _gap(turn_id, editor, asked, vectors)
    if gap is None:
        raise NotFound("question", turn_id)
    typed = Typed(
        begun(gap, served.search.search(gap.question, on=served.now().on, limit=6), served.catalogue),
        notes=(_HOW_TO_ANSWER,),
        question=gap.turn_id,
    )
    return render("editor/item.html", form_of(editor, store, served.catalogue, ItemKey("records", ""), typed))


@router.post("/nieuw/{sort}")
def add(
    sort: str, editor: RecordEditor, store: Store, served: Served, audit: Audit, form: SentForm, asked: Gaps,
    vectors: QuestionVectors,
) -> Response:  # fmt: skip
    """Keep a new item as a draft; with the question that it answers, if it began from one."""
    try:
        group, kind = group_and_kind(sort)
    except KeyError:
        raise NotFound("list", sort) from None
    response = _taken(editor, store, served, audit, ItemKey(group, ""), kind, form)
    gap = _gap(first(form, "vraag"), editor, asked, vectors) if group == "records" and "bewaren" in form else None
    if gap is not None and response.status_code == 303:
        record_id = first(form, "id")
        asked.note_draft(gap.turn_ids, record_id, editor.account.name)
        if "proefvraag" in form:
            case = case_of(gap, record_id, form.get("sources", ()), editor.account.regions)
            CaseStore(store.sessions).keep(case.id, case.as_case(), editor.account.name, utc_now())
    return response


def _gap(turn_id: str, editor: SignedInAdviser, asked: Gaps, vectors: QuestionVectors) -> Gap | None:
    found = gaps(asked.unanswered(editor.account.regions), vectors) if turn_id else []
    return next((each for each in found if each.turn_id == turn_id), None)


@router.get("/onderdeel/{group}/{item_id:path}/geschiedenis")
def history(
    group: str, item_id: str, editor: RecordEditor, store: Store, voor: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    """Every version, the newest first."""
    key = _key(group, item_id)
    versions = store.revisions.history(key, _HISTORY, voor)
    data = store.revisions.published(key) or next((each.content or each.base for each in versions), None)
    if data is None:
        raise NotFound("item", item_id)
    older = f"{item_address(key)}/geschiedenis?voor={versions[-1].id}" if len(versions) == _HISTORY else ""
    return render("editor/history.html", history_page(editor, key, data, versions, True, older, utc_now()))


@router.get("/onderdeel/{group}/{item_id:path}")
def edit(
    group: str, item_id: str, editor: RecordEditor, store: Store, served: Served, accounts: Accounts, wijziging: _ChangeSetId = "",
    gedaan: Annotated[str, Query(max_length=20)] = "", typen: Annotated[str, Query(max_length=10)] = "",
) -> Response:  # fmt: skip
    """An item in its form: as drafted, else as published; or as it was typed and not saved."""
    key = _key(group, item_id)
    draft = draft_of(store, key, wijziging, editor.account.id)
    data = draft.content if draft else store.revisions.published(key)
    if data is None and not draft:
        raise NotFound("item", item_id)
    typed = Typed(data or (draft.base if draft else None) or {}, draft=draft, done=_DONE.get(gedaan, ""))
    left = store.autosaves.of(key, editor.account.id)
    if left and typen == "verder":
        found = read(type_of(group, str((typed.data).get("kind", ""))), left.form, served.catalogue.facts)
        typed = Typed(found.data, found.errors, draft=draft)
        left = None
    colleagues = accounts.all() if may_change(editor.account.regions, typed.data.get("regions", ())) else ()
    page = form_of(editor, store, served.catalogue, key, typed, left.at if left else None, colleagues)
    return render("editor/item.html", page)


@router.post("/onderdeel/{group}/{item_id:path}/tussentijds")
def keep_typed(group: str, item_id: str, editor: RecordEditor, store: Store, form: SentForm) -> Response:
    """Keep a form as it stands: nothing typed is lost when the browser closes."""
    typed = {name: values for name, values in form.items() if name != "csrf"}
    store.autosaves.keep(_key(group, item_id), typed, editor.account.id)
    return Response(status_code=204)


@router.post("/onderdeel/{group}/{item_id:path}/vergeten")
def forget_typed(group: str, item_id: str, editor: RecordEditor, store: Store, _: SentForm) -> Response:
    """Let go of what was typed and not saved."""
    key = _key(group, item_id)
    store.autosaves.forget(key, editor.account.id)
    return RedirectResponse(item_address(key), status_code=303)


@router.post("/onderdeel/{group}/{item_id:path}/terugzetten")
def restore(group: str, item_id: str, editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """Make an older version the draft."""
    key, number = _key(group, item_id), first(form, "versie")
    old = store.revisions.revision(int(number)) if number.isdigit() and len(number) < 12 else None
    if old is None or old.key != key:
        raise NotFound("revision", number)
    require_region(
        editor.account,
        (old.content or {}).get("regions", ()),
        (store.revisions.published(key) or {}).get("regions", ()),
    )
    change_set = _change_set(store, editor, form, f"{key.id} terugzetten")
    store.revisions.restore(change_set, old.id, editor_of(editor.account))
    audit.record(Action.ITEM_CHANGED, str(key), detail=f"versie {old.id}")
    return RedirectResponse(f"{item_address(key)}?wijziging={change_set}&gedaan=terug", status_code=303)


@router.post("/onderdeel/{group}/{item_id:path}/kopie")
def copy(group: str, item_id: str, editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """A new item with what this one says, for the editor's own regions if it was for regions."""
    key, new_id = _key(group, item_id), first(form, "nieuwe-naam")
    was = store.revisions.published(key) or {}
    fields: Json = {"regions": list(editor.account.regions)} if was.get("regions") else {}
    change_set = _change_set(store, editor, form, f"Kopie van {key.id}")
    try:
        store.revisions.copy(change_set, key, new_id, editor_of(editor.account), fields)
    except ValidationError:
        return _refused_page("Schrijf de nieuwe naam met kleine letters, cijfers en streepjes.")
    audit.record(Action.ITEM_CHANGED, f"{group}/{new_id}")
    return RedirectResponse(
        f"{item_address(ItemKey(group, new_id))}?wijziging={change_set}&gedaan=bewaard", status_code=303
    )


@router.post("/onderdeel/{group}/{item_id:path}/weghalen")
def retire(group: str, item_id: str, editor: RecordEditor, store: Store, audit: Audit, form: SentForm) -> Response:
    """Take an item away, as a draft."""
    key = _key(group, item_id)
    require_region(editor.account, (store.revisions.published(key) or {}).get("regions", ()))
    change_set = _change_set(store, editor, form, f"{key.id} weghalen")
    store.revisions.retire(change_set, key, editor_of(editor.account), first(form, "waarom"))
    audit.record(Action.ITEM_CHANGED, str(key))
    return RedirectResponse(f"/desk/redactie/wijziging/{change_set}", status_code=303)


@router.post("/onderdeel/{group}/{item_id:path}")
def save(
    group: str, item_id: str, editor: RecordEditor, store: Store, served: Served, audit: Audit, form: SentForm
) -> Response:
    """Keep an item as a draft; or show the form anew with another row."""
    key = _key(group, item_id)
    was = store.revisions.published(key) or {}
    return _taken(editor, store, served, audit, key, str(was.get("kind", "")) or first(form, "soort"), form)


@router.post("/voorbeeld")
def preview(form: SentForm) -> HTMLResponse:
    """A text as a visitor will see it."""
    return HTMLResponse(str(markdown(first(form, "tekst")[:12_000])))


def _taken(
    editor: SignedInAdviser, store: Editorial, served: Any, audit: Audit, key: ItemKey, kind: str, form: Form
) -> Response:
    model = type_of(key.group, kind)
    facts = served.catalogue.facts
    found = read(model, form, facts)
    seen = first(form, "gezien")
    draft = store.revisions.revision(int(seen)) if seen.isdigit() and len(seen) < 12 else None
    before = (draft.content if draft else store.revisions.published(key)) if key.id else None
    data = as_before(model, found.data, before or {})
    typed = Typed(
        data,
        found.errors,
        draft=draft,
        change_set=first(form, "wijziging"),
        comment=first(form, "toelichting"),
        question=first(form, "vraag"),
        wants_case="proefvraag" in form,
    )
    if "bewaren" not in form:
        return render("editor/item.html", form_of(editor, store, served.catalogue, key, typed))
    try:
        if found.errors:
            raise ValueError
        named = ItemKey.of(key.group, parsed(key.group, data))
    except ValidationError as error:
        names = names_in(form_of(editor, store, served.catalogue, key, typed).fields)
        typed = replace(typed, errors=mistakes(error, names) | found.errors)
        return render("editor/item.html", form_of(editor, store, served.catalogue, key, typed), 422)
    except ValueError:
        return render("editor/item.html", form_of(editor, store, served.catalogue, key, typed), 422)
    if not key.id and store.revisions.published(named) is not None:
        typed = replace(typed, errors={"id": "Deze naam is al in gebruik. Kies een andere."}, draft=None)
        return render("editor/item.html", form_of(editor, store, served.catalogue, key, typed), 422)
    require_region(editor.account, data.get("regions", ()), (before or {}).get("regions", ()))
    change_set = _change_set(store, editor, form, str(data.get("title") or data.get("statement") or named.id)[:80])
    in_this = draft.id if draft and draft.change_set_id == change_set else None
    kept = store.revisions.save(
        change_set, key if key.id else named, data, editor_of(editor.account), in_this, typed.comment
    )
    audit.record(Action.ITEM_CHANGED, str(kept.revision.key))
    if kept.conflicts or kept.taken:
        notes = _told(kept, model.__name__)
        shown = Typed(kept.revision.content or {}, draft=kept.revision, change_set=change_set, notes=notes)
        return render(
            "editor/item.html",
            form_of(editor, store, served.catalogue, kept.revision.key, shown),
            409 if kept.conflicts else 200,
        )
    return RedirectResponse(f"{item_address(kept.revision.key)}?wijziging={change_set}&gedaan=bewaard", status_code=303)


def _told(kept: Saved, model: str) -> tuple[str, ...]:
    notes = []
    if kept.taken:
        notes.append(
            f"Een collega wijzigde ondertussen ook: {', '.join(label_of(model, each)[0] for each in kept.taken)}. Dat is erbij gezet."
        )
    for each in kept.conflicts:
        label = label_of(model, each.field)[0] if each.field else "Het hele onderdeel"
        notes.append(
            f"{label}: jij schreef ‘{' '.join(told(each.mine)) or 'niets'}’, je collega ‘{' '.join(told(each.theirs)) or 'niets'}’. "
            "Die van je collega staat er nu. Die van jou staat in de geschiedenis."
        )
    return tuple(notes)


def _change_set(store: Editorial, editor: SignedInAdviser, form: Form, title: str) -> str:
    """The change set that was chosen, or a new one."""
    chosen = first(form, "wijziging")
    if chosen and chosen != NEW:
        return store.change_sets.get(chosen).id
    return store.change_sets.begin(title, editor_of(editor.account), next(iter(editor.account.regions), "")).id


def _refused_page(text: str) -> Response:
    return render("error.html", ErrorPage(shell("Dat lukt niet"), "Dat lukt niet", text), 422)
