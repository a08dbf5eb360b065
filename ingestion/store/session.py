"""Opens the knowledge store for ingestion."""

from pathlib import Path

from knowledge.database import Sessions, open_database

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7305145
_PRAGMAS = ("synchronous=NORMAL",)
"""After a power cut a page is fetched again, which costs less than waiting for the disk at each page."""


def open_knowledge(url: str) -> Sessions:
    """
    The knowledge store at an SQLAlchemy address, with ingestion's tables up to date.

    :raises SQLAlchemyError, OSError: If it cannot be opened or migrated.
    """
    return open_database(url, _MIGRATIONS, _LOCK, _PRAGMAS)
