"""Holds what was read from a page against what somebody read on it: which facts agree, and in which fields they do not."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from evaluation.ingestion.case import PageCase, kind_of, named, range_of
from ingestion.extract.finding import (
    AmountFound,
    ConditionFound,
    ContactFound,
    CourseFound,
    DateFound,
    DurationFound,
    EventFound,
    FigureFound,
    Finding,
    QuestionFound,
    StudyLoadFound,
    VacancyFound,
)
from knowledge.numeral import folded


@dataclass(frozen=True)
class Match:
    """An expected fact with the finding that recovers it, if there is one, and the fields in which that is wrong."""

    kind: str
    expected: dict[str, Any]
    finding: Finding | None
    wrong: tuple[str, ...] = ()
    fields: int = 0
    """How many fields beside the fact itself were told."""


@dataclass(frozen=True)
class Scored:
    """What came of one page."""

    matches: tuple[Match, ...]
    surplus: tuple[Finding, ...]
    """What was found and is not on the page."""


def scored(case: PageCase, findings: Sequence[Finding]) -> Scored:
    """
    Match each expected fact with at most one finding, the one that agrees in most fields.

    Findings of low confidence are for an editor to look at: they neither recover a fact nor count as wrong. A day that
    belongs to an expected vacancy or event is no surplus, nor is a second finding of a fact that was recovered.
    """
    left = [each for each in findings if each.confidence != "low"]
    spent: list[Finding] = []
    matches = []
    for expected in case.expect:
        kind = kind_of(expected)
        found = [each for each in left if each.kind == kind and _is(kind, expected, each.value)]
        best = min(found, key=lambda each: len(_wrong(kind, expected, each.value)), default=None)
        wrong = _wrong(kind, expected, best.value) if best else ()
        matches.append(Match(kind, expected, best, wrong, len(expected) - 1 if kind != "contact" else 1))
        if best is not None:
            left.remove(best)
            spent.append(best)
    surplus = [each for each in left if not _is_known(each, case, spent)]
    return Scored(tuple(matches), tuple(surplus))


def _is_known(finding: Finding, case: PageCase, spent: Sequence[Finding]) -> bool:
    value = finding.value
    if isinstance(value, DateFound):
        return value.starts_on in _own_days(case)
    if isinstance(value, ConditionFound):
        return any(isinstance(each.value, ConditionFound) and each.value.statement == value.statement for each in spent)
    return any(_is(kind_of(each), each, value) for each in case.expect if kind_of(each) == finding.kind)


def _own_days(case: PageCase) -> set[date]:
    """The days of expected vacancies and events, which the page names as well, and those of dates found twice."""
    days: set[date] = set()
    for each in case.expect:
        for name in ("closes", "at", "until", "starts_on", "date"):
            told = re.findall(r"\d{4}-\d{2}-\d{2}", str(each.get(name, "")))
            days |= {date.fromisoformat(day) for day in told}
        if "closes" in each:
            days.add(date.fromisoformat(str(each["closes"])) + timedelta(days=1))
    return days


def _is(kind: str, expected: dict[str, Any], value: Any) -> bool:
    """Whether the value is the expected fact: the same sum, day, job … whatever else is said of it."""
    return _IDENTITY[kind](expected, value)


def _is_amount(expected: dict[str, Any], value: AmountFound) -> bool:
    return _same_numbers(expected["amount"], value.value, value.at_least, value.at_most)


def _is_date(expected: dict[str, Any], value: DateFound) -> bool:
    first, last = range_of(expected["date"])
    if len(first) == 7:
        return value.precision == "month" and f"{value.starts_on:%Y-%m}" == first
    return value.starts_on.isoformat() == first and (
        last == first or (value.ends_on or value.starts_on).isoformat() == last
    )


def _is_duration(expected: dict[str, Any], value: DurationFound) -> bool:
    number, unit = named(str(expected["duration"]))
    return value.unit == unit and _within(number, value.at_least, value.at_most)


def _is_load(expected: dict[str, Any], value: StudyLoadFound) -> bool:
    number, unit = named(str(expected["load"]))
    asked, _, per = unit.partition(" per ")
    return value.unit == asked and value.per == (per or "totaal") and _within(number, value.at_least, value.at_most)


def _is_condition(expected: dict[str, Any], value: ConditionFound) -> bool:
    return expected["condition"] in value.about and re.search(expected["words"], value.statement) is not None


def _is_figure(expected: dict[str, Any], value: FigureFound) -> bool:
    number, unit = named(str(expected["figure"]))
    return _alike(value.unit, unit) and _same_numbers(number, value.value, value.at_least, value.at_most)


def _is_vacancy(expected: dict[str, Any], value: VacancyFound) -> bool:
    return _alike(expected["vacancy"], value.title) and (
        "school" not in expected or not value.school or _alike(expected["school"], value.school)
    )


def _is_event(expected: dict[str, Any], value: EventFound) -> bool:
    return _alike(expected["event"], value.title) and str(expected["at"])[:10] == value.starts_at.date().isoformat()


def _is_contact(expected: dict[str, Any], value: ContactFound) -> bool:
    told = expected["contact"]
    return any(name in told and told[name] == getattr(value, name) for name in ("email", "phone", "postcode"))


def _is_question(expected: dict[str, Any], value: QuestionFound) -> bool:
    return expected["question"].lower() in value.question.lower()


def _is_course(expected: dict[str, Any], value: CourseFound) -> bool:
    return _alike(expected["course"], value.title)


_IDENTITY: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "amount": _is_amount, "date": _is_date, "duration": _is_duration, "study_load": _is_load, "condition": _is_condition,
    "figure": _is_figure, "vacancy": _is_vacancy, "event": _is_event, "contact": _is_contact, "question": _is_question, "course": _is_course,
}  # fmt: skip


def _wrong(kind: str, expected: dict[str, Any], value: Any) -> tuple[str, ...]:
    """The fields beside the fact itself that are not as expected, with what they are."""
    told = (
        expected["contact"] if kind == "contact" else {name: each for name, each in expected.items() if name != "words"}
    )
    return tuple(
        f"{name} is {got!r}, not {want!r}"
        for name, want in told.items()
        for got in [_FIELDS.get(name, lambda each, name=name: getattr(each, name, None))(value)]
        if not _agrees(name, want, got)
    )


_FIELDS: dict[str, Callable[[Any], Any]] = {
    "amount": lambda _: None, "date": lambda _: None, "duration": lambda _: None, "load": lambda _: None, "condition": lambda _: None,
    "figure": lambda _: None, "question": lambda _: None, "vacancy": lambda each: each.title, "event": lambda each: each.title,
    "course": lambda each: each.title, "whom": lambda each: each.for_whom, "closes": lambda each: each.closes_on,
    "welcomes": lambda each: each.welcomes_zij_instromers, "fte": lambda each: (each.fte_at_least, each.fte_at_most),
    "at": lambda each: each.starts_at, "until": lambda each: each.ends_at, "online": lambda each: each.is_online,
    "cancelled": lambda each: each.is_cancelled, "moment": lambda each: each.on,
}  # fmt: skip
_ITSELF = frozenset({"amount", "date", "duration", "load", "condition", "figure", "question"})


def _agrees(name: str, want: Any, got: Any) -> bool:
    if name in _ITSELF:
        return True
    if got is None:
        return False
    if name == "fte":
        return all(value is not None for value in got) and _within(str(want), *got)
    if name in {"at", "until"}:
        return bool(got.isoformat().startswith(str(want).replace(" ", "T")))
    if isinstance(got, Decimal):
        return got == Decimal(str(want))
    if isinstance(got, str) and name not in {"per", "year", "email", "phone", "postcode", "sector", "scale"}:
        return _alike(str(want), got)
    return str(got) == str(want)


def _alike(one: str, other: str) -> bool:
    """Whether one name holds the other, whatever its capitals and signs."""
    plain = [" ".join(re.findall(r"[\w/-]+", folded(each))) for each in (one, other)]
    return bool(plain[0] and plain[1]) and (plain[0] in plain[1] or plain[1] in plain[0])


def _same_numbers(told: Any, value: Decimal | None, low: Decimal | None, high: Decimal | None) -> bool:
    first, last = range_of(told)
    if first == last:
        return value is not None and abs(value) == Decimal(first)
    return _equal(first, low) and _equal(last, high)


def _equal(told: str, got: Decimal | None) -> bool:
    return got is None if told == "" else got is not None and got == Decimal(told)


def _within(told: str, low: Decimal, high: Decimal) -> bool:
    first, last = range_of(told)
    return low == Decimal(first or last) and high == Decimal(last or first)
