"""Where a statement comes from, and until when it may be repeated."""

from datetime import date, timedelta

from pydantic import Field, HttpUrl, model_validator

from knowledge.record import Confidence, Frozen, PartialDate, Slug


class Source(Frozen):
    """A page, document or law that somebody has read, and the moment that reading speaks of."""

    id: Slug
    title: str = Field(min_length=2)
    publisher: str = Field(min_length=2)
    url: HttpUrl | None = None
    document: str | None = None
    """The name of a document without an address of its own: a plan, a law text, a file."""
    as_of: PartialDate
    """The day, month or year that the source itself speaks of, or was seen."""
    confidence: Confidence = "medium"
    recheck_after: timedelta = timedelta(days=180)

    @model_validator(mode="after")
    def _can_be_found(self) -> "Source":
        if self.url is None and self.document is None:
            raise ValueError("a source needs a url or a document, so that a reader can find it")
        return self

    @property
    def address(self) -> str | None:
        """The address to link to, if the source has one."""
        return str(self.url) if self.url else None

    @property
    def reread_on(self) -> date:
        """The last day before the editor should read the source again."""
        year, month, day = (int(part) for part in (self.as_of + "-01-01")[:10].split("-"))
        return date(year, month, day) + self.recheck_after

    def is_due(self, today: date) -> bool:
        """Whether the editor should read the source again."""
        return today > self.reread_on


class LegalBasis(Frozen):
    """The law and the article that a rule rests on."""

    law: str = Field(min_length=2)
    provision: str = ""
    url: HttpUrl | None = None

    def __str__(self) -> str:
        return f"{self.law}, {self.provision}" if self.provision else self.law
