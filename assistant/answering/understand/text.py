"""A question as tokens that remember where they stood, folded so that spelling habits do not matter."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_CLAUSE_END = re.compile(r"[,.;:!?\n()]| - ")
_COMBINING = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'"})


def fold(text: str) -> str:
    """The text in lower case and without accents, each character still at its own place where Unicode allows."""
    if text.isascii():
        return text.lower().translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).lower())
    return _COMBINING.sub("", decomposed)


def joined(text: str) -> str:
    """The text as one key: `Zij-instroom`, `zij instroom` and `zijinstroom` are all `zijinstroom`."""
    return "".join(_WORD.findall(fold(text))).replace("'", "")


@dataclass(frozen=True)
class Token:
    """One word of the question: folded, with its place in the folded text and the clause it belongs to."""

    text: str
    start: int
    end: int
    clause: int


@dataclass(frozen=True)
class Text:
    """What a visitor typed, with its tokens."""

    raw: str

    @cached_property
    def folded(self) -> str:
        """The text without capitals and accents."""
        return fold(self.raw)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words in order. Punctuation ends a clause; so do `maar`, `en ik` and their like."""
        ends = [match.start() for match in _CLAUSE_END.finditer(self.folded)]
        tokens: list[Token] = []
        clause, passed = 0, 0
        for match in _WORD.finditer(self.folded):
            while passed < len(ends) and ends[passed] < match.start():
                passed, clause = passed + 1, clause + 1
            word = match.group()
            if tokens and word in {"maar", "but", "want"}:
                clause += 1
            tokens.append(Token(word.replace("'", ""), match.start(), match.end(), clause))
        return tuple(tokens)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(token.text for token in self.tokens)

    def quote(self, start: int, end: int) -> str:
        """
        What was typed from one token up to another.

        :param start: Index of the first token.
        :param end: Index after the last token.
        """
        if start >= end or not self.tokens:
            return ""
        # Folding may change lengths (ligatures): the folded words are then the honest quote.
        source = self.raw if len(self.folded) == len(self.raw) else self.folded
        last = self.tokens[min(end, len(self.tokens)) - 1]
        return source[self.tokens[start].start : last.end]

    def token_at(self, place: int) -> int:
        """The index of the token at or after a place in the folded text; the last one's beyond it."""
        return next((index for index, token in enumerate(self.tokens) if token.end > place), len(self.tokens) - 1)

    def clause(self, index: int) -> tuple[Token, ...]:
        """The tokens of one clause."""
        return tuple(token for token in self.tokens if token.clause == index)
