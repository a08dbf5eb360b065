"""Passages in the words of the field, and both engines: the embedded one, and a server's stand-in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from knowledge.catalogue import Catalogue, Content
from knowledge.index.edge import EdgeEngine
from knowledge.index.engine import Engine
from knowledge.index.generation import Material
from knowledge.index.server import ServerEngine
from knowledge.passage import Passage

MakePassage = Callable[..., Passage]


def _passage(number: int, title: str, text: str, **more: object) -> Passage:
    filled = {"id": f"plan#{number}", "source_id": "plan", "kind": "document", "publisher": "Gemeente", "as_of": "2026"}
    return Passage.model_validate(filled | {"title": title, "text": text} | more)


@pytest.fixture
def passage() -> MakePassage:
    """Makes a passage of a document, with what a test does not care about filled in."""
    return _passage


@pytest.fixture
def catalogue() -> Catalogue:
    """A catalogue without records: what is found comes from documents."""
    return Catalogue("v1", Content())


@pytest.fixture(scope="session")
def material() -> Material:
    """Eight passages that differ in subject, kind, region, sector and validity."""
    return Material(
        catalogue="v1",
        glossary=(("Pedagogisch-didactisch getuigschrift", "PDG"),),
        passages=(
            _passage(0, "Zij-instroom", "Met een zij-instroomtraject sta je betaald voor de klas.", kind="route"),
            _passage(1, "Collegegeld", "Het wettelijk collegegeld voor de pabo is dit jaar 2.694 euro.", kind="cost"),
            _passage(2, "Loket Den Haag", "Bel het loket in Den Haag.", kind="loket", regions=("haaglanden",)),
            _passage(3, "Loket Leiden", "Bel het loket in Leiden.", kind="loket", regions=("ldb",)),
            _passage(
                4, "Mbo-docent", "Voor het mbo haal je een pedagogisch-didactisch getuigschrift.", sectors=("mbo",)
            ),
            _passage(5, "Oude subsidie", "De subsidie zij-instroom was 20.000 euro.", valid_until=date(2025, 1, 1)),
            _passage(6, "Nieuwe subsidie", "De subsidie zij-instroom is 25.000 euro.", valid_from=date(2026, 1, 1)),
            _passage(7, "Lerarentekort", "Het tekort aan leraren in het basisonderwijs was 547 fte.", page=12),
        ),
    )


@pytest.fixture(scope="session")
def make_engine() -> Callable[[str, Path], Engine]:
    """
    Makes an engine, `embedded` or `server`, with an empty store.

    A Qdrant server cannot run here: qdrant-client's own in-memory mode stands in for it. It takes the same calls and
    gives the same kinds of answers; it says nothing about a server's speed or its behaviour when the network fails.
    """

    def make(kind: str, folder: Path) -> Engine:
        if kind == "embedded":
            return EdgeEngine(folder / "index")
        return ServerEngine(QdrantClient(":memory:"), folder / "locks")

    return make


@pytest.fixture(params=["embedded", "server"])
def engine(request: pytest.FixtureRequest, make_engine: Callable[[str, Path], Engine], tmp_path: Path) -> Engine:
    """Each engine with an empty store."""
    return make_engine(request.param, tmp_path)
