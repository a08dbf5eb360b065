"""Two versions of one item made one, field by field: nothing that either editor wrote is lost unseen."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from knowledge.publishing.item import ItemKey, Json, parsed

_ABSENT = object()


@dataclass(frozen=True)
class FieldConflict:
    """A field that both changed, each otherwise; None: left out."""

    field: str
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Merged:
    """The fields of both; where they conflict, theirs stands."""

    content: Json
    conflicts: tuple[FieldConflict, ...]
    taken: tuple[str, ...]
    """Fields that the other one changed and that came in."""


@dataclass(frozen=True)
class FieldChange:
    """A field that differs; None: left out."""

    field: str
    before: Any
    after: Any


def changes(before: Json | None, after: Json | None) -> tuple[FieldChange, ...]:
    """Every field in which two versions differ, in the order in which the fields stand."""
    old, new = before or {}, after or {}
    names = dict.fromkeys([*new, *old])
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in names
        if old.get(name, _ABSENT) != new.get(name, _ABSENT)
    )


def merged(base: Json, theirs: Json, mine: Json) -> Merged:
    """
    What both made of the same base.

    :param base: What both began with.
    :param theirs: What was saved first.
    :param mine: What is saved now.
    """
    content, conflicts, taken = dict[str, Any](), list[FieldConflict](), list[str]()
    for name in dict.fromkeys([*theirs, *mine, *base]):
        was, their, my = (version.get(name, _ABSENT) for version in (base, theirs, mine))
        value = their
        if their == was:
            value = my
        elif their != my:
            taken.append(name)
            if my != was:
                taken.pop()
                conflicts.append(FieldConflict(name, theirs.get(name), mine.get(name)))
        if value is not _ABSENT:
            content[name] = value
    return Merged(content, tuple(conflicts), tuple(taken))


@dataclass(frozen=True)
class Together:
    """What two editors made of one item."""

    content: Json | None
    conflicts: tuple[FieldConflict, ...] = ()
    taken: tuple[str, ...] = ()


def together(key: ItemKey, first: Json | None, theirs: Json | None, mine: Json | None) -> Together:
    """What two editors made of what both began with; None is that one of them took the item away."""
    if theirs is None or mine is None:
        if theirs in (first, mine):
            return Together(mine)
        return Together(theirs, (FieldConflict("", theirs, mine),))
    both = merged(first or {}, theirs, mine)
    if not both.conflicts and _is_unsound(key, both.content):
        # Each is right alone, and together they are not: these fields belong to each other.
        differing = [name for name in dict.fromkeys([*theirs, *mine]) if theirs.get(name) != mine.get(name)]
        return Together(theirs, tuple(FieldConflict(name, theirs.get(name), mine.get(name)) for name in differing))
    return Together(both.content, both.conflicts, both.taken)


def _is_unsound(key: ItemKey, content: Json) -> bool:
    try:
        parsed(key.group, content)
    except ValidationError:
        return True
    return False
