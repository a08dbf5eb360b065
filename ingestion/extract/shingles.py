"""Which texts say nearly the same: a page copied from another loket, a vacancy on two sites."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from knowledge.numeral import folded

_WORDS = 5
"""In a shingle: a run of words, so that two texts about one subject in other words share none."""
_KEPT = 8
"""One in so many shingles is looked up."""
_SHARED = 2
"""So many of those a candidate shares: one is a sentence that everybody writes."""


def shingles(text: str, words: int = _WORDS) -> frozenset[int]:
    """The runs of so many words of a text, as numbers; of a shorter text the whole of it, of an empty one none."""
    told = re.findall(r"\w+", folded(text))
    runs = [" ".join(told[at : at + words]) for at in range(max(1, len(told) - words + 1))] if told else []
    return frozenset(int.from_bytes(blake2b(each.encode(), digest_size=7).digest()) for each in runs)


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of what either says both say, from 0 to 1 (Jaccard)."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the first the second says too, from 0 to 1: a paragraph that stands in a long page."""
    return len(one & other) / len(one) if one else 0.0


def copies(
    mine: Mapping[str, str], others: Iterable[tuple[str, str]], at_least: float = 0.7
) -> Iterator[tuple[str, str, float]]:
    """
    The texts that resemble one of ours: the name of ours, the name of the other, and how much.

    Candidates share two at least of the runs that a fixed one in eight is kept of, so that each of the others is read once
    and not compared with every one of ours; they are then compared exactly. A pair of a hundred words that resembles 0.7 is
    missed once in about 3,000 times. (MinHash in bands, the runner-up, and datasketch, which does that, have to hold all texts
    at once.)

    :param mine: By name.
    :param others: Pairs of name and text, taken one by one.

    Source: Broder, "On the resemblance and containment of documents", 1997.
    """
    kept: defaultdict[int, list[str]] = defaultdict(list)
    for name, text in mine.items():
        for each in shingles(text):
            if each % _KEPT == 0:
                kept[each].append(name)
    for other, text in others:
        found = shingles(text)
        shared = Counter(name for each in found if each % _KEPT == 0 for name in kept.get(each, ()))
        for name, count in shared.items():
            if count >= _SHARED and (alike := resemblance(shingles(mine[name]), found)) >= at_least:
                yield name, other, alike
