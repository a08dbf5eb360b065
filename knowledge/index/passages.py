"""StoredPassages: what was ingested from documents, beside the passages of the records."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from knowledge.index.engine import IndexProblem
from knowledge.index.files import replace_text
from knowledge.passage import Passage


@dataclass(frozen=True)
class StoredPassages:
    """
    One file a source, `<source id>.jsonl`, a passage a line; a source is replaced whole and in one step.

    :param folder: Usually `var/passages`.
    """

    folder: Path

    def __iter__(self) -> Iterator[Passage]:
        """Every passage of every source, sources by id, passages in reading order."""
        for path in sorted(self.folder.glob("[!.]*.jsonl")):
            yield from self._read(path)

    def sources(self) -> list[str]:
        """The ids of the sources that have been ingested."""
        return sorted(path.stem for path in self.folder.glob("[!.]*.jsonl"))

    def of(self, source_id: str) -> list[Passage]:
        """The passages of one source, none if it was never ingested."""
        path = self.folder / f"{source_id}.jsonl"
        return list(self._read(path)) if path.exists() else []

    def replace(self, source_id: str, passages: Iterable[Passage]) -> None:
        """Keep these passages as all there is of the source; with none, the source is gone."""
        lines = [
            json.dumps(each.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) for each in passages
        ]
        path = self.folder / f"{source_id}.jsonl"
        if lines:
            replace_text(path, "\n".join(lines) + "\n")
        else:
            path.unlink(missing_ok=True)

    def _read(self, path: Path) -> Iterator[Passage]:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield Passage.model_validate_json(line)
                except (ValidationError, UnicodeDecodeError) as error:
                    raise IndexProblem(
                        f"{path}:{number} is no passage; ingest source {path.stem} again, or remove the file"
                    ) from error
