"""Forms of items: from the store, or from what somebody sent, to a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.accounts.account import Account
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import moment_of
from assistant.editor import wording
from assistant.editor.condition import SHAPES, TESTS
from assistant.editor.difference import differences, dutch_since
from assistant.editor.filling import Filler, FormField
from assistant.editor.pages.item import (
    ItemForm,
    Lookup,
    change_set_choices,
    fact_choices,
    form_shell,
    mistakes_in,
)
from assistant.editor.pages.keeping import keeper_choices
from assistant.editor.pages.listing import item_address, state_tag
from assistant.editor.pages.taking_over import take_over_form, taken_row
from assistant.editor.pages.translating import english_address
from assistant.editor.pages.upkeep import keeper_in_words
from assistant.storage.clock import utc_now
from knowledge.catalogue import Catalogue
from knowledge.publishing.change_sets import ChangeSetState
from knowledge.publishing.item import GROUPS, ItemKey, Json, titled, type_of
from knowledge.publishing.opening import Editorial
from knowledge.publishing.revisions import Revision
from knowledge.publishing.upkeep import Upkeep

_EDITABLE: tuple[ChangeSetState, ...] = ("draft", "in_review", "approved")


@dataclass(frozen=True)
class Typed:
    """What goes into a form, and what is told with it."""

    data: Json
    errors: Mapping[str, str] = field(default_factory=dict)
    draft: Revision | None = None
    """The version that the form began with."""
    change_set: str = ""
    comment: str = ""
    notes: tuple[str, ...] = ()
    done: str = ""
    question: str = ""
    """The turn with a visitor's question that this answers."""
    wants_case: bool = True
    """Whether that question becomes a case of the evaluation too."""


def new_data(group: str, kind: str, regions: Sequence[str]) -> Json:
    """What stands in the form of a new item."""
    return (
        {"kind": kind, "regions": list(regions)}
        if group == "records" and kind in _OF_REGIONS
        else {"kind": kind}
        if kind
        else {}
    )


_OF_REGIONS = ("vacancy", "event", "loket")


def draft_of(store: Editorial, key: ItemKey, change_set_id: str, account_id: str) -> Revision | None:
    """The draft to go on with: of the change set that was asked for, else the newest that stands open, one's own first."""
    if change_set_id:
        return store.revisions.draft(change_set_id, key)
    return store.revisions.open_draft(key, account_id)


def form_of(
    editor: SignedInAdviser,
    store: Editorial,
    catalogue: Catalogue,
    key: ItemKey,
    typed: Typed,
    autosaved: datetime | None = None,
    colleagues: Sequence[Account] = (),
) -> ItemForm:
    """The page of an item's form."""
    published = store.revisions.published(key) if key.id else None
    kind = str(typed.data.get("kind", "") or (published or {}).get("kind", ""))
    sort = wording.sort_of(key.group, kind)
    model = type_of(key.group, kind if key.group == "records" else "")
    fields = Filler(catalogue.facts, typed.errors).fields(model, typed.data)
    draft = typed.draft
    state = store.change_sets.get(draft.change_set_id).state if draft else None
    open_sets = [each for each, _ in store.change_sets.list(_EDITABLE, limit=100)]
    title = titled(key.group, typed.data) if typed.data.keys() - {"kind", "regions"} else ""
    whole = Filler(catalogue.facts, typed.errors)
    mistakes = mistakes_in(fields)
    taken = store.taking_over.find(key) if key.id else None
    keeper = store.keepers.of(key) if key.id else None
    behind = store.translations.of(key, draft.content if draft else None) if key.id else ()
    general = whole.errors.get("", "")
    return ItemForm(
        shell=form_shell(editor, sort, title),
        heading=title or f"Nieuw: {wording.ONE[sort]}",
        sort_label=wording.SORTS[sort],
        sort_address=f"/desk/redactie/lijst/{sort}",
        address=item_address(key) if key.id else f"/desk/redactie/nieuw/{sort}",
        is_new=not key.id,
        fields=fields,
        mistakes=mistakes,
        notes=(*typed.notes, *([general] if general else [])),
        lookups=tuple(_lookup(each, catalogue) for each in sorted(_referred(fields))),
        facts=fact_choices(catalogue.facts),
        shapes=SHAPES,
        tests=TESTS,
        change_sets=change_set_choices(open_sets, typed.change_set or (draft.change_set_id if draft else "")),
        seen=str(draft.id) if draft else "",
        comment=typed.comment,
        state=state_tag(state) if state else None,
        changes=differences(key.group, published, typed.data) if draft and published and not typed.errors else (),
        used_in=tuple(_used_in(key, store.upkeep.now())) if key.id else (),
        autosaved=moment_of(autosaved, utc_now()) if autosaved else None,
        is_live=published is not None,
        done=typed.done,
        id=key.id,
        taken=taken_row(taken, catalogue, utc_now()) if taken else None,
        take_over=take_over_form(editor, catalogue, key, published),
        behind=dutch_since(key, kind, behind),
        keeper=keeper_in_words(keeper, catalogue),
        keepers=keeper_choices(editor, catalogue, keeper, colleagues) if colleagues else (),
        group=key.group,
        draft_in=draft.change_set_id if draft else "",
        english=english_address(key, behind),
        translation=f"/desk/redactie/vertalen/{key.id}" if published and key.group == "records" else "",
        question=typed.question,
        wants_case=typed.wants_case,
    )


def _referred(fields: Iterable[FormField]) -> set[str]:
    found = set()
    for each in fields:
        if each.refers_to:
            found.add(each.refers_to)
        found |= _referred(each.fields)
        for row in each.rows:
            found |= _referred(row.fields)
    return found


def _lookup(of: str, catalogue: Catalogue) -> Lookup:
    if of in GROUPS and of != "records":
        items = getattr(catalogue.content, of)
        return Lookup(of, tuple((str(each.id), titled(of, each.model_dump(mode="json"))) for each in items))
    records = [each for each in catalogue if of == "records" or each.kind == of]
    return Lookup(of, tuple((each.id, each.title) for each in records))


def _used_in(key: ItemKey, upkeep: Upkeep) -> Iterable[tuple[str, str]]:
    """Every other item that points at this one: its address and title."""
    for user in upkeep.users.get(key, ()):
        yield item_address(user), upkeep.entries[user].title
