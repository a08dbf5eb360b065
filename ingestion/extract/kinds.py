"""What a page or a section is for, by what it is called and by what was found on it."""

import re
from collections import Counter
from collections.abc import Sequence

from ingestion.extract.finding import Finding, PageKind, Section
from ingestion.extract.text import PageText

_CALLED: tuple[tuple[PageKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (PageKind.REPORT, r"jaarverslag|plan van aanpak|evaluatie|arbeidsmarktanalyse|stand van zaken|monitor\b|activiteitenplan|tussenrapportage|noodplan"),
        (PageKind.QUESTIONS, r"veelgestelde|faq|vragen (?:en antwoorden|over|van)"),
        (PageKind.VACANCIES, r"\bvacatures\b|werken bij|banen\b"),
        (PageKind.CONTACT, r"\bcontact|ons team|bereikbaar|loketten in"),
        (PageKind.EVENTS, r"\bagenda\b|bijeenkomsten|jaarplanning|activiteiten\b|evenementen"),
        (PageKind.MONEY, r"\bkost|subsidie|salaris|verdien|vergoeding|collegegeld|regeling|financ|\bgeld\b|studiekosten|budget"),
        (PageKind.CONDITIONS, r"voorwaard|toelating|kan ik |mag ik |geschikt"),
        (PageKind.ROUTE, r"zij-?instroom|opleiding|pabo|\bpdg\b|omschol|deeltijd|route|worden\b|traject|statushouders|speciaal onderwijs|become a teacher|keuzewijzer"),
        (PageKind.NEWS, r"nieuws|terugblik"),
    )
)  # fmt: skip
_NEWS = re.compile(r"^(?:nieuws|gepubliceerd|geplaatst)\b|^\s*(?:\w+dag )?\d{1,2} \w+ 20\d\d\s*$", re.IGNORECASE)
_LONG = 5_000
"""Words; a page with as many is a plan or a report."""


def kind_of_page(page: PageText, title: str, findings: Sequence[Finding]) -> PageKind:
    """What the page is for."""
    counts = Counter(each.kind for each in findings if each.confidence != "low")
    name = " ".join([*(part.title for part in page.parts[:2] if len(part.headings) == 1), title])
    first = " ".join(next((unit.text for unit in page.units), "").split())
    if counts["vacancy"]:
        return (
            PageKind.VACANCY
            if counts["vacancy"] == 1 and not re.search(r"\bvacatures\b", name, re.IGNORECASE)
            else PageKind.VACANCIES
        )
    if _CALLED[0][1].search(name) or len(page.content.split()) > _LONG:
        return PageKind.REPORT
    if counts["event"]:
        return PageKind.EVENT if counts["event"] == 1 else PageKind.EVENTS
    if _NEWS.match(first) or _called(PageKind.NEWS, name):
        return PageKind.NEWS
    if counts["question"] >= 2:
        return PageKind.QUESTIONS
    for kind, pattern in _CALLED:
        if pattern.search(name):
            return kind
    return _by_content(counts)


def sections_of_page(page: PageText) -> tuple[Section, ...]:
    """The kind of each part by its heading; a part whose heading says nothing is of the kind of what it stands under."""
    kinds: dict[tuple[str, ...], PageKind] = {}
    for part in page.parts:
        own = next((kind for kind, pattern in _CALLED if pattern.search(part.title)), None)
        kinds[part.headings] = own or kinds.get(part.headings[:-1], PageKind.OTHER)
    return tuple(
        Section(headings=part.headings, kind=kinds[part.headings], offset=part.offset)
        for part in page.parts
        if part.units or part.rows
    )


def _called(kind: PageKind, name: str) -> bool:
    return next(pattern for each, pattern in _CALLED if each is kind).search(name) is not None


def _by_content(counts: Counter[str]) -> PageKind:
    if counts["figure"] >= 6:
        return PageKind.REPORT
    if counts["amount"] >= 2:
        return PageKind.MONEY
    if counts["duration"] and counts["study_load"]:
        return PageKind.ROUTE
    if counts["condition"] >= 2:
        return PageKind.CONDITIONS
    return PageKind.OTHER
