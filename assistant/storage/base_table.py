"""What every row of the people store is made of."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Dialect, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from knowledge.database import UtcDateTime


class Words(TypeDecorator[str]):
    """Text from outside. PostgreSQL refuses the NUL sign, which nobody types, so it is left out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value.replace("\x00", "") if value is not None else None


class Base(DeclarativeBase):
    """The people store, with names for constraints so that migrations can reach them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }
