"""Which lines count together, when some schemes exclude each other: never both of a pair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from assistant.money.amount import ZERO
from assistant.money.picture import MoneyLine
from knowledge.fact import Localised
from knowledge.finance import Combination

Pairs = frozenset[frozenset[str]]
_GOES_FIRST = {"school-receives": 0, "receive": 1, "borrow": 2}
"""Between flows there is nothing to choose: a loan is for who gets no grant, a city's grant for whose school gets none."""


def excluded_pairs(known: Iterable[Combination]) -> Pairs:
    """The pairs of schemes that may not be used for the same study."""
    return frozenset(frozenset(each.between) for each in known if each.allowed == "no")


def without_excluded(
    lines: Sequence[MoneyLine], pairs: Pairs, titles: Mapping[str, Localised]
) -> tuple[MoneyLine, ...]:
    """
    The lines of one year, in which no total counts both of an excluded pair.

    Of two grants that exclude each other a visitor takes what gives most: the low end counts the best of what is
    certain, the high end the best of what may be. A loan gives way to a grant that is certain.

    :param titles: What to call a scheme, by record.
    """
    schemes = {line.record for line in lines}
    clashing = [pair for pair in pairs if pair <= schemes]
    if not clashing:
        return tuple(lines)
    yielding = [_yielding(line, lines, clashing, titles) for line in lines]
    chosen: dict[tuple[str, bool], frozenset[str]] = {}
    for flow in {line.flow for line in lines}:
        own = [line for line in yielding if line.flow == flow]
        chosen[flow, True] = _best({line.record: ZERO for line in own}, [(e.record, e.in_low) for e in own], clashing)
        chosen[flow, False] = _best({line.record: ZERO for line in own}, [(e.record, e.in_high) for e in own], clashing)
    return tuple(
        _counted(line, yielding, clashing, chosen[line.flow, True], chosen[line.flow, False], titles)
        for line in yielding
    )


def _clashes(line: MoneyLine, other: MoneyLine, clashing: Sequence[frozenset[str]]) -> bool:
    return frozenset((line.record, other.record)) in clashing


def _yielding(
    line: MoneyLine, lines: Sequence[MoneyLine], clashing: Sequence[frozenset[str]], titles: Mapping[str, Localised]
) -> MoneyLine:
    """The line as flows that go first leave it: not counted if one of them is certain, else not certain itself."""
    rank = _GOES_FIRST.get(line.flow, 0)
    first = [each for each in lines if _GOES_FIRST.get(each.flow, 0) < rank and _clashes(line, each, clashing)]
    if not first:
        return line
    is_sure = any(each.certainty == "certain" and each.in_high for each in first)
    in_high = ZERO if is_sure else line.in_high
    return replace(line, in_low=ZERO, in_high=in_high, why=(*line.why, _not_with(titles[first[0].record])))


def _best(
    weights: dict[str, Decimal], lines: Sequence[tuple[str, Decimal]], clashing: Sequence[frozenset[str]]
) -> frozenset[str]:
    """The schemes that together count for most, no two of which clash. There are few: every choice is tried."""
    for scheme, amount in lines:
        weights[scheme] += amount
    here = [pair for pair in clashing if pair <= weights.keys()]
    among = sorted({scheme for pair in here for scheme in pair})
    choices = (
        frozenset(choice)
        for size in range(len(among), -1, -1)
        for choice in combinations(among, size)
        if not any(pair <= frozenset(choice) for pair in here)
    )
    best = max(choices, key=lambda choice: sum((weights[each] for each in choice), ZERO))
    return (frozenset(weights) - frozenset(among)) | best


def _counted(
    line: MoneyLine,
    lines: Sequence[MoneyLine],
    clashing: Sequence[frozenset[str]],
    in_low: frozenset[str],
    in_high: frozenset[str],
    titles: Mapping[str, Localised],
) -> MoneyLine:
    low = line.in_low if line.record in in_low else ZERO
    high = line.in_high if line.record in in_high else ZERO
    if (low, high) == (line.in_low, line.in_high):
        return line
    other = next(each for each in lines if each.flow == line.flow and _clashes(line, each, clashing))
    return replace(line, in_low=low, in_high=high, why=(*line.why, _not_with(titles[other.record])))


def _not_with(title: Localised) -> Localised:
    return Localised(
        nl=f"Dit gaat niet samen met: {title.nl}. We tellen er één mee.",
        en=f"This does not go together with: {title.en}. We count one of them.",
    )
