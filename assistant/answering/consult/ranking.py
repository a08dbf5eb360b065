"""Choosing among candidates by weights that were learnt: each with the probability that it is what is asked for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.answering.consult.candidates import FEATURES, NOTHING, Candidates
from knowledge.record import Frozen, Record

WEIGHTS = Path(__file__).parent / "ranking.yaml"

BY_NAME = 0.95
"""How sure it is that who says no more than a name of one record asks for that."""


class Weights(Frozen):
    """What each feature counts for, in log-odds, and how that was found."""

    made: str
    """From what, when, and how well it did on what it had not seen."""
    candidate: dict[str, float]
    nothing: dict[str, float]


@dataclass(frozen=True)
class Choice:
    """Records with the probability that each is what is asked for, the likeliest first."""

    ranked: tuple[tuple[Record, float], ...]
    nothing: float
    """The probability that no record is."""

    @property
    def best(self) -> Record | None:
        """The likeliest record."""
        return self.ranked[0][0] if self.ranked else None

    def led_by(self, record_id: str) -> "Choice":
        """The same with one record before all others, as sure as can be; unchanged if it is not among them."""
        mine = next((record for record, _ in self.ranked if record.id == record_id), None)
        if mine is None:
            return self
        others = tuple((record, share * (1 - BY_NAME)) for record, share in self.ranked if record is not mine)
        return Choice(((mine, BY_NAME), *others), self.nothing * (1 - BY_NAME))

    @property
    def confidence(self) -> float:
        """The probability of the likeliest record; 0 if there is none."""
        return self.ranked[0][1] if self.ranked else 0.0


class Ranker:
    """
    A conditional logit over candidates: a dot product each, and a softmax over them and the case that none is right.

    Source: McFadden, "Conditional logit analysis of qualitative choice behavior", 1974. The weights are fitted outside
    the product, by `python -m evaluation.choosing`.
    """

    def __init__(self, weights: Weights) -> None:
        self._candidate = [weights.candidate.get(name, 0.0) for name in FEATURES]
        self._nothing = [weights.nothing.get(name, 0.0) for name in NOTHING]

    def choose(self, candidates: Candidates) -> Choice:
        """The candidates in order; their probabilities and that of nothing are 1 together."""
        scores = [_dot(self._candidate, row) for row in candidates.rows]
        nothing = _dot(self._nothing, candidates.nothing)
        top = max([*scores, nothing])
        raised = [math.exp(score - top) for score in scores]
        none = math.exp(nothing - top)
        total = sum(raised) + none
        pairs = zip(candidates.records, (each / total for each in raised), strict=True)
        return Choice(tuple(sorted(pairs, key=lambda pair: -pair[1])), none / total)


@cache
def learnt_ranker() -> Ranker:
    """The ranker with the weights that are delivered."""
    return Ranker(Weights.model_validate(yaml.safe_load(WEIGHTS.read_text(encoding="utf-8"))))


def _dot(weights: Sequence[float], row: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, row, strict=True))
