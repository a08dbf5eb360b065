"""The unit that is indexed, found and cited: one section of a record or of a document."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256

from pydantic import Field

from knowledge.record import Frozen, Kind, PartialDate, Record, Sector, Slug
from knowledge.source import Source

_SECTION = re.compile(r"^#{1,6} +(?P<title>.+)$", re.MULTILINE)


class Passage(Frozen):
    """A piece of text with all that a citation of it needs."""

    id: str
    """Unique in a generation: `pabo-voltijd#0`, `plan-hgl#12`."""
    record_id: Slug | None = None
    """The record it is a section of; None for a document."""
    source_id: Slug
    kind: Kind | str
    """The record's kind, or `document`."""
    title: str
    section: str = ""
    text: str = Field(min_length=1)
    found_by: str = ""
    """What it is found by instead of its own text: sentences in which people ask for it. They are never shown."""
    publisher: str
    url: str | None = None
    as_of: PartialDate
    page: int | None = None
    language: str = "nl"
    sectors: tuple[Sector, ...] = ()
    regions: tuple[Slug, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None

    def words(self) -> str:
        """What is turned into vectors: title, heading and text, so that a short section is found by its subject."""
        heading = f"{self.title}: {self.section}" if self.section else self.title
        return f"{heading}\n{self.found_by or self.text}"

    def digest(self) -> str:
        """A hash of what is embedded, for the cache of vectors."""
        return sha256(self.words().encode()).hexdigest()


def sections_of(markdown: str) -> Iterator[tuple[str, str]]:
    """Pairs of heading and text, in reading order; text before the first heading has heading `""`."""
    before, *rest = _SECTION.split(markdown)
    for title, text in [("", before), *zip(rest[::2], rest[1::2], strict=True)]:
        if text.strip():
            yield title.strip(), text.strip()


def passages_of(record: Record, source: Source, asked: Sequence[str] = ()) -> Iterator[Passage]:
    """
    The passages of one record: its summary with the names it goes by, its details, each section of its body, and the
    ways in which people ask for it.

    :param source: The record's first source, which a citation names.
    :param asked: Sentences of visitors; a passage each, of which the text is the record's summary.
    """
    pieces = [("", " ".join([record.summary, *record.also_called]), "")]
    details = "\n".join(record.details())
    if details:
        pieces.append(("Feiten", details, ""))
    pieces += [(section, text, "") for section, text in sections_of(record.body)]
    pieces += [("", record.summary, sentences) for sentences in asked]
    for position, (section, text, found_by) in enumerate(pieces):
        yield Passage(
            id=f"{record.id}#{position}",
            record_id=record.id,
            source_id=source.id,
            kind=record.kind,
            title=record.title,
            section=section,
            text=text,
            found_by=found_by,
            publisher=source.publisher,
            url=source.address,
            as_of=source.as_of,
            sectors=record.sectors,
            regions=record.regions,
            valid_from=record.valid_from,
            valid_until=record.valid_until,
        )
