"""What a visitor can go to: events on a day, and orientation offers that run all year."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Literal

from pydantic import Field, HttpUrl

from knowledge.record import Kind, Record, Slug, reference_pairs


class Event(Record):
    """Something on one day. After that day it is not shown any more."""

    kind: Literal[Kind.EVENT] = Kind.EVENT
    starts_at: datetime
    """Local time in the Netherlands. Midnight: the day is known, the hour is not."""
    ends_at: datetime | None = None
    place: str = Field(min_length=2)
    url: HttpUrl | None = None
    lokets: tuple[Slug, ...] = ()

    def is_over(self, today: date) -> bool:
        """Whether the event lies behind us."""
        return (self.ends_at or self.starts_at).date() < today

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        yield from super().references()
        yield from reference_pairs("lokets", Kind.LOKET, self.lokets)

    def details(self) -> Iterator[str]:
        yield f"{self.when()}, {self.place}."

    def when(self) -> str:
        """The day, or the first and the last one, and the hour when it is known: `08-03-2027 tot en met 09-03-2027`."""
        start = f"{self.starts_at:%d-%m-%Y}"
        if self.starts_at.time() != time():
            start += f" {self.starts_at:%H:%M}"
        if self.ends_at and self.ends_at.date() > self.starts_at.date():
            return f"{start} tot en met {self.ends_at:%d-%m-%Y}"
        return start


class Orientation(Record):
    """A way to taste the job before deciding: a day along, a course, a talk, a test."""

    kind: Literal[Kind.ORIENTATION] = Kind.ORIENTATION
    status: Literal["active", "ended", "unknown"] = "active"
    duration: str = ""
    """In words: `drie dagdelen`."""
    price: str = ""
    """In words with the year, only if a source says so."""
    url: HttpUrl | None = None
    lokets: tuple[Slug, ...] = ()

    def references(self) -> Iterator[tuple[str, Kind, str]]:
        yield from super().references()
        yield from reference_pairs("lokets", Kind.LOKET, self.lokets)

    def details(self) -> Iterator[str]:
        if self.duration:
            yield f"Duur: {self.duration}."
        if self.price:
            yield f"Prijs: {self.price}."
