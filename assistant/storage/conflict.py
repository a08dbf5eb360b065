"""INSERT … ON CONFLICT DO NOTHING, which each of the two databases spells in its own dialect."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant.storage.tables import Base


def inserted_unless_there(
    session: Session, row: type[Base], values: dict[str, Any], unique: str, returning: InstrumentedAttribute[str]
) -> str | None:
    """
    Insert a row, unless another one has the same value in a column.

    :param unique: The name of that column.
    :returns: What the new row holds in `returning`; None if there was one already.
    """
    if session.get_bind().dialect.name == "postgresql":
        return session.scalar(
            postgresql_insert(row).values(values).on_conflict_do_nothing(index_elements=[unique]).returning(returning)
        )
    return session.scalar(
        sqlite_insert(row).values(values).on_conflict_do_nothing(index_elements=[unique]).returning(returning)
    )
