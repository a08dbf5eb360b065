"""Ordinary words: what is spelt right is never taken for a misspelt name."""

import gzip
import json
from functools import cache
from importlib.resources import files

_SEEN_AT_LEAST = {"nl": 55, "en": 900}
"""How often a word stands in the subtitles corpus behind the list; rarer ones are often misspellings themselves."""


@cache
def known_words() -> frozenset[str]:
    """
    Common Dutch and English words as tokens are: lower case, without apostrophes.

    From the lists in pyspellchecker. Its own class, which counts and indexes them all for correcting, takes twice the time
    and memory at start, and nothing here corrects with it.
    """
    words: set[str] = set()
    for language, times in _SEEN_AT_LEAST.items():
        packed = (files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
        counted: dict[str, int] = json.loads(gzip.decompress(packed))
        words |= {word.lower().replace("'", "") for word, seen in counted.items() if seen >= times}
    return frozenset(words)
