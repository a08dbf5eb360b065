"""Words of the field that a reply uses and a visitor may not know, each explained once in a conversation."""

import re
from collections.abc import Collection

from assistant.answering.turn import Locale
from knowledge.article import Term
from knowledge.catalogue import Catalogue

_AT_ONCE = 2
"""More explanations than these make a wall of an answer."""


class Glossary:
    """The terms of a catalogue that have a short explanation, by the words that our sentences have for them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._terms = {
            word.casefold(): term
            for term in catalogue.all(Term)
            if term.in_short is not None
            for word in term.in_short.words
        }
        # The longest first: in `beperkte tweedegraads bevoegdheid` that is the word, and not `bevoegdheid`.
        longest = sorted(self._terms, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])") if longest else None

    def explained_in(self, text: str, locale: Locale, said: str, known: Collection[str]) -> tuple[Term, ...]:
        """
        The terms to explain with a reply, in the order in which it uses them; two at most.

        :param text: The reply.
        :param said: The visitor's message: who uses a word knows it, or asks for it.
        :param known: Ids of terms that were explained before, or that the reply is about.
        """
        used = self._in(text)
        spared = {*known, *(term.id for term in self._in(said))}
        return tuple(each for each in used if each.id not in spared and in_short(each, locale))[:_AT_ONCE]

    def _in(self, text: str) -> tuple[Term, ...]:
        if self._pattern is None:
            return ()
        found = (self._terms[word] for word in self._pattern.findall(text.casefold()))
        return tuple({term.id: term for term in found}.values())


def in_short(term: Term, locale: Locale) -> str:
    """What a term means in one sentence; empty if nobody has to be told in this language."""
    if term.in_short is None:
        return ""
    return term.in_short.en if locale == "en" else term.in_short.nl
