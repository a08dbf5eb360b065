"""Which texts say nearly the same: a page copied from another loket, a vacancy on two sites."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import combinations, pairwise

import numpy as np

from knowledge.numeral import folded

_WORDS = 5
"""In a shingle: a run of words, so that two texts about one subject in other words share none."""
_HASHES, _BANDS = 64, 16
_SEEDS = np.random.default_rng(20261122).integers(0, 1 << 63, _HASHES, dtype=np.uint64)
_CROWD = 200
"""Texts in one bucket; more than that share a menu, and are compared with their neighbours alone."""


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


def near_duplicates(texts: Mapping[str, str], at_least: float = 0.7) -> Iterator[tuple[str, str, float]]:
    """
    Every pair of texts that resemble each other, with how much; the name that sorts first comes first.

    Candidates are found by MinHash in bands, so that not every text is compared with every other, and are then compared
    exactly. A pair that resembles 0.7 is missed once in about 80 times, one of 0.8 practically never.
    (datasketch, the runner-up, does the same with a dependency of its own.)

    :param texts: By name.

    Source: Broder, "On the resemblance and containment of documents", 1997.
    """
    sets = {name: found for name, text in texts.items() if (found := shingles(text))}
    buckets: defaultdict[tuple[int, bytes], list[str]] = defaultdict(list)
    for name, found in sorted(sets.items()):
        for band, rows in enumerate(np.split(_signature(found), _BANDS)):
            buckets[band, rows.tobytes()].append(name)
    pairs = {pair for names in buckets.values() for pair in _candidates(names)}
    for one, other in sorted(pairs):
        alike = resemblance(sets[one], sets[other])
        if alike >= at_least:
            yield one, other, alike


def _candidates(names: list[str]) -> Iterator[tuple[str, str]]:
    if len(names) <= _CROWD:
        yield from combinations(names, 2)
    else:
        yield from pairwise(names)


def _signature(found: frozenset[int]) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    """The least value of each of 64 random orders of the shingles."""
    values = np.fromiter(found, dtype=np.uint64, count=len(found))
    # Each order is another seed of one mixing function (splitmix64); a product that runs over 64 bits is meant to.
    mixed = values[:, None] ^ _SEEDS
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray((mixed ^ (mixed >> np.uint64(31))).min(axis=0), dtype=np.uint64)
