"""Pairs: two things that may be the same, and what editors said of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Pairs:
    """What is known of pairs, of whatever source."""

    same: Mapping[str, str] = field(default_factory=dict)
    """By pair that is one thing the source of which it was said."""
    different: frozenset[str] = frozenset()
    """Pairs that are not the same."""
    waiting: Mapping[str, str] = field(default_factory=dict)
    """By pair that an editor has still to look at the source that it was found at."""

    def says_same(self, one: str, other: str) -> bool:
        """Whether an editor said that these are one thing."""
        return pair_id(one, other) in self.same

    def says_different(self, one: str, other: str) -> bool:
        """Whether an editor said that these are two things."""
        return pair_id(one, other) in self.different


def pair_id(one: str, other: str) -> str:
    """A name for two things together, whichever comes first."""
    both = "\n".join(sorted((one, other)))
    return f"paar-{hashlib.sha256(both.encode()).hexdigest()[:16]}"
