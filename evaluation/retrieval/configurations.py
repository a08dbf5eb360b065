"""Configurations: set-ups of the search beside each other, on the same passages and the same questions."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

import numpy as np
from haystack import Document
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.dataclasses import SparseEmbedding
from haystack.document_stores.in_memory import InMemoryDocumentStore
from numpy.typing import NDArray

from evaluation.product import Product
from knowledge.article import Term
from knowledge.catalogue import Catalogue
from knowledge.index.cache import Vector, VectorCache
from knowledge.index.dense import Embedder, embedder_of
from knowledge.index.engine import PREFETCH, RRF_K, IndexProblem, Scope, Shard, document_of, passage_of
from knowledge.index.home import IndexHome
from knowledge.index.search import UNASKED
from knowledge.index.sparse import sparse_embedding
from knowledge.index.vocabulary import PART_WEIGHT, Vocabulary
from knowledge.passage import Passage

LIMIT = 30
_TOGETHER = 16
Ranks = NDArray[np.int64]
Retrieve = Callable[[str, str], list[str]]
"""From a question and the region of its page to ids of records, best first."""


class NotInstalled(Exception):
    """What a configuration needs is not here; the message says what to install."""


@dataclass(frozen=True)
class Configuration:
    """A set-up with a name, and how it is made ready."""

    name: str
    says: str
    ready: Callable[["Shelf"], Retrieve]
    against: str = "hybrid"
    """The configuration that it is held against: the same without what is tried."""
    is_timed: bool = False
    """Whether it runs as it would be served, so that its time means something."""


class Shelf:
    """The passages of an installation, and what several configurations share."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._asked: dict[tuple[str, str], Vector] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        """The published records."""
        return self._product.ready.catalogue

    @cached_property
    def home(self) -> IndexHome:
        """Where the index is."""
        return self._product.settings.index_home()

    @cached_property
    def cache(self) -> VectorCache:
        """Vectors made before."""
        return VectorCache(self.home.var / "vectors.sqlite")

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, as the index has them."""
        return self.home.material(self.catalogue).passages

    @cached_property
    def shard(self) -> Shard:
        """The generation that is served, on the engine itself."""
        return self.home.engine.open(self._product.ready.search.status()["generation"])

    @property
    def embedder(self) -> Embedder:
        """The installation's own. Raises `NotInstalled` for `none`."""
        if self.home.model is None:
            raise NotInstalled("LOKET_EMBEDDER is `none`")
        return self.home.model

    def asked(self, embedder: Embedder, question: str) -> Vector:
        """The vector of a question, made once for all configurations."""
        key = (embedder.fingerprint, question)
        if key not in self._asked:
            self._asked[key] = embedder.model.queries([question[:2000]])[0]
        return self._asked[key]

    def scope(self, region: str) -> Scope:
        """What a question on a page of this region may find."""
        return Scope(kinds=UNASKED, region=region, on=self._product.on)

    def in_scope(self, passages: Sequence[Passage], region: str) -> NDArray[np.bool_]:
        """The same for passages in memory."""
        on = self._product.on
        return np.array(
            [
                str(each.kind) in UNASKED
                and (not each.regions or region in each.regions)
                and (each.valid_from is None or each.valid_from <= on)
                and (each.valid_until is None or on < each.valid_until)
                for each in passages
            ]
        )

    def vectors(self, embedder: Embedder, passages: Sequence[Passage]) -> Vector:
        """A vector a passage, from the cache as far as they are in it."""
        digests = [each.digest() for each in passages]
        found = self.cache.find(embedder.fingerprint, digests)
        missing = {digest: each.words() for digest, each in zip(digests, passages, strict=True) if digest not in found}
        for at in range(0, len(missing), _TOGETHER):
            batch = dict(list(missing.items())[at : at + _TOGETHER])
            made = dict(zip(batch, embedder.model.passages(list(batch.values())), strict=True))
            self.cache.keep(embedder.fingerprint, made)
            found |= made
        return np.stack([found[digest] for digest in digests])


class Memory:
    """Passages searched in memory, by words and by meaning, to try what the engine would have to be rebuilt for."""

    def __init__(self, shelf: Shelf, passages: Sequence[Passage], embedder: Embedder, vocabulary: Vocabulary) -> None:
        self._shelf, self._embedder, self._vocabulary = shelf, embedder, vocabulary
        self._passages = passages
        self._vectors = shelf.vectors(embedder, passages)
        self._allowed = cache(partial(shelf.in_scope, passages))
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, each in enumerate(passages):
            for token, weight in vocabulary.document_weights(each.words()).items():
                postings[token].append((place, weight))
        self._postings = postings

    def retrieve(self, question: str, region: str, *, words: float = 1.0, meaning: float = 1.0) -> list[str]:
        """The records that both searches find, fused by reciprocal rank with these weights."""
        allowed = self._allowed(region)
        fused: dict[int, float] = defaultdict(float)
        for weight, ranking in ((words, self._by_words), (meaning, self._by_meaning)):
            if weight:
                for rank, place in enumerate(ranking(question, allowed), start=1):
                    fused[place] += weight / (RRF_K + rank)
        best = sorted(fused, key=lambda place: -fused[place])[:LIMIT]
        return _records(self._passages[place] for place in best)

    def _by_words(self, question: str, allowed: NDArray[np.bool_]) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        for token, weight in self._vocabulary.query_weights(question).items():
            rarity = self._vocabulary.rarity(token)
            for place, has in self._postings.get(token, ()):
                scores[place] += weight * has * rarity
        return sorted((place for place in scores if allowed[place]), key=lambda place: -scores[place])[:PREFETCH]

    def _by_meaning(self, question: str, allowed: NDArray[np.bool_]) -> list[int]:
        nearness = np.where(allowed, self._vectors @ self._shelf.asked(self._embedder, question), -2.0)
        return [int(place) for place in np.argsort(-nearness)[:PREFETCH]]


def _records(passages: Iterator[Passage]) -> list[str]:
    return list(dict.fromkeys(each.record_id or each.source_id for each in passages))


def _peer(shelf: Shelf) -> Retrieve:
    """Haystack's own BM25, one store a region as its filters would make it."""

    @cache
    def retriever(region: str) -> InMemoryBM25Retriever:
        store = InMemoryDocumentStore()
        allowed = shelf.in_scope(shelf.passages, region)
        store.write_documents(
            [document_of(each) for each, may in zip(shelf.passages, allowed, strict=True) if may], policy="overwrite"  # type: ignore[arg-type]
        )  # fmt: skip
        return InMemoryBM25Retriever(store, top_k=LIMIT)

    def retrieve(question: str, region: str) -> list[str]:
        found: list[Document] = retriever(region).run(query=question)["documents"]
        return _records(passage_of(each.meta) for each in found)

    return retrieve


def _engine(shelf: Shelf, *, words: bool, meaning: bool) -> Retrieve:
    """The engine as it serves, with one of its searches or both."""
    embedder = shelf.embedder if meaning else None

    def retrieve(question: str, region: str) -> list[str]:
        vector = shelf.asked(embedder, question).tolist() if embedder else None
        weights = shelf.shard.vocabulary.query_weights(question)
        sparse = sparse_embedding(weights) if words else SparseEmbedding([], [])
        return _records(
            passage_of(each.meta) for each in shelf.shard.retrieve(vector, sparse, shelf.scope(region), LIMIT)
        )

    return retrieve


def _tried(
    shelf: Shelf,
    *,
    passages: Callable[[Shelf], Sequence[Passage]] = lambda shelf: shelf.passages,
    words: float = 1.0,
    meaning: float = 1.0,
    part_weight: float = PART_WEIGHT,
    joins: bool = True,
    embedder: Callable[[Shelf], Embedder] = lambda shelf: shelf.embedder,
) -> Retrieve:
    own = passages(shelf)
    glossary = tuple((term.title, *term.also_called) for term in shelf.catalogue.all(Term))
    vocabulary = Vocabulary.of((each.words() for each in own), glossary, part_weight=part_weight, joins=joins)
    return partial(Memory(shelf, own, embedder(shelf), vocabulary).retrieve, words=words, meaning=meaning)


def _without_phrasings(shelf: Shelf) -> list[Passage]:
    return [each for each in shelf.passages if not each.found_by]


def _whole_records(shelf: Shelf) -> list[Passage]:
    """The sections of a record as one passage; what it is asked by as before."""
    sections: dict[str, list[Passage]] = defaultdict(list)
    for each in shelf.passages:
        sections[each.id if each.found_by or each.record_id is None else each.record_id].append(each)
    return [
        first.model_copy(update={"section": "", "text": "\n".join(f"{each.section}\n{each.text}" for each in own)})
        for own in sections.values()
        for first in own[:1]
    ]


def sentence_transformers(name: str) -> Configuration:
    """Meaning by another model, words as ever; it needs the extra `transformers`, or the row says so."""

    def embedder(_: Shelf) -> Embedder:
        try:
            import sentence_transformers as _installed  # noqa: F401
        except ImportError as error:
            raise NotInstalled("needs `pip install 'loketgids[transformers]'` and the model's folder") from error
        found = embedder_of(f"sentence-transformers:{name}")
        assert found is not None
        return found

    short = name.rstrip("/").rsplit("/", 1)[-1]
    return Configuration(
        f"sentence-transformers:{short}", "words and another model", partial(_tried, embedder=embedder)
    )


WORDS = "edge-bm25"
CONFIGURATIONS: Mapping[str, Configuration] = {
    each.name: each
    for each in (
        Configuration("bm25", "Haystack's own BM25: the peer", _peer, is_timed=True),
        Configuration(WORDS, "our words alone", partial(_engine, words=True, meaning=False), is_timed=True),
        Configuration("e5", "meaning alone", partial(_engine, words=False, meaning=True), is_timed=True),
        Configuration(
            "hybrid", "words and meaning, as served", partial(_engine, words=True, meaning=True), is_timed=True
        ),
        Configuration("hybrid-words-2", "words count double", partial(_tried, words=2.0)),
        Configuration("hybrid-meaning-2", "meaning counts double", partial(_tried, meaning=2.0)),
        Configuration("hybrid-no-phrasings", "without what people ask", partial(_tried, passages=_without_phrasings)),
        Configuration("hybrid-whole-records", "a record is one passage", partial(_tried, passages=_whole_records)),
        Configuration("hybrid-no-compounds", "words as they are", partial(_tried, part_weight=0.0)),
        Configuration("hybrid-no-joining", "two words stay two", partial(_tried, joins=False)),
        Configuration(
            "words-no-compounds", "our words alone, as they are", partial(_tried, meaning=0.0, part_weight=0.0), WORDS
        ),
        Configuration(
            "words-no-joining", "our words alone, two stay two", partial(_tried, meaning=0.0, joins=False), WORDS
        ),
    )
}
DEFAULT = "hybrid"


def chosen(names: Sequence[str]) -> list[Configuration]:
    """
    The configurations of these names; `all` is every one.

    :raises ValueError: If there is none of a name; the message lists the ones there are.
    """
    wanted = list(CONFIGURATIONS) if "all" in names else []
    wanted += [each for each in names if each != "all" and each not in wanted]
    unknown = [each for each in wanted if each not in CONFIGURATIONS and not each.startswith("sentence-transformers:")]
    if unknown:
        known = ", ".join([*CONFIGURATIONS, "sentence-transformers:<folder>", "all"])
        raise ValueError(f"--configurations {', '.join(unknown)}: choose from {known}")
    if wanted and DEFAULT not in wanted:
        wanted.insert(0, DEFAULT)
    return [CONFIGURATIONS.get(each) or sentence_transformers(each.partition(":")[2]) for each in wanted]


def timed(retrieve: Retrieve, question: str, region: str) -> tuple[list[str], float]:
    """What is found, and the milliseconds that took."""
    began = time.perf_counter()
    found = retrieve(question, region)
    return found, 1000 * (time.perf_counter() - began)


def made_ready(configuration: Configuration, shelf: Shelf) -> Retrieve:
    """
    The configuration, able to search.

    :raises NotInstalled: If it needs what is not here.
    """
    try:
        return configuration.ready(shelf)
    except (IndexProblem, OSError, ValueError) as error:
        raise NotInstalled(str(error).splitlines()[0]) from error
