"""Trials: two opening lines beside each other, and what can honestly be said of which leads to more leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

LEAST = 50
"""Conversations with each line, under which nothing is shown: fewer say nothing, and may point at somebody."""
_Z = 1.959964
"""Of 95 of a hundred."""


@dataclass(frozen=True)
class Share:
    """How many of how many, with the span in which the real share lies in 95 of 100 cases (Wilson's interval)."""

    number: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.number / self.of if self.of else 0.0

    @property
    def span(self) -> tuple[float, float]:
        """From the least to the most, 0 to 1."""
        if not self.of:
            return 0.0, 1.0
        square = _Z * _Z
        middle = (self.share + square / (2 * self.of)) / (1 + square / self.of)
        half = _Z * sqrt(self.share * (1 - self.share) / self.of + square / (4 * self.of**2)) / (1 + square / self.of)
        return max(middle - half, 0.0), min(middle + half, 1.0)


def difference(one: Share, other: Share) -> tuple[float, float]:
    """The span in which the difference `one - other` lies in 95 of 100 cases (Newcombe's method)."""
    apart = one.share - other.share
    (low, high), (other_low, other_high) = one.span, other.span
    return (
        apart - sqrt((one.share - low) ** 2 + (other_high - other.share) ** 2),
        apart + sqrt((high - one.share) ** 2 + (other.share - other_low) ** 2),
    )


def told(shares: Sequence[Share]) -> str:
    """What the numbers of one or two lines say, in a Dutch sentence."""
    if any(each.of < LEAST for each in shares):
        return f"Nog te weinig gesprekken. Wij tonen aantallen vanaf {LEAST} gesprekken per zin."
    if len(shares) < 2:
        return ""
    low, high = difference(*shares)
    if low > 0:
        return "Zin 1 leidt vaker tot een aanmelding. Dat is waarschijnlijk geen toeval."
    if high < 0:
        return "Zin 2 leidt vaker tot een aanmelding. Dat is waarschijnlijk geen toeval."
    return "Er is nog geen verschil dat meer is dan toeval."
