"""Problem: one thing that is wrong in the content, for whom mends it."""

from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the content, where, and what to do about it."""

    file: str
    line: int
    what: str
    fix: str
    dutch: str = ""
    """The same for an editor; empty where only who writes YAML can come across it."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} -> {self.fix}"


class ContentError(Exception):
    """The content cannot be published; `problems` says why, each with what to do."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        more = f"\n... and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__("\n".join(str(problem) for problem in problems[:20]) + more)


@dataclass
class Entry:
    """An item that is well-formed, and where it stands."""

    file: str
    line: int
    item: BaseModel
