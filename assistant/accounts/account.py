"""Somebody who may log in."""

from dataclasses import dataclass
from datetime import datetime

from assistant.accounts.role import Role


@dataclass(frozen=True)
class Account:
    """A colleague."""

    id: str
    name: str
    email: str
    regions: tuple[str, ...]
    role: Role
    disabled: bool
    stamp: str
    """Changes with the password, so that what was begun with an old one cannot be finished."""
    has_password: bool = True
    """False: invited, and not come in yet, or somebody who logs in elsewhere."""
    has_second_step: bool = False
    last_login_at: datetime | None = None
