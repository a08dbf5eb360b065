"""The pages for what is not there or does not work."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from assistant.site.addresses import address_of
from assistant.site.shell import Link, Shell
from assistant.site.visit import Visit

_CLOSE_ENOUGH = 60
_SUGGESTIONS = 5


@dataclass(frozen=True)
class ErrorPage:
    """What went wrong, and what to do."""

    shell: Shell
    heading: str
    text: str


@dataclass(frozen=True)
class NotFoundPage:
    """Nothing is at this address; what looks like it."""

    shell: Shell
    suggestions: tuple[Link, ...]


def error_page(visit: Visit, heading: str, text: str) -> ErrorPage:
    """A page for an error whose words say what to do."""
    return ErrorPage(visit.shell(heading, text, is_indexed=False), heading, text)


def not_found_page(visit: Visit) -> NotFoundPage:
    """The page for an address that holds nothing, with the records whose id or title is nearest to it."""
    heading = "Deze pagina is er niet"
    shell = visit.shell(heading, "Deze pagina bestaat niet of niet meer.", is_indexed=False)
    wanted = visit.path.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")[:80]
    names = {
        f"{record.id} {record.title}": Link(shell.link(address), record.title)
        for record in visit.catalogue
        if (address := address_of(record))
    }
    found = process.extract(
        wanted, list(names), scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=_SUGGESTIONS
    )
    return NotFoundPage(shell, tuple(names[name] for name, score, _ in found if score >= _CLOSE_ENOUGH))
