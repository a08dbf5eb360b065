"""Items: everything that an editor may change, named by its group in `Content` and its id there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from pydantic import BaseModel

from knowledge.arrangement import Arrangement
from knowledge.catalogue import Content
from knowledge.fact import Fact, Subject
from knowledge.field import Intent, StudyField
from knowledge.finance import Combination, FinanceItem, RouteFinance, SchoolCosts, TuitionRule
from knowledge.guard import Guard
from knowledge.move import Move
from knowledge.phrasing import Phrasing
from knowledge.place import Municipality
from knowledge.profession import Profession
from knowledge.reader import RECORD_TYPES
from knowledge.record import Record
from knowledge.rule import Rule
from knowledge.source import Source

Json = dict[str, Any]
"""An item as data: what its model dumps, without what is as usual."""

GROUPS: Mapping[str, type[BaseModel]] = {
    "records": Record,
    "rules": Rule,
    "facts": Fact,
    "subjects": Subject,
    "municipalities": Municipality,
    "fields": StudyField,
    "intents": Intent,
    "phrasings": Phrasing,
    "sources": Source,
    "arrangements": Arrangement,
    "finance_items": FinanceItem,
    "finances": RouteFinance,
    "tuition_rules": TuitionRule,
    "combinations": Combination,
    "school_costs": SchoolCosts,
    "moves": Move,
    "guards": Guard,
    "professions": Profession,
}
"""What is in each group of `Content`; a record is of the type that its `kind` says."""


@dataclass(frozen=True, order=True)
class ItemKey:
    """Which item: `ItemKey("records", "zij-instroom-po")`."""

    group: str
    id: str

    def __str__(self) -> str:
        return f"{self.group}/{self.id}"

    @classmethod
    def of(cls, group: str, item: BaseModel) -> "ItemKey":
        """The key of an item; facts, intents and guards have a name for an id."""
        return cls(group, str(getattr(item, "id", None) or getattr(item, "name", "")))


def group_of(item: BaseModel) -> str:
    """The group that an item belongs to."""
    return next(group for group, type_ in GROUPS.items() if isinstance(item, type_))


def type_of(group: str, kind: str = "") -> type[BaseModel]:
    """
    The model of an item.

    :param kind: Of a record: `cost`, `loket`. Other groups have one type each.
    :raises KeyError: If there is no such group or kind.
    """
    return RECORD_TYPES[kind] if group == "records" else GROUPS[group]


def parsed(group: str, data: Json) -> BaseModel:
    """
    The item that data describes.

    :raises ValidationError: If the model refuses it; its errors name the fields.
    :raises KeyError: If there is no such group, or a record says no kind that there is.
    """
    return type_of(group, str(data.get("kind", ""))).model_validate(data)


def dumped(item: BaseModel) -> Json:
    """The item as data that `parsed` reads back as the same, in the order of the model's fields."""
    data = item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if not isinstance(item, Record):
        return data
    return {"id": data.pop("id"), "kind": item.kind.value, **data}


def titled(group: str, data: Json) -> str:
    """What to call an item in a list, in the editors' words for it."""
    for name in ("title", "statement", "label", "how", "says", "text", "asks", "name", "route", "id"):
        value = data.get(name)
        if isinstance(value, dict):
            value = value.get("nl")
        if isinstance(value, list | tuple) and value:
            value = value[0]
        if isinstance(value, str) and value:
            return value[:200]
    return group


def region_ids(regions: Iterable[Any]) -> set[str]:
    """
    The regions that an item says it is of.

    :param regions: Its `regions` as data: ids, or for a municipality to which region it belongs for which sectors.
    """
    return {each if isinstance(each, str) else str(each.get("region", "")) for each in regions}


def may_change(mine: Collection[str], *sides: Iterable[Any]) -> bool:
    """
    Whether somebody who works for the regions `mine` may make one of an item's versions into another.

    :param sides: The `regions` of each version, as data. A version of no region holds everywhere, and is everybody's.
    """
    return all(not named or not named.isdisjoint(mine) for named in map(region_ids, sides))


_TITLES = {"title", "statement", "label", "says", "name", "route", "id", "asks", "how", "text", "question"}


def title_of(group: str, item: BaseModel) -> str:
    """What to call an item in a list."""
    return titled(group, item.model_dump(include=_TITLES))


def items_of(content: Content) -> Iterator[tuple[ItemKey, BaseModel]]:
    """Every item with its key, group by group, in the order in which they stand."""
    for group in fields(content):
        for item in getattr(content, group.name):
            yield ItemKey.of(group.name, item), item


def overlaid(content: Content, changed: Mapping[ItemKey, BaseModel | None]) -> Content:
    """
    The content with these items in the place of those with the same key.

    An item keeps its place; what is new comes at the end of its group, in the order of the keys given. None takes away.
    """
    groups: dict[str, dict[ItemKey, BaseModel]] = {group.name: {} for group in fields(content)}
    for key, item in items_of(content):
        groups[key.group][key] = item
    for key, new in changed.items():
        if new is None:
            groups[key.group].pop(key, None)
        else:
            groups[key.group][key] = new
    return Content(**{name: tuple(found.values()) for name, found in groups.items()})  # type: ignore[arg-type]
