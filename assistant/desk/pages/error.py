"""An error as a page."""

from dataclasses import dataclass

from assistant.desk.pages.parts import Shell


@dataclass(frozen=True)
class ErrorPage:
    """What went wrong, and what to do."""

    shell: Shell
    heading: str
    text: str
