"""Somebody who may log in."""

from dataclasses import dataclass

from assistant.accounts.role import Role


@dataclass(frozen=True)
class Account:
    """A colleague. `stamp` changes with the password: a session made before is over then."""

    id: str
    name: str
    email: str
    regions: tuple[str, ...]
    role: Role
    disabled: bool
    stamp: str
