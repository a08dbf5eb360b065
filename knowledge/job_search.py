"""JobSearch: which vacancies somebody looks for, told in words or chosen in filters, and which ones fit."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.numeral import folded
from knowledge.place import Municipality
from knowledge.vacancy import Vacancy

JOBS: dict[str, tuple[str, str]] = {
    "schoolleider": ("Schoolleider", r"schoolleid\w*|directeur|teamleider|conrector|rector|principal"),
    "intern-begeleider": ("Intern begeleider", r"intern begeleider|ib'?er|kwaliteitscoordinator|zorgcoordinator"),
    "onderwijsassistent": ("Onderwijsassistent", r"onderwijs ?assistent\w*|klassen ?assistent\w*|teaching assistant"),
    "leraarondersteuner": ("Leraarondersteuner", r"leraar ?ondersteuner\w*|lerarenondersteuner\w*"),
    "instructeur": ("Instructeur", r"\w*instructeur\w*|praktijkopleider\w*"),
    "vakleerkracht": (
        "Vakleerkracht",
        r"vak ?leerkracht\w*|vak ?docent\w* (?:gym|bewegingsonderwijs|muziek)|gymdocent\w*",
    ),
    "groepsleerkracht": (
        "Leerkracht basisonderwijs",
        r"groeps ?leer?kracht\w*|leer?kracht\w*|\bjuf\b|meester|onderbouwleer?kracht|bovenbouwleer?kracht|\bgroep [1-8]\b"
        r"|leraar (?:basisonderwijs|primair)|basisschoolle\w+|primary school teacher",
    ),
    "docent": ("Docent", r"\w*docent\w*|leraar|leraren|lerares|teacher"),
}
"""What somebody does at a school: the words for it, and how it is called in titles and questions; the first that fits."""
_JOBS = {name: re.compile(rf"\b(?:{pattern})(?:en|s)?\b", re.IGNORECASE) for name, (_, pattern) in JOBS.items()}
_WELCOME = re.compile(
    r"zij-?\s?instro\w+[^.?!]{0,40}\b(?:welkom|mag|mogen|kan|kunnen|ook)\b|\b(?:voor|als|welkom)[^.?!]{0,15}\bzij-?\s?instro\w+"
    r"|career changers?[^.?!]{0,20}welcome",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class JobSearch:
    """What somebody looks for; what is empty counts for every job."""

    job: str = ""
    """A key of `JOBS`."""
    municipality: str = ""
    """An id."""
    sector: str = ""
    subject: str = ""
    """An id."""
    zij_instromers: bool = False
    """Only where the vacancy says that they are welcome."""

    def fits(self, vacancy: Vacancy, municipalities: Mapping[str, Municipality]) -> bool:
        """
        Whether a vacancy is what is looked for.

        :param municipalities: Those of the catalogue by id, for the villages in them.
        """
        return (
            (not self.job or job_of(vacancy.title) == self.job)
            and (not self.sector or not vacancy.sectors or self.sector in vacancy.sectors)
            and (not self.subject or self.subject in vacancy.subjects)
            and (not self.zij_instromers or vacancy.welcomes_zij_instromers is True)
            and (not self.municipality or is_in(vacancy, municipalities.get(self.municipality)))
        )

    def without(self, name: str) -> "JobSearch":
        """The same search with one wish less."""
        return JobSearch(**{each: value for each, value in self.__dict__.items() if each != name})


def job_of(words: str) -> str:
    """The kind of job that a title or a question names, a key of `JOBS`; empty if none."""
    plain = folded(words)
    return next((name for name, pattern in _JOBS.items() if pattern.search(plain)), "")


def welcomes_asked(words: str) -> bool:
    """Whether a question asks for jobs where zij-instromers are welcome."""
    return bool(_WELCOME.search(folded(words)))


def is_in(vacancy: Vacancy, municipality: Municipality | None) -> bool:
    """Whether the school is in that municipality, whichever of its villages the vacancy names."""
    if municipality is None or not vacancy.municipality:
        return False
    names = (municipality.name, *municipality.also_called, *municipality.places)
    return folded(vacancy.municipality) in {folded(each) for each in names}


def open_jobs(vacancies: Iterable[Vacancy], today: date) -> list[Vacancy]:
    """Those that one can still apply for, the first to close first, those without a last day after them."""
    still = [each for each in vacancies if not each.is_over(today) and each.is_valid_on(today)]
    return sorted(still, key=lambda each: (each.closes_on or date.max, each.title, each.id))


def found(
    wanted: JobSearch, vacancies: Sequence[Vacancy], municipalities: Mapping[str, Municipality]
) -> tuple[tuple[Vacancy, ...], JobSearch]:
    """
    The vacancies that fit; if none does, those that fit with as few wishes as possible left out.

    :returns: The vacancies, and the search they fit: the one that was asked, or a wider one. Both wishes about the job
        itself and about who is welcome go last: a job elsewhere may be had, another job may not.
    """
    narrower = [wanted]
    for name in ("municipality", "subject", "zij_instromers"):
        narrower += [each.without(name) for each in list(narrower) if getattr(each, name)]
    for search in sorted(set(narrower), key=lambda each: (_wishes_left(each, wanted), narrower.index(each))):
        fitting = tuple(each for each in vacancies if search.fits(each, municipalities))
        if fitting:
            return fitting, search
    return (), wanted


def _wishes_left(search: JobSearch, wanted: JobSearch) -> int:
    return sum(1 for name, value in wanted.__dict__.items() if value and not getattr(search, name))
