"""What a page says to machines as findings: jobs, events, questions, organisations and courses of schema.org."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from ingestion.extract.contacts import normal_phone, normal_postcode
from ingestion.extract.dates import parse_day
from ingestion.extract.finding import (
    LONGEST_QUOTE,
    ContactFound,
    CourseFound,
    EventFound,
    Finding,
    Origin,
    QuestionFound,
    VacancyFound,
    Value,
)
from ingestion.extract.numbers import parse_decimal
from ingestion.extract.vacancies import clean_title, details
from ingestion.extract.vocabulary import Vocabulary
from ingestion.structured import Thing, words_of

_HERE = ZoneInfo("Europe/Amsterdam")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<clock>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)


def from_data(things: tuple[Thing, ...], vocabulary: Vocabulary, as_of: date) -> Iterator[Finding]:
    """A finding a job, event, question, organisation or course; what lacks a name or a day is none."""
    for thing in things:
        for value in _VALUES[thing.kind](thing, vocabulary, as_of):
            yield Finding(value=value, words=thing.as_words(LONGEST_QUOTE), confidence="high", origin=Origin.DATA)


def moment_of(text: str, as_of: date) -> datetime | None:
    """A moment of schema.org in local time without a zone; a day alone is its midnight; None if it cannot be read."""
    if match := _MOMENT.match(text.strip()):
        with suppress(ValueError):
            local = datetime.fromisoformat(f"{match['day']}T{match['clock']}")
            if zone := match["zone"]:
                told = datetime.fromisoformat(f"{match['day']}T{match['clock']}{'+00:00' if zone == 'Z' else zone}")
                local = told.astimezone(_HERE).replace(tzinfo=None) if told.tzinfo else local
            return local
    day = parse_day(text, as_of)
    return datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001 - local time by agreement


def _jobs(thing: Thing, vocabulary: Vocabulary, as_of: date) -> Iterator[Value]:
    title = clean_title(thing.text("title", "name"))
    text = thing.text("description")
    address = _address(thing.properties.get("jobLocation"))
    school = thing.text("hiringOrganization")
    town = words_of(address.get("addressLocality"))
    fields = details(title, f"{school}. {text}", vocabulary, as_of) | {
        "school": school[:200],
        "municipality": vocabulary.municipality(f" {town}") or town[:80],
        "closes_on": _day(thing, as_of, "validThrough"),
        "published_on": _day(thing, as_of, "datePosted"),
        "url": thing.text("url") or None,
        "description": text[:4_000],
    }
    yield from _checked(VacancyFound, {"title": title[:300]} | fields)


def _events(thing: Thing, vocabulary: Vocabulary, as_of: date) -> Iterator[Value]:
    starts, ends = moment_of(thing.text("startDate"), as_of), moment_of(thing.text("endDate"), as_of)
    if starts is None or starts.date() < as_of:
        return
    location = thing.properties.get("location")
    place = words_of(location)
    address = _address(location)
    town = words_of(address.get("addressLocality")) or words_of(address.get("street")) or place
    online = "online" in thing.text("eventAttendanceMode").lower() or _is_virtual(location)
    yield from _checked(
        EventFound,
        {
            "title": thing.text("name")[:300],
            "starts_at": starts,
            "ends_at": ends if ends and ends >= starts else None,
            "place": "" if place.startswith("http") else place[:200],
            "municipality": vocabulary.municipality(f" {town}"),
            "is_online": online,
            "is_cancelled": "cancel" in thing.text("eventStatus").lower(),
            "url": thing.text("url") or None,
            "description": thing.text("description")[:4_000],
        },
    )


def _questions(thing: Thing, _vocabulary: Vocabulary, _as_of: date) -> Iterator[Value]:
    asked = thing.properties.get("mainEntity")
    for each in asked if isinstance(asked, list) else [asked]:
        if isinstance(each, dict):
            answer = each.get("acceptedAnswer") or each.get("suggestedAnswer")
            first = answer[0] if isinstance(answer, list) and answer else answer
            told = words_of(first.get("text")) if isinstance(first, dict) else words_of(first)
            yield from _checked(QuestionFound, {"question": words_of(each.get("name"))[:500], "answer": told[:8_000]})


def _organisations(thing: Thing, _vocabulary: Vocabulary, _as_of: date) -> Iterator[Value]:
    address = _address(thing.properties)
    point = thing.properties.get("contactPoint")
    point = point[0] if isinstance(point, list) and point else point
    point = point if isinstance(point, dict) else {}
    email = (thing.text("email") or words_of(point.get("email"))).removeprefix("mailto:").lower()
    fields = {
        "organisation": thing.text("name", "legalName")[:200],
        "email": email[:200] if "@" in email else "",
        "phone": normal_phone(thing.text("telephone") or words_of(point.get("telephone"))),
        "street": words_of(address.get("streetAddress"))[:200],
        "postcode": normal_postcode(words_of(address.get("postalCode"))),
        "municipality": words_of(address.get("addressLocality"))[:80],
        "url": thing.text("url") or None,
    }
    # An organisation that says its name alone is the publisher of the page, and no contact.
    if fields["email"] or fields["phone"] or fields["postcode"]:
        yield from _checked(ContactFound, fields)


def _courses(thing: Thing, _vocabulary: Vocabulary, as_of: date) -> Iterator[Value]:
    instance = thing.properties.get("hasCourseInstance")
    instance = instance[0] if isinstance(instance, list) and instance else instance
    instance = instance if isinstance(instance, dict) else {}
    offer = thing.properties.get("offers")
    offer = offer[0] if isinstance(offer, list) and offer else offer
    price = _decimal(words_of(offer.get("price"))) if isinstance(offer, dict) else None
    start = words_of(instance.get("startDate")) or thing.text("startDate")
    yield from _checked(
        CourseFound,
        {
            "title": thing.text("name")[:300],
            "provider": thing.text("provider")[:200],
            "url": thing.text("url") or None,
            "description": thing.text("description")[:4_000],
            "credits": _decimal(thing.text("numberOfCredits")),
            "price": price,
            "starts_on": parse_day(start, as_of),
            "mode": (words_of(instance.get("courseMode")) or thing.text("courseMode"))[:80],
        },
    )


_VALUES = {
    "JobPosting": _jobs,
    "Event": _events,
    "FAQPage": _questions,
    "Organization": _organisations,
    "Course": _courses,
}


def _checked(model: Any, fields: Mapping[str, Any]) -> Iterator[Value]:
    """The value, unless what the page says does not fit it; an address that is none is left out alone."""
    try:
        yield model.model_validate(dict(fields))
    except ValidationError as error:
        if {each["loc"][0] for each in error.errors() if each["loc"]} == {"url"}:
            yield from _checked(model, {**fields, "url": None})


def _address(value: Any, depth: int = 0) -> dict[str, Any]:
    """The postal address in a place; one that is a single text is taken apart no further."""
    if isinstance(value, list):
        return next((found for each in value[:5] if (found := _address(each, depth + 1))), {})
    if isinstance(value, str):
        return {"street": value}
    if not isinstance(value, dict) or depth > 5:
        return {}
    if any(name in value for name in ("addressLocality", "postalCode", "streetAddress")):
        return value
    return _address(value.get("address") or value.get("location"), depth + 1)


def _is_virtual(value: Any) -> bool:
    found = value if isinstance(value, list) else [value]
    return any(isinstance(each, dict) and "virtual" in str(each.get("@type", "")).lower() for each in found)


def _day(thing: Thing, as_of: date, name: str) -> date | None:
    moment = moment_of(thing.text(name), as_of)
    # `T00:00` in another zone is written for the night before; the day that is told is meant.
    return moment.date() if moment else None


def _decimal(text: str) -> Decimal | None:
    return parse_decimal(re.sub(r"[^\d.,]", "", text), money=True) if text else None
