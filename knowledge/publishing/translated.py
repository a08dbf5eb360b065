"""Which English was written beside which Dutch, read off an item's versions in the order in which they were published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.publishing.item import Json

Words = Mapping[str, str]
"""By field what it says, without regard to spaces and lines."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words in both languages that an editor translates in one go: those of a record, of a conflict, of one sentence."""

    dutch: Words
    """Of the fields that have English."""
    english: Words


@dataclass(frozen=True, slots=True)
class Standing:
    """A pair as it is, and the Dutch that its English was written beside."""

    beside: Words
    pair: Pair


@dataclass(frozen=True, slots=True)
class StaleField:
    """A field whose Dutch says something else than when its English was written."""

    path: str
    """Where in the item: `summary`, `conflicts.0.about`, `says`."""
    before: str
    now: str


def read_on(standing: Mapping[str, Standing], version: Json | None) -> dict[str, Standing]:
    """
    What stands after one more version: English that it left alone was written beside the Dutch of before.

    :param standing: By path what stood before it; empty before the first.
    :param version: None: the item was taken away.
    """
    return {
        path: Standing(
            standing[path].beside if path in standing and standing[path].pair.english == pair.english else pair.dutch,
            pair,
        )
        for path, pair in (pairs(version) if version is not None else ())
    }


def stale_fields(standing: Mapping[str, Standing], seen: Mapping[str, Pair]) -> tuple[StaleField, ...]:
    """
    The fields of which the English may be behind.

    :param seen: By path what an editor said is still right, whatever it was written beside.
    """
    found = []
    for path, each in standing.items():
        looked_at = seen.get(path)
        beside = looked_at.dutch if looked_at and looked_at.english == each.pair.english else each.beside
        if each.pair.dutch in (each.beside, beside):
            continue
        found += [
            StaleField(f"{path}.{name}".strip("."), beside.get(name, ""), now)
            for name, now in each.pair.dutch.items()
            if beside.get(name, "") != now
        ]
    return tuple(found)


def pairs(data: Any, path: str = "") -> Iterator[tuple[str, Pair]]:
    """Every pair in an item, with where it is."""
    if isinstance(data, list):
        for at, each in enumerate(data):
            yield from pairs(each, f"{path}.{at}".strip("."))
    elif isinstance(data, Mapping):
        if english := _words(data.get("en") or {}) if data.keys() == {"nl", "en"} else {}:
            yield path, Pair(_words(data["nl"]), english)
        if english := _words((data.get("translations") or {}).get("en") or {}):
            told = {**data, "says": [each.get("says", "") for each in data.get("claims", ())]}
            dutch = _words({name: told.get(name) for name in english})
            yield path, Pair({name: dutch.get(name, "") for name in english}, english)
        for name, each in data.items():
            if name != "translations":
                yield from pairs(each, f"{path}.{name}".strip("."))


def _words(told: Any) -> dict[str, str]:
    """By field its words; of a sentence alone under no name."""
    if isinstance(told, Mapping):
        return {name: words for name, each in told.items() for words in _words(each).values() if words}
    if isinstance(told, list | tuple):
        return {"": " / ".join(words for each in told for words in _words(each).values())} if told else {}
    return {"": " ".join(told.split())} if isinstance(told, str) and told.strip() else {}
