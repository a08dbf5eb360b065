"""Professions, and which diploma often goes with them: a question to ask, and never an answer."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from knowledge.fact import Fact, Localised
from knowledge.record import Frozen, Slug


class Profession(Frozen):
    """What somebody does or did for a living."""

    id: Slug
    title: Localised
    """As it stands in a sentence after `als`: `verpleegkundige`."""
    also_called: tuple[str, ...] = ()
    likely: tuple[str, ...] = Field(min_length=1, max_length=3)
    """Values of `diploma_level`, the likeliest first: the visitor is asked which of them it is, or another."""


def unsound_profession(profession: Profession, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """What is wrong with a profession, and what to do about it."""
    levels = facts["diploma_level"].values() if "diploma_level" in facts else ()
    for level in profession.likely:
        if level not in levels:
            yield f"{profession.id}: no diploma level {level!r}", f"use one of: {', '.join(levels)}"
