"""Case and Persona: what somebody asks or is, and what would be right, as an adviser writes it in YAML."""

import re
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from assistant.eligibility.verdict import Verdict
from knowledge.guard import GuardName
from knowledge.record import Frozen, Slug

Split = Literal["dev", "test"]
Visitor = Literal[
    "zij-instromer",
    "student",
    "scholier",
    "herintreder",
    "leraar",
    "onderwijsassistent",
    "schoolleider",
    "statushouder",
    "vakman",
    "ouder",
]
Style = Literal["plain", "sloppy", "english"]
"""`sloppy`: typed as people do on a phone, without capitals or with mistakes."""

_ABSTAINING = ("unanswerable", "guarded")


def split_of(case_id: str) -> Split:
    """A third is `test`, by a hash of the id: adding a case never moves another to the other side."""
    return "test" if int(sha256(case_id.encode()).hexdigest(), 16) % 3 == 0 else "dev"


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One or several: a single word in YAML is a list of one."""


def patterns_that_compile(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """
    The patterns as they are.

    :raises ValueError: If one is no regular expression; the message names it.
    """
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return patterns


class Expectation(Frozen):
    """What a right reply has. What is left out is not looked at."""

    intent: Names = ()
    """Any of these is a right reading."""
    status: Names = ("answered",)
    """Any of these beginnings of `AnswerStatus`: `answered`, `unanswerable_out_of_scope`."""
    cites_any: Names = ()
    """Ids of records: the reply has to cite at least one."""
    says: Names = ()
    """Regular expressions, case ignored: every one has to be found in what the visitor reads."""
    never: Names = ()
    """Regular expressions that may not be found there."""
    facts: dict[str, str | int | bool | list[str]] | None = None
    """Everything that the words tell about the visitor; `{}` is nothing, left out is not judged."""
    may_know: Names = ()
    """Names of facts that may be understood as well, right or not."""

    @field_validator("says", "never")
    @classmethod
    def _are_patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        return patterns_that_compile(patterns)

    @property
    def abstains(self) -> bool:
        """Whether the right thing to do is not to answer."""
        return all(status.startswith(_ABSTAINING) for status in self.status)


class Case(Frozen):
    """A question, or the turns of a conversation of which the last reply is judged."""

    id: Slug
    topic: str
    """The file it stands in."""
    question: str = ""
    turns: tuple[str, ...] = ()
    region: str = "haaglanden"
    visitor: Visitor
    style: Style
    expect: Expectation
    knows: dict[str, str | int | bool | list[str]] = Field(default_factory=dict)
    """Facts that this visitor did not tell and answers when asked for; what `expect.facts` says is known as well."""
    source: str = Field(min_length=3)
    """Where the right answer comes from."""

    @model_validator(mode="after")
    def _asks_one_way(self) -> "Case":
        if bool(self.question) == bool(self.turns):
            raise ValueError("give `question`, or `turns` with at least two messages, and not both")
        return self

    @property
    def said(self) -> tuple[str, ...]:
        """Every message, in order."""
        return self.turns or (self.question,)

    @property
    def split(self) -> Split:
        """Development or test."""
        return split_of(self.id)


class Persona(Frozen):
    """Somebody with answers to the zelftest, and the verdicts that the sources give."""

    id: Slug
    topic: str
    who: str
    visitor: Visitor
    facts: dict[str, str | int | bool | list[str]]
    expect: dict[Slug, Annotated[tuple[Verdict, ...], BeforeValidator(_listed)]]
    """By route: the verdict, or several where the sources leave room."""
    source: str = Field(min_length=3)

    @property
    def split(self) -> Split:
        """Development or test."""
        return split_of(self.id)


class GuardCase(Frozen):
    """A message, and the guard that has to answer it; `none` for an ordinary one that only looks like one."""

    id: Slug
    topic: str
    message: str
    guard: GuardName | Literal["own_data", "none"]
    hides: tuple[str, ...] = ()
    """Pieces that may not be kept."""

    @property
    def split(self) -> Split:
        """Development or test."""
        return split_of(self.id)
