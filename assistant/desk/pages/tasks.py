"""The tasks of all leads, and the canned texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant.desk import wording
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, Tag, choices, shell
from assistant.leads.work import VARIABLES, CannedText
from assistant.storage.work import TaskOfLead
from knowledge.catalogue import Catalogue


@dataclass(frozen=True)
class TaskRow:
    """A task and whom it is for."""

    title: str
    name: str
    address: str
    day: str
    when: Tag
    adviser: str


@dataclass(frozen=True)
class TasksPage:
    """What is to be done: of this adviser first."""

    shell: Shell
    mine: tuple[TaskRow, ...]
    others: tuple[TaskRow, ...]


@dataclass(frozen=True)
class TextRow:
    """A canned text."""

    id: int
    title: str
    subject: str
    body: str
    region: str


@dataclass(frozen=True)
class TextsPage:
    """The canned texts, and the form for one."""

    shell: Shell
    rows: tuple[TextRow, ...]
    regions: tuple[Choice, ...]
    variables: tuple[tuple[str, str], ...]
    typed: tuple[str, str, str]
    done: str
    error: str


def when_tag(due_on: date, today: date) -> Tag:
    """How soon, in a word."""
    days = (due_on - today).days
    if days < 0:
        return Tag("late", "Te laat")
    words = {0: "Vandaag", 1: "Morgen"}.get(days, f"Over {days} dagen")
    return Tag("waiting" if days <= 1 else "later", words)


def tasks_page(adviser: SignedInAdviser, found: Sequence[TaskOfLead], now: datetime) -> TasksPage:
    """The tasks."""
    rows = [(each.is_mine or each.task.author == adviser.account.name, _row(each, now.date())) for each in found]
    return TasksPage(
        shell=shell("Taken", adviser),
        mine=tuple(row for is_mine, row in rows if is_mine),
        others=tuple(row for is_mine, row in rows if not is_mine),
    )


def texts_page(
    adviser: SignedInAdviser,
    catalogue: Catalogue,
    found: Sequence[CannedText],
    done: str = "",
    error: str = "",
    typed: tuple[str, str, str] = ("", "", ""),
) -> TextsPage:
    """The canned texts."""
    regions = {region: wording.region_title(catalogue, region) for region in adviser.account.regions}
    return TextsPage(
        shell=shell("Standaardteksten", adviser),
        rows=tuple(
            TextRow(each.id, each.title, each.subject, each.body, regions.get(each.region, each.region))
            for each in found
        ),
        regions=choices(regions, ""),
        variables=tuple((f"${name}", meaning) for name, meaning in VARIABLES.items()),
        typed=typed,
        done=done,
        error=error,
    )


def _row(each: TaskOfLead, today: date) -> TaskRow:
    return TaskRow(
        title=each.task.title,
        name=each.name,
        address=f"/desk/leads/{each.task.lead_id}#kop-taken",
        day=wording.day_in_words(each.task.due_on),
        when=when_tag(each.task.due_on, today),
        adviser=each.adviser or each.task.author,
    )
