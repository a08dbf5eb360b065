"""Change: one thing that is not what it was, as it is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Topic = Literal["route", "money"]
What = Literal["new", "gone", "changed"]


@dataclass(frozen=True)
class Line:
    """A field that differs. Empty: it was not there."""

    label: str
    was: tuple[str, ...]
    now: tuple[str, ...]
    is_dutch: bool = False
    """Whether its words are Dutch in English news."""


@dataclass(frozen=True)
class Reference:
    """A source that says how it is now."""

    title: str
    publisher: str
    address: str | None
    as_of: str
    """As precise as the source: `2026-09`."""


@dataclass(frozen=True)
class Change:
    """One item that changed, in the words of one language."""

    id: str
    """The same in both languages and for ever: `p12-records-wettelijk-collegegeld`."""
    batch: str
    """What was published with it: `p12`."""
    at: datetime
    topic: Topic
    what: What
    title: str
    heading: str
    """What changed, for above the old and the new."""
    sentence: str
    """The same to stand alone: with old and new in it where they are short."""
    lines: tuple[Line, ...]
    references: tuple[Reference, ...]
    record: str
    """The id of the record whose page tells how it is now; empty: there is none any more."""
    routes: tuple[str, ...]
    """Ids of the routes that it matters to."""
    regions: tuple[str, ...]
    """Empty: every region."""
    told: str = ""
    """What an editor tells of everything that was published with it, if it says no number that the change does not."""
    is_put_back: bool = False
