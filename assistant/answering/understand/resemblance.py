"""Which of many things a message asks for, learnt on the spot from the sentences around it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Scores = NDArray[np.float32]

_AROUND = 200
"""How many sentences are learnt from: all that can have something in common with one message."""
_WIDTH = 8.0
"""How fast two sentences mean something else, over the small angles that e5 leaves between them."""
_NOISE = 0.2
"""How far a sentence may be wrong about itself."""


@dataclass(frozen=True)
class Resemblance:
    """
    Kernel ridge regression on the nearest sentences alone, solved anew for each message.

    The nearest sentence says what it asks; this also says which of those around it are alike for the wrong reason: words
    that sentences for several things share count for none of them. Nothing is fitted beforehand, so that a sentence counts
    as soon as an editor has written it. Source: Bottou and Vapnik, "Local learning algorithms", Neural Computation, 1992.
    """

    vectors: Vectors
    """One unit vector a sentence."""
    things: Sequence[str]
    """What each sentence asks for."""

    def asked_for(self, vector: Vectors, nearness: Scores) -> dict[str, float]:
        """
        How much speaks for each thing that sentences around the message ask for.

        :param vector: The message's unit vector.
        :param nearness: Of each sentence; what is 0 or less does not count.
        :returns: About 0 to 1; 1 is the very sentence, and below 0 is what only looks alike.
        """
        around = min(_AROUND, int((nearness > 0).sum()))
        if not around:
            return {}
        places = np.argpartition(-nearness, around - 1)[:around]
        near = self.vectors[places]
        names, of = np.unique([self.things[place] for place in places.tolist()], return_inverse=True)
        # A thing with many sentences is not likelier for that: each of them is trusted less.
        doubt = np.sqrt(np.bincount(of))[of]
        alike = np.exp(_WIDTH * (near @ near.T - 1))
        alike[np.diag_indices(around)] += _NOISE * doubt / doubt.mean()
        weights = np.linalg.solve(alike, np.exp(_WIDTH * (near @ vector - 1)))
        found = np.bincount(of, weights, len(names))
        return dict(zip(names.tolist(), found.tolist(), strict=True))
