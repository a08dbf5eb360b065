"""The money of the delivered content, on a day in study year 2026-2027."""

from datetime import date

import pytest

from assistant.money.finances import Finances
from knowledge.catalogue import Catalogue
from knowledge.reader import read_catalogue

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue()


@pytest.fixture(scope="session")
def finances(catalogue: Catalogue) -> Finances:
    return Finances(catalogue, TODAY)
