"""Which loket a lead goes to; without one there is no lead."""

from collections.abc import Mapping

from assistant.errors import NoLoket
from knowledge.catalogue import Catalogue
from knowledge.fact import FactValue
from knowledge.routing import NATIONAL_LOKET, RoutedTo, choose_loket, find_municipality, sectors_in_words

__all__ = ["NATIONAL_LOKET", "RoutedTo", "find_municipality", "route_lead", "sectors_in_words"]


def route_lead(catalogue: Catalogue, facts: Mapping[str, FactValue], page_region: str) -> RoutedTo:
    """
    The loket for a visitor who wants to be called, as `choose_loket` finds it.

    :raises NoLoket: If the catalogue has no loket at all that takes leads.
    """
    found = choose_loket(catalogue, facts, page_region)
    if found is None:
        raise NoLoket
    return found
