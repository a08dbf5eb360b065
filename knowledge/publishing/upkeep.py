"""Upkeep: what in the content asks for an editor, worked out once a publication and asked for by the day."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel

from knowledge.catalogue import Content
from knowledge.event import Event
from knowledge.money import Money
from knowledge.publishing.item import ItemKey, items_of, title_of
from knowledge.publishing.publishing import Publisher
from knowledge.publishing.uses import Pointing, pointing, turned
from knowledge.record import Record
from knowledge.source import Source
from knowledge.vacancy import Vacancy

What = Literal["starts", "ends", "review", "money", "reread"]
"""
What happens on a day: it begins to hold, it holds no more, it should have been looked at, the year of its newest amount
is over, its source should have been read again.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One published item, as its upkeep sees it."""

    key: ItemKey
    kind: str
    """Of a record; else the name of its group."""
    title: str
    regions: tuple[str, ...]
    days: tuple[tuple[What, date], ...]
    conflicts: tuple[str, ...]
    """What its sources disagree on."""
    uncertain: str


@dataclass(frozen=True, slots=True)
class Due:
    """That something asks for an editor, and how many answers leaned on it in the last month."""

    entry: Entry
    what: What
    on: date
    damage: int


@dataclass(frozen=True)
class Upkeep:
    """What is published, by what it asks of editors."""

    entries: Mapping[ItemKey, Entry]
    users: Mapping[ItemKey, tuple[ItemKey, ...]]
    """By item which others point at it."""
    addresses: Mapping[str, tuple[ItemKey, ...]]
    """By address on the web which items name it."""
    pointings: Mapping[ItemKey, Pointing]

    def damage(self, key: ItemKey, answers: Mapping[str, int]) -> int:
        """
        How many answers leaned on an item: on itself, or for what is never cited itself on the records that use it.

        :param answers: By record how many answers cite it.
        """
        if key.group == "records":
            return answers.get(key.id, 0)
        near = (*self.users.get(key, ()), *(self.pointings[key].items if key in self.pointings else ()))
        return sum(answers.get(each.id, 0) for each in set(near) if each.group == "records")

    def overdue(self, today: date, answers: Mapping[str, int]) -> list[Due]:
        """What is past its day, the most leaned on first. Sources to be read again are in `to_reread`."""
        return _worst_first(self._due(answers, lambda what, on: what not in ("starts", "reread") and on <= today))

    def to_reread(self, today: date, answers: Mapping[str, int]) -> list[Due]:
        """Sources that are due for another reading, the most leaned on first."""
        return _worst_first(self._due(answers, lambda what, on: what == "reread" and on < today))

    def calendar(self, today: date, answers: Mapping[str, int]) -> list[Due]:
        """What happens from today on, in the order of the days."""
        found = self._due(answers, lambda _, on: on >= today)
        return sorted(found, key=lambda each: (each.on, each.entry.title.casefold()))

    def disagreeing(self) -> list[Entry]:
        """Records whose sources say different things, or that say themselves what is not sure."""
        return [each for each in self.entries.values() if each.conflicts or each.uncertain]

    def unused(self, answers: Mapping[str, int]) -> list[Entry]:
        """Records that no answer leaned on; those that nothing else points at first."""
        found = [each for key, each in self.entries.items() if key.group == "records" and not answers.get(key.id)]
        return sorted(found, key=lambda each: (len(self._users(each.key)), each.title.casefold()))

    def _users(self, key: ItemKey) -> tuple[ItemKey, ...]:
        return self.users.get(key, ())

    def _due(self, answers: Mapping[str, int], is_wanted: Callable[[What, date], bool]) -> Iterator[Due]:
        for key, entry in self.entries.items():
            for what, on in entry.days:
                if is_wanted(what, on):
                    yield Due(entry, what, on, self.damage(key, answers))


class UpkeepBook:
    """The upkeep of what is published now: kept until something else is, and then only what differs is read."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._lock = threading.Lock()
        self._kept: tuple[int, Upkeep] | None = None
        self._read: dict[ItemKey, tuple[BaseModel, Entry, Pointing]] = {}

    def now(self) -> Upkeep:
        """What is published, by what it asks."""
        with self._lock:
            number = self._publisher.signal()
            if self._kept is None or self._kept[0] != number:
                self._kept = number, self._made(self._publisher.content())
            return self._kept[1]

    def _made(self, content: Content) -> Upkeep:
        read = {}
        for key, item in items_of(content):
            before = self._read.get(key)
            read[key] = before if before and before[0] is item else (item, entry_of(key, item), pointing(key, item))
        self._read = read
        pointings = {key: found for key, (_, _, found) in read.items()}
        return Upkeep({key: entry for key, (_, entry, _) in read.items()}, *turned(pointings), pointings)


def entry_of(key: ItemKey, item: BaseModel) -> Entry:
    """An item, as its upkeep sees it."""
    return Entry(
        key,
        item.kind.value if isinstance(item, Record) else key.group,
        title_of(key.group, item),
        item.regions if isinstance(item, Record) else (),
        tuple(_days(item)),
        tuple(each.about for each in item.conflicts) if isinstance(item, Record) else (),
        item.uncertain if isinstance(item, Record) else "",
    )


def _days(item: BaseModel) -> Iterator[tuple[What, date]]:
    starts, ends = getattr(item, "valid_from", None), getattr(item, "valid_until", None)
    if starts is not None:
        yield "starts", starts
    if isinstance(item, Vacancy):
        ends = item.closes_on or ends
    elif isinstance(item, Event):
        ends = (item.ends_at or item.starts_at).date()
    if ends is not None:
        yield "ends", ends
    if isinstance(item, Record) and item.review_by is not None:
        yield "review", item.review_by
    if isinstance(item, Money) and item.amounts and not _is_over(item) and ends is None:
        yield "money", max(end_of_year(each.year) for each in item.amounts)
    if isinstance(item, Source):
        yield "reread", item.reread_on


def _is_over(item: Money) -> bool:
    """A scheme that ended is told as such: its amounts are of then."""
    return getattr(item, "status", "") == "ended"


def end_of_year(year: str) -> date:
    """The first day that is not in a school year (`2026-2027`: 1 September 2027) or a calendar year."""
    first, _, last = year.partition("-")
    return date(int(last), 9, 1) if last else date(int(first) + 1, 1, 1)


def _worst_first(found: Iterator[Due]) -> list[Due]:
    return sorted(found, key=lambda each: (-each.damage, each.on, each.entry.title.casefold()))
