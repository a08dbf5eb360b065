"""
Vacancies and schools in need beside a lead, each with the reasons why. It suggests and never decides: places are put in
order, people never are, and nothing is sent to anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.fact import FactValue
from knowledge.record import Frozen
from knowledge.routing import SECTOR_WORDS

MOST = 6


class NeedKind(StrEnum):
    """What a school looks for; the three kinds of demand in the region."""

    REPLACEMENT = "replacement"
    TRAINING_PLACE = "training_place"
    PERMANENT = "permanent"


class Need(Frozen):
    """That a school needs somebody, as it told the loket; it is over after a day."""

    id: int = 0
    region: str
    employer: str
    title: str
    sector: str
    municipality: str = ""
    """An id of the catalogue, or a name as it was typed."""
    subject: str = ""
    kind: NeedKind = NeedKind.PERMANENT
    is_urgent: bool = False
    until: date
    contact: str = ""


@dataclass(frozen=True)
class Place:
    """Where somebody could work or learn: a school's need or a published vacancy, in one form."""

    title: str
    employer: str
    sectors: frozenset[str]
    municipality: str
    subject: str
    welcomes_zij_instromers: bool
    is_urgent: bool
    kind: NeedKind | None
    until: date | None
    url: str | None = None
    contact: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A place, and why it may be something."""

    place: Place
    reasons: tuple[str, ...]


def place_of(need: Need) -> Place:
    """A school's need as a place."""
    return Place(
        title=need.title,
        employer=need.employer,
        sectors=frozenset({need.sector}),
        municipality=need.municipality,
        subject=need.subject,
        welcomes_zij_instromers=need.kind is NeedKind.TRAINING_PLACE,
        is_urgent=need.is_urgent,
        kind=need.kind,
        until=need.until,
        contact=need.contact,
    )


def suggestions(facts: Mapping[str, FactValue], places: Iterable[Place], today: date) -> tuple[Suggestion, ...]:
    """
    The places that fit what somebody told, with the most reasons first; equals by their last day, then by title.

    A place of another kind of school, or that is over, is left out; so is one for which nothing speaks. Which board it
    is plays no part.
    """
    found = []
    for place in places:
        if place.until is not None and place.until < today:
            continue
        wanted = facts.get("sector", frozenset())
        sectors = wanted if isinstance(wanted, frozenset) else frozenset({str(wanted)})
        if sectors and place.sectors and not sectors & place.sectors:
            continue
        reasons = tuple(_reasons(facts, place, sectors))
        if reasons:
            found.append(Suggestion(place, reasons if not place.is_urgent else (*reasons, "De school zoekt dringend")))
    found.sort(key=lambda each: (-len(each.reasons), each.place.until or date.max, each.place.title))
    return tuple(found[:MOST])


def _reasons(facts: Mapping[str, FactValue], place: Place, sectors: frozenset[str]) -> Iterable[str]:
    for sector in sorted(sectors & place.sectors):
        yield f"Wil werken in het {SECTOR_WORDS.get(sector, sector)}"
    if place.subject and str(facts.get("subject", "")).casefold() == place.subject.casefold():
        yield "Hetzelfde vak"
    if place.municipality and str(facts.get("municipality", "")).casefold() == place.municipality.casefold():
        yield "In de eigen gemeente"
    qualified = facts.get("teaching_qualification") in ("pabo", "tweedegraads", "eerstegraads", "pdg")
    if place.welcomes_zij_instromers and not qualified and "diploma_level" in facts:
        yield "Ook voor wie nog bevoegd wil worden"
    if qualified and place.kind is not NeedKind.TRAINING_PLACE:
        yield "Is al bevoegd"
