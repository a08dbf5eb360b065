"""What time it is, as something that can be handed over and set in a test."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The moment, in UTC, with its zone."""
    return datetime.now(UTC)
