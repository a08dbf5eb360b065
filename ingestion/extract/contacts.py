"""How to reach organisations: mailboxes, phone numbers and addresses, those that stand together as one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from phonenumbers import (
    Leniency,
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    format_number,
    is_possible_number,
    parse,
)

from ingestion.extract.finding import ContactFound, Finding, Origin
from ingestion.extract.numbers import Span
from ingestion.extract.text import PageText, Part, Row

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{2,63}){1,4}(?![\w-])"
)
_POSTCODE = re.compile(
    r"(?<!\w)(?P<digits>[1-9]\d{3}) ?(?P<letters>[A-Z]{2})(?!\w)[ ,]{1,3}(?P<place>['’A-Z][\w'’-]+(?: (?:aan|den|de|en|op|ter|het|bij) ?[A-Z]?[\w-]*| [A-Z][\w-]+){0,3})?"
)
_STREET = re.compile(
    r"(?P<street>(?:[A-ZÀ-Þ'’][\w'’.-]*)(?: [\w'’.-]+){0,4}? \d{1,5}(?: ?[a-zA-Z]{1,2}|-\d{1,4})?)[\s,]*$"
)
_HOURS = re.compile(r"bereikbaar|telefonisch spreekuur|openingstijden|geopend|open op", re.IGNORECASE)
_PHONE_LIKE = re.compile(r"\+\d|\b0\d")
_GENERIC = re.compile(
    r"^(?:contact.*|ons team|over ons|welkom.*|neem contact.*|adres.*|bereikbaarheid|vragen\??|loketten.*|reageren.*|solliciteren.*|procedure)$",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"loket|stichting|school|college|lyceum|hogeschool|universiteit|roc\b|regio|bestuur|onderwijs", re.IGNORECASE
)


@dataclass
class _Gathered:
    """What was met of one contact."""

    fields: dict[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0


def contacts(page: PageText) -> Iterator[Finding]:
    """Every contact of a page; what stands under one heading and does not contradict itself is one."""
    for part in page.parts:
        in_rows = [row for row in part.rows if _EMAIL.search(" ".join(row.cells)) or _phones(" ".join(row.cells))]
        for row in in_rows:
            yield from _of_row(page, row)
        rows = [(row.offset, row.end) for row in in_rows]
        yield from _of_part(page, part, rows)


def normal_phone(text: str) -> str:
    """A phone number as E.164, or empty if it is none: `071 - 555 01 20` is `+31715550120`."""
    try:
        number = parse(text[:60], "NL")
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""


def normal_postcode(text: str) -> str:
    """A postcode as `2312 AB`, or empty if it is none."""
    match = re.fullmatch(r"\s*([1-9]\d{3})\s?([A-Za-z]{2})\s*", text)
    return f"{match[1]} {match[2].upper()}" if match else ""


def phone_spans(text: str) -> list[Span]:
    """Where phone numbers stand."""
    return [(start, end) for start, end, _ in _phones(text)]


def _phones(text: str) -> list[tuple[int, int, str]]:
    if not _PHONE_LIKE.search(text):
        return []
    plain = text.replace(" - ", "---")  # of the same length: `071 - 555` is one number
    found = PhoneNumberMatcher(plain, "NL", leniency=Leniency.POSSIBLE, max_tries=200)
    return [
        (each.start, each.end, format_number(each.number, PhoneNumberFormat.E164))
        for each in found
        if re.match(r"[+(]|0\d", each.raw_string) and len(re.sub(r"\D", "", each.raw_string)) >= 9
    ]


def _of_part(page: PageText, part: Part, rows: list[Span]) -> Iterator[Finding]:
    text = page.content[part.offset : part.end]
    met: list[tuple[int, int, dict[str, str]]] = []
    for match in _EMAIL.finditer(text):
        met.append((*match.span(), {"email": match[0].rstrip(".").lower()}))
    met += [(start, end, {"phone": phone}) for start, end, phone in _phones(text)]
    for match in _POSTCODE.finditer(text):
        street = _STREET.search(text[max(0, match.start() - 80) : match.start()].replace("\n", "  ").rstrip(" ,|"))
        found = {
            "postcode": f"{match['digits']} {match['letters']}",
            "municipality": (match["place"] or "").strip(" ,.|"),
        }
        if street:
            found["street"] = street["street"]
        met.append((match.start() - (len(street[0]) if street else 0), match.end(), found))
    gathered: list[_Gathered] = []
    for start, end, found in sorted(met, key=lambda each: each[0]):
        if any(first <= part.offset + start < last for first, last in rows):
            continue
        if not gathered or any(gathered[-1].fields.get(name, value) != value for name, value in found.items()):
            gathered.append(_Gathered(start=start))
        gathered[-1].fields |= found
        gathered[-1].end = end
    for each in gathered:
        fields = each.fields | {
            "organisation": _organisation(part, text, each),
            "hours": _hours(part) if len(gathered) == 1 else "",
        }
        first, last = part.offset + max(0, each.start), part.offset + each.end
        unit = next((unit for unit in part.units if unit.offset <= first < unit.offset + len(unit.text)), None)
        place = page.place(unit, first - unit.offset) if unit else page.place(part.units[0]) if part.units else None
        words = page.quoted(first, last)
        if place is not None and words:
            yield Finding(
                value=ContactFound.model_validate(fields),
                words=words,
                place=place,
                confidence="high" if fields["organisation"] else "medium",
            )


def _of_row(page: PageText, row: Row) -> Iterator[Finding]:
    text = " | ".join(row.cells)
    email, phones = _EMAIL.search(text), _phones(text)
    postcode = _POSTCODE.search(text)
    name = next((cell for cell in row.cells if cell and not _EMAIL.search(cell) and not _phones(cell)), "")
    value = ContactFound(
        organisation=name[:200],
        email=email[0].lower() if email else "",
        phone=phones[0][2] if phones else "",
        postcode=f"{postcode['digits']} {postcode['letters']}" if postcode else "",
    )
    unit = next((unit for part in page.parts for unit in part.units if unit.quote == (row.offset, row.end)), None)
    if unit is not None:
        yield Finding(
            value=value, words=page.words(unit), place=page.place(unit), confidence="high", origin=Origin.TABLE
        )


def _organisation(part: Part, text: str, gathered: _Gathered) -> str:
    """The nearest heading that is a name, else the line above the address that looks like one."""
    lines = [line.strip(" *-|") for line in text[: max(0, gathered.start)].split("\n") if line.strip()]
    for line in reversed(lines[-4:]):
        if (
            not line.startswith("#")
            and len(line.split()) <= 7
            and not re.search(r"[\d@:.!?]", line)
            and _LEGAL.search(line)
        ):
            return line
    for heading in reversed(part.headings):
        if not _GENERIC.match(heading) and _LEGAL.search(heading) and len(heading.split()) <= 7:
            return heading
    return ""


def _hours(part: Part) -> str:
    return next((" ".join(unit.text.split())[:200] for unit in part.units if _HOURS.search(unit.text)), "")
