"""VectorCache: vectors by the hash of what they were made from, so that a rebuild embeds only what changed."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]

_log = logging.getLogger(__name__)
_BATCH = 500


class VectorCache:
    """
    A table in one SQLite file. It may be thrown away at any time: what is missing is embedded again.

    Threads and processes may use it at the same time. A file that is damaged or a disk that is full costs time, never
    an index.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, fingerprint: str, digests: Iterable[str]) -> dict[str, Vector]:
        """The vectors that this embedder made before, by the digest of their text."""
        wanted, found = list(dict.fromkeys(digests)), {}
        with contextlib.suppress(sqlite3.Error, OSError), self._open() as database:
            for at in range(0, len(wanted), _BATCH):
                batch = wanted[at : at + _BATCH]
                marks = ",".join("?" * len(batch))
                rows = database.execute(
                    f"SELECT digest, vector FROM vectors WHERE embedder = ? AND digest IN ({marks})",  # noqa: S608
                    [fingerprint, *batch],
                )
                found.update({digest: np.frombuffer(blob, dtype=np.float32) for digest, blob in rows})
        return found

    def keep(self, fingerprint: str, vectors: Mapping[str, Vector]) -> None:
        """Remember these vectors, by the digest of their text."""
        rows = [(fingerprint, digest, vector.astype(np.float32).tobytes()) for digest, vector in vectors.items()]
        try:
            with self._open() as database:
                database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        except (sqlite3.Error, OSError) as error:
            _log.warning("vectors are not remembered (%s): the next build takes as long as this one", error)

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path, timeout=10)
        try:
            with database:
                database.execute("PRAGMA journal_mode = WAL")
                database.execute(
                    "CREATE TABLE IF NOT EXISTS vectors "
                    "(embedder TEXT, digest TEXT, vector BLOB NOT NULL, PRIMARY KEY (embedder, digest)) WITHOUT ROWID"
                )
                yield database
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            _log.warning("%s is damaged and is made anew", self._path)
            self._path.unlink(missing_ok=True)
            raise
        finally:
            database.close()
