"""Takes what a visitor had us forget out of what was said: their own words, and where a reply says them back."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.index.dutch import STOPWORDS

_WORD = re.compile(r"\w+")
_BLOT = {"nl": "[gewist]", "en": "[erased]"}
_EVERYWHERE_FROM = 4
"""Letters of words that are taken out of every turn; shorter ones (`ja`, `42`) only where they told the fact."""
_BEFORE = r"(?<=: )|(?<=\()|(?<=“)|(?<=<strong>)|(?<=\bals )|(?<=\bas an )|(?<=\bas a )"

_BEHIND = r"(?=[)”,.;<]|$|\s\()"
"""Where a reply says a fact back: `Leeftijd: 42`, `(42)`, `“ik ben 42”`."""


class Blots:
    """What has to go: facts by name, the words that told them, and the words in which we say them back."""

    def __init__(self, names: Iterable[str], words: Iterable[str], values: Iterable[str], locale: str) -> None:
        """
        :param words: Of the visitor, as far as they are kept with the facts.
        :param values: Of ours: `Mbo niveau 4`.
        """
        self._names = frozenset(names)
        self._words = frozenset(filter(None, (each.strip() for each in words)))
        self._blot = _BLOT[locale]
        self._told = sorted({*self._words, *filter(None, values)}, key=len, reverse=True)
        told = "|".join(map(_loosely, self._told))
        self._said_back = re.compile(f"(?:{_BEFORE})(?:{told}){_BEHIND}", re.IGNORECASE) if told else None

    def told_in(self, reply: Mapping[str, Any], before: Mapping[str, Any] | None) -> frozenset[str]:
        """
        The words with which a turn told one of these facts.

        :param reply: Of the turn, JSON-ready.
        :param before: Of the turn before; None for the first.
        """
        earlier = _facts(before) if before is not None else {}
        return frozenset(
            str(fact.get("words", ""))
            for name, fact in _facts(reply).items()
            if name in self._names and fact.get("words") and fact != earlier.get(name)
        )

    def in_question(self, question: str, told: Iterable[str] = ()) -> str:
        """
        What the visitor typed, without the words.

        :param told: The words with which this message told a fact. If they are not there as they were kept, nothing of
            the message stays.
        """
        for words in sorted(told, key=len, reverse=True):
            after = self._without(question, words)
            if after == question and self._blot not in question:
                return self._blot if question else ""
            question = after
        for words in sorted(self._words, key=len, reverse=True):
            if len(words) >= _EVERYWHERE_FROM:
                question = self._without(question, words)
        return question

    def in_asking(self, question: str) -> str:
        """The message that asked to forget, without any telling word of what has to go, in whatever order they stand."""
        telling = {word for each in self._told for word in _WORD.findall(each) if word.casefold() not in STOPWORDS}
        for word in telling:
            question = self._without(question, word)
        return question

    def in_reply(self, reply: Mapping[str, Any]) -> dict[str, Any]:
        """A reply, JSON-ready, that does not know the facts and does not say them back."""
        after: dict[str, Any] = self.in_values(reply)
        read = after.get("understanding")
        if read:
            after["understanding"] = read | {"facts": {k: v for k, v in read["facts"].items() if k not in self._names}}
        return after

    def in_values(self, value: Any) -> Any:
        """Anything JSON-ready, such as a trace, in which nothing is said back."""
        if isinstance(value, Mapping):
            return {key: self.in_values(each) for key, each in value.items() if key not in self._names}
        if isinstance(value, list | tuple):
            return [self.in_values(each) for each in value]
        return self._said_back.sub(self._blot, value) if isinstance(value, str) and self._said_back else value

    def is_about(self, fact: str) -> bool:
        """Whether this fact has to go."""
        return fact in self._names

    @property
    def blot(self) -> str:
        """What stands instead."""
        return self._blot

    def _without(self, text: str, words: str) -> str:
        return re.sub(rf"(?<!\w){_loosely(words)}(?!\w)", self._blot, text, flags=re.IGNORECASE)


def _loosely(words: str) -> str:
    """The words as a pattern, whatever stands between them."""
    pieces = re.findall(r"\w+|[^\w\s]+", words)
    return r"[\s_-]*".join(map(re.escape, pieces))


def _facts(reply: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    read = reply.get("understanding") or {}
    facts: Mapping[str, Mapping[str, Any]] = read.get("facts") or {}
    return facts
