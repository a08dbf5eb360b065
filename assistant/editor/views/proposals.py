"""What sources say that we do not: looking at it, and deciding."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from assistant.accounts.audit import Action
from assistant.desk.dependencies import Accounts, Audit, SignedInAdviser
from assistant.editor.dependencies import Overseer, Proposals, RecordEditor, SentForm, Store, first, require_region
from assistant.editor.pages.listing import item_address
from assistant.editor.pages.proposals import ADDRESS, TrustedRow, field_label, proposal_page, proposals_page
from assistant.editor.regional import of_their_regions, regions_of
from assistant.editor.rendering import render
from assistant.editor.routes import EditorRoute
from assistant.errors import NotFound
from assistant.storage.clock import utc_now
from knowledge.publishing.drafting import Drafting
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.item import GROUPS, ItemKey, Json
from knowledge.publishing.live import LiveStore
from knowledge.publishing.opening import Editorial
from knowledge.publishing.proposal import NotOpen, Overtaken, Proposal
from knowledge.publishing.proposals import ProposalStore

router = APIRouter(prefix="/desk/redactie", route_class=EditorRoute, include_in_schema=False)

_SHOWN = 100
_CHOICES = 2000
_DONE = {
    "geweigerd": "Niet overgenomen. Zolang de bron hetzelfde zegt, komt dit voorstel niet terug.",
    "een": "Onthouden. Dit is hetzelfde, en daar vragen we niet meer naar.",
    "twee": "Onthouden. Dit zijn er twee, en daar vragen we niet meer naar.",
    "hetzelfde": "Onthouden. Wat deze bron hierover zegt, vergelijken we vanaf nu met dat onderdeel.",
    "vragen": "Vanaf nu komt dit veld weer eerst bij jullie langs.",
}


@router.get("/voorstellen")
def proposals(
    editor: RecordEditor,
    store: Store,
    waiting: Proposals,
    accounts: Accounts,
    overseer: Overseer,
    gedaan: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """What waits, the most harmful first, and what is trusted."""
    names = {each.id: each.name for each in accounts.all()}
    trusted = []
    for (source_id, item_id, field), by in sorted(waiting.trusted().items()):
        item = store.revisions.published(ItemKey("records", item_id))
        title = str((item or {}).get("title", item_id))
        label = f"{title}: {field_label('records', item, field)}"
        trusted.append(TrustedRow(source_id, source_id, item_id, field, label, names.get(by, "")))
    found = of_their_regions(editor, waiting, store, overseer)
    page = proposals_page(editor, found[:_SHOWN], len(found), trusted, utc_now(), _DONE.get(gedaan, ""))
    return render("editor/proposals.html", page)


@router.get("/voorstellen/{proposal_id}")
def look(proposal_id: str, editor: RecordEditor, store: Store, waiting: Proposals, accounts: Accounts) -> Response:
    """One of them, with the words it rests on."""
    proposal = _found(waiting, proposal_id)
    proposed = proposal.proposed
    was = store.revisions.published(ItemKey(proposed.group, proposed.item_id))
    decider = accounts.find(proposal.decided_by) if proposal.decided_by else None
    same = _same(store, proposal) if was is None and proposal.state == "open" and proposed.pair is None else ()
    both = tuple(each for each in proposed.pair or () if _is_written(store, each))
    page = proposal_page(editor, proposal, was, decider.name if decider else "", same, both, utc_now())
    return render("editor/proposal.html", page)


@router.post("/voorstellen/{proposal_id}/{step}")
def decide(
    proposal_id: str,
    step: str,
    editor: RecordEditor,
    store: Store,
    waiting: Proposals,
    overseer: Overseer,
    audit: Audit,
    form: SentForm,
) -> Response:
    """Take it over as a draft, leave it, or say what it is."""
    proposal, me = _found(waiting, proposal_id), editor.account
    key = ItemKey(proposal.proposed.group, proposal.proposed.item_id)
    was = store.revisions.published(key)
    require_region(me, regions_of(proposal, was, overseer.regions_of()))
    match step:
        case "overnemen" | "bewerken":
            drafting = Drafting(
                store.revisions, store.change_sets, me.name, proposal.proposed.title, next(iter(me.regions), "")
            )
            with _told_in_dutch():
                made = proposal.proposed.applied(was)
                require_region(me, made.get("regions", ()))
                if step == "overnemen":
                    taken = waiting.accept(proposal_id, me.id, utc_now(), drafting.read, drafting.write)
                else:
                    taken = waiting.edit(proposal_id, me.id, utc_now(), made, drafting.read, drafting.write)
            audit.record(Action.PROPOSAL_TAKEN, str(key), detail=proposal.source_id)
            _trust(editor, waiting, audit, proposal, form.get("vertrouwen", ()))
            if step == "bewerken":
                return RedirectResponse(f"{item_address(key)}?wijziging={taken.outcome}", status_code=303)
            return RedirectResponse(f"/desk/redactie/wijziging/{taken.outcome}", status_code=303)
        case "een" | "twee" if proposal.proposed.pair is not None:
            one, other = proposal.proposed.pair
            with _told_in_dutch():
                if step == "een":
                    waiting.same_as(proposal_id, me.id, other, utc_now())
                    LiveStore(store.sessions).join(
                        one, other, _is_written(store, one) or _is_written(store, other), utc_now()
                    )
                else:
                    waiting.refuse(proposal_id, me.id, "Het zijn er twee", utc_now())
            audit.record(Action.PROPOSAL_REFUSED, f"{key.group}/{other}"[:200], detail=proposal.source_id)
            return RedirectResponse(f"{ADDRESS}?gedaan={step}", status_code=303)
        case "weigeren":
            if not (reason := first(form, "waarom")):
                raise EditorialProblem("refused without a reason", "Schrijf erbij waarom je dit niet overneemt.")
            with _told_in_dutch():
                waiting.refuse(proposal_id, me.id, reason[:500], utc_now())
            audit.record(Action.PROPOSAL_REFUSED, str(key), detail=proposal.source_id)
            return RedirectResponse(f"{ADDRESS}?gedaan=geweigerd", status_code=303)
        case "hetzelfde":
            same = first(form, "onderdeel")
            if was is not None or store.revisions.published(ItemKey(key.group, same)) is None:
                raise EditorialProblem("same as nothing", "Kies een onderdeel dat er al is.")
            with _told_in_dutch():
                waiting.same_as(proposal_id, me.id, same, utc_now())
            audit.record(Action.PROPOSAL_REFUSED, f"{key.group}/{same}", detail=proposal.source_id)
            return RedirectResponse(f"{ADDRESS}?gedaan=hetzelfde", status_code=303)
        case _:
            raise EditorialProblem(f"no step {step[:20]}", "Dit kan hier niet.")


@router.post("/vertrouwd")
def ask_again(editor: RecordEditor, store: Store, waiting: Proposals, audit: Audit, form: SentForm) -> Response:
    """Take back the trust in a source for a field."""
    source_id, item_id = first(form, "bron"), first(form, "onderdeel")
    was = store.revisions.published(ItemKey("records", item_id))
    require_region(editor.account, (was or {}).get("regions", ()))
    waiting.distrust(source_id, item_id, first(form, "veld"))
    audit.record(Action.SOURCE_DISTRUSTED, item_id[:200], detail=source_id[:120])
    return RedirectResponse(f"{ADDRESS}?gedaan=vragen", status_code=303)


def _found(waiting: ProposalStore, proposal_id: str) -> Proposal:
    proposal = waiting.get(proposal_id)
    if proposal is None or proposal.proposed.group not in GROUPS:
        raise NotFound("proposal", proposal_id)
    return proposal


def _is_written(store: Editorial, record_id: str) -> bool:
    return store.revisions.published(ItemKey("records", record_id)) is not None


def _same(store: Editorial, proposal: Proposal) -> Sequence[tuple[str, str]]:
    new: Json = {each.field: each.after for each in proposal.proposed.changes}
    found = store.items.page(group=proposal.proposed.group, kind=str(new.get("kind", "")), size=_CHOICES)
    return [(each.key.id, each.title) for each in found.items if each.is_live]


def _trust(
    editor: SignedInAdviser, waiting: ProposalStore, audit: Audit, proposal: Proposal, fields: Sequence[str]
) -> None:
    proposed = proposal.proposed
    if proposed.kind not in ("changed", "contradicts"):
        return
    for field in {each.field for each in proposed.changes} & set(fields):
        waiting.trust(proposal.source_id, proposed.item_id, field, editor.account.id, utc_now())
        audit.record(Action.SOURCE_TRUSTED, f"{proposed.group}/{proposed.item_id}", detail=proposal.source_id)


@contextmanager
def _told_in_dutch() -> Iterator[None]:
    """What a proposal cannot do, as the editor's pages tell it."""
    try:
        yield
    except NotOpen as error:
        raise EditorialProblem(
            str(error), "Hier is al over beslist, of de bron zegt inmiddels iets anders. Kijk opnieuw in de lijst."
        ) from error
    except Overtaken as error:
        raise EditorialProblem(
            str(error), "Dit onderdeel is gewijzigd nadat de bron werd gelezen. Open het, en neem zelf over wat klopt."
        ) from error
    except ValidationError as error:
        raise EditorialProblem(
            f"the proposal does not go with its model: {error.error_count()} errors",
            "Zo past dit voorstel niet in het formulier. Open het onderdeel, en neem zelf over wat klopt.",
        ) from error
