"""Documents as they come in, and a home for their passages."""

from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue, Content
from knowledge.index.home import IndexHome


@pytest.fixture
def catalogue() -> Catalogue:
    """A catalogue without records."""
    return Catalogue("v1", Content())


@pytest.fixture
def home(tmp_path: Path) -> IndexHome:
    """A data folder of its own; words alone are searched, which is what ingestion needs."""
    return IndexHome(tmp_path / "var", "none")


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The five plans that lie beside the project."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    found = sorted(folder.glob("*.txt"))
    if len(found) != 5:
        pytest.skip(f"the five plans are not in {folder}")
    return found
