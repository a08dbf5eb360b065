"""A job at a school, which expires."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field, HttpUrl

from knowledge.record import Kind, Record, Slug


class Vacancy(Record):
    """A job opening; after `closes_on` it is not shown any more."""

    kind: Literal[Kind.VACANCY] = Kind.VACANCY
    employer: str = Field(min_length=2)
    """The school, or its board if no school is named."""
    board: str = ""
    """Whom the school belongs to, if both are known."""
    municipality: str = ""
    """The town, as it is told."""
    subjects: tuple[Slug, ...] = ()
    fte: str = ""
    """In words: `0,8 fte`."""
    scale: str = ""
    """Of the salary: `LB`."""
    closes_on: date | None = None
    welcomes_zij_instromers: bool | None = None
    url: HttpUrl | None = None

    def is_over(self, today: date) -> bool:
        """Whether the last day to apply lies behind us."""
        return self.closes_on is not None and self.closes_on < today

    def details(self) -> Iterator[str]:
        yield f"{self.employer}, {self.municipality}".strip(", ")
        if self.board and self.board != self.employer:
            yield f"Bestuur: {self.board}."
        if self.fte:
            yield self.fte
        if self.scale:
            yield f"Schaal {self.scale}."
        if self.welcomes_zij_instromers:
            yield "Ook voor zij-instromers."
        if self.closes_on:
            yield f"Reageren tot en met {self.closes_on:%d-%m-%Y}."
