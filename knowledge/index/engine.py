"""What a search engine must do, so that the embedded one and a server can take each other's place."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal, Protocol, TypeVar

from haystack import Document
from haystack.core.component import Component
from haystack.dataclasses import SparseEmbedding

from knowledge.index.vocabulary import Vocabulary
from knowledge.passage import Passage
from knowledge.record import Frozen

T = TypeVar("T")

FORMAT = 1
"""Of a generation: a change of tokens, weights or payload makes older generations unfit."""
EVERYWHERE = "*"
"""The mark of a passage that holds in every region or sector, so that one condition finds both."""
FIRST_DAY, LAST_DAY = 0, 99_999_999
RRF_K = 60
"""Damping of the fusion, in ranks; 2 and 20 found the same within 0.004 of mean reciprocal rank."""
PREFETCH = 40
"""How many passages each of the two searches hands to the fusion."""

_IDS = uuid.UUID("5b0f2f6e-3f1c-4a55-9a0f-7b1f6d1f5a11")


class IndexProblem(Exception):
    """The index cannot do what was asked; the message is for operators and says what to do."""


class NoGeneration(IndexProblem):
    """There is no generation under that id, or none at all."""


class OtherEmbedder(IndexProblem):
    """The generation was made with another embedder than the one that questions are embedded with."""

    def __init__(self, generation: str, made_with: str, asked: str) -> None:
        super().__init__(
            f"generation {generation} was made with embedder {made_with!r}, but LOKET_EMBEDDER gives {asked!r}; "
            "run `loket index build`, or set LOKET_EMBEDDER back"
        )


class DiskFull(IndexProblem):
    """There is no room for another generation; the current one is as it was."""


class Manifest(Frozen):
    """What a generation was made from, and how."""

    id: str
    created_at: datetime
    kind: Literal["lexical", "full"]
    embedder: str = ""
    """The embedder's fingerprint; empty for a lexical generation."""
    dimension: int = 0
    catalogue: str
    """Version of the catalogue."""
    content: str
    """Hash of all passages, ingested ones included."""
    passages: int
    format: int = FORMAT


class Scope(Frozen):
    """Which passages a search may find; None or empty is no limit."""

    kinds: tuple[str, ...] = ()
    region: str | None = None
    """Also found: what holds in every region."""
    sectors: tuple[str, ...] = ()
    """Also found: what holds in every sector."""
    on: date
    """The day on which a passage must be valid."""

    @property
    def day(self) -> int:
        """The day as it stands in the payload: 20260901."""
        return day_number(self.on)

    def any_of(self) -> dict[str, list[str]]:
        """For each field of the payload that is limited: the values of which a passage needs one."""
        limits = {"kind": list(self.kinds)}
        if self.region:
            limits["in_regions"] = [EVERYWHERE, self.region]
        if self.sectors:
            limits["in_sectors"] = [EVERYWHERE, *self.sectors]
        return {field: values for field, values in limits.items() if values}


class Shard(Protocol):
    """A generation opened for searching."""

    manifest: Manifest
    vocabulary: Vocabulary

    def retrieve(
        self, embedding: list[float] | None, sparse: SparseEmbedding, scope: Scope, limit: int
    ) -> list[Document]:
        """
        The passages in scope that fit best, best first, with `score`, `embedding` and `sparse_embedding`.

        :param embedding: The question's; None searches by words alone.
        :param sparse: The question's tokens.
        """

    def close(self) -> None:
        """Let go of memory and files."""


class Draft(Protocol):
    """A generation while it is being made: invisible until it is finished."""

    writer: Component
    """Takes `documents` with their vectors."""

    def finish(self) -> None:
        """Make it durable and visible."""

    def discard(self) -> None:
        """Remove what was made so far."""


class Engine(Protocol):
    """Where generations live."""

    def manifests(self) -> list[Manifest]:
        """Every finished generation, newest first."""

    def current(self) -> str | None:
        """The id of the generation that is served."""

    def use(self, generation: str) -> None:
        """Serve this one from now on: one atomic step."""

    def draft(self, manifest: Manifest, vocabulary: Vocabulary) -> Draft:
        """Start a generation, from inside `exclusively`. Raises `DiskFull` when there is no room for it."""

    def open(self, generation: str) -> Shard:
        """Open a finished generation. Raises `NoGeneration`."""

    def delete(self, generation: str) -> None:
        """Remove a generation that is not served."""

    def exclusively(self, work: Callable[[], T]) -> T:
        """Do the work while no other process on this machine builds."""


def day_number(day: date) -> int:
    """A day as a number that compares as days do: 20260901."""
    return day.year * 10_000 + day.month * 100 + day.day


def document_of(passage: Passage) -> Document:
    """The passage as Haystack's document: `content` is what is searched, `meta` what a citation and a filter need."""
    meta = passage.model_dump(mode="json", exclude_defaults=True)
    meta["digest"] = passage.digest()
    meta["in_regions"] = list(passage.regions) or [EVERYWHERE]
    meta["in_sectors"] = list(passage.sectors) or [EVERYWHERE]
    meta["from_day"] = day_number(passage.valid_from) if passage.valid_from else FIRST_DAY
    meta["until_day"] = day_number(passage.valid_until) if passage.valid_until else LAST_DAY
    return Document(id=str(uuid.uuid5(_IDS, passage.id)), content=passage.words(), meta=meta)


def passage_of(meta: dict[str, Any]) -> Passage:
    """The passage that `document_of` made this from."""
    return Passage.model_validate({key: value for key, value in meta.items() if key in Passage.model_fields})
