"""Every public page that search engines may show."""

from collections.abc import Iterator

from assistant.site.addresses import address_of
from assistant.site.shell import NAVIGATION
from assistant.site.visit import Visit
from knowledge.event import Event, Orientation

_BESIDE_THE_MENU = ("/veranderd", "/en/changes")


def addresses(visit: Visit) -> list[str]:
    """The full addresses: the menu first, then each record's page in the order of the catalogue."""
    paths = ["/", *(path for path, _ in NAVIGATION), *_BESIDE_THE_MENU, *_records(visit)]
    return [visit.public_url + path for path in dict.fromkeys(paths)]


def _records(visit: Visit) -> Iterator[str]:
    for record in visit.catalogue:
        if isinstance(record, Event) and record.is_over(visit.on):
            continue
        if isinstance(record, Orientation) and record.status == "ended":
            continue
        if address := address_of(record):
            yield address
