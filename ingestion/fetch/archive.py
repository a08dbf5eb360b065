"""Archive: raw pages by the hash of their bytes, so that what was read can be read again."""

import gzip
import hashlib
from pathlib import Path
from uuid import uuid4


class Archive:
    """A folder of packed pages. The same bytes are kept once, whoever gave them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, body: bytes) -> str:
        """Keep bytes and give their SHA-256; a file is there whole or not at all."""
        digest = hashlib.sha256(body).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = path.with_suffix(f".{uuid4().hex}")
            whole.write_bytes(gzip.compress(body, compresslevel=5, mtime=0))
            whole.replace(path)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of that hash.

        :raises FileNotFoundError: If they are not kept.
        """
        return gzip.decompress(self._path(digest).read_bytes())

    def __contains__(self, digest: str) -> bool:
        return self._path(digest).exists()

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.gz"
