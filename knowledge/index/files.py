"""Files that are there whole or not at all, also after a power cut."""

import os
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write the text as that file in one step: a reader sees the old or the new one."""
    replace_bytes(path, text.encode())


def replace_bytes(path: Path, content: bytes) -> None:
    """The same for a file that is no text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with made.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    sync_tree(path.parent, deep=False)


def sync_tree(folder: Path, deep: bool = True) -> None:
    """Have the folder's names on disk, and with `deep` everything under it too."""
    if deep:
        for path in folder.rglob("*"):
            _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
