"""What a keuzewijzer is made for: sector, region, routes and board, checked before anything is written."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import fuzz, process

from knowledge.catalogue import Catalogue
from knowledge.place import Region
from knowledge.route import Route

Field = Literal["sector", "region", "route", "board", "logo"]
SchoolSector = Literal["po", "so", "vo", "mbo"]
SECTORS: Mapping[SchoolSector, str] = {
    "po": "basisonderwijs",
    "so": "speciaal onderwijs",
    "vo": "voortgezet onderwijs",
    "mbo": "mbo",
}
MOST_ROUTES = 12
LONGEST_BOARD = 120
_LIKE_ENOUGH = 70
_MOST_LISTED = 8
_ASKED_FIRST: Mapping[SchoolSector, tuple[str, ...]] = {
    "po": ("zij-instroom-po", "versneld-voor-de-klas", "pabo-deeltijd", "herintreder-po"),
    "so": ("zij-instroom-po", "versneld-voor-de-klas", "herintreder-po"),
    "vo": ("zij-instroom-vo-tweedegraads", "zij-instroom-vo-eerstegraads", "zij-instroom-vmbo-mbo4", "herintreder-vo-mbo"),
    "mbo": ("pdg-mbo-zij-instroom", "mbo-instructeur", "docent-mbo-met-bevoegdheid", "hybride-docent"),
}  # fmt: skip
"""The routes that boards ask about first, for who names none."""
_UNPRINTABLE = re.compile(r"[^ -~\u00a0-\u024f\u0370-\u045f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac\u2122]")
"""What our fonts cannot set: emoji, scripts that no Dutch board is named in, and every control character."""


class NotChosen(ValueError):
    """A keuzewijzer cannot be made of this. `str(error)` is English, for operators; `dutch` for advisers."""

    def __init__(self, field: Field, english: str, dutch: str) -> None:
        super().__init__(english)
        self.field = field
        self.dutch = dutch


@dataclass(frozen=True)
class Selection:
    """What a keuzewijzer is made for."""

    sector: SchoolSector
    region: Region
    routes: tuple[Route, ...]
    board: str
    on: date
    """The day of the document: what it says holds then."""


def select(catalogue: Catalogue, sector: str, region: str, routes: Sequence[str], board: str, on: date) -> Selection:
    """
    The selection that these ids and this name stand for.

    :param routes: Ids of routes; none stands for those that boards of this sector ask about first.
    :raises NotChosen: If one of them is unknown, does not go with the sector, or cannot be used.
    """
    if sector not in SECTORS:
        known = {str(each): (words,) for each, words in SECTORS.items()}
        raise _unknown("sector", sector, known, "Kies een soort onderwijs: po, so, vo of mbo.")
    places = {each.id: each for each in catalogue.all(Region)}
    if region not in places:
        named = {id_: (each.title, *each.also_called) for id_, each in places.items()}
        raise _unknown("region", region, named, f"Kies een regio: {', '.join(places)}.")
    return Selection(
        sector=sector,  # type: ignore[arg-type]
        region=places[region],
        routes=_routes(catalogue, sector, routes, on),  # type: ignore[arg-type]
        board=board_name(board),
        on=on,
    )


def routes_of(catalogue: Catalogue, sector: str, on: date) -> tuple[Route, ...]:
    """Every route of a sector that holds on that day, in the order of the catalogue."""
    return tuple(each for each in catalogue.all(Route) if sector in each.sectors and each.is_valid_on(on))


def asked_first(sector: SchoolSector) -> tuple[str, ...]:
    """Ids of the routes that boards of this sector ask about first."""
    return _ASKED_FIRST[sector]


def board_name(given: str) -> str:
    """
    The name of a board as it can be printed: one line, without what no font can set.

    :raises NotChosen: If nothing is left, or it is longer than any name.
    """
    # First what looks the same in another way of writing, then no controls, no emoji and no doubled spaces.
    name = printable(" ".join(unicodedata.normalize("NFC", given[:2_000]).split()))
    if len(given) > 2_000 or len(name) > LONGEST_BOARD:
        raise NotChosen(
            "board",
            f"the name of the board is longer than {LONGEST_BOARD} characters; shorten it",
            f"De naam van het bestuur is te lang. Gebruik hoogstens {LONGEST_BOARD} tekens.",
        )
    if not any(char.isalnum() for char in name):
        raise NotChosen(
            "board", "the name of the board holds no letters; give it with --board", "Vul de naam van het bestuur in."
        )
    return name


def printable(text: str) -> str:
    """The text without characters that our fonts cannot set; each run of spaces on a line as one."""
    return re.sub(r" {2,}", " ", _UNPRINTABLE.sub("", text)).strip()


def _routes(catalogue: Catalogue, sector: SchoolSector, ids: Sequence[str], on: date) -> tuple[Route, ...]:
    fitting = {each.id: each for each in routes_of(catalogue, sector, on)}
    wanted = list(dict.fromkeys(ids)) or [each for each in _ASKED_FIRST[sector] if each in fitting]
    for each in wanted:
        if each in fitting:
            continue
        if isinstance(other := catalogue.find(each), Route):
            sectors = ", ".join(other.sectors)
            raise NotChosen(
                "route",
                f"route {each!r} is for {sectors}, not for {sector}; leave it out or choose another sector",
                f"De route ‘{other.title}’ is niet voor {SECTORS[sector]}. Haal die weg, of kies een andere sector.",
            )
        named = {id_: (route.title,) for id_, route in fitting.items()}
        raise _unknown("route", each, named, f"De route ‘{each[:60]}’ kennen we niet.")
    if len(wanted) > MOST_ROUTES:
        raise NotChosen(
            "route",
            f"{len(wanted)} routes are more than a board reads; choose at most {MOST_ROUTES}",
            f"Kies hoogstens {MOST_ROUTES} routes. Met meer leest niemand het document nog.",
        )
    return tuple(fitting[each] for each in wanted)


def _unknown(field: Field, value: str, known: Mapping[str, Sequence[str]], dutch: str) -> NotChosen:
    """
    What to say about a value that nothing has.

    :param known: The values that there are, each with the other words that people have for it.
    """
    names = {name.lower(): id_ for id_, words in known.items() for name in (id_, *words)}
    near = process.extract(value[:80].lower(), list(names), scorer=_likeness, limit=6, score_cutoff=_LIKE_ENOUGH)
    meant = list(dict.fromkeys(names[name] for name, _, _ in near))[:3]
    hint = f"did you mean {' or '.join(meant)}? " if meant else ""
    bedoeld = f" Bedoel je {' of '.join(meant)}?" if meant else ""
    listed = (
        f"use one of: {', '.join(known)}"
        if len(known) <= _MOST_LISTED
        else f"`loket keuzewijzer --sector … --list` lists all {len(known)}"
    )
    return NotChosen(field, f"unknown {field} {value[:60]!r}; {hint}{listed}", dutch + bedoeld)


def _likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """From 0 to 100: letter by letter, or as far as they share whole words."""
    return max(fuzz.ratio(one, other), fuzz.token_set_ratio(one, other, score_cutoff=score_cutoff))
