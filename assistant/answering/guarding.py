"""Guarding: which guard a message meets, by the phrases that editors keep."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.answering.understand.text import fold
from knowledge.guard import Guard

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[.!?:;]")
_LETTERS = re.compile(r"[a-z]{4,}")
_SHORTEST = 6
"""Shorter words have too many neighbours to be a slip of the finger."""


@dataclass(frozen=True)
class _Compiled:
    name: str
    phrases: re.Pattern[str]
    unless: re.Pattern[str] | None


class Guarding:
    """Every guard over one catalogue, in the order of the file. Thread-safe."""

    def __init__(self, guards: Sequence[Guard], known_words: frozenset[str] | set[str]) -> None:
        """
        :param known_words: Words that are no misspelling of anything.
        """
        self._known = known_words
        self._guards = [
            _Compiled(guard.name, _any(guard.phrases), _any(guard.unless) if guard.unless else None)
            for guard in guards
            if guard.phrases
        ]
        spelled = " ".join(phrase for guard in guards for phrase in guard.phrases)
        self._words = sorted({word for word in _LETTERS.findall(spelled) if len(word) >= _SHORTEST})

    def met(self, message: str, *names: str) -> str | None:
        """
        The name of the first guard that the message meets.

        :param names: Only these guards; none: all of them.
        """
        text = self._normal(message)
        for guard in self._guards:
            if names and guard.name not in names:
                continue
            harmless = [match.span() for match in guard.unless.finditer(text)] if guard.unless else []
            for match in guard.phrases.finditer(text):
                if not any(start < match.end() and match.start() < end for start, end in harmless):
                    return guard.name
        return None

    def _normal(self, message: str) -> str:
        """Folded words with a space around each, `.` where a sentence ends, and slips of the finger mended."""
        tokens = [token.replace("'", "") for token in _TOKEN.findall(fold(message))]
        mended = (
            self._mended(token) if token.isalpha() else "." if not token[0].isalnum() else token for token in tokens
        )
        return f" . {' '.join(mended)} . "

    def _mended(self, word: str) -> str:
        if len(word) < _SHORTEST or word in self._known:
            return word
        near = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=1)
        return str(near[0]) if near and near[0][0] == word[0] else word


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(_pattern(phrase) for phrase in phrases))


def _pattern(phrase: str) -> str:
    """A regular expression over normal text: each word takes the space before it."""
    return "".join(map(_piece, phrase.split())) + "(?= )"


def _piece(piece: str) -> str:
    if piece in ("^", "$"):
        return r" \."
    if piece == "...":
        return r"(?: \w+){0,3}?"
    optional = piece.endswith("?")
    either = "|".join(word.replace("*", r"\w*") for word in piece.removesuffix("?").split("/"))
    return f"(?: (?:{either}))" + ("?" if optional else "")
