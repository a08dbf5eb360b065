"""What we explain in words: articles, questions and answers, stories, terms."""

from typing import Literal

from pydantic import Field

from knowledge.record import Frozen, Kind, Record


class Article(Record):
    """An explanation that belongs to no other record."""

    kind: Literal[Kind.ARTICLE] = Kind.ARTICLE


class Faq(Record):
    """A question that people ask (`title`, other wordings in `also_called`) and its answer (`summary`, `body`)."""

    kind: Literal[Kind.FAQ] = Kind.FAQ


class Story(Record):
    """Somebody's experience. It is told as such, never as a rule."""

    kind: Literal[Kind.STORY] = Kind.STORY


class InShort(Frozen):
    """
    What a word means in one sentence, for where an answer uses it and the visitor did not.

    A language without a sentence leaves the word as it is: who reads Dutch knows what a `pabo` is.
    """

    nl: str = Field(default="", max_length=160)
    en: str = Field(default="", max_length=160)
    words: tuple[str, ...] = Field(min_length=1)
    """The word in each form in which our sentences have it."""


class Term(Record):
    """A word of the field (`title`) and what it means (`summary`)."""

    kind: Literal[Kind.TERM] = Kind.TERM
    in_short: InShort | None = None
    """Only for words that visitors do not know."""
