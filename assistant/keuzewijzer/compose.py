"""From published records and a selection to the whole document."""

from assistant.eligibility.verdict import Eligibility
from assistant.keuzewijzer.chapter import chapter_of
from assistant.keuzewijzer.choosing import SECTORS, Selection
from assistant.keuzewijzer.document import Keuzewijzer
from assistant.keuzewijzer.numbering import Numbering, day_in_words
from assistant.keuzewijzer.place import contacts_of, region_part
from assistant.keuzewijzer.tables import at_a_glance, compared


def compose(eligibility: Eligibility, selection: Selection, has_logo: bool = False) -> Keuzewijzer:
    """
    The document. The same selection over the same published knowledge gives the same one.

    :param eligibility: The published records and rules as they hold on the day of the selection.
    """
    catalogue = eligibility.catalogue
    numbers = Numbering(catalogue)
    chapters = tuple(chapter_of(catalogue, selection, route, numbers) for route in selection.routes)
    tables = compared(eligibility, selection, numbers)
    place = region_part(catalogue, selection, numbers)
    contacts = contacts_of(catalogue, selection, numbers)
    return Keuzewijzer(
        title=f"Keuzewijzer {SECTORS[selection.sector]}",
        board=selection.board,
        sector=SECTORS[selection.sector],
        region=selection.region.title,
        day=day_in_words(selection.on),
        iso_day=selection.on.isoformat(),
        version=catalogue.version,
        at_a_glance=at_a_glance(chapters),
        routes=chapters,
        tables=tables,
        place=place,
        contacts=contacts,
        sources=numbers.rows(),
        has_logo=has_logo,
    )
