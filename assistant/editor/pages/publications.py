"""What was published, the way back, and what stands in its way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Moment, Shell, moment_of, shell
from assistant.desk.wording import region_title
from assistant.editor.pages.listing import change_set_address, item_address
from knowledge.catalogue import Catalogue
from knowledge.publishing.item import ItemKey
from knowledge.publishing.publishing import PublicationInfo
from knowledge.publishing.taking_over import TakenOver
from knowledge.publishing.undoing import Undone

_MOST_SHOWN = 20


@dataclass(frozen=True)
class PublicationRow:
    """One published state."""

    number: int
    at: Moment
    by: str
    comment: str
    items: tuple[tuple[str, str, str], ...]
    """Address, title, and the region in which it followed another one of them; empty: it followed none."""
    more: int
    change_set: str
    is_current: bool


@dataclass(frozen=True)
class WaitingRow:
    """Something that follows another region's item, and waits for a colleague of its own."""

    title: str
    region: str
    change_set: str


@dataclass(frozen=True)
class PublicationsPage:
    """Everything that was published, with the way back."""

    shell: Shell
    waiting: tuple[WaitingRow, ...]
    rows: tuple[PublicationRow, ...]
    older: str
    done: str


@dataclass(frozen=True)
class InTheWayRow:
    """Something of another region that would go back too."""

    address: str
    title: str
    regions: str
    by: str
    at: Moment


@dataclass(frozen=True)
class OwnChangeRow:
    """A change of one's own that can be taken back by itself."""

    address: str
    title: str
    by: str
    at: Moment


@dataclass(frozen=True)
class InTheWayPage:
    """Why an editor cannot go back to an earlier publication, and what they can do."""

    shell: Shell
    back_to: str
    rows: tuple[InTheWayRow, ...]
    more: int
    regions: str
    """Whose it is, in words."""
    own: tuple[OwnChangeRow, ...]


def publications_page(
    editor: SignedInAdviser,
    found: Sequence[PublicationInfo],
    titles: Mapping[ItemKey, str],
    taken: Sequence[TakenOver],
    catalogue: Catalogue,
    current: int,
    older: str,
    now: datetime,
    done: str,
) -> PublicationsPage:
    """
    The page.

    :param taken: What regions took over.
    """
    follows = {each.key: each for each in taken if each.mode == "follow"}

    def followed_in(key: ItemKey, among: Collection[ItemKey]) -> str:
        found = follows.get(key)
        return region_title(catalogue, found.region) if found and found.original in among else ""

    rows = tuple(
        PublicationRow(
            number=each.number,
            at=moment_of(each.at, now),
            by=each.by,
            comment=each.comment or (f"Terug naar publicatie {each.back_to}" if each.back_to is not None else ""),
            items=tuple(
                (item_address(key), titles.get(key, key.id), followed_in(key, each.items)) for key in each.items[:8]
            ),
            more=max(len(each.items) - 8, 0),
            change_set=change_set_address(each.change_set_id) if each.change_set_id else "",
            is_current=each.number == current,
        )
        for each in found
    )
    waiting = tuple(
        WaitingRow(
            record.title if (record := catalogue.find(each.key.id)) else each.key.id,
            region_title(catalogue, each.region),
            change_set_address(each.waiting),
        )
        for each in taken
        if each.waiting
    )
    return PublicationsPage(shell("Publicaties", editor), waiting, rows, older, done)


def in_the_way_page(
    editor: SignedInAdviser,
    catalogue: Catalogue,
    number: int,
    undone: Sequence[Undone],
    own: Sequence[PublicationInfo],
    now: datetime,
) -> InTheWayPage:
    """
    The page.

    :param undone: What is not theirs.
    :param own: What was published since and they may take back by itself.
    """
    others = {region for each in undone for region in each.regions} - set(editor.account.regions)
    return InTheWayPage(
        shell=shell("Dit kun je niet alleen terugzetten", editor),
        back_to=f"publicatie {number}" if number else "de inhoud zoals die is geleverd",
        rows=tuple(
            InTheWayRow(
                item_address(each.key), each.title, _named(catalogue, each.regions), each.by, moment_of(each.at, now)
            )
            for each in undone[:_MOST_SHOWN]
        ),
        more=max(len(undone) - _MOST_SHOWN, 0),
        regions=_named(catalogue, others),
        own=tuple(
            OwnChangeRow(change_set_address(each.change_set_id or ""), each.comment, each.by, moment_of(each.at, now))
            for each in own[:_MOST_SHOWN]
        ),
    )


def _named(catalogue: Catalogue, regions: Collection[str]) -> str:
    names = sorted(region_title(catalogue, each) for each in regions)
    return " en ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
