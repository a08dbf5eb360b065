"""Days and periods as Dutch pages write them, and what a page says happens on them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Literal

from ingestion.extract.finding import DateFound, DateRole, Finding, Origin
from ingestion.extract.numbers import Span
from ingestion.extract.text import PageText, Unit
from knowledge.record import Confidence

MONTHS = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "augustus": 8, "september": 9,
    "oktober": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "febr": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dec": 12, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7,
    "august": 8, "october": 10, "oct": 10,
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![a-zà-ÿ])\.?"
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo)\.?,? "
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:e|ste|de|st|nd|rd|th)?"
_YEAR = r"(?:,? ?(?P<year>20\d\d|19\d\d)(?![\d-])|,? ?['’](?P<short>\d\d)(?!\d))"
_TEXTUAL = re.compile(
    rf"(?<![\w.,/-])(?:{_WEEKDAY})?(?P<before>(?:(?:0?[1-9]|[12]\d|3[01])\.?(?: ?, ?| en | & | of ))*)"
    rf"(?:{_WEEKDAY})?{_DAY}[. -]? ?{_MONTH}(?:-?{_YEAR})?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<day>0?[1-9]|[12]\d|3[01])(?P<by>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=by)(?P<year>20\d\d|19\d\d|\d\d)(?![\w-]|[./]\d)"
)
_ISO = re.compile(r"(?<![\w./-])(?P<year>20\d\d|19\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])")
_ENGLISH = re.compile(
    rf"(?<![\w]){_MONTH} (?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?, (?P<year>20\d\d)(?!\d)", re.IGNORECASE
)
_MONTH_YEAR = re.compile(rf"(?<![\w-])(?<!\d )(?<!\d\. ){_MONTH}(?:{_YEAR})", re.IGNORECASE)
_PERIOD = re.compile(
    r"\s*(?P<to>t/m|tot en met|tot|-|–|—|en)\s*(?:(?:de )?(?:maan|dins|woens|donder|vrij|zater|zon)dag )?",
    re.IGNORECASE,
)
_OPEN_RANGE = re.compile(
    rf"(?<![\w.,/-])(?P<first>0?[1-9]|[12]\d|3[01])\s*(?:t/m|tot en met|-|–|tot)\s*{_DAY} {_MONTH}(?:{_YEAR})?",
    re.IGNORECASE,
)
_TIME = r"(?P<{0}>[01]?\d|2[0-3])(?:[.:](?P<{0}m>[0-5]\d))?"
_TIMES = re.compile(
    r"(?<![\d€,.-])(?<!€ )"
    + _TIME.format("from")
    + r"(?: ?uur)? ?(?:-|–|—|tot(?: en met)?|en|t/m) ?"
    + _TIME.format("to")
    + r"(?: ?(?:uur|u\b|u\.)|(?![\w:]|[.,-]?\d))(?! ?(?:\w+ )?per )",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?:om|vanaf|start|aanvang:?)\s+"
    + _TIME.format("from")
    + r" ?(?:uur|u\b|u\.)|(?<![\d.,])(?P<clock>[01]?\d|2[0-3])[.:](?P<clockm>[0-5]\d) ?(?:uur|u\b)",
    re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(r"(?<![\d/-])(?P<first>20\d\d) ?[-–/] ?(?P<second>20\d\d|\d\d)(?![\d/-])")
_BARE_YEAR = re.compile(
    r"(?<![\d.,€/-])(?<!€ )(?P<year>19[5-9]\d|20[0-6]\d)(?![\d.,/-]\d|[-–/]\d|\d| ?(?:euro|fte|leerlingen|studenten|uur))"
)

_ANY_DIGIT = re.compile(r"\d")
_REMEMBERED = 2_048
"""Sentences: each kind of finding asks the same of every sentence of a page, one kind after the other."""

_DEADLINE_WORDS = re.compile(
    r"deadline|sluit|uiterst|uiterlijk|aan(?:ge)?meld|inschrij|meld je|meld u|schrijf je|reage|reacti|sollicit|aanvra|\bvraag\b.*\baan\b|aan te vragen|opgeven|opgave|\bmail\b|stuur|"
    r"inlever|apply|register",
    re.IGNORECASE,
)
_START_WORDS = re.compile(
    r"\bstart|begin(?:t|nen|datum)|ingangsdatum|gaa?t? in\b|gaan in\b|in dienst|van start|\bper\s*$|per direct of|biedt|starts|beschikbaar per",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"\bgeld(?:t|en|ig|igheid)|van kracht|ingevoerd|loopt\b|lopen\b|verlengd|duurt tot", re.IGNORECASE)
_EXCLUSIVE = re.compile(r"(?:\btot|\bvoor|\bvóór|\bvo[oó]{1,2}r|\bbefore)\s*(?:de\s*)?$", re.IGNORECASE)
_INCLUSIVE = re.compile(r"(?:tot en met|t/m|uiterlijk(?: op)?|until)\s*(?:de\s*)?$", re.IGNORECASE)
_FROM = re.compile(r"(?:vanaf|met ingang van|m\.i\.v\.|ingaande|per|sinds|\bop|from)\s*(?:de\s*)?$", re.IGNORECASE)
_PUBLISHED = re.compile(r"gepubliceerd|geplaatst|bijgewerkt|gewijzigd|nieuws\b|laatst", re.IGNORECASE)


@dataclass(frozen=True)
class Day:
    """A day, month or period in a sentence."""

    start: int
    end: int
    first: date
    last: date | None = None
    precision: Literal["day", "month", "year"] = "day"
    year_is_told: bool = True


@dataclass(frozen=True)
class Hours:
    """From when to when, and where in the sentence it is said."""

    start: int
    end: int
    begins: time
    ends: time | None = None


def days(text: str, as_of: date) -> list[Day]:
    """
    The days and periods of a sentence in reading order; a bare year or school year is none.

    :param as_of: The day the page was read. A day without a year is the next such day from then on: `1 augustus a.s.`
    """
    return list(_days(text, as_of))


@lru_cache(_REMEMBERED)
def _days(text: str, as_of: date) -> tuple[Day, ...]:
    if not _ANY_DIGIT.search(text):
        return ()
    found: list[Day] = []
    for pattern in (_ISO, _NUMERIC, _OPEN_RANGE, _TEXTUAL, _ENGLISH, _MONTH_YEAR):
        for match in pattern.finditer(text):
            if not any(match.start() < each.end and each.start < match.end() for each in found):
                found += _of(match, as_of)
    return tuple(_periods(text, sorted(found, key=lambda each: each.start)))


def parse_day(text: str, as_of: date) -> date | None:
    """The first day that a short text names: of a cell, or of data for machines; None if there is none."""
    told = re.match(r"\s*(20\d\d-\d\d-\d\d)", text)
    if told:
        try:
            return date.fromisoformat(told[1])
        except ValueError:
            return None
    found = [each for each in days(text[:200], as_of) if each.precision == "day"]
    return found[0].first if found else None


def hours(text: str) -> list[Hours]:
    """The times of day of a sentence: `van 19.30 tot 21.00 uur`, `om 10 uur`."""
    return list(_hours(text))


@lru_cache(_REMEMBERED)
def _hours(text: str) -> tuple[Hours, ...]:
    if not _ANY_DIGIT.search(text):
        return ()
    found = []
    for match in _TIMES.finditer(text):
        if (
            "uur" in match[0].lower()
            or re.search(r"\d[.:]\d\d.*\d[.:]\d\d", match[0])
            or match[0].rstrip(".").endswith("u")
        ):
            begins, ends = _time(match, "from"), _time(match, "to")
            if begins < ends:
                found.append(Hours(*match.span(), begins, ends))
    for match in _AT.finditer(text):
        if not any(match.start() < each.end and each.start < match.end() for each in found):
            found.append(Hours(*match.span(), _time(match, "from" if match["from"] else "clock")))
    return tuple(sorted(found, key=lambda each: each.start))


def years_of(text: str) -> list[tuple[int, int, str]]:
    """Calendar and school years with where they stand: `2026`, `2026-2027`."""
    return list(_years_of(text))


@lru_cache(_REMEMBERED)
def _years_of(text: str) -> tuple[tuple[int, int, str], ...]:
    if not _ANY_DIGIT.search(text):
        return ()
    found: list[tuple[int, int, str]] = []
    for match in _SCHOOL_YEAR.finditer(text):
        first = int(match["first"])
        second = int(match["second"]) if len(match["second"]) == 4 else first // 100 * 100 + int(match["second"])
        if second == first + 1:
            found.append((*match.span(), f"{first}-{second}"))
    for match in _BARE_YEAR.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end, _ in found):
            found.append((*match.span(), match["year"]))
    return tuple(sorted(found))


def masked(text: str, as_of: date) -> list[Span]:
    """The parts of a sentence that are days, times and years, so that no number in them counts anything."""
    return [
        *((each.start, each.end) for each in days(text, as_of)),
        *((each.start, each.end) for each in hours(text)),
        *((start, end) for start, end, _ in years_of(text)),
        *(match.span() for match in re.finditer(r"\b20\d\d\s?[-–/]\s?(?:20)?\d\d\b", text)),
    ]


def dates(page: PageText, as_of: date) -> Iterator[Finding]:
    """Every day that a page names, with what happens on it as far as it says."""
    for unit in page.units:
        for each in days(unit.text, as_of):
            role, first, last = _role(unit, each)
            confidence: Confidence = "high" if each.year_is_told and role != "stated" else "medium"
            yield Finding(
                value=DateFound(
                    role=role, starts_on=first, ends_on=last, precision=each.precision, year_is_told=each.year_is_told
                ),
                words=page.words(unit),
                place=page.place(unit, each.start),
                confidence=confidence,
                origin=Origin.TABLE if unit.in_table else Origin.TEXT,
            )
        yield from _years_since(page, unit)


_SINCE = re.compile(r"\b(?:sinds|al vanaf)\s+(?P<year>19[5-9]\d|20\d\d)\b(?![-–/])", re.IGNORECASE)


def _years_since(page: PageText, unit: Unit) -> Iterator[Finding]:
    """`sinds 2011`: of low confidence, for what began then is rarely what a visitor asks."""
    for match in _SINCE.finditer(unit.text):
        yield Finding(
            value=DateFound(role="valid_from", starts_on=date(int(match["year"]), 1, 1), precision="year"),
            words=page.words(unit),
            place=page.place(unit, match.start("year")),
            confidence="low",
        )


def last_day_of(unit_text: str, day: Day) -> date:
    """The last day on which something can be done: of `tot 1 december` the day before, of a period its last day."""
    before = unit_text[max(0, day.start - 30) : day.start]
    before = re.sub(
        r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo)\.?,?\s*$",
        "",
        before,
        flags=re.IGNORECASE,
    )
    if _EXCLUSIVE.search(before) and not _INCLUSIVE.search(before):
        return day.first - timedelta(days=1)
    return day.last or day.first


def _role(unit: Unit, day: Day) -> tuple[DateRole, date, date | None]:
    """What happens on the day, and the days that it comes to."""
    before, after = unit.text[max(0, day.start - 90) : day.start], unit.text[day.end : day.end + 60]
    near = before[-30:]
    label = f"{unit.label} {unit.column}"
    if hours(unit.text) and day.last is None and not _DEADLINE_WORDS.search(before + label):
        return "event", day.first, None
    if _PUBLISHED.search(before[-40:]):
        return "stated", day.first, day.last
    if _DEADLINE_WORDS.search(label) or (
        _DEADLINE_WORDS.search(before + after) and (day.last or _limits(near) or re.match(r"\s*:", after))
    ):
        return "deadline", *(_period(day) if day.last else (last_day_of(unit.text, day), None))
    if day.last is not None:
        return ("valid_from" if _HOLDS.search(before) else "stated"), day.first, day.last
    if _limits(near) and (_HOLDS.search(before + after) or not _EXCLUSIVE.search(near)):
        return "valid_until", last_day_of(unit.text, day), None
    if _HOLDS.search(before) and _FROM.search(near):
        return "valid_from", day.first, None
    if (
        _START_WORDS.search(before)
        or _START_WORDS.search(label)
        or re.match(r"\s*:?\s*start|\s*:.{0,20}\bstart", after, re.IGNORECASE)
    ):
        return "start", day.first, None
    if re.search(r"vanaf\s*$|met ingang van\s*$", near, re.IGNORECASE):
        return "start", day.first, None
    return "stated", day.first, day.last


def _limits(before: str) -> bool:
    return bool(
        _EXCLUSIVE.search(before)
        or _INCLUSIVE.search(before)
        or re.search(r"(?:uiterlijk|tot|voor)\s+\w*dag\s*$", before, re.IGNORECASE)
    )


def _period(day: Day) -> tuple[date, date | None]:
    return day.first, day.last


def _of(match: re.Match[str], as_of: date) -> Iterator[Day]:
    groups = match.groupdict()
    month = int(groups["month"]) if groups["month"].isdecimal() else MONTHS[groups["month"].lower()]
    year, told = _year(groups, month, int(groups.get("day") or 28), as_of)
    if "day" not in groups:
        if (made := _made(year, month, 1)) is not None:
            yield Day(*match.span(), made, precision="month")
        return
    day = _made(year, month, int(groups["day"]))
    if day is None:
        return
    if groups.get("first"):
        first = _made(year, month, int(groups["first"]))
        if first is not None and first < day:
            yield Day(*match.span(), first, day, year_is_told=told)
            return
    for number in re.findall(r"\d+", groups.get("before") or ""):
        if (earlier := _made(year, month, int(number))) is not None and earlier < day:
            yield Day(*match.span(), earlier, year_is_told=told)
    yield Day(*match.span(), day, year_is_told=told)


def _year(groups: dict[str, str | None], month: int, day: int, as_of: date) -> tuple[int, bool]:
    if told := groups.get("year"):
        return (int(told) if len(told) == 4 else 2000 + int(told)), True
    if short := groups.get("short"):
        return 2000 + int(short), True
    this = _made(as_of.year, month, day) or as_of
    return (as_of.year if this >= as_of else as_of.year + 1), False


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _periods(text: str, found: Sequence[Day]) -> Iterator[Day]:
    """Two days with `tot en met` between them as one period; the first has the year of the second."""
    at = 0
    while at < len(found):
        one, two = found[at], found[at + 1] if at + 1 < len(found) else None
        between = _PERIOD.fullmatch(text, one.end, two.start) if two and two.start >= one.end else None
        if two and between and between["to"].lower() != "en" and one.last is None and two.last is None:
            first = one.first
            if not one.year_is_told:
                first = _made(two.first.year, first.month, first.day) or first
                if first > two.first:
                    first = _made(two.first.year - 1, first.month, first.day) or first
            last = two.first
            if between["to"].lower() == "tot":
                last -= timedelta(days=1)
            if first < last:
                yield Day(one.start, two.end, first, last, two.precision, one.year_is_told or two.year_is_told)
                at += 2
                continue
        if one.precision == "month" and two and two.start < one.end:
            one = replace(one, end=two.start)
        yield one
        at += 1


def _time(match: re.Match[str], name: str) -> time:
    return time(int(match[name]), int(match[f"{name}m"] or 0))
