"""Ordinary words: what is spelt right is never taken for a misspelt name."""

from functools import cache

from spellchecker import SpellChecker

_SEEN_AT_LEAST = {"nl": 55, "en": 900}
"""How often a word stands in the subtitles corpus behind the list; rarer ones are often misspellings themselves."""


@cache
def known_words() -> frozenset[str]:
    """Common Dutch and English words as tokens are: lower case, without apostrophes. Read once, only words are kept."""
    words: set[str] = set()
    for language, times in _SEEN_AT_LEAST.items():
        counted = SpellChecker(language=language).word_frequency.dictionary
        words |= {word.replace("'", "") for word, seen in counted.items() if seen >= times}
    return frozenset(words)
