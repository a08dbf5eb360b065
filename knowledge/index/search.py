"""Search: from a question to the passages that fit it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from haystack import Document
from haystack.dataclasses import SparseEmbedding

from knowledge.index.cache import Vector
from knowledge.index.dense import Embedder, TextEmbedder
from knowledge.index.engine import Manifest, OtherEmbedder, Scope, Shard, passage_of
from knowledge.index.sparse import DutchSparseTextEmbedder
from knowledge.index.vocabulary import dimension_of
from knowledge.passage import Passage
from knowledge.record import Kind

UNASKED = (*(kind.value for kind in Kind if kind is not Kind.PROGRAMME), "document")
"""What a search without a kind looks through. Dozens of programmes say of one institution what a route says of all."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and how well it fits."""

    passage: Passage
    score: float
    """Reciprocal rank, fused: orders the hits of one search, says nothing between two."""
    similarity: float | None
    """Cosine of question and passage, -1..1; None on a lexical generation. e5 gives 0.75-0.95 to nearly everything."""
    coverage: float
    """Share of the question's distinctive words that the passage has, 0..1, rare words counting for more."""


class Search:
    """One generation, ready to be asked. Thread-safe."""

    def __init__(self, shard: Shard, embedder: Embedder | None) -> None:
        """
        :param embedder: The one that questions are embedded with; None searches by words alone.
        :raises OtherEmbedder: If the generation's vectors were made with another one.
        """
        made_with = shard.manifest.embedder
        if made_with and made_with != (embedder.fingerprint if embedder else ""):
            raise OtherEmbedder(shard.manifest.id, made_with, embedder.fingerprint if embedder else "none")
        self._shard = shard
        self._dense = TextEmbedder(embedder.setting) if embedder else None
        self._sparse = DutchSparseTextEmbedder(shard.vocabulary)

    @property
    def manifest(self) -> Manifest:
        """What the generation was made from."""
        return self._shard.manifest

    def embed(self, question: str) -> Vector | None:
        """The question's vector, to share it with whoever needs it too; None without an embedder."""
        return None if self._dense is None else np.asarray(self._dense.run(question)["embedding"], dtype=np.float32)

    def search(
        self,
        question: str,
        *,
        on: date,
        kinds: Sequence[str] | None = None,
        region: str | None = None,
        sectors: Sequence[str] | None = None,
        limit: int = 8,
        vector: Vector | None = None,
    ) -> list[Hit]:
        """
        The passages that fit the question best, best first.

        :param on: The day on which the passage must be valid.
        :param kinds: Of the record, or `document`; None or empty for all but programmes.
        :param region: The onderwijsregio: passages of other regions are left out. None leaves nothing out.
        :param sectors: Passages of other sectors alone are left out. None or empty leaves nothing out.
        :param vector: What `embed` gave for this question; embedded here if it is not given.
        """
        if self.manifest.kind == "lexical":
            vector = None
        elif vector is None:
            vector = self.embed(question)
        sparse = self._sparse.run(question)["sparse_embedding"]
        scope = Scope(kinds=tuple(kinds or UNASKED), region=region, sectors=tuple(sectors or ()), on=on)
        found = self._shard.retrieve(None if vector is None else vector.tolist(), sparse, scope, limit)
        weights = self._distinctive(question)
        hits = [_hit(each, vector, sparse, weights) for each in found]
        # The engine gives equal scores in the order in which it happened to build the generation.
        return sorted(hits, key=lambda hit: (-hit.score, -(hit.similarity or 0.0), hit.passage.id))

    def close(self) -> None:
        """Close the generation."""
        self._shard.close()

    def _distinctive(self, question: str) -> dict[int, float]:
        """What each token of the question, by its index, says about the subject."""
        vocabulary = self._shard.vocabulary
        return {
            dimension_of(token): weight * vocabulary.rarity(token)
            for token, weight in vocabulary.query_weights(question).items()
        }


def _hit(document: Document, vector: Vector | None, sparse: SparseEmbedding, weights: dict[int, float]) -> Hit:
    similarity = None
    if vector is not None and document.embedding is not None:
        similarity = float(np.dot(vector, np.asarray(document.embedding, dtype=np.float32)))
    has = set(document.sparse_embedding.indices) if document.sparse_embedding else set()
    whole = [index for index, weight in zip(sparse.indices, sparse.values, strict=True) if weight >= 1]
    total = sum(weights[index] for index in whole) or 1.0
    found = sum(weight for index, weight in weights.items() if index in has)
    return Hit(passage_of(document.meta), float(document.score or 0.0), similarity, min(1.0, found / total))
