"""Leant: what the answer to a case leaned on when it was asked, so that a change need not ask it again in vain."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import BaseModel

from assistant.answering.leaning import Leaning, Searched
from assistant.answering.pipeline import Answered
from assistant.answering.turn import Understood
from evaluation.case import Case
from knowledge.catalogue import Catalogue
from knowledge.index.search import Hit
from knowledge.record import Frozen, Record
from knowledge.source import Source

R = TypeVar("R", bound=Record)
ALL_ROUTES = "kind route"
EVERY_RECORD = "every record"
_JUDGING = frozenset({"route", "comparison", "question", "money"})
"""Blocks that are made from rules."""


class SearchOf(Frozen):
    """One search for the words of the message itself, and what it found."""

    kinds: tuple[str, ...] | None
    region: str | None
    sectors: tuple[str, ...] | None
    limit: int
    found: str
    """`found_in` its hits."""


class Leant(Frozen):
    """What the replies to one case leaned on."""

    read: frozenset[str]
    """Ids of the records that were looked into, and `kind route` where every record of a kind was."""
    considered: frozenset[str]
    """Ids of the records that the message may have been about, as far as their words, names and places told."""
    searches: tuple[SearchOf, ...] = ()
    understood: str = ""
    """`digest_of` how the message was read."""
    is_plain: bool = False
    """One message, read as it stands: what was read and found can be looked at again without answering."""


class WatchedCatalogue(Catalogue):
    """A catalogue that notes which of its records are looked at. For one thread."""

    def watch(self) -> set[str]:
        """Begin to note, in the set that is returned."""
        read = set[str]()
        self.__dict__["_read"] = read
        return read

    def _note(self, *names: str) -> None:
        self.__dict__.setdefault("_read", set()).update(names)

    def find(self, record_id: str) -> Record | None:
        """As of a catalogue."""
        self._note(record_id)
        return super().find(record_id)

    def get(self, record_id: str, type_: type[R]) -> R:
        """As of a catalogue."""
        self._note(record_id)
        return super().get(record_id, type_)

    def all(self, type_: type[R]) -> tuple[R, ...]:
        """As of a catalogue."""
        self._note(f"kind {type_.model_fields['kind'].default}")
        return super().all(type_)

    def linked(self, ids: Sequence[str], type_: type[R]) -> tuple[R, ...]:
        """As of a catalogue."""
        self._note(*ids)
        return super().linked(ids, type_)

    def source_of(self, record: Record) -> Source:
        """As of a catalogue."""
        self._note(record.id)
        return super().source_of(record)

    def __iter__(self) -> Iterator[Record]:
        self._note(EVERY_RECORD)
        return super().__iter__()


def leant_on(case: Case, read: Iterable[str], turns: Sequence[Answered], leaning: Leaning) -> Leant:
    """What the replies to a case leaned on, from all that was seen of its turns."""
    ids = {*read, *(citation.record_id for turn in turns for citation in turn.reply.citations)}
    considered = set[str]()
    for understood in leaning.understood:
        ids |= set(understood.records)
        considered |= {*understood.near, *(understood.asking.near if understood.asking else ())}
    for choice in leaning.choices:
        considered |= {record.id for record, _ in choice.ranked}
    for searched in leaning.searches:
        considered |= {hit.passage.record_id or "" for hit in searched.hits}
    judged = any(block.type in _JUDGING for turn in turns for block in turn.reply.blocks) or any(
        turn.state.mode != "chat" for turn in turns
    )
    if judged or leaning.verdicts:
        ids.add(ALL_ROUTES)
    is_plain = len(case.said) == 1 == len(leaning.understood) and all(
        each.question == case.question for each in leaning.searches
    )
    return Leant(
        read=frozenset(ids - {""}),
        considered=frozenset(considered - ids - {""}),
        searches=tuple(_search_of(each) for each in leaning.searches) if is_plain else (),
        understood=digest_of(leaning.understood[0]) if is_plain else "",
        is_plain=is_plain,
    )


def _search_of(searched: Searched) -> SearchOf:
    return SearchOf(
        kinds=searched.kinds,
        region=searched.region,
        sectors=searched.sectors,
        limit=searched.limit,
        found=found_in(searched.hits),
    )


def found_in(hits: Sequence[Hit]) -> str:
    """
    The same for two searches that find the same passages, as near and as well covered.

    Their order does not count: between equals it depends on how the index happened to be built, and what else decides it
    is in the passages.
    """
    told = sorted(
        (hit.passage.id, hit.passage.digest(), _rounded(hit.similarity or 0.0), _rounded(hit.coverage)) for hit in hits
    )
    return sha256(repr(told).encode()).hexdigest()[:16]


def digest_of(understood: Understood) -> str:
    """The same for two messages that were read the same."""
    return sha256(repr(_plain(understood)).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """The value with its sets in order and its numbers rounded, the same in every process."""
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return (
        _rounded(float(value))
        if hasattr(value, "__float__") and not isinstance(value, bool | int | str)
        else str(value)
    )


def _rounded(number: float) -> float:
    return round(number, 4) + 0.0
