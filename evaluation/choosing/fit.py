"""Fits the weights of the choice among records, and says how well they do on what they did not see."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.answering.consult.candidates import FEATURES, NOTHING
from evaluation.choosing.examples import MISSED, Example

Floats = NDArray[np.float64]
STRENGTHS = (0.3, 1.0, 3.0)
"""L2 penalties that are tried."""
_NEVER = -1e9


@dataclass(frozen=True)
class Table:
    """Examples as arrays; rows of candidates are padded to the longest."""

    features: Floats
    """example x candidate x feature"""
    is_there: NDArray[np.bool_]
    nothing: Floats
    right: NDArray[np.int64]
    """The place of the right candidate; one past the last for nothing."""
    groups: NDArray[np.int64]

    def only(self, chosen: NDArray[np.bool_]) -> "Table":
        """The rows that are chosen."""
        return Table(
            self.features[chosen], self.is_there[chosen], self.nothing[chosen], self.right[chosen], self.groups[chosen]
        )


def table_of(examples: Sequence[Example]) -> Table:
    """The examples of which the right record is among the candidates, or that no record answers."""
    told = [each for each in examples if each.right != MISSED and each.candidates.rows]
    most = max(len(each.candidates.rows) for each in told)
    features = np.zeros((len(told), most, len(FEATURES)))
    is_there = np.zeros((len(told), most), dtype=bool)
    for place, each in enumerate(told):
        features[place, : len(each.candidates.rows)] = each.candidates.rows
        is_there[place, : len(each.candidates.rows)] = True
    return Table(
        features,
        is_there,
        np.array([each.candidates.nothing for each in told]),
        np.array([most if each.right is None else each.right for each in told]),
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


def fitted(table: Table, penalty: float) -> Floats:
    """The weights under which what was asked for is likeliest, kept small by the penalty."""
    width = len(FEATURES)
    rows = np.arange(len(table.right))

    def loss(weights: Floats) -> tuple[float, Floats]:
        logs = log_shares(weights, table)
        shares = np.exp(logs)
        shares[rows, table.right] -= 1
        by_candidate = np.einsum("ec,ecf->f", shares[:, :-1], table.features)
        gradient = np.concatenate([by_candidate, shares[:, -1] @ table.nothing]) + penalty * weights
        return float(-logs[rows, table.right].sum() + penalty * (weights @ weights) / 2), gradient

    found = minimize(loss, np.zeros(width + len(NOTHING)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
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
    sure, hit = np.exp(logs.max(axis=1)), best == table.right
    bins = np.minimum((sure * 10).astype(int), 9)
    gap = sum(abs(sure[bins == b].mean() - hit[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    return Fit(penalty, float(hit.mean()), float(-logs[np.arange(len(best)), table.right].mean()), float(gap))
