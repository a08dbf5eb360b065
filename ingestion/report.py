"""IngestReport: what was added, removed and refused, and why."""

from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken, and what to do about it."""

    file: str
    why: str
    fix: str


@dataclass(frozen=True)
class FileTaken:
    """A file that was taken."""

    file: str
    language: str
    passages: int


@dataclass(frozen=True)
class IngestReport:
    """What one run did with one source. Numbers are passages; what changed counts as removed and added."""

    source_id: str
    taken: tuple[FileTaken, ...] = ()
    refused: tuple[Refusal, ...] = ()
    added: int = 0
    unchanged: int = 0
    removed: int = 0
    generation: str = ""
    """The index generation in which it can be found; empty if nothing was ingested."""

    @property
    def is_complete(self) -> bool:
        """Whether every file was taken."""
        return bool(self.taken) and not self.refused

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready data."""
        return asdict(self) | {"complete": self.is_complete}

    def table(self) -> RenderableType:
        """For a person at a terminal."""
        files = Table("File", "Language", "Passages", "Outcome", title=f"Source {self.source_id}", title_justify="left")
        for each in self.taken:
            files.add_row(Text(each.file), each.language, str(each.passages), "taken")
        for refusal in self.refused:
            files.add_row(Text(refusal.file), "", "", Text(f"refused: {refusal.why}; {refusal.fix}", style="red"))
        done = f"{self.added} passages added, {self.unchanged} unchanged, {self.removed} removed"
        where = f"; served in generation {self.generation}" if self.generation else "; the index is as it was"
        return Group(files, Text(done + where))
