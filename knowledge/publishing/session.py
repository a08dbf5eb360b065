"""Opens the knowledge store for editors, set so that what was published stays published."""

from pathlib import Path

from knowledge.database import Sessions, open_database

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7305146
_PRAGMAS = ("synchronous=FULL",)
"""A draft that was saved and a publication that was told survive a power cut, which NORMAL does not promise."""


def open_publishing(url: str) -> Sessions:
    """
    The knowledge store at an SQLAlchemy address, with the editors' tables up to date.

    :raises SQLAlchemyError, OSError: If it cannot be opened or migrated.
    """
    return open_database(url, _MIGRATIONS, _LOCK, _PRAGMAS)
