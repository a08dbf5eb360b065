"""The embedded engine: Qdrant Edge in this process, a generation a directory."""

import contextlib
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import qdrant_edge as edge
from haystack import Document, component
from haystack.dataclasses import SparseEmbedding
from pydantic import ValidationError

from knowledge.index.engine import (
    PREFETCH,
    RRF_K,
    DiskFull,
    Draft,
    IndexProblem,
    Manifest,
    NoGeneration,
    Scope,
    Shard,
    T,
)
from knowledge.index.files import replace_text, sync_tree
from knowledge.index.vocabulary import Vocabulary

_DENSE, _SPARSE = "dense", "sparse"
_LOOKING = edge.SearchParams(hnsw_ef=1792, quantization=edge.QuantizationSearchParams(rescore=True, oversampling=2.0))
"""
How many passages the graph is searched along, where there is one: from about 7,000 passages on. The way is found on numbers of
one byte, and twice as many passages as are asked for are weighed again on the whole ones. Of 100,000 with many alike, 0.994 of
the ten nearest are found in 2.5 ms of processor time; on whole numbers alone 0.987 in 4.2 ms (1536 along), with the engine's own
100 0.72; weighing only as many as are asked for gives 0.91.
"""
_FEW = 500
"""So few passages out of scope are named one by one: that costs 0.3 ms a search where conditions on their fields cost 3 to 4."""
_SCOPES = 256
"""Scopes of which is remembered what they leave out."""
_FUSION: Any = edge.Fusion.Rrf(k=RRF_K)
"""The engine's type stubs do not know that this is a query."""
_BYTES_A_PASSAGE = 12_000
_BYTES_A_GENERATION = 48_000_000
_BYTES_A_WRITE = 16_000_000
"""Room asked for beforehand. The engine writes through memory maps, and a map that finds no room kills the process."""
_FILTERED = {
    "kind": edge.PayloadSchemaType.Keyword,
    "in_regions": edge.PayloadSchemaType.Keyword,
    "in_sectors": edge.PayloadSchemaType.Keyword,
    "from_day": edge.PayloadSchemaType.Integer,
    "until_day": edge.PayloadSchemaType.Integer,
}


@component
class EdgeWriter:
    """Writes documents with their vectors into a shard."""

    def __init__(self, shard: "edge.EdgeShard", folder: Path) -> None:
        """:param folder: Where the shard is; looked at before each write, since others fill the disk too."""
        self._shard = shard
        self._folder = folder

    @component.output_types(documents_written=int)
    def run(self, documents: list[Document]) -> dict[str, int]:
        """
        :param documents: With `sparse_embedding`, and with `embedding` if the generation has dense vectors.
        :returns: `documents_written`.
        :raises DiskFull: If something else has filled the disk in the meantime.
        """
        _require_room(self._folder, _BYTES_A_WRITE)
        self._shard.update(edge.UpdateOperation.upsert_points([_point(each) for each in documents]))
        return {"documents_written": len(documents)}


class EdgeShard(Shard):
    """One generation, opened. Several processes may have the same one open: nothing is written."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self.vocabulary = Vocabulary.from_dict(json.loads((folder / "vocabulary.json").read_text()))
        self._shard = edge.EdgeShard.load(str(folder / "shard"))
        self._limits = lru_cache(_SCOPES)(self._limit)

    def retrieve(
        self, embedding: list[float] | None, sparse: SparseEmbedding, scope: Scope, limit: int
    ) -> list[Document]:
        """See `Shard.retrieve`; both searches, their filters and the fusion run inside the engine."""
        filter_ = self._limits(scope)
        searches: list[edge.Query] = []
        if embedding is not None:
            searches.append(edge.Query.Nearest(embedding, _DENSE))
        if sparse.indices:
            searches.append(edge.Query.Nearest(edge.SparseVector(sparse.indices, sparse.values), _SPARSE))
        if not searches:
            return []
        depth = max(PREFETCH, limit)
        found = self._shard.query(
            edge.QueryRequest(
                limit=limit,
                prefetches=[
                    edge.Prefetch(limit=depth, query=each, filter=filter_, params=_LOOKING) for each in searches
                ],
                query=_FUSION,
                with_payload=True,
                with_vector=True,
            )
        )
        return [_document(point) for point in found]

    def _limit(self, scope: Scope) -> "edge.Filter":
        """What keeps a search within its scope: the cheaper of two ways to say the same, for a generation never changes."""
        within = _filter(scope)
        outside, more = self._shard.scroll(
            edge.ScrollRequest(limit=_FEW, filter=edge.Filter(must_not=[within]), with_payload=False, with_vector=False)
        )
        if more is not None:
            return within
        return edge.Filter(must_not=[edge.HasIdCondition({each.id for each in outside})])

    def close(self) -> None:
        """See `Shard.close`."""
        self._shard.close()


class EdgeDraft(Draft):
    """A generation in a temporary directory beside the finished ones."""

    def __init__(self, folder: Path, manifest: Manifest, vocabulary: Vocabulary) -> None:
        self._made, self._final = folder / f".draft-{manifest.id}", folder / manifest.id
        self._made.mkdir(parents=True)
        (self._made / "vocabulary.json").write_text(json.dumps(vocabulary.to_dict()))
        (self._made / "manifest.json").write_text(manifest.model_dump_json(indent=1))
        (self._made / "shard").mkdir()
        self._shard = edge.EdgeShard.create(str(self._made / "shard"), _config(manifest))
        for field, schema in _FILTERED.items():
            self._shard.update(edge.UpdateOperation.create_field_index(field, schema))
        self.writer = EdgeWriter(self._shard, self._made)

    def finish(self) -> None:
        """
        See `Draft.finish`: everything is on disk before the directory gets its name.

        The engine tidies up a new shard when it is first opened. That happens here, so that it is only read later on.
        """
        _require_room(self._made, _BYTES_A_WRITE)
        self._shard.optimize()
        self._shard.flush()
        self._shard.close()
        edge.EdgeShard.load(str(self._made / "shard")).close()
        sync_tree(self._made)
        self._made.rename(self._final)
        sync_tree(self._final.parent, deep=False)

    def discard(self) -> None:
        """See `Draft.discard`."""
        with contextlib.suppress(Exception):
            self._shard.close()
        shutil.rmtree(self._made, ignore_errors=True)


class EdgeEngine:
    """Generations as directories under one folder; the file `current` names the one that is served."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def manifests(self) -> list[Manifest]:
        """See `Engine.manifests`; a directory without a readable manifest is no generation."""
        found = []
        for path in self._folder.glob("[!.]*/manifest.json"):
            with contextlib.suppress(OSError, ValidationError):
                found.append(Manifest.model_validate_json(path.read_text()))
        return sorted(found, key=lambda each: (each.created_at, each.id), reverse=True)

    def current(self) -> str | None:
        """See `Engine.current`."""
        try:
            return (self._folder / "current").read_text().strip() or None
        except OSError:
            return None

    def use(self, generation: str) -> None:
        """See `Engine.use`."""
        self._manifest(generation)
        replace_text(self._folder / "current", generation)

    def draft(self, manifest: Manifest, vocabulary: Vocabulary) -> EdgeDraft:
        """See `Engine.draft`; what a killed build left behind is removed first, so call it from `exclusively`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob(".draft-*"):
            shutil.rmtree(left, ignore_errors=True)
        _require_room(self._folder, _BYTES_A_GENERATION + manifest.passages * _BYTES_A_PASSAGE)
        return EdgeDraft(self._folder, manifest, vocabulary)

    def open(self, generation: str) -> EdgeShard:
        """See `Engine.open`."""
        manifest = self._manifest(generation)
        try:
            return EdgeShard(self._folder / generation, manifest)
        except Exception as error:
            if os.strerror(errno.ENOSPC) in str(error):
                raise DiskFull(
                    f"the disk of {self._folder} is full: not even opening is possible, free some room"
                ) from error
            raise IndexProblem(
                f"generation {generation} cannot be opened ({error}); run `loket index build`"
            ) from error

    def delete(self, generation: str) -> None:
        """See `Engine.delete`; it disappears in one step, also for who is listing."""
        gone = self._folder / f".draft-{generation}"
        with contextlib.suppress(FileNotFoundError):
            (self._folder / generation).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def exclusively(self, work: Callable[[], T]) -> T:
        """See `Engine.exclusively`: a lock on a file, which a killed process lets go of."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return work()

    def _manifest(self, generation: str) -> Manifest:
        for each in self.manifests():
            if each.id == generation:
                return each
        raise NoGeneration(f"there is no generation {generation!r} in {self._folder}; see `loket index list`")


def _require_room(folder: Path, needed: int) -> None:
    """Raises `DiskFull` if fewer bytes are free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DiskFull(
            f"{folder} has {free / 1e6:.0f} MB free and {needed / 1e6:.0f} MB may be needed; the index is as it was, "
            "free some room and try again"
        )


def _config(manifest: Manifest) -> "edge.EdgeConfig":
    """Without a write-ahead log, so that a finished shard is opened by several processes at once."""
    dense = edge.EdgeVectorParams(
        size=manifest.dimension,
        distance=edge.Distance.Cosine,
        # Only the few that are weighed again are read: with 100,000 passages a process takes 571 MB instead of 762.
        on_disk=True,
        quantization_config=edge.ScalarQuantizationConfig(edge.ScalarType.Int8, quantile=0.99, always_ram=True),
    )
    return edge.EdgeConfig(
        vectors={_DENSE: dense} if manifest.kind == "full" else None,
        sparse_vectors={_SPARSE: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
        wal_enabled=False,
        max_search_threads=1,
    )


def _point(document: Document) -> "edge.Point":
    sparse = document.sparse_embedding or SparseEmbedding([], [])
    vectors: dict[str, Any] = {_SPARSE: edge.SparseVector(sparse.indices, sparse.values)}
    if document.embedding is not None:
        vectors[_DENSE] = document.embedding
    return edge.Point(document.id, vectors, {"content": document.content, **document.meta})


def _document(point: "edge.ScoredPoint") -> Document:
    payload, vectors = dict(point.payload or {}), cast(dict[str, Any], point.vector or {})
    sparse = vectors.get(_SPARSE)
    return Document(
        id=str(point.id),
        content=payload.pop("content", None),
        meta=payload,
        score=point.score,
        embedding=vectors.get(_DENSE),
        sparse_embedding=SparseEmbedding(list(sparse.indices), list(sparse.values)) if sparse else None,
    )


def _filter(scope: Scope) -> "edge.Filter":
    must: list[Any] = [
        edge.FieldCondition("from_day", range=edge.RangeFloat(lte=float(scope.day))),
        edge.FieldCondition("until_day", range=edge.RangeFloat(gt=float(scope.day))),
    ]
    for field, values in scope.any_of().items():
        must.append(edge.FieldCondition(field, match=edge.MatchAny(values)))
    return edge.Filter(must=must)
