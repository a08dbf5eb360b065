"""Conversation: what somebody says turn after turn, and what would be right after each, as an adviser writes it."""

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from evaluation.case import Names, Split, Style, Visitor, patterns_that_compile, split_of
from knowledge.record import Frozen, Slug

ANY = "any"


class Choice(Frozen):
    """A tapped answer; `value: null` is `weet ik niet`."""

    fact: str
    value: str | int | bool | list[str] | None


class ConversationTurn(Frozen):
    """One message or tapped answer, and what a right reply to it has. What is left out is not looked at."""

    text: str = ""
    choice: Choice | None = None
    status: Names = ()
    """Any of these beginnings of `AnswerStatus`."""
    cites_any: Names = ()
    """Ids of records: the reply has to cite at least one."""
    says: Names = ()
    """Regular expressions, case ignored: every one has to be found in what the visitor reads."""
    never: Names = ()
    """Regular expressions that may not be found there."""
    asks: Names = ()
    """Facts: the reply asks for one of them; `any` for whichever."""
    asks_other: bool = False
    """Whether the question of the reply before may not be put again."""
    person: bool = False
    """Whether the reply has to offer a person."""
    knows: dict[str, str | int | bool | list[str]] = Field(default_factory=dict)
    """Facts that are known after this turn, with these values; there may be more."""
    not_knows: dict[str, str | int | bool | list[str]] = Field(default_factory=dict)
    """Facts that may not have these values after this turn."""
    forgets: Names = ()
    """Facts that may not be known after this turn, whatever their value."""

    @field_validator("says", "never")
    @classmethod
    def _are_patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        return patterns_that_compile(patterns)

    @model_validator(mode="after")
    def _says_one_thing(self) -> "ConversationTurn":
        if bool(self.text) == (self.choice is not None):
            raise ValueError("give `text` or `choice`, and not both")
        return self

    @property
    def said(self) -> str:
        """What the visitor said or tapped, as one line."""
        return self.text or f"[{self.choice.fact}: {self.choice.value}]" if self.choice else self.text


class Conversation(Frozen):
    """At least five turns of somebody who is somebody."""

    id: Slug
    topic: str
    """The file it stands in."""
    who: str = Field(min_length=5)
    visitor: Visitor
    style: Style
    region: str = "haaglanden"
    locale: Literal["nl", "en"] = "nl"
    """The language of the page; the visitor may write another."""
    turns: tuple[ConversationTurn, ...] = Field(min_length=5)
    source: str = Field(min_length=3)

    @property
    def split(self) -> Split:
        """Development or test."""
        return split_of(self.id)

    def named_facts(self) -> dict[str, list[Any]]:
        """Every fact that a turn expects, rules out or chooses, with the values it gives."""
        found: dict[str, list[Any]] = {}
        for turn in self.turns:
            for name, value in (*turn.knows.items(), *turn.not_knows.items()):
                found.setdefault(name, []).append(value)
            for name in (*turn.forgets, *(each for each in turn.asks if each != ANY)):
                found.setdefault(name, [])
            if turn.choice is not None:
                found.setdefault(turn.choice.fact, []).append(turn.choice.value)
        return found
