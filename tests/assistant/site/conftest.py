"""A browser without JavaScript at the real application, and a visit on a day of our choice."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from assistant.app import create_app
from assistant.eligibility.verdict import Eligibility
from assistant.settings import Settings
from assistant.site.visit import Visit
from knowledge.catalogue import Catalogue
from knowledge.place import Region

Open = Callable[..., html.HtmlElement]


@pytest.fixture(scope="session")
def visitor(installed: Path) -> Iterator[TestClient]:
    """A browser at the real application."""
    settings = Settings(var=installed, embedder="none", rate_limit="off", public_url="https://gids.example.org/")
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="session")
def open_page(visitor: TestClient) -> Open:
    """Opens a page that has to be there."""

    def open_(address: str, **query: str) -> html.HtmlElement:
        answer = visitor.get(address, params=query or None)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return html.fromstring(answer.text)

    return open_


@pytest.fixture(scope="session")
def visit(catalogue: Catalogue, eligibility: Eligibility) -> Callable[..., Visit]:
    """Makes a visit to the delivered content."""

    def make(path: str = "/", on: date = date(2026, 9, 1), region: str = "", **fields: Any) -> Visit:
        given = {
            "catalogue": catalogue,
            "eligibility": eligibility,
            "on": on,
            "path": path,
            "asked": {},
            "pairs": (),
            "region": catalogue.get(region, Region) if region else None,
            "home_region": "haaglanden",
            "public_url": "https://gids.example.org",
        }
        return Visit(**{**given, **fields})

    return make
