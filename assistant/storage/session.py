"""Opens the people store: makes its folder, brings its tables up to date, and sets SQLite to lose nothing."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from assistant.errors import StoreUnavailable

Sessions = sessionmaker[Session]

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 7305144
"""Any number that is ours: PostgreSQL's advisory lock while the tables change."""

_PRAGMAS = (
    "busy_timeout=10000",  # First: the next one may have to wait for another process that opens the same file.
    "journal_mode=WAL",
    "synchronous=FULL",  # An acknowledged lead survives a power cut, which NORMAL does not promise.
    "foreign_keys=ON",
    "secure_delete=ON",  # What is erased is overwritten.
)


def open_store(url: str) -> Sessions:
    """
    The people store at an SQLAlchemy address, with its tables up to date.

    :param url: `sqlite:///var/people.sqlite` (the folder is made) or `postgresql+psycopg://…`.
    :returns: Makes sessions: `with sessions.begin() as session` commits at the end, or takes everything back.
    :raises StoreUnavailable: If it cannot be opened or migrated; the message says why and what to check.
    """
    try:
        engine = _engine(url)
        _migrate(engine)
    except ImportError as error:
        raise StoreUnavailable(f"{error}; PostgreSQL needs `pip install loketgids[postgres]`") from error
    except (SQLAlchemyError, OSError) as error:
        raise StoreUnavailable(_reason(error)) from error
    return sessionmaker(engine, expire_on_commit=False)


def drop_traces(sessions: Sessions) -> None:
    """Empty SQLite's write-ahead log into the file, so that what was erased is in neither of them."""
    with sessions() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        # An address without a driver means psycopg 3, the one that the extra `postgres` brings.
        address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=30, hide_parameters=True)
    if address.database:
        file = Path(address.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    # Parameters hold what visitors typed, and errors end up in logs.
    engine = create_engine(address, pool_size=10, max_overflow=30, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    # SQLite's own lower() knows ASCII alone, and a search for "özlem" has to find Özlem.
    connection.create_function(
        "lower", 1, lambda value: None if value is None else str(value).lower(), deterministic=True
    )


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date; when several processes start at once, one does it and the others wait."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
