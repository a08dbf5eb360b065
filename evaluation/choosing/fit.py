"""Fits the weights of the choice among records, and says how well they do on what they did not see."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.answering.consult.candidates import FEATURES, NOTHING, SPEAKS_AGAINST, SPEAKS_EITHER_WAY
from evaluation.choosing.examples import NOTHING_IS_RIGHT, Example

Floats = NDArray[np.float64]
STRENGTHS = (1.0, 3.0, 10.0, 30.0)
"""L2 penalties that are tried."""
_NEVER = -1e9
_TINY = 1e-12
_PARTS = 5
_BOUNDS = [
    (-np.inf, np.inf) if name in SPEAKS_EITHER_WAY else (-np.inf, 0.0) if name in SPEAKS_AGAINST else (0.0, np.inf)
    for name in FEATURES
] + [(-np.inf, np.inf)] * len(NOTHING)


@dataclass(frozen=True)
class Table:
    """Examples as arrays; rows of candidates are padded to the longest."""

    features: Floats
    """example x candidate x feature"""
    is_there: NDArray[np.bool_]
    nothing: Floats
    right: NDArray[np.bool_]
    """example x candidate, and nothing last: which of them are right."""
    groups: NDArray[np.int64]

    def only(self, chosen: NDArray[np.bool_]) -> "Table":
        """The rows that are chosen."""
        return Table(
            self.features[chosen], self.is_there[chosen], self.nothing[chosen], self.right[chosen], self.groups[chosen]
        )


def table_of(examples: Sequence[Example]) -> Table:
    """The examples of which a right record is among the candidates, or that no record answers."""
    told = [each for each in examples if each.right and each.candidates.rows]
    most = max(len(each.candidates.rows) for each in told)
    features = np.zeros((len(told), most, len(FEATURES)))
    is_there = np.zeros((len(told), most), dtype=bool)
    right = np.zeros((len(told), most + 1), dtype=bool)
    for place, each in enumerate(told):
        features[place, : len(each.candidates.rows)] = each.candidates.rows
        is_there[place, : len(each.candidates.rows)] = True
        right[place, [most if which == NOTHING_IS_RIGHT else which for which in each.right]] = True
    return Table(
        features,
        is_there,
        np.array([each.candidates.nothing for each in told]),
        right,
        np.array([each.group for each in told]),
    )


def log_shares(weights: Floats, table: Table) -> Floats:
    """The logarithm of each candidate's probability, and in the last column of nothing's."""
    scores = table.features @ weights[: len(FEATURES)]
    scores[~table.is_there] = _NEVER
    all_scores = np.hstack([scores, (table.nothing @ weights[len(FEATURES) :])[:, None]])
    all_scores -= all_scores.max(axis=1, keepdims=True)
    shares: Floats = all_scores - np.log(np.exp(all_scores).sum(axis=1, keepdims=True))
    return shares


def fitted(table: Table, penalty: float, around: Floats | None = None) -> Floats:
    """
    The weights under which what was asked for is likeliest.

    :param penalty: How dear it is to move away from `around`.
    :param around: Weights from elsewhere; none: 0.
    """
    centre = around if around is not None else np.zeros(len(FEATURES) + len(NOTHING))

    def loss(weights: Floats) -> tuple[float, Floats]:
        logs = log_shares(weights, table)
        shares = np.exp(logs)
        rights = np.where(table.right, shares, 0)
        total = rights.sum(axis=1, keepdims=True) + _TINY
        shares -= rights / total
        by_candidate = np.einsum("ec,ecf->f", shares[:, :-1], table.features)
        away = weights - centre
        gradient = np.concatenate([by_candidate, shares[:, -1] @ table.nothing]) + penalty * away
        return float(-np.log(total).sum() + penalty * (away @ away) / 2), gradient

    start = np.clip(centre, [low for low, _ in _BOUNDS], [high for _, high in _BOUNDS])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=_BOUNDS, options={"maxiter": 400})
    weights: Floats = found.x
    return weights


@dataclass(frozen=True)
class Fit:
    """How well weights do on what they did not see."""

    penalty: float
    right: float
    """Share of examples of which the likeliest is right."""
    log_loss: float
    gap: float
    """Mean difference of confidence and share right, over ten bins (expected calibration error)."""


def judged(table: Table, weights: Floats, penalty: float = 0.0) -> Fit:
    """How well the weights do on a table."""
    logs = log_shares(weights, table)
    best = logs.argmax(axis=1)
    rows = np.arange(len(best))
    sure, hit = np.exp(logs.max(axis=1)), table.right[rows, best]
    bins = np.minimum((sure * 10).astype(int), 9)
    gap = sum(abs(sure[bins == b].mean() - hit[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    loss = -np.log(np.where(table.right, np.exp(logs), 0).sum(axis=1) + _TINY).mean()
    return Fit(penalty, float(hit.mean()), float(loss), float(gap))


def judged_crosswise(table: Table, penalty: float, around: Floats) -> Fit:
    """How well weights do that are fitted on four parts of five of a table, each time on the fifth."""
    parts = table.groups % _PARTS
    fits = [
        judged(table.only(parts == part), fitted(table.only(parts != part), penalty, around), penalty)
        for part in range(_PARTS)
    ]
    counts = [float((parts == part).mean()) for part in range(_PARTS)]
    return Fit(
        penalty,
        sum(each.right * share for each, share in zip(fits, counts, strict=True)),
        sum(each.log_loss * share for each, share in zip(fits, counts, strict=True)),
        sum(each.gap * share for each, share in zip(fits, counts, strict=True)),
    )
