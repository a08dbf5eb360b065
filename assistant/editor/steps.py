"""What can be done with a change, step by step: each does it, and says what the log and the page tell of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from assistant.accounts.account import Account
from assistant.accounts.audit import Action
from assistant.answering.published import Publication
from assistant.editor.dependencies import editor_of, edits_beside, first
from assistant.editor.reading import Form
from assistant.news.telling import numbers_not_in, told_changes
from assistant.news.wording import Locale
from assistant.storage.accounts import AccountStore
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.history import changes_in
from knowledge.publishing.item import ItemKey
from knowledge.publishing.opening import Editorial
from knowledge.publishing.revisions import Editor

_HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Step:
    """What a step is taken with."""

    id: str
    account: Account
    form: Form
    store: Editorial
    accounts: AccountStore
    served: Publication

    @property
    def me(self) -> Editor:
        """Who takes it."""
        return editor_of(self.account)

    def said(self, name: str) -> str:
        """What a field of the form says."""
        return first(self.form, name)


@dataclass(frozen=True)
class Taken:
    """What came of a step: what the log says, and what the page says of it."""

    action: Action | None
    done: str
    detail: str = ""


def _submit(step: Step) -> Taken:
    to = step.said("collega")
    colleague = step.accounts.find(to) if to else None
    if to and (colleague is None or not edits_beside(colleague, step.account)):
        raise EditorialProblem("nobody who may review", "Deze collega kan niet meekijken. Kies een ander.")
    step.store.change_sets.assign(step.id, editor_of(colleague) if colleague else None)
    step.store.change_sets.submit(step.id)
    return Taken(Action.CHANGE_SUBMITTED, "ingediend", colleague.name if colleague else "")


def _approve(step: Step) -> Taken:
    step.store.change_sets.approve(step.id, step.me)
    return Taken(Action.CHANGE_APPROVED, "goedgekeurd")


def _send_back(step: Step) -> Taken:
    if not step.said("waarom"):
        raise EditorialProblem("sent back without a reason", "Schrijf erbij wat er anders moet.")
    step.store.change_sets.send_back(step.id, step.me, step.said("waarom"))
    return Taken(Action.CHANGE_SENT_BACK, "teruggestuurd")


def _publish(step: Step) -> Taken:
    info = step.store.publisher.publish(step.id, step.me, step.said("toelichting")[:500])
    return Taken(Action.CHANGE_PUBLISHED, "gepubliceerd", f"publicatie {info.number}")


def _take_back(step: Step) -> Taken:
    info = step.store.publisher.take_back(step.id, step.me)
    return Taken(Action.CHANGE_TAKEN_BACK, "teruggenomen", f"publicatie {info.number}")


def _plan(step: Step) -> Taken:
    begins, ends = (_moment(step.said(name)) for name in ("publiceren-op", "terugnemen-op"))
    step.store.change_sets.schedule(step.id, begins, ends)
    return Taken(Action.CHANGE_PLANNED, "gepland")


def _comment(step: Step) -> Taken:
    if not (text := step.said("tekst")):
        return Taken(None, "gezegd")
    step.store.change_sets.comment(step.id, step.me, text)
    return Taken(Action.CHANGE_COMMENTED, "gezegd")


def _rebase(step: Step) -> Taken:
    step.store.revisions.rebase(step.id, step.me)
    return Taken(Action.CHANGE_ARRANGED, "bijgewerkt", "bijgewerkt")


def _take_out(step: Step) -> Taken:
    key = ItemKey(step.said("groep"), step.said("onderdeel"))
    step.store.revisions.take_out(step.id, key)
    return Taken(Action.CHANGE_ARRANGED, "eruit", f"eruit: {key}"[:200])


def _tell(step: Step) -> Taken:
    told, told_en = step.said("verteld"), step.said("verteld-engels")
    _require_known_numbers(step.store, step.served, step.id, told, told_en)
    step.store.change_sets.tell(step.id, told, told_en)
    return Taken(Action.CHANGE_TOLD, "verteld")


def _rename(step: Step) -> Taken:
    step.store.change_sets.rename(step.id, step.said("titel"))
    return Taken(Action.CHANGE_ARRANGED, "", "titel")


def _withdraw(step: Step) -> Taken:
    step.store.change_sets.withdraw(step.id)
    return Taken(Action.CHANGE_WITHDRAWN, "weg")


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


STEPS: Mapping[str, Callable[[Step], Taken]] = {
    "indienen": _submit,
    "goedkeuren": _approve,
    "terugsturen": _send_back,
    "publiceren": _publish,
    "terugnemen": _take_back,
    "plannen": _plan,
    "opmerking": _comment,
    "bijwerken": _rebase,
    "eruit": _take_out,
    "vertellen": _tell,
    "titel": _rename,
    "intrekken": _withdraw,
}
"""By the name in the address what is done."""
