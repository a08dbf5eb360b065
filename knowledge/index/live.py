"""LiveSearch: the search of a running application, which is there at once and gets better without a restart."""

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Literal, TypedDict

import numpy as np

from knowledge.catalogue import Catalogue
from knowledge.index.cache import Vector, VectorCache
from knowledge.index.dense import TextEmbedder, vectors_of
from knowledge.index.engine import IndexProblem, Manifest, NoGeneration
from knowledge.index.generation import BuildStopped, Material, Progress
from knowledge.index.home import IndexHome
from knowledge.index.search import Hit, Search

_log = logging.getLogger(__name__)
_AT_ONCE = 12
"""So many missing vectors are made before the first question, about a second; more are made behind it."""
_LOOK_EVERY_SECONDS = 2.0
_NICENESS = 15


class Status(TypedDict):
    """How the index is doing, for `/readyz`."""

    generation: str
    kind: Literal["lexical", "full"]
    passages: int
    building: bool
    progress: float


class _Opened:
    """A generation that is being asked by so many threads, and is closed by the last one once it is retired."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.users = 0
        self.retired = False


class LiveSearch:
    """
    Serves the generation that was made from this catalogue, with this embedder and what has been ingested.

    If there is none, a lexical one is made at once and served, and the full one is made in the background and swapped
    in. A generation that another process publishes from the same catalogue (`loket ingest`) is swapped in too.
    Thread-safe; a request that is being answered keeps the generation it began with.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        home: IndexHome,
        *,
        on_progress: Progress | None = None,
    ) -> None:
        """
        :param home: Where the index is, and which embedder and engine it has.
        :param on_progress: Told of the background build: passages done, passages in all.
        :raises IndexProblem: If the settings name no embedder, or no index can be made.
        """
        self._catalogue = catalogue
        self._embedder = home.model
        self._engine = home.engine
        self._generations = home.generations
        self._questions = VectorCache(home.var / "vectors.sqlite") if home.keeps_questions else None
        self._material = partial(home.material, catalogue)
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._building = False
        self._progress = 1.0
        self._dense = TextEmbedder(self._embedder.setting) if self._embedder else None
        if self._dense:
            self._dense.warm_up()
        material = self._material()
        self._opened = _Opened(self._first(material))
        wants_full = self._embedder is not None and self._opened.search.manifest.kind == "lexical"
        self._thread = threading.Thread(target=self._behind, args=(wants_full,), name="index", daemon=True)
        self._building = wants_full
        self._progress = 0.0 if wants_full else 1.0
        self._thread.start()

    def embed(self, question: str) -> Vector | None:
        """The question's vector, one a turn for all who need it; None when LOKET_EMBEDDER is `none`."""
        if self._questions is not None and self._embedder is not None:
            # Cut as `TextEmbedder` cuts it.
            [vector] = vectors_of(self._embedder, self._questions, [question[:2000]])
            return np.asarray(vector)
        with self._lease() as search:
            return search.embed(question)

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
        """See `Search.search`."""
        with self._lease() as search:
            return search.search(
                question, on=on, kinds=kinds, region=region, sectors=sectors, limit=limit, vector=vector
            )

    def status(self) -> Status:
        """How the index is doing."""
        with self._lock:
            manifest = self._opened.search.manifest
            return Status(
                generation=manifest.id,
                kind=manifest.kind,
                passages=manifest.passages,
                building=self._building,
                progress=self._progress,
            )

    def wait_until_built(self, timeout_seconds: float) -> bool:
        """Wait for the background build; whether it is done. For commands and tests."""
        waited = threading.Event()
        for _ in range(int(timeout_seconds / 0.05)):
            if not self._building:
                return True
            waited.wait(0.05)
        return not self._building

    def retire(self) -> None:
        """Build and follow no more: another catalogue is served. What is open can still be asked, until it is closed."""
        self._stop.set()

    def close(self) -> None:
        """Stop building and close the generation. Requests must have ended."""
        self._stop.set()
        self._thread.join(timeout=30)
        with self._lock:
            self._opened.retired = True
            idle = self._opened.users == 0
        if idle:
            self._opened.search.close()

    @contextlib.contextmanager
    def _lease(self) -> Iterator[Search]:
        """The generation of now, which stays open until it is given back."""
        with self._lock:
            opened = self._opened
            opened.users += 1
        try:
            yield opened.search
        finally:
            with self._lock:
                opened.users -= 1
                last = opened.retired and opened.users == 0
            if last:
                opened.search.close()

    def _swap(self, search: Search) -> None:
        with self._lock:
            before, self._opened = self._opened, _Opened(search)
            before.retired = True
            idle = before.users == 0
        if idle:
            before.search.close()
        _log.info("index generation %s (%s) is served", search.manifest.id, search.manifest.kind)

    def _first(self, material: Material) -> Search:
        """What is served from the start: what fits already, else what can be made in about two seconds."""
        kinds: tuple[Literal["full", "lexical"], ...] = ("full", "lexical") if self._embedder else ("lexical",)
        for kind in kinds:
            if fitting := self._generations.fitting(material, kind):
                with contextlib.suppress(IndexProblem):
                    return self._served(fitting)
        lexical = self._generations.missing_vectors(material) > _AT_ONCE
        made = self._generations.build(material, lexical=lexical, anew=False)
        return self._generations.open(made.id)

    def _served(self, manifest: Manifest) -> Search:
        search = self._generations.open(manifest.id)
        if self._engine.current() != manifest.id:
            self._engine.use(manifest.id)
        return search

    def _behind(self, wants_full: bool) -> None:
        """The background thread: makes the full generation, then looks for what others publish."""
        _yield_to_visitors()
        if wants_full:
            try:
                made = self._generations.build(
                    self._material, anew=False, on_progress=self._advance, is_stopped=self._stop.is_set
                )
                self._swap(self._generations.open(made.id))
            except BuildStopped:
                return
            except Exception:
                _log.exception("the full index could not be made; search goes on by words alone")
            finally:
                self._building = False
        while not self._stop.wait(_LOOK_EVERY_SECONDS):
            try:
                self._follow()
            except Exception:
                _log.exception("the published index could not be opened; the one before stays")

    def _follow(self) -> None:
        """Serve what another process has published, if it says the same as this catalogue."""
        if self._engine.current() == self._opened.search.manifest.id:
            return
        with contextlib.suppress(NoGeneration):
            current = self._generations.current()
            if current and current.id != self._opened.search.manifest.id and self._is_ours(current):
                self._swap(self._generations.open(current.id))

    def _is_ours(self, manifest: Manifest) -> bool:
        made_with = self._embedder.fingerprint if self._embedder and manifest.kind == "full" else ""
        return manifest.catalogue == self._catalogue.version and manifest.embedder == made_with

    def _advance(self, done: int, total: int) -> None:
        self._progress = done / total
        if self._on_progress:
            self._on_progress(done, total)


def _yield_to_visitors() -> None:
    """Give this thread, and the ones the embedder starts from it, what processor time questions leave over."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
