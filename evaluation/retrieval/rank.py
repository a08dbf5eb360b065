"""The place at which a right record is found."""

from collections.abc import Sequence

_DEEPEST = 10


def rank_of(records: Sequence[str], expected: Sequence[str]) -> int | None:
    """The place of the first right record, from 1; None if none is among the first ten."""
    return next((place for place, each in enumerate(records[:_DEEPEST], start=1) if each in expected), None)
