"""Leaning: what a turn leaned on, told while it is answered; for trying out a change and for knowing what it can touch."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from assistant.answering.consult.ranking import Choice
from assistant.answering.turn import Understood
from assistant.eligibility.verdict import RouteVerdict
from knowledge.index.search import Hit


@dataclass(frozen=True)
class Searched:
    """One search, and what it found, best first."""

    question: str
    kinds: tuple[str, ...] | None
    region: str | None
    sectors: tuple[str, ...] | None
    limit: int
    hits: Sequence[Hit]


@dataclass
class Leaning:
    """Filled while a turn is answered, in the order in which things happened."""

    understood: list[Understood] = field(default_factory=list)
    """One a question of the message."""
    searches: list[Searched] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    verdicts: list[tuple[RouteVerdict, ...]] = field(default_factory=list)
    """Every route, each time that routes were judged."""


_watched: ContextVar[Leaning | None] = ContextVar("leaning", default=None)


@contextmanager
def watched_turn() -> Iterator[Leaning]:
    """Look on while turns are answered in this thread. What is seen holds what a visitor typed: it is not to be kept."""
    leaning = Leaning()
    token = _watched.set(leaning)
    try:
        yield leaning
    finally:
        _watched.reset(token)


def watching() -> Leaning | None:
    """Who looks on; None for visitors."""
    return _watched.get()
