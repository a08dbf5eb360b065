"""One item: its form, what differs from what is published, and its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Moment, Shell, Tag, moment_of, shell
from assistant.editor import wording
from assistant.editor.difference import Difference, differences
from assistant.editor.filling import FormField
from assistant.editor.pages.listing import item_address, state_tag
from assistant.editor.pages.taking_over import TakenRow, TakeOverForm
from knowledge.fact import Fact
from knowledge.publishing.change_sets import ChangeSet
from knowledge.publishing.item import ItemKey, titled
from knowledge.publishing.revisions import Revision

NEW = "nieuw"
"""The choice of a change set that is not there yet."""


@dataclass(frozen=True)
class Lookup:
    """What the ids of a kind of reference are."""

    id: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FactChoice:
    """A fact that a condition may look at, with the values it may have."""

    value: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Mistake:
    """A line of the summary above a form that is not right yet."""

    input_id: str
    label: str
    text: str


@dataclass(frozen=True)
class ItemForm:
    """An item in a form."""

    shell: Shell
    heading: str
    sort_label: str
    sort_address: str
    address: str
    is_new: bool
    fields: tuple[FormField, ...]
    mistakes: tuple[Mistake, ...]
    notes: tuple[str, ...]
    """What else is told above the form: what came in from a colleague, what was kept."""
    lookups: tuple[Lookup, ...]
    facts: tuple[FactChoice, ...]
    shapes: Mapping[str, str]
    tests: Mapping[str, str]
    change_sets: tuple[Choice, ...]
    seen: str
    comment: str
    state: Tag | None
    changes: tuple[Difference, ...]
    used_in: tuple[tuple[str, str], ...]
    autosaved: Moment | None
    is_live: bool
    done: str
    question: str
    """The turn with a visitor's question that this answers; empty: it answers none in particular."""
    wants_case: bool
    id: str = ""
    taken: TakenRow | None = None
    """How it was taken over from another region; None: it was not."""
    take_over: TakeOverForm | None = None
    """How it may be taken over for one's own region."""
    behind: tuple[Difference, ...] = ()
    """What of its Dutch became something else since its English was written."""
    group: str = ""
    draft_in: str = ""
    """The change whose draft is shown; empty: it is what is published."""
    keeper: str = ""
    """Who looks after it, in words; empty: nobody in particular."""
    keepers: tuple[Choice, ...] = ()
    """Who may; empty: this editor does not say so here."""
    english: str = ""
    """Where that is put right."""
    translation: str = ""
    """Where its English stands beside its Dutch."""


@dataclass(frozen=True)
class VersionRow:
    """A version in the history."""

    number: int
    state: Tag
    author: str
    reviewer: str
    at: Moment
    comment: str
    changes: tuple[Difference, ...]
    change_set: str
    can_restore: bool


@dataclass(frozen=True)
class HistoryPage:
    """Every version of an item."""

    shell: Shell
    heading: str
    address: str
    rows: tuple[VersionRow, ...]
    older: str


def change_set_choices(open_sets: Sequence[ChangeSet], chosen: str) -> tuple[Choice, ...]:
    """In which change it goes: one that stands open, or a new one."""
    found = [Choice(each.id, each.title, each.id == chosen) for each in open_sets]
    return (*found, Choice(NEW, "Een nieuwe wijziging", chosen in ("", NEW)))


def fact_choices(facts: Mapping[str, Fact]) -> tuple[FactChoice, ...]:
    """What conditions may look at."""
    return tuple(
        FactChoice(name, fact.label.nl, tuple((option.value, option.label.nl) for option in fact.options))
        for name, fact in facts.items()
    )


def mistakes_in(fields: Sequence[FormField]) -> tuple[Mistake, ...]:
    """What is wrong, in the order of the form."""
    found: list[Mistake] = []
    for each in fields:
        if each.error:
            found.append(Mistake(each.input_id, each.label, each.error))
        found += mistakes_in(each.fields)
        for row in each.rows:
            found += mistakes_in(row.fields)
    return tuple(found)


def history_page(
    editor: SignedInAdviser,
    key: ItemKey,
    data: Mapping[str, Any],
    versions: Sequence[Revision],
    is_editable: bool,
    older: str,
    now: datetime,
) -> HistoryPage:
    """The page."""
    title = titled(key.group, dict(data))
    rows = tuple(
        VersionRow(
            number=each.id,
            state=state_tag(each.state),
            author=each.author,
            reviewer=each.reviewer,
            at=moment_of(each.at, now),
            comment=each.comment,
            changes=differences(key.group, each.base, each.content),
            change_set=f"/desk/redactie/wijziging/{each.change_set_id}",
            can_restore=is_editable,
        )
        for each in versions
    )
    return HistoryPage(shell(f"Geschiedenis van {title}", editor), title, item_address(key), rows, older)


def form_shell(editor: SignedInAdviser, sort: str, title: str) -> Shell:
    """The frame of a form."""
    return shell(title or f"Nieuw: {wording.ONE[sort]}", editor)
