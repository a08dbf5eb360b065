"""One question that settles several facts: what most people answer "none of these" to."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from assistant.eligibility.diagram import OPEN
from assistant.eligibility.verdict import Eligibility
from assistant.zelftest.shares import weights

FEWEST = 2
"""A question about one fact alone is better asked by itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """One fact that a gathering question may settle."""

    level: int
    usual: int
    """The code it has when the visitor does not tick it."""
    ticked: int
    """The code it has when the visitor does; `OPEN` if that still has to be asked."""
    share: float
    """How many visitors do not tick it."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A set of which each option that is left out settles a fact (`left_out_means` in `facts.yaml`)."""

    level: int
    parts: tuple[Part, ...]
    none: int
    """The code of the answer that none of it holds."""

    def open_parts(self, matters: Container[int]) -> tuple[Part, ...]:
        """The parts that can still matter; empty if there are too few for one question to be worth it."""
        parts = tuple(part for part in self.parts if part.level in matters)
        return parts if len(parts) >= FEWEST else ()


def gatherings(eligibility: Eligibility) -> Iterator[Gathering]:
    """The gathering questions of a vocabulary."""
    for level, domain in enumerate(eligibility.domains):
        parts = []
        for option in domain.fact.options:
            for name, value in option.left_out_means.items():
                if name in eligibility.levels:
                    asked = eligibility.levels[name]
                    codes, fact = eligibility.domains[asked], eligibility.vocabulary[name]
                    usual = codes.code(fact.parse(value))
                    ticked = codes.code(fact.parse(option.means[name])) if name in option.means else OPEN
                    parts.append(Part(asked, usual, ticked, weights(codes)[usual]))
        if len(parts) >= FEWEST:
            yield Gathering(level, tuple(parts), domain.code(domain.fact.none_of_all()))


def expected_settled(eligibility: Eligibility, ahead: Sequence[int], parts: Sequence[Part]) -> float:
    """
    How many routes the answer is expected to settle: nothing ticked, or one of the parts.

    :param ahead: As `Eligibility.ahead` gives it.
    :returns: At most the number of routes; two things ticked at once are left out, as they are rare.
    """
    diagram = eligibility.diagram
    open_ = [node for node in ahead if not diagram.is_leaf(node)]
    expected = 0.0
    for ticked in (None, *parts):
        likely, left = 1.0, open_
        for part in parts:
            likely *= 1 - part.share if part is ticked else part.share
            code = part.ticked if part is ticked else part.usual
            left = [diagram.filled(node, part.level, code) for node in left]
        expected += likely * sum(map(diagram.is_leaf, left))
    return expected
