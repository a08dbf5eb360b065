"""Where each record is on the site."""

from knowledge.record import Kind, Record

_FOLDERS = {
    Kind.ROUTE: "/routes/",
    Kind.COST: "/kosten/",
    Kind.SALARY: "/kosten/",
    Kind.SUBSIDY: "/subsidies/",
    Kind.LOKET: "/loketten/",
    Kind.EVENT: "/agenda/",
    Kind.ORIENTATION: "/agenda/",
}


def address_of(record: Record) -> str | None:
    """The address of the page about a record; None if it has none of its own."""
    folder = _FOLDERS.get(record.kind)
    return folder + record.id if folder else None
