"""Reads a converted page: all that it says, in sentences, in tables and to machines, each with its words and its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from ingestion.extract.amounts import amounts
from ingestion.extract.conditions import conditions
from ingestion.extract.contacts import contacts
from ingestion.extract.data import from_data
from ingestion.extract.dates import dates
from ingestion.extract.durations import durations
from ingestion.extract.events import events
from ingestion.extract.figures import figures
from ingestion.extract.finding import (
    ContactFound,
    EventFound,
    Finding,
    Origin,
    PageFindings,
    QuestionFound,
    VacancyFound,
    Value,
)
from ingestion.extract.kinds import kind_of_page, sections_of_page
from ingestion.extract.questions import questions
from ingestion.extract.text import page_text
from ingestion.extract.vacancies import vacancies
from ingestion.extract.vocabulary import Vocabulary
from ingestion.structured import StructuredData, structured_data
from knowledge.numeral import folded

_MOST = 2_000
"""Findings of one page; a page with more was not written for people."""


@dataclass(frozen=True)
class ConvertedPage:
    """A page as it goes in."""

    content: str
    """Markdown, as `ingestion.convert.text_of` makes it."""
    as_of: date
    """The day it was fetched: what `1 augustus a.s.` is counted from."""
    title: str = ""
    url: str = ""
    html: str = ""
    """The page itself, if it is HTML, for what it says to machines."""


def read_page(page: ConvertedPage, vocabulary: Vocabulary) -> PageFindings:
    """
    All that a page says. Pure: the same page and day give the same findings.

    :param vocabulary: The names of places and subjects by which a vacancy is recognised.
    """
    data = structured_data(page.html, page.url) if page.html else StructuredData()
    text = page_text(page.content)
    told = list(from_data(data.things, vocabulary, page.as_of))
    jobs = list(vacancies(text, page.title, vocabulary, page.as_of))
    read = chain(
        jobs,
        events(text, page.title, vocabulary, page.as_of) if not jobs else (),
        questions(text),
        contacts(text),
        amounts(text, page.as_of),
        dates(text, page.as_of),
        durations(text, page.as_of),
        conditions(text),
        _without_jobs(figures(text, page.as_of), [*told, *jobs]),
    )
    found = _once([*_merged(told, read)])[:_MOST]
    findings = tuple(sorted(found, key=lambda each: (each.origin is not Origin.DATA, each.place.offset)))
    return PageFindings(
        kind=kind_of_page(text, page.title, findings),
        sections=sections_of_page(text),
        findings=findings,
        repairs=data.repairs,
    )


def _without_jobs(found: Iterable[Finding], others: Sequence[Finding]) -> Iterator[Finding]:
    """The fte of a vacancy is no figure."""
    has_jobs = any(isinstance(each.value, VacancyFound) for each in others)
    return (each for each in found if not has_jobs or getattr(each.value, "unit", "") != "fte")


def _merged(told: Sequence[Finding], read: Iterable[Finding]) -> Iterator[Finding]:
    """
    What a page says to machines, completed by what it says to people of the same thing; then the rest.

    A page about one job that is described to machines says the same in words: of that one finding is made.
    """
    jobs = [each for each in told if isinstance(each.value, VacancyFound)]
    left: list[Finding] = []
    completed: dict[int, Finding] = {}
    for each in read:
        twin = _twin(each, told, len(jobs))
        if twin is None:
            left.append(each)
        elif isinstance(each.value, VacancyFound | EventFound | ContactFound):
            known = completed.get(id(twin), twin)
            completed[id(twin)] = known.model_copy(update={"value": _completed(known.value, each.value)})
    yield from (completed.get(id(each), each) for each in told)
    yield from left


def _twin(found: Finding, told: Sequence[Finding], jobs: int) -> Finding | None:
    """What the page says to machines of the same thing."""
    return next((each for each in told if _are_one(found.value, each.value, jobs)), None)


def _are_one(value: Value, other: Value, jobs: int) -> bool:
    match value, other:
        case VacancyFound(), VacancyFound():
            return jobs == 1 or folded(value.title) == folded(other.title)
        case EventFound(), EventFound():
            return value.starts_at.date() == other.starts_at.date()
        case ContactFound(), ContactFound():
            return bool((value.email and value.email == other.email) or (value.phone and value.phone == other.phone))
        case QuestionFound(), QuestionFound():
            return folded(value.question).strip(" ?") == folded(other.question).strip(" ?")
    return False


def _completed(value: Value, other: Value) -> Value:
    """The value with what it leaves empty taken from the other, of the same kind."""
    missing = {
        name: told
        for name, told in other
        if getattr(value, name) in (None, "", False) and told not in (None, "", False) and name != "title"
    }
    return value.model_copy(update=missing)


def _once(found: Sequence[Finding]) -> list[Finding]:
    """Each value once, where it is said first."""
    seen: set[Value] = set()
    kept = []
    for each in found:
        if each.value not in seen:
            seen.add(each.value)
            kept.append(each)
    return kept
