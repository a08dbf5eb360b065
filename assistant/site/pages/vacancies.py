"""Jobs at schools, and where schools put theirs."""

from dataclasses import dataclass

from assistant.leads.alert import ALERT_TEXT, ALERT_VERSION, in_words
from assistant.site.pages.parts import Card, Chip, SourceRow, known_pairs, sector_chips, sources_of
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTOR_FILTER, date_in_words, region_name
from knowledge.article import Article
from knowledge.job_search import JOBS, JobSearch, found, is_in, open_jobs
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
class VacancyFilters:
    """What the jobs may be chosen on: what there is among them now."""

    sectors: tuple[Choice, ...]
    jobs: tuple[Choice, ...]
    subjects: tuple[Choice, ...]
    places: tuple[Choice, ...]
    zij_instromers: tuple[Choice, ...]


@dataclass(frozen=True)
class AlertForm:
    """To be mailed when a vacancy comes."""

    action: str
    wanted: str
    """What is looked for now, in words."""
    text: str
    """What one agrees to."""
    version: str
    email: str = ""
    problem: str = ""
    """What was wrong with what was filled in."""


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
    filters: VacancyFilters
    is_filtered: bool
    alert: AlertForm
    widened: str
    """What was left out of what was asked, in a sentence; empty if nothing was."""


def known_filters(visit: Visit) -> dict[str, dict[str, str]]:
    """The filters by their name in the address, each with its values and their words; municipalities where there is a job."""
    jobs = open_jobs(visit.catalogue.all(Vacancy), visit.on)
    places = {
        each.id: each.name
        for each in visit.catalogue.municipalities.values()
        if any(is_in(job, each) for job in jobs) or each.id == visit.asked.get("plaats")
    }
    subjects = {each for job in jobs for each in job.subjects} | {visit.asked.get("vak", "")}
    return {
        "onderwijs": SECTOR_FILTER,
        "functie": {name: words for name, (words, _) in JOBS.items()},
        "vak": {each.id: each.title for each in visit.catalogue.subjects.values() if each.id in subjects},
        "plaats": dict(sorted(places.items(), key=lambda each: each[1])),
        "zij-instromers": {"welkom": "Alleen waar zij-instromers welkom zijn"},
    }


def search_of(visit: Visit) -> JobSearch:
    """What a visitor chose; a value that we do not know counts for nothing."""
    chosen = {name: visit.chosen(name, values) for name, values in known_filters(visit).items()}
    return JobSearch(
        job=chosen["functie"],
        municipality=chosen["plaats"],
        sector=chosen["onderwijs"],
        subject=chosen["vak"],
        zij_instromers=bool(chosen["zij-instromers"]),
    )


def vacancies_page(visit: Visit, problem: str = "", email: str = "") -> VacanciesPage:
    """
    The page of jobs.

    :param problem: What was wrong with the form for mail, and `email` what was filled in there.
    """
    known, wanted = known_filters(visit), search_of(visit)
    open_ones = [each for each in open_jobs(visit.catalogue.all(Vacancy), visit.on) if visit.wants(each, wanted.sector)]
    fitting, met = found(wanted, open_ones, visit.catalogue.municipalities)
    shell = visit.shell("Vacatures", _INTRO, path="/vacatures", notices=visit.ignored(known))
    asked = {name: visit.chosen(name, values) for name, values in known.items()}
    return VacanciesPage(
        shell=shell,
        intro=_INTRO,
        vacancies=tuple(_row(visit, each) for each in fitting),
        guides=_guides(visit, wanted.sector),
        sites=_sites(visit, wanted.sector),
        lokets=_lokets(visit, shell, wanted.sector),
        filters=VacancyFilters(
            sectors=choices(SECTOR_FILTER, wanted.sector),
            jobs=choices(known["functie"], wanted.job),
            subjects=choices(known["vak"], wanted.subject),
            places=choices(known["plaats"], wanted.municipality),
            zij_instromers=choices(known["zij-instromers"], "welkom" if wanted.zij_instromers else ""),
        ),
        is_filtered=wanted != JobSearch(),
        alert=AlertForm(
            action=shell.link("/vacatures/bericht", **asked),
            wanted=in_words(wanted, visit.catalogue),
            text=ALERT_TEXT,
            version=ALERT_VERSION,
            email=email[:254],
            problem=problem,
        ),
        widened=_widened(wanted, met),
    )


def _widened(wanted: JobSearch, met: JobSearch) -> str:
    """What no vacancy offers of what was asked."""
    words = {
        "municipality": "in die plaats",
        "subject": "voor dat vak",
        "zij_instromers": "waarin staat dat zij-instromers welkom zijn",
    }
    missed = [words[name] for name in words if getattr(wanted, name) != getattr(met, name)]
    return f"Wij kennen nu geen vacature {' en '.join(missed)}. Deze lijken er wel op." if missed else ""


def _row(visit: Visit, vacancy: Vacancy) -> VacancyRow:
    facts = (
        ("School", vacancy.employer),
        ("Bestuur", vacancy.board if vacancy.board != vacancy.employer else ""),
        ("Waar", vacancy.municipality),
        ("Hoeveel", vacancy.fte),
        ("Salarisschaal", vacancy.scale),
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
