"""Keuzewijzers over the delivered content, and pictures for their covers."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from assistant.eligibility.verdict import Eligibility
from assistant.keuzewijzer.choosing import select
from assistant.keuzewijzer.compose import compose
from assistant.keuzewijzer.document import Keuzewijzer

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
Make = Callable[..., Keuzewijzer]


@pytest.fixture(scope="session")
def made(eligibility: Eligibility) -> Make:
    """Makes a keuzewijzer of the delivered content: `made("po", "ldb", "Stichting De Zonnewijzer")`."""

    def make(
        sector: str, region: str, board: str = "Stichting De Zonnewijzer", routes: tuple[str, ...] = ()
    ) -> Keuzewijzer:
        return compose(eligibility, select(eligibility.catalogue, sector, region, routes, board, eligibility.on))

    return make


@pytest.fixture(scope="session")
def picture() -> Callable[..., bytes]:
    """A picture in a format, as bytes."""

    def draw(kind: str = "PNG", size: tuple[int, int] = (320, 120), **saved: object) -> bytes:
        file = io.BytesIO()
        Image.new("RGB", size, "#b3541e").save(file, kind, **saved)
        return file.getvalue()

    return draw


@pytest.fixture(scope="session")
def payloads() -> list[str]:
    """Markup that tries to run something: a published list where it is there, and what typst would run."""
    file = SHARED / "xss_payloads.txt"
    if not file.is_file():
        pytest.skip(f"needs {file.name} in ../shared/data, a list of hostile markup")
    return file.read_text(encoding="utf-8").splitlines()[::40]
