"""Opens a database: makes its folder, brings its tables up to date, and sets SQLite to lose nothing."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import DateTime, Dialect, Engine, TypeDecorator, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

Sessions = sessionmaker[Session]

_PRAGMAS = (
    "busy_timeout=10000",  # First: the next one may have to wait for another process that opens the same file.
    "journal_mode=WAL",
    "foreign_keys=ON",
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone on the way in and out, kept in UTC. SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone does not go into the people store")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def open_database(url: str, migrations: Path, lock: int, pragmas: tuple[str, ...] = ()) -> Sessions:
    """
    The database at an SQLAlchemy address, with its tables up to date.

    :param url: `sqlite:///var/people.sqlite` (the folder is made) or `postgresql+psycopg://…`.
    :param migrations: The folder with Alembic's `env.py` and the versions.
    :param lock: Any number that is this database's own: PostgreSQL's advisory lock while the tables change.
    :param pragmas: What this database asks of SQLite besides, as in `synchronous=FULL`.
    :returns: Makes sessions: `with sessions.begin() as session` commits at the end, or takes everything back.
    :raises SQLAlchemyError, OSError: If it cannot be opened or migrated.
    :raises ImportError: If the driver of PostgreSQL is not installed.
    """
    engine = _engine(url, pragmas)
    _migrate(engine, migrations, lock)
    return sessionmaker(engine, expire_on_commit=False)


def _engine(url: str, pragmas: tuple[str, ...]) -> Engine:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        # An address without a driver means psycopg 3, the one that the extra `postgres` brings.
        address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=30, hide_parameters=True)
    if address.database:
        file = Path(address.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    # Parameters hold what people typed, and errors end up in logs.
    engine = create_engine(address, pool_size=10, max_overflow=30, hide_parameters=True)

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        # SQLite's own lower() knows ASCII alone, and a search for "özlem" has to find Özlem.
        connection.create_function(
            "lower", 1, lambda value: None if value is None else str(value).lower(), deterministic=True
        )

    event.listen(engine, "connect", prepare)
    return engine


def _migrate(engine: Engine, migrations: Path, lock: int) -> None:
    """Bring the tables up to date; when several processes start at once, one does it and the others wait."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
