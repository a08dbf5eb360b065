"""What holds between a school and somebody who learns there: rights, duties, guidance, and what happens if it goes wrong."""

from datetime import date
from typing import Literal

from pydantic import Field

from knowledge.record import Confidence, Frozen, Slug
from knowledge.source import LegalBasis

Topic = Literal["school-right", "school-duty", "candidate-right", "candidate-duty", "guidance", "risk", "doubt"]


class Arrangement(Frozen):
    """
    One sourced statement for school boards, about one route or several.

    It speaks of *het bestuur* and *de kandidaat*, since a board reads it, and not a visitor.
    """

    id: Slug
    routes: tuple[Slug, ...] = Field(min_length=1)
    topic: Topic
    text: str = Field(min_length=10, max_length=400)
    legal_basis: LegalBasis | None = None
    sources: tuple[Slug, ...] = Field(min_length=1)
    confidence: Confidence = "medium"
    """`low` is for the editor alone."""
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether it holds on that day; a period excludes its last day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )
