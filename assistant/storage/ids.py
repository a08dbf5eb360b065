"""Ids of what the people store makes itself."""

import re
import uuid

_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_id() -> str:
    """An id that cannot be guessed."""
    return str(uuid.uuid4())


def is_id(text: str) -> bool:
    """Whether it can be one of ours. Anything else need not be asked of the database, which may choke on it."""
    return _SHAPE.fullmatch(text) is not None
