"""What the pages of the keuzewijzer on the desk show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, Shell, shell
from assistant.keuzewijzer.choosing import SECTORS, SchoolSector, asked_first, routes_of
from assistant.keuzewijzer.document import Keuzewijzer
from knowledge.catalogue import Catalogue
from knowledge.place import Region

_SECTOR_WORDS = {"po": "Basisonderwijs", "so": "Speciaal onderwijs", "vo": "Voortgezet onderwijs", "mbo": "Mbo"}


@dataclass(frozen=True)
class Filled:
    """What an adviser filled in so far, as it was typed."""

    sector: str = ""
    region: str = ""
    routes: tuple[str, ...] | None = None
    """None: nothing chosen yet, so that those that boards ask about first are ticked."""
    board: str = ""
    kept_logo: str = ""
    """A logo that was read before, as base64 of a clean PNG: a browser does not keep a chosen file."""
    without_logo: bool = False


@dataclass(frozen=True)
class KeuzewijzerForm:
    """The form: first for whom, then what."""

    shell: Shell
    sectors: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    sector: str
    """Empty: not chosen yet, and only that is asked."""
    sector_words: str
    region: str
    region_words: str
    routes: tuple[Choice, ...]
    board: str
    kept_logo: str
    without_logo: bool
    errors: Mapping[str, str] = field(default_factory=dict)
    """Field name to what to do about it."""


@dataclass(frozen=True)
class KeuzewijzerPreview:
    """The document to look at, with the buttons to get it or to change it."""

    shell: Shell
    document: Markup
    title: str
    board: str
    hidden: tuple[tuple[str, str], ...]
    """What was chosen, to send along with the next button: name and value."""
    notice: str


def form_page(
    adviser: SignedInAdviser, catalogue: Catalogue, filled: Filled, on: date, errors: Mapping[str, str] | None = None
) -> KeuzewijzerForm:
    """The form with what was filled in, and beside each field that is wrong what to do."""
    places = {each.id: each.title for each in catalogue.all(Region)}
    own = [each for each in adviser.account.regions if each in places]
    sector = filled.sector if filled.sector in SECTORS else ""
    region = filled.region if filled.region in places else ""
    return KeuzewijzerForm(
        shell=shell("Keuzewijzer", adviser),
        sectors=tuple(Choice(id_, _SECTOR_WORDS[id_], id_ == sector) for id_ in SECTORS),
        regions=tuple(Choice(id_, title, id_ == (region or next(iter(own), ""))) for id_, title in places.items()),
        sector=sector if region else "",
        sector_words=_SECTOR_WORDS.get(sector, ""),
        region=region,
        region_words=places.get(region, ""),
        routes=_routes(catalogue, sector, filled.routes, on) if sector else (),  # type: ignore[arg-type]
        board=filled.board,
        kept_logo=filled.kept_logo,
        without_logo=filled.without_logo,
        errors=errors or {},
    )


def preview_page(
    adviser: SignedInAdviser, document: Keuzewijzer, shown: Markup, filled: Filled, notice: str
) -> KeuzewijzerPreview:
    """
    The document as a page.

    :param notice: What was left out or changed, for the adviser to know; empty: nothing.
    """
    return KeuzewijzerPreview(
        shell=shell(f"{document.title} voor {document.board}", adviser),
        document=shown,
        title=document.title,
        board=document.board,
        hidden=(
            ("sector", filled.sector),
            ("region", filled.region),
            *(("route", each) for each in filled.routes or ()),
            ("board", filled.board),
            ("kept_logo", filled.kept_logo),
        ),
        notice=notice,
    )


def _routes(catalogue: Catalogue, sector: SchoolSector, chosen: Sequence[str] | None, on: date) -> tuple[Choice, ...]:
    first = asked_first(sector)
    ticked = first if chosen is None else chosen
    found = {each.id: each for each in routes_of(catalogue, sector, on)}
    # Those that boards ask about first stand on top.
    ordered = dict.fromkeys((*(id_ for id_ in first if id_ in found), *found))
    return tuple(Choice(id_, found[id_].title, id_ in ticked) for id_ in ordered)
