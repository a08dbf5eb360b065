"""Interval: how far a score may be off because only so many cases were asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 2_000
_SEED = 20261122


@dataclass(frozen=True)
class Interval:
    """A statistic over cases and where it lies in 95 of 100 draws of as many cases."""

    value: float
    low: float
    high: float


def bootstrap(count: int, statistic: Callable[["np.ndarray[tuple[int], np.dtype[np.int64]]"], float]) -> Interval:
    """
    The percentile bootstrap, with a fixed seed: the same cases give the same interval.

    :param count: How many cases there are.
    :param statistic: The statistic of the cases with these indices, which may hold one twice.
    :returns: Not-a-number three times if there are no cases.

    Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
    """
    if count == 0:
        return Interval(float("nan"), float("nan"), float("nan"))
    random = np.random.default_rng(_SEED)
    draws = [statistic(random.integers(0, count, count)) for _ in range(_RESAMPLES)]
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return Interval(float(statistic(np.arange(count))), float(low), float(high))


def bootstrap_mean(values: Sequence[float]) -> Interval:
    """The mean of one value a case."""
    array = np.asarray(values, dtype=float)
    return bootstrap(len(values), lambda drawn: float(array[drawn].mean()))


def bootstrap_percentile(values: Sequence[float], percentile: float) -> Interval:
    """A percentile of one value a measurement, from 0 to 100."""
    array = np.asarray(values, dtype=float)
    return bootstrap(len(values), lambda drawn: float(np.percentile(array[drawn], percentile)))
