"""One change: reading it, talking about it, and bringing it to visitors."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Annotated, cast
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.accounts.role import May
from assistant.answering.published import Publication
from assistant.desk.dependencies import Accounts, Audit
from assistant.editor.dependencies import (
    NotYourRegion,
    RecordEditor,
    SentForm,
    Served,
    Store,
    editor_of,
    first,
    may_take_steps,
)
from assistant.editor.looking import prepare
from assistant.editor.pages.change_set import change_set_page
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.news.telling import numbers_not_in, told_changes
from assistant.news.wording import Locale
from assistant.settings import Settings
from assistant.storage.clock import utc_now
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.history import changes_in
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import Editorial
from knowledge.publishing.revisions import Revision

router = APIRouter(prefix="/desk/redactie/wijziging", route_class=EditorRoute, include_in_schema=False)

_HERE = ZoneInfo("Europe/Amsterdam")
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
    colleagues = [(each.id, each.name) for each in accounts.all() if _may_review(each, editor.account)]
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
    me, sets = editor_of(editor.account), store.change_sets
    if step != "opmerking" and not may_take_steps(store, editor.account, change_set_id):
        # What a colleague of another region may do is say something about it.
        raise NotYourRegion("an editor meant to take a step with a change of another region")
    done = ""
    match step:
        case "indienen":
            colleague = accounts.find(to) if (to := first(form, "collega")) else None
            if to and (colleague is None or not _may_review(colleague, editor.account)):
                raise EditorialProblem("nobody who may review", "Deze collega kan niet meekijken. Kies een ander.")
            sets.assign(change_set_id, editor_of(colleague) if colleague else None)
            sets.submit(change_set_id)
            audit.record(Action.CHANGE_SUBMITTED, change_set_id, detail=colleague.name if colleague else "")
            done = "ingediend"
        case "goedkeuren":
            sets.approve(change_set_id, me)
            audit.record(Action.CHANGE_APPROVED, change_set_id)
            done = "goedgekeurd"
        case "terugsturen":
            if not first(form, "waarom"):
                raise EditorialProblem("sent back without a reason", "Schrijf erbij wat er anders moet.")
            sets.send_back(change_set_id, me, first(form, "waarom"))
            audit.record(Action.CHANGE_SENT_BACK, change_set_id)
            done = "teruggestuurd"
        case "publiceren":
            info = store.publisher.publish(change_set_id, me, first(form, "toelichting")[:500])
            audit.record(Action.CHANGE_PUBLISHED, change_set_id, detail=f"publicatie {info.number}")
            done = "gepubliceerd"
        case "terugnemen":
            info = store.publisher.take_back(change_set_id, me)
            audit.record(Action.CHANGE_TAKEN_BACK, change_set_id, detail=f"publicatie {info.number}")
            done = "teruggenomen"
        case "plannen":
            sets.schedule(change_set_id, _moment(first(form, "publiceren-op")), _moment(first(form, "terugnemen-op")))
            audit.record(Action.CHANGE_PLANNED, change_set_id)
            done = "gepland"
        case "opmerking":
            if text := first(form, "tekst"):
                sets.comment(change_set_id, me, text)
                audit.record(Action.CHANGE_COMMENTED, change_set_id)
            done = "gezegd"
        case "bijwerken":
            store.revisions.rebase(change_set_id, me)
            audit.record(Action.CHANGE_ARRANGED, change_set_id, detail="bijgewerkt")
            done = "bijgewerkt"
        case "eruit":
            key = ItemKey(first(form, "groep"), first(form, "onderdeel"))
            store.revisions.take_out(change_set_id, key)
            audit.record(Action.CHANGE_ARRANGED, change_set_id, detail=f"eruit: {key}"[:200])
            done = "eruit"
        case "vertellen":
            told, told_en = first(form, "verteld"), first(form, "verteld-engels")
            _require_known_numbers(store, served, change_set_id, told, told_en)
            sets.tell(change_set_id, told, told_en)
            audit.record(Action.CHANGE_TOLD, change_set_id)
            done = "verteld"
        case "titel":
            sets.rename(change_set_id, first(form, "titel"))
            audit.record(Action.CHANGE_ARRANGED, change_set_id, detail="titel")
        case "intrekken":
            sets.withdraw(change_set_id)
            audit.record(Action.CHANGE_WITHDRAWN, change_set_id)
            return RedirectResponse("/desk/redactie?gedaan=weg", status_code=303)
        case _:
            raise EditorialProblem(f"no step {step[:20]}", "Dit kan hier niet.")
    return RedirectResponse(f"/desk/redactie/wijziging/{change_set_id}?gedaan={done}", status_code=303)


def _keeper(store: Editorial, revisions: Sequence[Revision], among: Collection[str]) -> str:
    """The first colleague of these who looks after something in a change; empty: none does."""
    keepers = store.keepers.all()
    found = (keepers[each.key].account_id for each in revisions if each.key in keepers)
    return next((id_ for id_ in found if id_ in among), "")


def _may_review(colleague: Account, asker: Account) -> bool:
    return not colleague.disabled and not set(colleague.doing(May.RECORDS).regions).isdisjoint(asker.regions)


def _require_known_numbers(store: Editorial, served: Publication, change_set_id: str, *sentences: str) -> None:
    """
    See to it that a sentence for visitors says no number of its own: numbers have a source, a sentence has none.

    :raises EditorialProblem: If one does.
    """
    changes = changes_in(store.revisions.changed_in(change_set_id))
    locales: tuple[Locale, ...] = ("nl", "en")
    for locale, sentence in zip(locales, sentences, strict=True):
        told = told_changes(changes, served.catalogue, locale)
        if unknown := numbers_not_in(sentence, told):
            raise EditorialProblem(
                "the sentence says numbers that the change does not",
                f"‘{unknown[0]}’ staat niet in deze wijziging. Zet het in het onderdeel zelf, met jaar en bron, of laat het "
                "weg uit je zin. Ga terug: wat je typte, staat er nog.",
            )


def _moment(text: str) -> datetime | None:
    """The moment that a date-and-time field says, in Dutch time."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise EditorialProblem("no moment", "Kies een dag en een tijd.") from None
    if at.tzinfo is not None:
        return at
    # In UTC: of an hour that comes twice it is the first, and no zone can take it for the second.
    moment = at.replace(tzinfo=_HERE).astimezone(UTC)
    if moment.astimezone(_HERE).replace(tzinfo=None) != at:
        raise EditorialProblem(
            "no such hour: the clock goes forward",
            "Die tijd bestaat niet: de klok gaat dan een uur vooruit. Kies een andere.",
        )
    return moment
