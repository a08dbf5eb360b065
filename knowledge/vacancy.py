"""A job at a school, which expires."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field, HttpUrl

from knowledge.record import Kind, Record


class Vacancy(Record):
    """A job opening; after `closes_on` it is not shown any more."""

    kind: Literal[Kind.VACANCY] = Kind.VACANCY
    employer: str = Field(min_length=2)
    municipality: str = ""
    fte: str = ""
    closes_on: date | None = None
    welcomes_zij_instromers: bool | None = None
    url: HttpUrl | None = None

    def is_over(self, today: date) -> bool:
        """Whether the last day to apply lies behind us."""
        return self.closes_on is not None and self.closes_on < today

    def details(self) -> Iterator[str]:
        yield f"{self.employer}, {self.municipality}".strip(", ")
        if self.fte:
            yield self.fte
        if self.closes_on:
            yield f"Reageren tot en met {self.closes_on:%d-%m-%Y}."
