"""What a page of the editor may ask for, by type. Who logs in at the desk is logged in here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, cast

from fastapi import Depends, Request

from assistant.accounts.account import Account
from assistant.accounts.role import May
from assistant.answering.published import Publication
from assistant.desk.dependencies import FormExpired, Permitted, SignedInAdviser
from assistant.desk.signing import is_same_token
from assistant.editor.reading import Form
from assistant.editor.upkeep import Found
from assistant.errors import LoketError
from assistant.storage.leaning import Leaning
from knowledge.publishing.item import may_change
from knowledge.publishing.links import LinkStore
from knowledge.publishing.opening import Editorial
from knowledge.publishing.proposals import ProposalStore
from knowledge.publishing.revisions import Editor
from knowledge.watched import Overseeing

_MOST_FIELDS = 6000


class NotYourRegion(LoketError):
    """The item is of regions that this editor does not work for."""

    status_code = 403
    title = "Not your region"
    visitor_message = "Dit hoort bij een andere regio. Je kunt er een kopie van maken voor je eigen regio."


def _editorial(request: Request) -> Editorial:
    return cast(Editorial, request.app.state.editorial)


def _proposals(request: Request) -> ProposalStore:
    return ProposalStore(_editorial(request).sessions)


def _leaning(request: Request) -> Leaning:
    return cast(Leaning, request.app.state.leaning)


def _upkeep_now(request: Request, store: Annotated[Editorial, Depends(_editorial)]) -> Found:
    return found_now(store, _leaning(request), _publication(request).now().on)


def _publication(request: Request) -> Publication:
    return cast(Publication, request.app.state.knowledge)


def _overseer(request: Request) -> Overseeing:
    return cast(Overseeing, request.app.state.overseer)


_MAY_EDIT = Permitted(May.RECORDS)
RecordEditor = Annotated[SignedInAdviser, Depends(_MAY_EDIT)]
"""Who may read and change what the assistant knows."""


async def _form(request: Request, colleague: RecordEditor) -> Form:
    sent = await request.form(max_fields=_MOST_FIELDS)
    found: dict[str, list[str]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    if not is_same_token(next(iter(found.get("csrf", ())), ""), colleague.csrf):
        raise FormExpired(colleague)
    return found


SentForm = Annotated[Form, Depends(_form)]
"""A form that this desk gave the editor, by name."""
Store = Annotated[Editorial, Depends(_editorial)]
Proposals = Annotated[ProposalStore, Depends(_proposals)]
UpkeepNow = Annotated[Found, Depends(_upkeep_now)]
"""What asks for an editor at this moment."""
Served = Annotated[Publication, Depends(_publication)]
Overseer = Annotated[Overseeing, Depends(_overseer)]
"""The sources that are watched."""


def editor_of(account: Account) -> Editor:
    """The account as the store of revisions knows it."""
    return Editor(account.id, account.name, account.regions)


def first(form: Form, name: str) -> str:
    """The first value of a field, without spaces around it."""
    return next(iter(form.get(name, ())), "").strip()


def way_back(form: Form, otherwise: str, done: str) -> str:
    """The page of the editor that a form came from, with what was done; another site is no way back."""
    back = first(form, "terug")
    here = back if back.startswith("/desk/redactie/") else otherwise
    return f"{here}{'&' if '?' in here else '?'}gedaan={done}"


def require_region(account: Account, *regions: Sequence[str | Mapping[str, str]]) -> None:
    """
    See to it that an editor changes what is of their own regions, or of none.

    :param regions: Of the item as it was and as it would be; a municipality tells of each for which sectors it is.
    :raises NotYourRegion: If it is of others.
    """
    if not may_change(account.regions, *regions):
        raise NotYourRegion("an editor meant to change what is of another region")


def may_take_steps(store: Editorial, account: Account, change_set_id: str) -> bool:
    """
    Whether an editor may bring a change further or back: all that is in it is of their own regions, or of none.

    What other regions follow was published with it, and does not stand in the way.
    """
    revisions = {each.key: each for each in store.revisions.changed_in(change_set_id)}
    following = store.taking_over.following_in(revisions)
    return all(
        may_change(account.regions, *((side or {}).get("regions", ()) for side in (each.base, each.content)))
        for key, each in revisions.items()
        if key not in following
    )


def edits_beside(colleague: Account, account: Account) -> bool:
    """Whether somebody is an editor in a region of the other: who may review, and look after items."""
    return not colleague.disabled and not set(colleague.doing(May.RECORDS).regions).isdisjoint(account.regions)


def found_now(store: Editorial, leaning: Leaning, today: date) -> Found:
    """What the lists of upkeep are made from at this moment."""
    return Found(
        store.upkeep.now(),
        leaning.counts(),
        store.items.all(),
        LinkStore(store.sessions).wanting(),
        today,
        store.translations.behind(),
        store.keepers.all(),
    )
