"""WatchedSource: a site, feed or list that is looked at again and again, and what may come of it by itself."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, HttpUrl, model_validator

from knowledge.record import Confidence, Frozen, Sector, Slug

SourceKind = Literal["website", "feed", "calendar", "table", "vacancies", "onderwijsloket"]
"""`vacancies` is a site of schema.org JobPostings; `onderwijsloket` is its content API."""
Live = Literal["passages", "vacancies", "events"]
"""What may be told to visitors without an editor's yes. Facts in records never are."""
Status = Literal["active", "paused", "unchecked"]
"""`unchecked`: nobody has yet seen that the address is right, so it is not fetched by itself."""


class Follow(Frozen):
    """Which links are followed, and how far."""

    only: tuple[str, ...] = ()
    """Beginnings of paths, as in `/leraar-worden`; empty: the whole site."""
    never: tuple[str, ...] = ()
    """Beginnings of paths that are left out."""
    depth: Annotated[int, Field(ge=0, le=20)] = 4
    pages: Annotated[int, Field(ge=1, le=20_000)] = 300


class WatchedSource(Frozen):
    """Where outside information comes from."""

    id: Slug
    title: str = Field(min_length=2)
    owner: str = Field(min_length=2)
    """Who says what is there: the publisher in a citation."""
    kind: SourceKind = "website"
    start: Annotated[tuple[HttpUrl, ...], Field(min_length=1)]
    sitemaps: tuple[HttpUrl, ...] = ()
    """Besides those that robots.txt names."""
    follow: Follow = Follow()
    every: Annotated[timedelta, Field(ge=timedelta(hours=1), le=timedelta(days=366))] = timedelta(days=7)
    regions: tuple[Slug, ...] = ()
    """Empty: holds everywhere."""
    sectors: tuple[Sector, ...] = ()
    organisation: Slug | None = None
    """The record of the loket, institution or board that the source speaks for."""
    goes_live: frozenset[Live] = frozenset()
    status: Status = "unchecked"
    confidence: Confidence = "medium"
    """Whether the address is right and still theirs."""
    note: str = ""

    @model_validator(mode="after")
    def _follows_a_site_alone(self) -> "WatchedSource":
        if self.kind in {"feed", "calendar", "table"} and self.sitemaps:
            raise ValueError(f"a {self.kind} has no sitemaps")
        return self

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where a run begins."""
        return tuple(str(each) for each in self.start)
