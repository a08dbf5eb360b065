"""Steps: how long each step of a turn took, for the measurements of an installation and for the evaluation."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Literal

Step = Literal["screen", "embed", "understand", "consult", "search", "compose", "verify"]
"""`embed` is the one call of the embedder; `search` is the index, and not counted in `consult` again."""

_took: ContextVar[dict[str, float] | None] = ContextVar("took", default=None)


@contextmanager
def timed_turn() -> Iterator[Mapping[str, float]]:
    """
    Time the steps of one turn.

    :returns: Milliseconds by step, filled while the block runs; a step that ran twice is added up.
    """
    took: dict[str, float] = {}
    token = _took.set(took)
    try:
        yield took
    finally:
        _took.reset(token)


@contextmanager
def step(name: Step, within: Step | None = None) -> Iterator[None]:
    """
    What happens in the block counts for this step.

    :param within: The step around it, from which the time is taken off: it is counted once.
    """
    took = _took.get()
    if took is None:
        yield
        return
    began = perf_counter()
    try:
        yield
    finally:
        milliseconds = 1000 * (perf_counter() - began)
        took[name] = took.get(name, 0.0) + milliseconds
        if within is not None:
            took[within] = took.get(within, 0.0) - milliseconds
