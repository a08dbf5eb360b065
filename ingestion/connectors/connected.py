"""Connected: what came of reading an answer that is no page, and which reader goes with which kind of source."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ingestion.connectors.calendar import read_calendar
from ingestion.connectors.feed import read_feed
from ingestion.connectors.onderwijsloket import read_items
from ingestion.connectors.tables import read_table
from ingestion.connectors.told import Answer, Connected, Unreadable
from ingestion.source import SourceKind

__all__ = ["Answer", "Connected", "Unreadable", "connector_of"]
_CONNECTORS: Mapping[SourceKind, Callable[[Answer], Connected]] = MappingProxyType(
    {"feed": read_feed, "calendar": read_calendar, "table": read_table, "onderwijsloket": read_items}
)


def connector_of(kind: SourceKind, raw: bytes) -> Callable[[Answer], Connected] | None:
    """
    Reads the answers of a kind of source; None for a site of pages.

    The pages that a feed or a table leads to are pages like any other.
    """
    if raw.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        return None
    return _CONNECTORS.get(kind)
