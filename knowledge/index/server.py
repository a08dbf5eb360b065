"""A Qdrant server or cluster by URL, through qdrant-haystack: a generation is a collection, `current` an alias."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from haystack import Document
from haystack.components.writers import DocumentWriter
from haystack.dataclasses import SparseEmbedding
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.retrievers.qdrant import (
    QdrantEmbeddingRetriever,
    QdrantHybridRetriever,
    QdrantSparseEmbeddingRetriever,
)
from haystack_integrations.document_stores.qdrant import QdrantDocumentStore
from pydantic import ValidationError
from qdrant_client import QdrantClient, models

from knowledge.index.edge import EdgeEngine
from knowledge.index.engine import RRF_K, Draft, IndexProblem, Manifest, NoGeneration, Scope, Shard, T
from knowledge.index.vocabulary import Vocabulary

_PREFIX = "loket-"
_ALIAS = "loket-current"
_ABOUT = "00000000-0000-0000-0000-000000000000"
"""The point that holds manifest and vocabulary. It has no vectors, so no search finds it; it is written last."""
_FILTERED = [
    {"field_name": f"meta.{field}", "field_schema": schema}
    for field, schema in (
        ("kind", models.PayloadSchemaType.KEYWORD),
        ("in_regions", models.PayloadSchemaType.KEYWORD),
        ("in_sectors", models.PayloadSchemaType.KEYWORD),
        ("from_day", models.PayloadSchemaType.INTEGER),
        ("until_day", models.PayloadSchemaType.INTEGER),
    )
]


class _Collection(QdrantDocumentStore):
    """Haystack's store for one generation, on a client that all generations share."""

    def __init__(self, client: QdrantClient, generation: str, dimension: int) -> None:
        super().__init__(
            index=_PREFIX + generation,
            embedding_dim=dimension or 1,
            use_sparse_embeddings=True,
            sparse_idf=True,
            return_embedding=True,
            progress_bar=False,
            payload_fields_to_index=_FILTERED,
        )
        self._client = client

    def create(self) -> None:
        """Make the empty collection with its payload indexes."""
        self._set_up_collection(
            self.index, self.embedding_dim, True, self.similarity, True, True, False, self.payload_fields_to_index
        )


class ServerShard(Shard):
    """A collection, opened for searching."""

    def __init__(self, client: QdrantClient, manifest: Manifest, vocabulary: Vocabulary) -> None:
        self.manifest = manifest
        self.vocabulary = vocabulary
        collection = _Collection(client, manifest.id, manifest.dimension)
        self._hybrid = QdrantHybridRetriever(collection, return_embedding=True, rrf_k=RRF_K)
        self._meaning = QdrantEmbeddingRetriever(collection, return_embedding=True)
        self._words = QdrantSparseEmbeddingRetriever(collection, return_embedding=True)

    def retrieve(
        self, embedding: list[float] | None, sparse: SparseEmbedding, scope: Scope, limit: int
    ) -> list[Document]:
        """See `Shard.retrieve`; fusion and filters run on the server."""
        filters = _filter(scope)
        if embedding is not None and sparse.indices:
            found = self._hybrid.run(embedding, sparse, filters=filters, top_k=limit)
        elif embedding is not None:
            found = self._meaning.run(embedding, filters=filters, top_k=limit)
        elif sparse.indices:
            found = self._words.run(sparse, filters=filters, top_k=limit)
        else:
            return []
        return list(found["documents"])

    def close(self) -> None:
        """See `Shard.close`; the connection belongs to the engine."""


class ServerDraft(Draft):
    """A collection without its last point, which makes it a generation."""

    def __init__(self, client: QdrantClient, manifest: Manifest, vocabulary: Vocabulary) -> None:
        self._client, self._manifest, self._vocabulary = client, manifest, vocabulary
        collection = _Collection(client, manifest.id, manifest.dimension)
        collection.create()
        self.writer = DocumentWriter(collection, policy=DuplicatePolicy.OVERWRITE)

    def finish(self) -> None:
        """See `Draft.finish`."""
        about = {
            "manifest": self._manifest.model_dump(mode="json"),
            "vocabulary": json.dumps(self._vocabulary.to_dict()),
        }
        self._client.upsert(
            _PREFIX + self._manifest.id, [models.PointStruct(id=_ABOUT, vector={}, payload=about)], wait=True
        )

    def discard(self) -> None:
        """See `Draft.discard`."""
        with contextlib.suppress(Exception):
            self._client.delete_collection(_PREFIX + self._manifest.id)


class ServerEngine:
    """The generations on one server."""

    def __init__(self, client: QdrantClient, locks: Path) -> None:
        """:param locks: A local folder: builds on one machine wait for each other there."""
        self._client = client
        self._local = EdgeEngine(locks)

    @classmethod
    def at(cls, url: str, api_key: str, locks: Path) -> "ServerEngine":
        """
        The engine on the server with that address.

        :raises IndexProblem: If nothing answers there.
        """
        client = QdrantClient(url=url, api_key=api_key or None, timeout=10, check_compatibility=False)
        try:
            client.get_aliases()
        except Exception as error:
            raise IndexProblem(
                f"the Qdrant server at LOKET_QDRANT_URL={url} does not answer ({type(error).__name__}); "
                "start it, check LOKET_QDRANT_API_KEY, or empty LOKET_QDRANT_URL for the embedded engine"
            ) from error
        return cls(client, locks)

    def manifests(self) -> list[Manifest]:
        """See `Engine.manifests`; a collection that a killed build left behind is no generation."""
        found = []
        for each in self._client.get_collections().collections:
            if each.name.startswith(_PREFIX) and (about := self._about(each.name, ["manifest"])):
                with contextlib.suppress(ValidationError):
                    found.append(Manifest.model_validate(about["manifest"]))
        return sorted(found, key=lambda each: (each.created_at, each.id), reverse=True)

    def current(self) -> str | None:
        """See `Engine.current`."""
        for alias in self._client.get_aliases().aliases:
            if alias.alias_name == _ALIAS:
                return str(alias.collection_name).removeprefix(_PREFIX)
        return None

    def use(self, generation: str) -> None:
        """See `Engine.use`; the server moves the alias in one step."""
        self._require(generation, ["manifest"])
        alias = models.CreateAlias(collection_name=_PREFIX + generation, alias_name=_ALIAS)
        steps: list[Any] = [models.CreateAliasOperation(create_alias=alias)]
        if self.current() is not None:
            steps.insert(0, models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=_ALIAS)))
        self._client.update_collection_aliases(change_aliases_operations=steps)

    def draft(self, manifest: Manifest, vocabulary: Vocabulary) -> ServerDraft:
        """See `Engine.draft`."""
        return ServerDraft(self._client, manifest, vocabulary)

    def open(self, generation: str) -> ServerShard:
        """See `Engine.open`."""
        about = self._require(generation, ["manifest", "vocabulary"])
        vocabulary = Vocabulary.from_dict(json.loads(about["vocabulary"]))
        return ServerShard(self._client, Manifest.model_validate(about["manifest"]), vocabulary)

    def delete(self, generation: str) -> None:
        """See `Engine.delete`."""
        self._client.delete_collection(_PREFIX + generation)

    def exclusively(self, work: Callable[[], T]) -> T:
        """See `Engine.exclusively`; two machines that build at once make two generations, and the last one is served."""
        return self._local.exclusively(work)

    def _about(self, collection: str, fields: list[str]) -> dict[str, Any] | None:
        points = self._client.retrieve(collection, [_ABOUT], with_payload=fields)
        return points[0].payload if points else None

    def _require(self, generation: str, fields: list[str]) -> dict[str, Any]:
        name = _PREFIX + generation
        about = self._about(name, fields) if self._client.collection_exists(name) else None
        if about is None:
            raise NoGeneration(f"there is no generation {generation!r} on the server; see `loket index list`")
        return about


def _filter(scope: Scope) -> models.Filter:
    must: list[Any] = [
        models.FieldCondition(key="meta.from_day", range=models.Range(lte=scope.day)),
        models.FieldCondition(key="meta.until_day", range=models.Range(gt=scope.day)),
    ]
    for field, values in scope.any_of().items():
        must.append(models.FieldCondition(key=f"meta.{field}", match=models.MatchAny(any=values)))
    return models.Filter(must=must)
