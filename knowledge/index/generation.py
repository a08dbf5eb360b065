"""Generations: build one, serve it, go back, and let go of the old ones."""

import errno
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

from haystack import Document, Pipeline

from knowledge.article import Term
from knowledge.catalogue import Catalogue
from knowledge.index.cache import VectorCache
from knowledge.index.dense import DocumentEmbedder, Embedder
from knowledge.index.engine import (
    FORMAT,
    DiskFull,
    Draft,
    Engine,
    IndexProblem,
    Manifest,
    NoGeneration,
    document_of,
)
from knowledge.index.search import Search
from knowledge.index.sparse import DutchSparseDocumentEmbedder
from knowledge.index.vocabulary import Vocabulary
from knowledge.passage import Passage

Progress = Callable[[int, int], None]
"""Called with the number of passages done and the number in all."""

KEPT = 3
_TOGETHER = 32
"""Passages a run of the pipeline: often enough to show progress and to stop."""


class BuildStopped(IndexProblem):
    """Somebody asked the build to stop."""


@dataclass(frozen=True)
class Material:
    """All that a generation is made from."""

    catalogue: str
    """The catalogue's version."""
    passages: tuple[Passage, ...]
    glossary: tuple[tuple[str, ...], ...] = ()
    """The names of each term."""

    @classmethod
    def of(cls, catalogue: Catalogue, stored: Iterable[Passage] = ()) -> "Material":
        """
        The catalogue's passages and those that were ingested.

        :raises IndexProblem: If two passages have one id.
        """
        passages: dict[str, Passage] = {}
        for each in [*catalogue.passages(), *stored]:
            if each.id in passages:
                raise IndexProblem(
                    f"two passages have the id {each.id!r}, of {passages[each.id].source_id} and {each.source_id}; "
                    "ingest the document under another source id"
                )
            passages[each.id] = each
        glossary = tuple((term.title, *term.also_called) for term in catalogue.all(Term))
        return cls(catalogue.version, tuple(passages.values()), glossary)

    def digest(self) -> str:
        """A hash of all of it: two generations with the same one find the same."""
        hashed = sha256(repr(self.glossary).encode())
        for each in self.passages:
            hashed.update(each.model_dump_json().encode())
        return hashed.hexdigest()[:16]


class Generations:
    """The generations of one engine, all made with one embedder."""

    def __init__(self, engine: Engine, embedder: Embedder | None, cache: VectorCache | None = None) -> None:
        """:param embedder: None for lexical generations alone."""
        self._engine = engine
        self._embedder = embedder
        self._cache = cache

    def build(
        self,
        material: Material | Callable[[], Material],
        *,
        lexical: bool = False,
        anew: bool = True,
        on_progress: Progress | None = None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Manifest:
        """
        Make a generation and serve it; whatever goes wrong, the one served before stays.

        :param material: Or what gathers it, which is called when no other process builds any more: what another has
            ingested while this one waited is then in it.
        :param lexical: Without dense vectors: ready in seconds, and found by words alone.
        :param anew: False takes one that fits exactly, if another process made it in the meantime.
        :param is_stopped: Asked between batches.
        :raises DiskFull: If there is no room for it.
        :raises BuildStopped: If `is_stopped` said so.
        """
        lexical = lexical or self._embedder is None

        def work() -> Manifest:
            gathered = material() if callable(material) else material
            fitting = None if anew else self.fitting(gathered, "lexical" if lexical else "full")
            return fitting or self._build(gathered, lexical, on_progress, is_stopped)

        manifest = self._engine.exclusively(work)
        if self._engine.current() != manifest.id:
            self._engine.use(manifest.id)
        return manifest

    def manifests(self) -> list[Manifest]:
        """Every generation, newest first."""
        return self._engine.manifests()

    def current(self) -> Manifest | None:
        """The generation that is served, if there is one."""
        generation = self._engine.current()
        return next((each for each in self.manifests() if each.id == generation), None)

    def fitting(self, material: Material, kind: Literal["lexical", "full"]) -> Manifest | None:
        """The newest generation of that kind that was made from exactly this, with this embedder and this format."""
        digest = material.digest()
        fingerprint = self._embedder.fingerprint if self._embedder and kind == "full" else ""
        for each in self.manifests():
            if (each.kind, each.content, each.embedder, each.format) == (kind, digest, fingerprint, FORMAT):
                return each
        return None

    def use(self, generation: str) -> Manifest:
        """
        Serve this generation from now on.

        :raises NoGeneration: If it is not there.
        :raises OtherEmbedder: If questions could not be asked of it.
        """
        search = self.open(generation)
        search.close()
        self._engine.use(generation)
        return search.manifest

    def back(self) -> Manifest:
        """Serve the generation made before the current one. Raises `NoGeneration` if there is none."""
        manifests, current = self.manifests(), self._engine.current()
        older = [each.id for each in manifests]
        at = older.index(current) + 1 if current in older else 0
        if at >= len(older):
            raise NoGeneration("there is no older generation to go back to; see `loket index list`")
        return self.use(older[at])

    def open(self, generation: str | None = None) -> Search:
        """
        The generation, or the current one, ready to be asked.

        :raises NoGeneration: If it is not there.
        :raises OtherEmbedder: If its vectors were made with another embedder.
        """
        wanted = generation or self._engine.current()
        if wanted is None:
            raise NoGeneration("there is no index yet; run `loket index build`")
        shard = self._engine.open(wanted)
        try:
            if shard.manifest.format != FORMAT:
                raise IndexProblem(f"generation {wanted} is of an older version; run `loket index build`")
            return Search(shard, self._embedder)
        except IndexProblem:
            shard.close()
            raise

    def prune(self, keep: int = KEPT) -> list[str]:
        """Remove all but the newest ones and the current one; says which."""
        current = self._engine.current()
        gone = [each.id for each in self.manifests()[keep:] if each.id != current]
        for each in gone:
            self._engine.delete(each)
        return gone

    def missing_vectors(self, material: Material) -> int:
        """How many passages a full build would have to embed."""
        if self._embedder is None:
            return 0
        digests = {each.digest() for each in material.passages}
        return len(digests) - (len(self._cache.find(self._embedder.fingerprint, digests)) if self._cache else 0)

    def _build(
        self, material: Material, lexical: bool, on_progress: Progress | None, is_stopped: Callable[[], bool]
    ) -> Manifest:
        now, dimension = datetime.now(UTC), 0
        embedder = None if lexical else self._embedder
        if embedder:
            dimension = embedder.model.queries(["hoe lang is een vector?"]).shape[1]
        manifest = Manifest(
            id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
            created_at=now,
            kind="full" if embedder else "lexical",
            embedder=embedder.fingerprint if embedder else "",
            dimension=dimension,
            catalogue=material.catalogue,
            content=material.digest(),
            passages=len(material.passages),
        )
        vocabulary = Vocabulary.of((each.words() for each in material.passages), material.glossary)
        draft = self._engine.draft(manifest, vocabulary)
        try:
            pipeline = indexing_pipeline(draft, vocabulary, embedder, self._cache)
            for at in range(0, len(material.passages), _TOGETHER):
                if is_stopped():
                    raise BuildStopped("the build was stopped; the index is as it was")
                _run(pipeline, material.passages[at : at + _TOGETHER])
                if on_progress:
                    on_progress(min(at + _TOGETHER, len(material.passages)), len(material.passages))
            draft.finish()
        except BaseException as error:
            draft.discard()
            if _is_disk_full(error):
                raise DiskFull("the disk filled up while building; the index is as it was, free some room") from error
            raise
        self._engine.use(manifest.id)
        self.prune()
        return manifest


def _is_disk_full(error: BaseException | None) -> bool:
    """Whether that is what went wrong underneath; the pipeline and the engine wrap it in errors of their own."""
    while error is not None:
        if isinstance(error, DiskFull):
            return True
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if os.strerror(errno.ENOSPC) in str(error):
            return True
        error = error.__cause__
    return False


def indexing_pipeline(
    draft: Draft, vocabulary: Vocabulary, embedder: Embedder | None, cache: VectorCache | None
) -> Pipeline:
    """Documents in, vectors added, written: the dense step is left out of a lexical generation."""
    pipeline = Pipeline()
    pipeline.add_component("sparse", DutchSparseDocumentEmbedder(vocabulary))
    pipeline.add_component("writer", draft.writer)
    if embedder:
        pipeline.add_component("dense", DocumentEmbedder(embedder.setting, cache))
        pipeline.connect("dense.documents", "sparse.documents")
    pipeline.connect("sparse.documents", "writer.documents")
    return pipeline


def _run(pipeline: Pipeline, passages: Sequence[Passage]) -> None:
    documents: list[Document] = [document_of(each) for each in passages]
    first = "dense" if "dense" in pipeline.graph else "sparse"
    pipeline.run({first: {"documents": documents}})
