"""The login form."""

from dataclasses import dataclass

from assistant.desk.pages.parts import Shell


@dataclass(frozen=True)
class LoginPage:
    """The login form."""

    shell: Shell
    token: str
    next: str
    email: str = ""
    error: str = ""
