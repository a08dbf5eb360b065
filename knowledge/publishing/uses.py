"""What points at what: by item who uses it, and by address on the web who names it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from knowledge.publishing.item import GROUPS, ItemKey, dumped

REFERRED: Mapping[str, str] = {
    "source": "sources", "sources": "sources", "region": "region", "regions": "region", "default_loket": "loket",
    "route": "route", "routes": "route", "related": "route", "costs": "cost", "subsidies": "subsidy",
    "salaries": "salary", "institution": "institution", "institutions": "institution", "orientations": "orientation",
    "lokets": "loket", "replaced_by": "records", "municipalities": "municipalities", "subjects": "subjects",
    "record": "records", "item": "finance_items", "answers": "records", "between": "subsidy", "programmes": "programme",
    "partners": "institution",
}  # fmt: skip
"""By the name of a field what its ids are of: a group of items, or a kind of record."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'`)\]]+")
_WITHOUT_ADDRESSES = ("phrasings", "guards", "intents", "municipalities", "subjects")


@dataclass(frozen=True, slots=True)
class Pointing:
    """What one item points at."""

    items: tuple[ItemKey, ...]
    """As it names them; not all of them have to be there."""
    addresses: tuple[str, ...]


def pointing(key: ItemKey, item: BaseModel) -> Pointing:
    """What an item points at, each once, in the order in which it does."""
    if key.group == "phrasings":
        answers = getattr(item, "answers", None)
        return Pointing((ItemKey("records", answers),) if answers else (), ())
    items: dict[ItemKey, None] = {}
    addresses: dict[str, None] = {}
    for name, text in _texts(dumped(item), ""):
        if (of := REFERRED.get(name)) is not None:
            items[ItemKey(of if of in GROUPS else "records", text)] = None
        elif "://" in text and key.group not in _WITHOUT_ADDRESSES:
            addresses |= dict.fromkeys(each.rstrip(".,;:!?") for each in _ADDRESS.findall(text))
    items.pop(key, None)
    return Pointing(tuple(items), tuple(addresses))


def turned(
    pointings: Mapping[ItemKey, Pointing],
) -> tuple[Mapping[ItemKey, tuple[ItemKey, ...]], Mapping[str, tuple[ItemKey, ...]]]:
    """By item who points at it, and by address who names it."""
    users: dict[ItemKey, list[ItemKey]] = {}
    named: dict[str, list[ItemKey]] = {}
    for key, each in pointings.items():
        for other in each.items:
            if other in pointings:
                users.setdefault(other, []).append(key)
        for address in each.addresses:
            named.setdefault(address, []).append(key)
    return {key: tuple(by) for key, by in users.items()}, {address: tuple(by) for address, by in named.items()}


def _texts(data: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every text in an item's data, with the name of the field that it stands in."""
    if isinstance(data, dict):
        for field, value in data.items():
            yield from _texts(value, field)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value, name)
    elif isinstance(data, str):
        yield name, data
