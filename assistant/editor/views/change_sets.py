"""One change: reading it, talking about it, and bringing it to visitors."""

from collections.abc import Collection, Sequence
from typing import Annotated, cast

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.desk.dependencies import Accounts, Audit
from assistant.editor.dependencies import (
    NotYourRegion,
    RecordEditor,
    SentForm,
    Served,
    Store,
    edits_beside,
    may_take_steps,
)
from assistant.editor.looking import prepare
from assistant.editor.pages.change_set import change_set_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.editor.steps import STEPS, Step
from assistant.news.telling import told_changes
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.history import changes_in
from knowledge.publishing.opening import Editorial
from knowledge.publishing.revisions import Revision

router = APIRouter(prefix="/desk/redactie/wijziging", route_class=EditorRoute, include_in_schema=False)

_DONE = {
    "samen": "Bewaard als één wijziging. Wil je alles terug? Trek dan deze wijziging in.",
    "ingediend": "Een collega kan nu meekijken.",
    "goedgekeurd": "Goedgekeurd. De wijziging kan nu worden gepubliceerd.",
    "teruggestuurd": "Teruggestuurd naar de schrijver, met je opmerking.",
    "gepubliceerd": "Gepubliceerd. Binnen een paar tellen lezen bezoekers dit.",
    "gepland": "De planning is bewaard.",
    "gezegd": "Je opmerking staat erbij.",
    "gevraagd": "Je collega ziet dit bovenaan staan.",
    "bijgewerkt": "De wijziging is bijgewerkt met wat ondertussen is gepubliceerd.",
    "verteld": "De zin voor bezoekers is bewaard.",
    "eruit": "Het onderdeel is uit de wijziging gehaald.",
    "teruggenomen": "Teruggenomen. Bezoekers lezen weer wat er eerst stond.",
}


@router.get("/{change_set_id}")
def look(
    change_set_id: str,
    request: Request,
    editor: RecordEditor,
    store: Store,
    accounts: Accounts,
    served: Served,
    gedaan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """What is in it, and what has to happen yet."""
    change = store.change_sets.get(change_set_id)
    is_open = change.state in ("draft", "in_review", "approved")
    colleagues = [(each.id, each.name) for each in accounts.all() if edits_beside(each, editor.account)]
    if is_open:
        prepare(store, cast(Settings, request.app.state.settings))
    revisions = store.revisions.changed_in(change_set_id)
    page = change_set_page(
        editor,
        change,
        revisions,
        store.change_sets.comments(change_set_id),
        store.publisher.problems(change_set_id) if is_open else (),
        store.publisher.outdated(change_set_id) if is_open else (),
        store.change_sets.review_need(change_set_id),
        {each.key: store.translations.of(each.key, each.content) for each in revisions if each.content}
        if is_open
        else {},
        colleagues,
        change.assignee_id or _keeper(store, revisions, {id_ for id_, _ in colleagues} - {editor.account.id}),
        utc_now(),
        told_changes(changes_in(revisions), served.catalogue, "nl"),
        store.publisher.followed_by(change_set_id) if is_open else (),
        served.catalogue,
        _DONE.get(gedaan, ""),
    )
    return render("editor/change_set.html", page)


@router.post("/{change_set_id}/{step}")
def act(
    change_set_id: str,
    step: str,
    editor: RecordEditor,
    store: Store,
    accounts: Accounts,
    served: Served,
    audit: Audit,
    form: SentForm,
) -> Response:
    """One step further, or back."""
    if step != "opmerking" and not may_take_steps(store, editor.account, change_set_id):
        # What a colleague of another region may do is say something about it.
        raise NotYourRegion("an editor meant to take a step with a change of another region")
    if step not in STEPS:
        raise EditorialProblem(f"no step {step[:20]}", "Dit kan hier niet.")
    taken = STEPS[step](Step(change_set_id, editor.account, form, store, accounts, served))
    if taken.action is not None:
        audit.record(taken.action, change_set_id, detail=taken.detail)
    here = "/desk/redactie" if step == "intrekken" else f"/desk/redactie/wijziging/{change_set_id}"
    return RedirectResponse(f"{here}?gedaan={taken.done}", status_code=303)


def _keeper(store: Editorial, revisions: Sequence[Revision], among: Collection[str]) -> str:
    """The first colleague of these who looks after something in a change; empty: none does."""
    keepers = store.keepers.all()
    found = (keepers[each.key].account_id for each in revisions if each.key in keepers)
    return next((id_ for id_ in found if id_ in among), "")
