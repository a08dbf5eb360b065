"""The lists: what there is of each sort, and what stands open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Moment, Shell, Tag, choices, moment_of, shell
from assistant.desk.wording import region_title
from assistant.editor import wording
from assistant.editor.sheet import fits_in_rows
from knowledge.catalogue import Catalogue
from knowledge.publishing.change_sets import ChangeSet
from knowledge.publishing.item import GROUPS, ItemKey, type_of
from knowledge.publishing.listing import ItemPage, ItemSummary

SIZE = 50
STANDINGS = {
    "": "Alles",
    "published": "Gepubliceerd",
    "draft": "Concept",
    "in_review": "Ter beoordeling",
    "retired": "Weggehaald",
}


@dataclass(frozen=True)
class SortCount:
    """A list, and how much is in it."""

    address: str
    label: str
    count: int


@dataclass(frozen=True)
class ChangeRow:
    """A change set in a list."""

    address: str
    title: str
    state: Tag
    about: str
    changed: Moment


@dataclass(frozen=True)
class Waiting:
    """How much waits for an editor, beside the changes."""

    proposals: int
    overdue: int


@dataclass(frozen=True)
class OverviewPage:
    """Where an editor begins."""

    shell: Shell
    mine: tuple[ChangeRow, ...]
    to_review: tuple[ChangeRow, ...]
    others: tuple[ChangeRow, ...]
    sorts: tuple[SortCount, ...]
    publication: str
    waiting: Waiting
    done: str


@dataclass(frozen=True)
class ItemRow:
    """An item in a list."""

    address: str
    title: str
    id: str
    tags: tuple[Tag, ...]
    regions: str
    changed: Moment | None
    by: str


@dataclass(frozen=True)
class ListPage:
    """One list."""

    shell: Shell
    sort: str
    heading: str
    one: str
    sheet: str
    """Where the list is had as a spreadsheet; empty: nowhere."""
    rows: tuple[ItemRow, ...]
    count: str
    total: int
    words: str
    standing: str
    region: str
    standings: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    before: str
    after: str
    """Addresses of the pages before and after this one; empty: there is none."""


def group_and_kind(sort: str) -> tuple[str, str]:
    """
    The group of a list, and the kind if it is one of records.

    :raises KeyError: If there is no such list.
    """
    wording.SORTS[sort]
    return (sort, "") if sort in GROUPS else ("records", sort)


def item_address(key: ItemKey) -> str:
    """Where an item is edited."""
    return f"/desk/redactie/onderdeel/{key.group}/{quote(key.id, safe='')}"


def change_set_address(change_set_id: str) -> str:
    """Where a change is looked at."""
    return f"/desk/redactie/wijziging/{change_set_id}"


def overview_page(
    editor: SignedInAdviser,
    open_sets: Sequence[tuple[ChangeSet, int]],
    counts: Mapping[tuple[str, str], int],
    publication: str,
    waiting: Waiting,
    now: datetime,
    done: str = "",
) -> OverviewPage:
    """The page."""
    rows = [(each, change_row(each, count, now)) for each, count in open_sets]
    me = editor.account.id
    return OverviewPage(
        shell=shell("Redactie", editor),
        mine=tuple(row for each, row in rows if each.author_id == me),
        to_review=tuple(row for each, row in rows if each.state == "in_review" and each.author_id != me),
        others=tuple(row for each, row in rows if each.author_id != me and each.state != "in_review"),
        sorts=tuple(
            SortCount(f"/desk/redactie/lijst/{sort}", label, counts.get(group_and_kind(sort), 0))
            for sort, label in wording.SORTS.items()
        ),
        publication=publication,
        waiting=waiting,
        done=done,
    )


def change_row(each: ChangeSet, count: int, now: datetime) -> ChangeRow:
    """A change set in a list."""
    parts = [each.author, "1 onderdeel" if count == 1 else f"{count} onderdelen"]
    if each.assignee:
        parts.append(f"gevraagd: {each.assignee}")
    return ChangeRow(
        f"/desk/redactie/wijziging/{each.id}",
        each.title,
        state_tag(each.state),
        " · ".join(parts),
        moment_of(each.changed_at, now),
    )


def state_tag(state: str) -> Tag:
    """How far a change is."""
    colours = {"draft": "possible", "in_review": "ask-adviser", "approved": "fits", "published": "fits"}
    return Tag(colours.get(state, "does-not-fit"), wording.STATES[state])


def list_page(
    editor: SignedInAdviser,
    catalogue: Catalogue,
    sort: str,
    found: ItemPage,
    asked: Mapping[str, str],
    offset: int,
    now: datetime,
) -> ListPage:
    """One list, as it was asked for."""

    def address(at: int) -> str:
        return f"/desk/redactie/lijst/{sort}?" + urlencode({**asked, "vanaf": at})

    last = offset + len(found.items)
    count = "Niets gevonden" if not found.total else f"{offset + 1} tot en met {last} van {found.total}"
    return ListPage(
        shell=shell(wording.SORTS[sort], editor),
        sort=sort,
        heading=wording.SORTS[sort],
        one=wording.ONE[sort],
        sheet=f"/desk/redactie/tabel/{sort}" if fits_in_rows(type_of(*group_and_kind(sort))) else "",
        rows=tuple(_row(each, catalogue, now) for each in found.items),
        count=count,
        total=found.total,
        words=asked.get("zoek", ""),
        standing=asked.get("stand", ""),
        region=asked.get("regio", ""),
        standings=choices(STANDINGS, asked.get("stand", "")),
        regions=choices(
            {"": "Alle regio’s"} | {region: region_title(catalogue, region) for region in editor.account.regions},
            asked.get("regio", ""),
        ),
        orders=choices({"title": "Op titel", "changed": "Laatst gewijzigd eerst"}, asked.get("volgorde", "title")),
        before=address(max(offset - SIZE, 0)) if offset else "",
        after=address(last) if last < found.total else "",
    )


def _row(each: ItemSummary, catalogue: Catalogue, now: datetime) -> ItemRow:
    tags = []
    if each.standing != "published":
        tags.append(Tag("does-not-fit", "Weggehaald") if each.standing == "retired" else state_tag(each.standing))
    if not each.is_live:
        tags.append(Tag("does-not-fit", "Nog niet gepubliceerd"))
    if not each.is_sure:
        tags.append(Tag("late", "Onzeker"))
    return ItemRow(
        address=item_address(each.key),
        title=each.title,
        id=each.key.id,
        tags=tuple(tags),
        regions=", ".join(region_title(catalogue, region) for region in each.regions),
        changed=moment_of(each.changed_at, now) if each.changed_at else None,
        by=each.changed_by,
    )
