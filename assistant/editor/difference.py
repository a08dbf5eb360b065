"""Differences between two versions of an item, field by field, in words that can stand side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.editor import notation, wording
from knowledge.publishing.item import ItemKey, Json, type_of
from knowledge.publishing.merge import changes
from knowledge.publishing.translated import StaleField

_CHOSEN = frozenset(
    {"status", "paid_by", "recipient", "confidence", "sectors", "flow", "allowed", "unsure", "nature", "direction"}
)
"""Fields that hold a word of a list, of which the editors have a Dutch one."""


@dataclass(frozen=True)
class Difference:
    """A field that differs. Empty: it was not there."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(group: str, before: Json | None, after: Json | None) -> tuple[Difference, ...]:
    """Every field that differs, in the order of the form."""
    model = type_of(group, str((after or before or {}).get("kind", ""))).__name__
    found = []
    for change in changes(before, after):
        old, new = told(change.before), told(change.after)
        if change.field in _CHOSEN:
            old, new = (tuple(wording.VALUES.get(each, each) for each in side) for side in (old, new))
        # Of a long list only what differs: the rest is the same on both sides.
        if len(old) > 1 and len(new) > 1:
            old, new = (
                tuple(each for each in old if each not in new),
                tuple(each for each in new if each not in told(change.before)),
            )
        found.append(
            Difference(
                wording.label_of(model, change.field)[0],
                old or ("(andere volgorde)",) if change.before and not old else old,
                new,
            )
        )
    return tuple(found)


def dutch_since(key: ItemKey, kind: str, fields: Iterable[StaleField]) -> tuple[Difference, ...]:
    """
    What of an item's Dutch differs from what its English was written beside.

    :param kind: Of a record.
    """
    model = type_of(key.group, kind).__name__
    return tuple(
        Difference(wording.label_of(model, each.path.partition(".")[0])[0], told(each.before), told(each.now))
        for each in fields
    )


def told(value: Any) -> tuple[str, ...]:
    """A value as lines."""
    if value is None or value == "":
        return ()
    if isinstance(value, list | tuple):
        return tuple(", ".join(told(each)) for each in value)
    if isinstance(value, Mapping):
        if "per" in value and "year" in value:
            return (_amount(value),)
        return tuple(f"{_name(name)}: {', '.join(told(each))}" for name, each in value.items())
    if isinstance(value, bool):
        return ("ja" if value else "nee",)
    return tuple(line for line in str(value).split("\n") if line.strip())


def _amount(value: Mapping[str, Any]) -> str:
    sums = [("", "value"), ("minstens ", "at_least"), ("hoogstens ", "at_most")]
    words = " ".join(
        f"{before}€ {notation.shown_number(str(value[name]))}" for before, name in sums if value.get(name) is not None
    )
    label = f"{value['label']}: " if value.get("label") else ""
    return f"{label}{words} per {value['per']} ({value['year']})"


def _name(name: str) -> str:
    return wording.FIELDS.get(name, (name, ""))[0]
