"""Opens the people store, set so that an acknowledged lead is never lost and what is erased is overwritten."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import StoreUnavailable
from assistant.storage.lead_search import forget_erased
from knowledge.database import Sessions, open_database

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7305144
_PRAGMAS = (
    "synchronous=FULL",  # An acknowledged lead survives a power cut, which NORMAL does not promise.
    "secure_delete=ON",  # What is erased is overwritten.
)

__all__ = ["Sessions", "drop_traces", "open_store"]


def open_store(url: str) -> Sessions:
    """
    The people store at an SQLAlchemy address, with its tables up to date.

    :param url: `sqlite:///var/people.sqlite` (the folder is made) or `postgresql+psycopg://…`.
    :returns: Makes sessions: `with sessions.begin() as session` commits at the end, or takes everything back.
    :raises StoreUnavailable: If it cannot be opened or migrated; the message says why and what to check.
    """
    try:
        return open_database(url, _MIGRATIONS, _LOCK, _PRAGMAS)
    except ImportError as error:
        raise StoreUnavailable(f"{error}; PostgreSQL needs `pip install loketgids[postgres]`") from error
    except (SQLAlchemyError, OSError) as error:
        raise StoreUnavailable(_reason(error)) from error


def drop_traces(sessions: Sessions) -> None:
    """Empty SQLite's search index and write-ahead log of what was erased, so that no file holds it any more."""
    with sessions.begin() as session:
        forget_erased(session)
    with sessions() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
