"""The pages for what is not there or does not work."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from assistant.site.addresses import address_of
from assistant.site.shell import NAVIGATION, Link, Shell
from assistant.site.visit import Visit

_CLOSE_ENOUGH = 60
_SUGGESTIONS = 5
_MOST_CHARS = 80


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
    say, is_said = visit.say, visit.say(text) != text
    shell = visit.shell(say(heading) if is_said else heading, say(text), is_indexed=False, has_english=is_said)
    return ErrorPage(shell, shell.title, say(text))


def not_found_page(visit: Visit) -> NotFoundPage:
    """The page for an address that holds nothing, with the records whose id or title is nearest to it."""
    heading = "Deze pagina is er niet"
    about = visit.say("Deze pagina bestaat niet of niet meer.")
    shell = visit.shell(visit.say(heading), about, is_indexed=False, has_english=True)
    wanted = visit.path.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")[:_MOST_CHARS]
    names: dict[str, Link] = {}
    for label, address in (*_menu(), *_records(visit)):
        link = Link(shell.link(address), label)
        names |= {label: link, address.rsplit("/", 1)[-1].replace("-", " "): link}
    found = process.extract(
        wanted,
        list(names),
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        limit=2 * _SUGGESTIONS,
        score_cutoff=_CLOSE_ENOUGH,
    )
    # A page is found by its title and by its address.
    return NotFoundPage(shell, tuple(dict.fromkeys(names[name] for name, _, _ in found))[:_SUGGESTIONS])


def _menu() -> Iterator[tuple[str, str]]:
    return ((label, address) for address, label in NAVIGATION)


def _records(visit: Visit) -> Iterator[tuple[str, str]]:
    return ((record.title, address) for record in visit.catalogue if (address := address_of(record)))
