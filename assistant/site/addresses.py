"""Where each record is on the site."""

from knowledge.event import Event
from knowledge.money import Cost, Subsidy
from knowledge.place import Loket
from knowledge.record import Record
from knowledge.route import Route


def address_of(record: Record) -> str | None:
    """The address of the page about a record, or of the place on a page; None if no page shows it."""
    if isinstance(record, Route):
        return f"/routes/{record.id}"
    if isinstance(record, Cost):
        return f"/kosten/{record.id}"
    if isinstance(record, Subsidy):
        return f"/subsidies/{record.id}"
    if isinstance(record, Loket):
        return f"/loketten#{record.id}"
    if isinstance(record, Event):
        return f"/agenda#{record.id}"
    return None
