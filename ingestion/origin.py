"""Origin: what a citation says about a document that is ingested."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.catalogue import Catalogue
from knowledge.place import Region
from knowledge.record import Frozen, PartialDate, Sector, Slug

OWN_DOCUMENT = "eigen document"
"""The publisher of a document of which nobody said who published it, as a visitor reads it."""


class OriginError(ValueError):
    """The options make no sense; the message says which, and what to use."""


class Origin(Frozen):
    """Who says what is in the document, when, and for which region."""

    source_id: Slug
    title: str = ""
    """Empty: the file's own title, or its name."""
    publisher: str = OWN_DOCUMENT
    url: str | None = None
    as_of: PartialDate | None = None
    """None: the day on which the file was last changed."""
    regions: tuple[Slug, ...] = ()
    """Empty: holds everywhere."""
    sectors: tuple[Sector, ...] = ()

    def meta_of(self, path: Path) -> dict[str, Any]:
        """What each page of that file is to carry; `title` is empty if only the file itself can tell."""
        changed_on = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        return self.model_dump(mode="json") | {"as_of": self.as_of or changed_on.isoformat()}


def origin_of(
    catalogue: Catalogue,
    source_id: str,
    region: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    as_of: str | None = None,
) -> Origin:
    """
    The origin of a source: what the catalogue knows of it goes before the options, and these before the file.

    :raises OriginError: If an id is no slug, the region is not in the catalogue, or the date is none.
    """
    regions = {each.id for each in catalogue.all(Region)}
    if region and regions and region not in regions:
        raise OriginError(f"there is no region {region!r}; use one of: {', '.join(sorted(regions))}")
    given: dict[str, Any] = {
        "source_id": source_id,
        "title": title,
        "publisher": publisher,
        "url": url,
        "as_of": as_of,
        "regions": (region,) if region else None,
    }
    if known := catalogue.sources.get(source_id):
        given |= {"title": known.title, "publisher": known.publisher, "as_of": known.as_of}
        given |= {"url": known.address or url}
    try:
        return Origin.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        raise OriginError(
            f"{first['loc'][0]} {first['input']!r} does not do: an id is like `plan-haaglanden-2024`, "
            "a date like 2026-09-01, 2026-09 or 2026"
        ) from error
