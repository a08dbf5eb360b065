"""IndexHome: where the index of an installation lives, and the parts that work on it."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.index.cache import VectorCache
from knowledge.index.dense import Embedder, embedder_of
from knowledge.index.edge import EdgeEngine
from knowledge.index.engine import Engine
from knowledge.index.generation import Generations, Material
from knowledge.index.passages import StoredPassages


@dataclass(frozen=True)
class IndexHome:
    """
    The folder, the embedder and the engine that an installation's settings name.

    :param var: The data folder; `index/`, `passages/` and `vectors.sqlite` are in it.
    :param embedder: `e5`, `none` or `sentence-transformers:<model or folder>`.
    :param qdrant_url: Of a Qdrant server; empty for the embedded engine.
    """

    var: Path
    embedder: str = "e5"
    qdrant_url: str = ""
    qdrant_api_key: str = field(default="", repr=False)
    index: Path | None = None
    """Where the generations are, if not in the data folder: what is only tried does not get among those served."""

    keeps_questions: bool = False
    """Whether vectors of questions are kept: of those that we ask ourselves again and again, never of a visitor's."""

    @property
    def _generations_in(self) -> Path:
        return self.index or self.var / "index"

    @cached_property
    def engine(self) -> Engine:
        """The embedded engine, or the server."""
        if self.qdrant_url:
            from knowledge.index.server import ServerEngine

            return ServerEngine.at(self.qdrant_url, self.qdrant_api_key, self._generations_in)
        return EdgeEngine(self._generations_in)

    @cached_property
    def model(self) -> Embedder | None:
        """The embedder, None for `none`. Raises `IndexProblem` if the setting names none that we know."""
        return embedder_of(self.embedder)

    @cached_property
    def generations(self) -> Generations:
        """To build, list, use and open."""
        return Generations(self.engine, self.model, VectorCache(self.var / "vectors.sqlite"))

    @property
    def stored(self) -> StoredPassages:
        """The passages of ingested documents."""
        return StoredPassages(self.var / "passages")

    def material(self, catalogue: Catalogue) -> Material:
        """All that an index of this catalogue is made from, here."""
        return Material.of(catalogue, self.stored)
