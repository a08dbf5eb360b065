"""
What many tests ask for and always comes out the same is worked out once a process, and what is slow on purpose is quick.

Every service that a test starts reads the delivered content, checks it and compares its thousands of sentences: three
seconds of a core, for what another test had a moment ago. Content that differs in anything is read and checked anew.
Every login takes a sixth of a second, so that passwords cannot be guessed; a test logs in hundreds of times.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from assistant.answering.understand import phrasings
from assistant.storage import accounts
from knowledge.catalogue import Content
from knowledge.reader import CONTENT, ContentReader, Problem, content_files

_LARGE = 1_000
"""So many items are content as delivered, and not the few of a test."""
_KEPT = 8
HASHER_OF_SERVICE = accounts._hasher
"""What passwords are really kept with."""


def install() -> None:
    """Work out once a process from now on."""
    ContentReader.read = _reading_once(ContentReader.read)  # type: ignore[method-assign]
    ContentReader.check = _checking_once(ContentReader.check)  # type: ignore[method-assign]
    phrasings.SpeltAlike = lru_cache(_KEPT)(phrasings.SpeltAlike)  # type: ignore[misc, assignment]
    accounts._hasher = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


def _reading_once(read: Callable[[ContentReader], Content]) -> Callable[[ContentReader], Content]:
    kept: dict[object, tuple[Content, ContentReader]] = {}

    def read_once(reader: ContentReader) -> Content:
        if reader.folder != CONTENT:
            return read(reader)
        stamp = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in content_files(CONTENT))
        if stamp not in kept:
            fresh = ContentReader(CONTENT)
            kept[stamp] = read(fresh), fresh
        content, fresh = kept[stamp]
        reader.problems.extend(fresh.problems)
        reader._entries.extend(fresh._entries)
        return content

    return read_once


def _checking_once(check: Callable[[ContentReader], None]) -> Callable[[ContentReader], None]:
    # With the items themselves, which never change: as long as they are kept, nothing else has their place in memory.
    kept: dict[tuple[Any, ...], tuple[list[Any], list[Problem]]] = {}

    def check_once(reader: ContentReader) -> None:
        if len(reader._entries) < _LARGE or reader.problems:
            check(reader)
            return
        asked = tuple((each.file, each.line, id(each.item)) for each in reader._entries)
        if asked not in kept:
            check(reader)
            if len(kept) == _KEPT:
                kept.pop(next(iter(kept)))
            kept[asked] = [each.item for each in reader._entries], list(reader.problems)
            return
        reader.problems.extend(kept[asked][1])

    return check_once
