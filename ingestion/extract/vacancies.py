"""Vacancies: from a page about one job, from a list with a heading a job, and from the rows of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ingestion.extract.dates import days, last_day_of, parse_day
from ingestion.extract.finding import Finding, Origin, VacancyFound
from ingestion.extract.numbers import quantities
from ingestion.extract.text import PageText, Part, Row, Unit
from ingestion.extract.vocabulary import Vocabulary
from knowledge.record import Sector

JOB = re.compile(
    r"\b(?:(?:groeps|vak|onderwijs|inval|bovenbouw|onderbouw)?(?:leerkracht|lera(?:ar|res)|docent)e?(?:\b|\()|directeur|schoolleider|adjunct|teamleider|rector|conrector|"
    r"onderwijsassistent|lera+ondersteuner|leraarondersteuner|instructeur|intern begeleider|ib['’]er|kwaliteitscoördinator|lesgever|schoolopleider|praktijkdocent|"
    r"conciërge|onderwijsondersteuner|pedagogisch medewerker|trajectbegeleider|zij-?instromer)",
    re.IGNORECASE,
)  # fmt: skip
_APPLY = re.compile(
    r"sollicit|reageer|reageren|reactie|sluitingsdatum|vacature|salarisschaal|werktijdfactor|\bzoekt\b|\bfte\b|ingangsdatum|procedure|in schaal|uur per week|bevoegd",
    re.IGNORECASE,
)
_LISTS = re.compile(r"\bvacatures?\b|werken bij|banen\b", re.IGNORECASE)
_OFFERS = re.compile(r"sollicit|reageer|reageren|sluitingsdatum|vacature|\bzoekt\b|ingangsdatum", re.IGNORECASE)
"""What no page about a job in general says."""
_TITLE_TRIM = re.compile(
    r"^\s*(?:vacatures?|gezocht|wij zoeken(?: een)?|gevraagd)\s*:?\s*|\s+(?:gezocht|gevraagd)\s*!?\s*$|\s*[|–-]\s*vacature\s*$|"
    r"\s*\([^()]{0,40}(?:fte|wtf|uur|uren)[^()]{0,20}\)\s*$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"\?$|^(?:werken als|word |hoe |wat |onze |alle |subsidie|opleiding|zij-instroom |omscholen)|\b(?:worden|tekort|salaris|verdien|in opleiding tot|adviseur)\b",
    re.IGNORECASE,
)
_SCHOOL_WORD = (
    r"(?:[Oo]bs|OBS|[Cc]bs|CBS|[Rr]kbs|RKBS|[Pp]cbs|PCBS|IKC|[Ii]kc|[Kk]indcentrum|[Bb]asisschool|[Bb]assischool|[Ss]chool|[Ll]yceum|[Cc]ollege|[Ss]cholengroep|"
    r"[Vv]mbo|ROC|[Mm]avo|[Gg]ymnasium|[Hh]ogeschool|[Vv]so|SBO|[Ss]bo|MBO College)"
)
_NAME = r"(?:(?:De|Het|'t|’t|Sint|St\.|Den|Ter)\s)?[A-ZÀ-Þ][\w'’-]*(?:\s(?:(?:van|der|den|de|het|ter|op|aan)\s)?[A-ZÀ-Þ][\w'’-]*){0,3}"
_SCHOOLS = (
    re.compile(rf"\b(?P<kind>{_SCHOOL_WORD})\s(?P<name>{_NAME})"),
    re.compile(r"\b(?P<name>(?:De|Het|'t) [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? (?:College|Lyceum|School|Gymnasium))\b"),
    re.compile(rf"(?:^|[.!?,] |\bvoor |\bbij |\bop )(?P<name>(?:De|Het|'t) {_NAME})(?= (?:in|te|uit) [A-Z]| zoekt)"),
)
_BOARD = re.compile(
    rf"(?:hoort bij|onderdeel van|valt onder|maakt deel uit van|bestuur:?)\s(?P<name>(?:Stichting |Scholengroep )?{_NAME})|(?P<named>Stichting {_NAME})"
)
_GENERIC_SCHOOL = frozenset({"basisschool", "bassischool", "school"})
_SCALE = re.compile(
    r"\b(?:[Ss]chaal|[Ss]alarisschaal:?|[Ff]unctie in)\s*(?P<scale>(?:L[A-E]|L1[0-4]|D1[1-5]|A?1[0-6]|[4-9])(?:\s*(?:of|/|-|tot)\s*L[A-E])?)\b|\b(?P<bare>L[B-E](?:\s*(?:of|/|-)\s*L[B-E])?)\b"
)
_FTE = re.compile(r"\s*\(?\s*(?:fte|wtf|werktijdfactor|f\.t\.e)", re.IGNORECASE)
_FTE_LABEL = re.compile(r"werktijdfactor|omvang|\bfte\b|\bwtf\b", re.IGNORECASE)
_CLOSES = re.compile(r"sluit|reage|reacti|sollicit|deadline|uiterlijk|\bmail\b|stuur|brief", re.IGNORECASE)
_SWITCHERS = re.compile(
    r"zij-?\s?instrom|zij-?instroom|uit de praktijk|nog geen bevoegdheid|student(?:en)? (?:is|zijn)? ?welkom",
    re.IGNORECASE,
)
_NOT_WELCOME = re.compile(r"\bniet\b|\bgeen zij|helaas|alleen bevoegde|uitsluitend bevoegd", re.IGNORECASE)
_WELCOME = re.compile(
    r"welkom|uitgenodigd|nodigen|mogelijk|ook (?:als )?zij|reageer|solliciteer|betalen wij|kansen|bereid", re.IGNORECASE
)
_SECTORS: tuple[tuple[Sector, re.Pattern[str]], ...] = (
    ("so", re.compile(r"\bv?so\b|speciaal (?:basis)?onderwijs|\bsbo\b", re.IGNORECASE)),
    ("mbo", re.compile(r"\broc\b|\bmbo\b|\bmbo-", re.IGNORECASE)),
    ("po", re.compile(r"groep(?:en)? \d|groepsle|basisschool|bassischool|basisonderwijs|primair|\bobs\b|\bcbs\b|\bikc\b|\brkbs\b|kindcentrum|onderbouw|bewegingsonderwijs|\bpabo|cao po", re.IGNORECASE)),
    ("vo", re.compile(r"lyceum|college|vmbo|havo|vwo|mavo|voortgezet|tweedegraads|eerstegraads|gymnasium|cao vo|scholengroep|\bvo\b", re.IGNORECASE)),
)  # fmt: skip
_ROW_HEADS = re.compile(r"functie|vacature|baan|omschrijving|titel", re.IGNORECASE)
_ROW_FACTS = re.compile(r"school|plaats|fte|omvang|sluit|reage|bestuur|schaal|standplaats", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """What a text about one job is read from."""

    title: str
    units: Sequence[Unit]
    whole: str


def vacancies(page: PageText, title: str, vocabulary: Vocabulary, as_of: date) -> Iterator[Finding]:
    """The jobs that a page offers in words or in tables. A job without anything to apply by is none."""
    listed = [*_of_rows(page, vocabulary, as_of), *_of_parts(page, vocabulary, as_of)]
    listed = listed or list(_of_lines(page, title, vocabulary, as_of))
    if listed:
        yield from listed
        return
    named = _title_of(page, title)
    units = list(page.units)
    headings = " ".join(part.title for part in page.parts)
    whole = " ".join([headings, *(each.text for each in units)])
    if named and units and _OFFERS.search(f"{title} {whole}") and len(_APPLY.findall(f"{title} {whole}")) >= 2:
        yield _finding(page, Told(named, units, whole), units[0], vocabulary, as_of)


def details(title: str, text: str, vocabulary: Vocabulary, as_of: date, units: Sequence[Unit] = ()) -> dict[str, Any]:
    """
    The fields of a `VacancyFound` that a title and a text tell; what they do not say is left out.

    :param units: The sentences of the text, if it stands on a page: labels before colons and in tables are read too.
    """
    labelled = {
        f"{each.label} {each.row}".lower(): " ".join(each.text.split()) for each in units if each.label or each.row
    }
    school, board = _school(text, labelled), _board(text, labelled)
    low, high = _fte(text, units)
    sector = sector_of(title, f"{school} {text}", vocabulary)
    found = {
        "school": school,
        "board": "" if board == school else board,
        "municipality": vocabulary.municipality(_labelled(labelled, "plaats", "locatie", "regio"))
        or vocabulary.municipality(f" {text}"),
        "sector": sector,
        "subject": _subject(title, text, sector, vocabulary),
        "fte_at_least": low,
        "fte_at_most": high,
        "scale": _scale(text, labelled),
        "closes_on": _closes_on(units, as_of),
        "welcomes_zij_instromers": welcome_in(text),
    }
    return {name: value for name, value in found.items() if value not in (None, "")}


def sector_of(title: str, text: str, vocabulary: Vocabulary) -> Sector | None:
    """The sector by the title, else by the text; a teacher of a school subject works in vo unless it says otherwise."""
    for sector, pattern in _SECTORS:
        if pattern.search(title):
            return sector
    for sector, pattern in _SECTORS:
        if pattern.search(text):
            return sector
    if re.search(r"docent|leraar", title, re.IGNORECASE) and vocabulary.subject(title):
        return "vo"
    return "po" if re.search(r"leerkracht|basisschool", f"{title} {text}", re.IGNORECASE) else None


def welcome_in(text: str) -> bool | None:
    """Whether zij-instromers may apply; None if the text does not say so."""
    for sentence in re.split(r"(?<=[.!?\n])\s+", text):
        if _SWITCHERS.search(sentence):
            if _NOT_WELCOME.search(sentence):
                return False
            if _WELCOME.search(sentence):
                return True
    return True if re.search(r"uit de praktijk.{0,80}(?:betalen wij|opleid)", text, re.IGNORECASE) else None


def clean_title(title: str) -> str:
    """The name of the job alone: `Vacature: docent Nederlands` is `docent Nederlands`."""
    title = title.partition(" | ")[0]
    return " ".join(_TITLE_TRIM.sub("", _TITLE_TRIM.sub("", title)).split())[:300]


def scale_in(text: str) -> str:
    """The scale, if the text is one: `LB of LC`."""
    match = re.fullmatch(
        r"\s*(?:schaal\s*)?((?:L[A-E]|L1[0-4]|D1[1-5]|A?1[0-6]|[4-9])(?:\s*(?:of|/|-)\s*L[A-E])?)\s*",
        text,
        re.IGNORECASE,
    )
    return match[1].upper().replace(" OF ", " of ") if match else ""


def _title_of(page: PageText, title: str) -> str:
    """The job by the highest heading that names one, else by the title of the page."""
    for told in (*(part.title for part in page.parts[:3]), title):
        if told and JOB.search(told) and not _NO_TITLE.search(told):
            return clean_title(told)
    return ""


def _of_parts(page: PageText, vocabulary: Vocabulary, as_of: date) -> Iterator[Finding]:
    """Jobs with a heading each."""
    parts = [part for part in page.parts if _is_job(part)]
    if len(parts) < 2:
        return
    for part in parts:
        yield _finding(page, Told(clean_title(part.title), part.units, part.text), part.units[0], vocabulary, as_of)


def _is_job(part: Part) -> bool:
    return bool(
        part.units
        and JOB.search(part.title)
        and not _NO_TITLE.search(part.title)
        and len(part.title.split()) <= 12
        and _APPLY.search(part.text)
    )


def _of_lines(page: PageText, title: str, vocabulary: Vocabulary, as_of: date) -> Iterator[Finding]:
    """A line a job: `Leraar groep 4 – De Schelp, Noordwijk – 0,8 fte – reageren t/m 12 november`."""
    lines = []
    for part in page.parts:
        if _LISTS.search(f"{title} {' '.join(part.headings)}"):
            lines += [(unit, pieces) for unit in part.units if (pieces := _pieces(unit))]
    for unit, pieces in lines if len(lines) > 1 else ():
        finding = _finding(page, Told(clean_title(pieces[0]), [unit], unit.text), unit, vocabulary, as_of)
        value = finding.value
        if isinstance(value, VacancyFound) and not value.school and not re.search(r"\d", pieces[1]):
            value = value.model_copy(update={"school": pieces[1].partition(",")[0].strip()[:200]})
        yield finding.model_copy(update={"value": value, "confidence": "medium"})


def _pieces(unit: Unit) -> list[str]:
    """The parts of a line that begins with a job and says until when; a line without that leads to a page that says more."""
    pieces = [each.strip() for each in re.split(r"\s+[–|—-]\s+|\s{3,}|;\s|,\s", unit.text) if each.strip()]
    is_job = not unit.in_table and len(pieces) > 2 and JOB.search(pieces[0]) and not _NO_TITLE.search(pieces[0])
    return (
        pieces
        if is_job and len(unit.text) < 300 and re.search(r"reage|sollicit|sluit", unit.text, re.IGNORECASE)
        else []
    )


def _of_rows(page: PageText, vocabulary: Vocabulary, as_of: date) -> Iterator[Finding]:
    for row in page.rows:
        heads = " ".join(row.heads)
        if not _ROW_HEADS.search(heads) or not _ROW_FACTS.search(heads.lower().replace("functie", "")):
            continue
        title = next((cell for head, cell in zip(row.heads, row.cells, strict=False) if _ROW_HEADS.search(head)), "")
        unit = next((each for each in page.units if each.quote == (row.offset, row.end)), None)
        if unit is None or not JOB.search(title):
            continue
        yield Finding(
            value=VacancyFound(title=clean_title(title) or title, **_row_fields(row, title, vocabulary, as_of)),
            words=page.words(unit),
            place=page.place(unit),
            confidence="high",
            origin=Origin.TABLE,
        )


def _row_fields(row: Row, title: str, vocabulary: Vocabulary, as_of: date) -> dict[str, Any]:
    low, high = _numbers(row["fte"] or row["omvang"] or row["werktijd"])
    town = row["plaats"] or row["gemeente"] or row["locatie"]
    sector = sector_of(title, f"{row['school']} {row['sector']}", vocabulary)
    switchers = row["zij-inst"] or row["zij inst"]
    found = {
        "school": row["school"][:200],
        "board": (row["bestuur"] or row["stichting"])[:200],
        "municipality": vocabulary.municipality(f" {town}") or town[:80],
        "sector": sector,
        "subject": _subject(title, "", sector, vocabulary),
        "fte_at_least": low,
        "fte_at_most": high,
        "scale": scale_in(row["schaal"]),
        "closes_on": parse_day(row["sluit"] or row["reage"] or row["uiterlijk"] or row["deadline"], as_of),
        "welcomes_zij_instromers": {"ja": True, "nee": False}.get(switchers.strip().lower()),
    }
    return {name: value for name, value in found.items() if value not in (None, "")}


def _finding(page: PageText, told: Told, first: Unit, vocabulary: Vocabulary, as_of: date) -> Finding:
    fields = details(told.title, told.whole, vocabulary, as_of, told.units)
    last = told.units[-1]
    known = len({"school", "fte_at_least", "closes_on", "municipality", "scale"} & set(fields))
    return Finding(
        value=VacancyFound(title=told.title, description=" ".join(told.whole.split())[:4_000], **fields),
        words=page.quoted(first.offset, last.offset + len(last.text)),
        place=page.place(first),
        confidence="high" if known >= 3 else "medium" if known else "low",
    )


def _labelled(labelled: dict[str, str], *names: str) -> str:
    """What stands after a label that holds one of these words, without the label."""
    for label, text in labelled.items():
        if any(name in label for name in names):
            return " " + text.partition(":")[2].strip() if ":" in text else " " + text
    return ""


def _school(text: str, labelled: dict[str, str]) -> str:
    if told := _labelled(labelled, "school", "werkgever").strip():
        return told[:200]
    for pattern in _SCHOOLS:
        if match := pattern.search(text):
            kind = (match.groupdict().get("kind") or "").strip()
            name = match["name"].strip()
            return name if not kind or kind.lower() in _GENERIC_SCHOOL else f"{kind} {name}"
    return ""


def _board(text: str, labelled: dict[str, str]) -> str:
    if told := _labelled(labelled, "bestuur", "stichting").strip():
        return told[:200]
    match = _BOARD.search(text)
    return (match["name"] or match["named"]).strip() if match else ""


def _scale(text: str, labelled: dict[str, str]) -> str:
    if told := scale_in(_labelled(labelled, "schaal")):
        return told
    match = _SCALE.search(text)
    return " ".join((match["scale"] or match["bare"]).split()) if match else ""


def _fte(text: str, units: Sequence[Unit]) -> tuple[Decimal | None, Decimal | None]:
    for each in quantities(text):
        if _FTE.match(text, each.end) or re.search(
            r"werktijdfactor\W*$", text[max(0, each.start - 20) : each.start], re.IGNORECASE
        ):
            return _as_fte(each.at_least, each.at_most)
    for unit in units:
        if _FTE_LABEL.search(f"{unit.label} {unit.row}"):
            low, high = _numbers(unit.text.partition(":")[2] or unit.text)
            if low is not None:
                return low, high
    return None, None


def _numbers(text: str) -> tuple[Decimal | None, Decimal | None]:
    found = quantities(text.replace("(", " "))
    return _as_fte(found[0].at_least, found[0].at_most) if found else (None, None)


def _as_fte(low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    low, high = (low if low is not None else high), (high if high is not None else low)
    return (low, high) if low is not None and high is not None and 0 < low <= high <= 2 else (None, None)


def _closes_on(units: Sequence[Unit], as_of: date) -> date | None:
    for unit in units:
        if _CLOSES.search(f"{unit.label} {unit.row} {unit.column} {unit.text}") and not re.search(
            r"gesprek|ingangsdatum", f"{unit.label} {unit.text}", re.IGNORECASE
        ):
            for each in days(unit.text, as_of):
                if each.precision == "day":
                    return last_day_of(unit.text, each)
    return None


def _subject(title: str, text: str, sector: Sector | None, vocabulary: Vocabulary) -> str | None:
    if sector in {"po", "so"}:
        return None
    taught = re.search(r"\bles(?:sen)? in (\w+(?: \w+)?)|\bvak (\w+)", text)
    return vocabulary.subject(title) or (vocabulary.subject(taught[0]) if taught else None)
