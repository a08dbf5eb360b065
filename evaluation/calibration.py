"""Calibration: whether what was said to be so sure came true as often."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.interval import bootstrap
from evaluation.result import Curve, Point, Score, score

_BINS = 10
Floats = NDArray[np.float64]


def calibration_scores(said: Sequence[float], came: Sequence[bool]) -> tuple[Score, Score]:
    """
    The expected calibration error over ten bins of equal width, and the Brier score; the lower the better, 0 to 1.

    :param said: How sure, 0 to 1, one a case.
    :param came: Whether it was right.

    Source: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015;
    Brier, "Verification of Forecasts Expressed in Terms of Probability", 1950.
    """
    sure, right = np.asarray(said, dtype=float), np.asarray(came, dtype=float)
    return (
        score(
            "calibration error (ECE)",
            bootstrap(len(sure), lambda drawn: _error(sure[drawn], right[drawn])),
            len(sure),
            better="lower",
        ),
        score(
            "Brier score",
            bootstrap(len(sure), lambda drawn: float(((sure[drawn] - right[drawn]) ** 2).mean())),
            len(sure),
            better="lower",
        ),
    )


def reliability(title: str, what: str, said: Sequence[float], came: Sequence[bool]) -> Curve:
    """
    The reliability curve: a point for each bin that holds a case.

    :param what: What was said to be right: `intent`.
    """
    sure, right = np.asarray(said, dtype=float), np.asarray(came, dtype=float)
    bins = _bins(sure)
    return Curve(
        title=title,
        said="confidence",
        came=f"{what} right",
        points=tuple(
            Point(said=float(sure[bins == each].mean()), came=float(right[bins == each].mean()), of=int((bins == each).sum()))
            for each in np.unique(bins)
        ),
    )  # fmt: skip


def _error(sure: Floats, right: Floats) -> float:
    bins = _bins(sure)
    counts = np.bincount(bins, minlength=_BINS)
    gaps = np.abs(np.bincount(bins, sure, _BINS) - np.bincount(bins, right, _BINS))
    return float(gaps.sum() / counts.sum())


def _bins(sure: Floats) -> NDArray[np.int64]:
    return np.minimum((sure * _BINS).astype(np.int64), _BINS - 1)
