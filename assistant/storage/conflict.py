"""INSERT … ON CONFLICT DO NOTHING, which each of the two databases spells in its own dialect."""

from typing import Any, TypeVar

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant.storage.tables import Base

_Key = TypeVar("_Key")


def inserted_unless_there(
    session: Session,
    row: type[Base],
    values: dict[str, Any],
    unique: str | tuple[str, ...],
    returning: InstrumentedAttribute[_Key],
) -> _Key | None:
    """
    Insert a row, unless another one has the same value in a column, or in some together.

    :param unique: The name of that column, or of those.
    :returns: What the new row holds in `returning`; None if there was one already.
    """
    columns = [unique] if isinstance(unique, str) else list(unique)
    if session.get_bind().dialect.name == "postgresql":
        return session.scalar(
            postgresql_insert(row).values(values).on_conflict_do_nothing(index_elements=columns).returning(returning)
        )
    return session.scalar(
        sqlite_insert(row).values(values).on_conflict_do_nothing(index_elements=columns).returning(returning)
    )
