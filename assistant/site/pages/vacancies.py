"""Jobs at schools, and where schools put theirs."""

from dataclasses import dataclass

from assistant.site.pages.parts import Card, Chip, SourceRow, known_pairs, sector_chips, sources_of
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTOR_FILTER, date_in_words, region_name
from knowledge.article import Article
from knowledge.place import Institution, Loket, Region
from knowledge.vacancy import Vacancy

_GUIDE = "vacatures-"
"""What the id of an article about looking for work in a region begins with."""
_EMPLOYERS = ("schoolbestuur", "mbo-school")
_INTRO = "Werk op een school vind je op veel plekken. Hier staan de vacatures die wij kennen, en de sites van scholen in jouw regio."


@dataclass(frozen=True)
class VacancyRow:
    """A job that is still open."""

    title: str
    url: str
    text: str
    facts: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class Guide:
    """How one looks for work in a region, as the editors wrote it."""

    id: str
    title: str
    text: str
    body: str
    uncertain: str
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class SitesGroup:
    """Employers in one region; an address may be empty."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class VacanciesPage:
    """The jobs, and where else to look."""

    shell: Shell
    intro: str
    vacancies: tuple[VacancyRow, ...]
    guides: tuple[Guide, ...]
    sites: tuple[SitesGroup, ...]
    lokets: tuple[Card, ...]
    """Those that help to find a school."""
    sectors: tuple[Choice, ...]
    is_filtered: bool


def vacancies_page(visit: Visit, sector: str, notices: tuple[str, ...] = ()) -> VacanciesPage:
    """The page of jobs."""
    open_ones = [
        each for each in visit.catalogue.all(Vacancy) if not each.is_over(visit.on) and visit.wants(each, sector)
    ]
    shell = visit.shell("Vacatures", _INTRO, notices=notices)
    return VacanciesPage(
        shell=shell,
        intro=_INTRO,
        vacancies=tuple(_row(visit, each) for each in open_ones),
        guides=_guides(visit, sector),
        sites=_sites(visit, sector),
        lokets=_lokets(visit, shell, sector),
        sectors=choices(SECTOR_FILTER, sector),
        is_filtered=bool(sector),
    )


def _row(visit: Visit, vacancy: Vacancy) -> VacancyRow:
    facts = (
        ("School", vacancy.employer),
        ("Waar", vacancy.municipality),
        ("Hoeveel", vacancy.fte),
        ("Reageren tot en met", date_in_words(vacancy.closes_on) if vacancy.closes_on else ""),
    )
    chips = [*sector_chips(vacancy.sectors)]
    if vacancy.welcomes_zij_instromers:
        chips.append(Chip("Ook voor zij-instromers", "good"))
    return VacancyRow(
        title=vacancy.title,
        url=str(vacancy.url) if vacancy.url else "",
        text=vacancy.summary,
        facts=known_pairs(*facts),
        chips=tuple(chips),
        sources=sources_of(visit.catalogue, vacancy),
    )


def _guides(visit: Visit, sector: str) -> tuple[Guide, ...]:
    """What the editors wrote about looking for work in the visitor's region, or in each."""
    return tuple(
        Guide(each.id, each.title, each.summary, each.body, each.uncertain, sources_of(visit.catalogue, each))
        for each in visit.catalogue.all(Article)
        if each.id.startswith(_GUIDE) and visit.wants(each, sector)
    )


def _sites(visit: Visit, sector: str) -> tuple[SitesGroup, ...]:
    """The employers by region, each with its vacancies or else its own site; with a region chosen only that one."""
    regions = [visit.region] if visit.region else list(visit.catalogue.all(Region))
    groups = (
        SitesGroup(
            region_name(region),
            tuple(
                Link(str(each.vacancies_url or each.url or ""), each.title)
                for each in visit.catalogue.all(Institution)
                if each.type in _EMPLOYERS
                and each.status == "active"
                and region.id in each.regions
                and (not sector or not each.sectors or sector in each.sectors)
            ),
        )
        for region in regions
    )
    return tuple(group for group in groups if group.links)


def _lokets(visit: Visit, shell: Shell, sector: str) -> tuple[Card, ...]:
    return tuple(
        Card(shell.to(each), each.title, each.summary, sector_chips(each.sectors))
        for each in visit.catalogue.all(Loket)
        if each.status == "active" and {"vacatures", "matching"} & set(each.services) and visit.wants(each, sector)
    )
