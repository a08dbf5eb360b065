"""Where a route can be followed, the visitor's own region first."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.site.pages.parts import ConflictRow, SourceRow, conflict_rows, known_pairs, sources_of
from assistant.site.visit import Visit
from assistant.site.wording import first_upper, forms_in_words, listed, region_name
from knowledge.catalogue import Catalogue
from knowledge.place import Institution
from knowledge.programme import PROGRAMME_STATUS_WORDS, Programme
from knowledge.route import Route


@dataclass(frozen=True)
class ProgrammeRow:
    """A route as one institution offers it."""

    id: str
    title: str
    institution: str
    brief: str
    """Where and in which form, in one line."""
    text: str
    address: str
    """Of the institution's own page; empty: we know none."""
    facts: tuple[tuple[str, str], ...]
    status: str
    """Empty, or that it has not begun, has ended, or that we do not know."""
    uncertain: str
    conflicts: tuple[ConflictRow, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class ProgrammeGroup:
    """Programmes that are equally near."""

    heading: str
    rows: tuple[ProgrammeRow, ...]


def programmes_of(catalogue: Catalogue, route: Route) -> list[Programme]:
    """The programmes of a route that still exist."""
    return [each for each in catalogue.all(Programme) if route.id in each.routes and each.status != "ended"]


def programme_groups(visit: Visit, programmes: Sequence[Programme]) -> tuple[ProgrammeGroup, ...]:
    """The programmes by how near they are: in the visitor's region, online, elsewhere; without a region by place alone."""
    here = visit.region.id if visit.region else None
    near = [each for each in programmes if here in each.near]
    online = [each for each in programmes if each.is_online and each not in near]
    others = [each for each in programmes if each not in near and each not in online]
    groups = (
        (f"In of dicht bij {region_name(visit.region)}" if visit.region else "", near),
        ("Op afstand", online),
        ("Op andere plekken" if near or online else "", others),
    )
    return tuple(
        ProgrammeGroup(heading, tuple(_row(visit.catalogue, each) for each in found))
        for heading, found in groups
        if found
    )


def _row(catalogue: Catalogue, programme: Programme) -> ProgrammeRow:
    institution = catalogue.get(programme.institution, Institution)
    address = programme.url or institution.url
    facts = (
        ("Waar", listed(programme.places) or ("Op afstand" if programme.is_online else "")),
        ("Vorm", first_upper(forms_in_words(programme.forms))),
        ("Duur", first_upper(programme.duration.in_words()) if programme.duration else ""),
        ("Begin", first_upper(programme.start_in_words())),
        ("Aanmelden", programme.apply_by),
        ("Toelating", programme.admission),
        ("Tijd per week", programme.study_load),
        ("Diploma", programme.certificate),
        ("Kennismaken", programme.information),
        ("Contact", programme.contact),
        ("Eigen prijs", listed(amount.in_words() for amount in programme.amounts)),
    )
    return ProgrammeRow(
        id=programme.id,
        title=programme.title,
        institution=institution.title,
        brief=" · ".join(words for _, words in facts[:2] if words),
        text=programme.summary,
        address=str(address) if address else "",
        facts=known_pairs(*facts),
        status=PROGRAMME_STATUS_WORDS[programme.status],
        uncertain=programme.uncertain,
        conflicts=conflict_rows(catalogue, programme.conflicts),
        sources=sources_of(catalogue, programme),
    )
