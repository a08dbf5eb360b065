"""What regions take over from each other: to follow it, or to go their own way and hear of changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Moment, Shell, Tag, moment_of, shell
from assistant.desk.wording import region_title
from assistant.editor.difference import Difference, differences
from assistant.editor.pages.listing import change_set_address, item_address
from knowledge.catalogue import Catalogue
from knowledge.publishing.item import ItemKey, Json
from knowledge.publishing.taking_over import TakenOver

_MODES = {"follow": Tag("fits", "Volgt"), "fork": Tag("possible", "Eigen weg")}


@dataclass(frozen=True)
class TakenRow:
    """A record that was taken over."""

    id: str
    title: str
    address: str
    original: str
    original_address: str
    region: str
    mode: Tag
    follows: bool
    by: str
    at: Moment
    changes: tuple[Difference, ...]
    waiting: str
    """The change in which what the original says now waits for a colleague; empty: nothing waits."""
    """What the original says otherwise since the region last looked."""


@dataclass(frozen=True)
class TakenOverPage:
    """Everything that the regions of an editor took over."""

    shell: Shell
    rows: tuple[TakenRow, ...]
    done: str


@dataclass(frozen=True)
class TakeOverForm:
    """How a record may be taken over."""

    new_id: str
    regions: tuple[Choice, ...]


def taken_over_page(
    editor: SignedInAdviser, catalogue: Catalogue, found: Sequence[TakenOver], now: datetime, done: str = ""
) -> TakenOverPage:
    """The page."""
    rows = tuple(taken_row(each, catalogue, now) for each in found)
    return TakenOverPage(shell("Overgenomen", editor), rows, done)


def taken_row(each: TakenOver, catalogue: Catalogue, now: datetime) -> TakenRow:
    """A record that was taken over."""
    before: Json = {change.field: change.before for change in each.changed}
    after: Json = {change.field: change.after for change in each.changed}
    original = catalogue.find(each.original.id)
    kind = {"kind": original.kind.value} if original else {}
    return TakenRow(
        id=each.key.id,
        title=record.title if (record := catalogue.find(each.key.id)) else each.key.id,
        address=item_address(each.key),
        original=original.title if original else each.original.id,
        original_address=item_address(each.original),
        region=region_title(catalogue, each.region),
        mode=_MODES[each.mode],
        follows=each.mode == "follow",
        by=each.by,
        at=moment_of(each.at, now),
        changes=differences(each.key.group, before | kind, after | kind) if each.changed and kind else (),
        waiting=change_set_address(each.waiting) if each.waiting else "",
    )


def take_over_form(
    editor: SignedInAdviser, catalogue: Catalogue, key: ItemKey, published: Json | None
) -> TakeOverForm | None:
    """How a record of others may be taken over; None: it may not, or it is one's own already."""
    regions = (published or {}).get("regions", ())
    others = [each for each in editor.account.regions if each not in regions]
    if key.group != "records" or not regions or not others:
        return None
    return TakeOverForm(
        f"{key.id}-{others[0]}",
        tuple(Choice(each, region_title(catalogue, each), each == others[0]) for each in others),
    )
