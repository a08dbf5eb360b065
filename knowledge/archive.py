"""Catalogues that were published, kept as files, so that an old advice can be judged again as it was."""

import gzip
import json
import logging
import os
import re
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from knowledge.catalogue import Catalogue, Content
from knowledge.index.files import replace_bytes
from knowledge.reader import RECORD_TYPES, publish
from knowledge.record import Record

_VERSION = re.compile(r"[0-9a-f]{12}")
_SUFFIX = ".json.gz"
_HINTS = get_type_hints(Content)

_log = logging.getLogger(__name__)


class CatalogueArchive:
    """
    A folder with a file for each catalogue, named after its version.

    The age of a file is the time since it was last the published one: `keep` it daily.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, catalogue: Catalogue, at: datetime) -> bool:
        """
        Keep what is published; one that is there already is marked as in use.

        :returns: Whether it had not been kept yet.
        :raises OSError: If the folder cannot be written.
        """
        file = self._file(catalogue.version)
        is_new = not file.exists()
        if is_new:
            replace_bytes(file, gzip.compress(_written(catalogue), 6, mtime=0))
        os.utime(file, (at.timestamp(), at.timestamp()))
        return is_new

    def find(self, version: str) -> Catalogue | None:
        """
        The catalogue of that version; None if it is not kept, or can no longer be read.

        A later version of this program may know other fields. What it cannot read as it was is not read at all: half
        a catalogue would give another advice.
        """
        file = self._file(version)
        if _VERSION.fullmatch(version) is None or not file.exists():
            return None
        try:
            catalogue = publish(_content(json.loads(gzip.decompress(file.read_bytes()))))
        except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
            kind = "other fields" if isinstance(error, ValidationError) else type(error).__name__
            _log.warning("the archived catalogue %s cannot be read (%s): receipts of it cannot be replayed", file, kind)
            return None
        if catalogue.version != version:
            _log.warning("the archived catalogue %s is now read as %s and not used", file, catalogue.version)
            return None
        return catalogue

    def drop_unused_since(self, moment: datetime) -> int:
        """
        Remove what was last published before that moment.

        :returns: How many were removed.
        """
        old = [file for file in self.folder.glob(f"*{_SUFFIX}") if file.stat().st_mtime < moment.timestamp()]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)

    def _file(self, version: str) -> Path:
        return self.folder / f"{version}{_SUFFIX}"


def _written(catalogue: Catalogue) -> bytes:
    groups = {
        group.name: [item.model_dump(mode="json", by_alias=True) for item in getattr(catalogue.content, group.name)]
        for group in fields(Content)
    }
    return json.dumps(groups, ensure_ascii=False, separators=(",", ":")).encode()


def _content(groups: dict[str, list[Any]]) -> Content:
    """
    What `_written` wrote.

    :raises ValueError, KeyError, TypeError: If it holds something that the models of today do not know.
    """
    read = {
        name: TypeAdapter(_HINTS[name]).validate_python(items) for name, items in groups.items() if name != "records"
    }
    records: tuple[Record, ...] = tuple(RECORD_TYPES[item["kind"]].model_validate(item) for item in groups["records"])
    return Content(records=records, **read)
