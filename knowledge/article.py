"""What we explain in words: articles, questions and answers, stories, terms."""

from typing import Literal

from knowledge.record import Kind, Record


class Article(Record):
    """An explanation that belongs to no other record."""

    kind: Literal[Kind.ARTICLE] = Kind.ARTICLE


class Faq(Record):
    """A question that people ask (`title`, other wordings in `also_called`) and its answer (`summary`, `body`)."""

    kind: Literal[Kind.FAQ] = Kind.FAQ


class Story(Record):
    """Somebody's experience. It is told as such, never as a rule."""

    kind: Literal[Kind.STORY] = Kind.STORY


class Term(Record):
    """A word of the field (`title`) and what it means (`summary`)."""

    kind: Literal[Kind.TERM] = Kind.TERM
