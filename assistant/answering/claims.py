"""What a sentence claims about the world: amounts, times, dates, numbers, addresses; each written one way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.answering.understand.numbers import number_words
from assistant.answering.understand.text import fold

ClaimKind = Literal[
    "amount", "percent", "time", "credits", "level", "year", "date", "clock", "number", "address", "name", "statement"
]

MONTHS = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "augustus": 8, "september": 9,
    "oktober": 10, "november": 11, "december": 12, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7,
    "august": 8, "october": 10,
}  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_ENGLISH_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
CITATION = re.compile(r" ?\[\d+\]|\u27e6\d+\u27e7")
_ADDRESS = re.compile(
    r"https?://[^\s)\]>]+|[\w.+-]+@[\w-]+\.[\w.]*\w|\bwww\.[^\s)\]>]+"
    r"|(?<![\d.,-])(?:\+31[ -]?(?:\(0\))?|0)\d{1,3}[ -]+\d[\d -]{4,9}\d(?!\d)|(?<![\d.,-])0\d{9}(?!\d)"
)
"""Of a page, a mailbox or a telephone."""
_ORDINARY = frozenset({"een", "one"})
"""`een` is an article far more often than a number."""
_YEARS = range(1950, 2100)
_MAY_BEFORE = frozenset(
    {"in", "of", "until", "from", "since", "before", "after", "by", "and", "or", "to", "early", "late", "mid"}
)
"""Words after which `May` is the month, and not the `may` of permission."""

TIMES = {
    **dict.fromkeys(("jaar", "jaren", "jr", "year", "years", "jarig", "jarige", "studiejaar", "studiejaren", "leerjaar"), "jaar"),
    **dict.fromkeys(("maand", "maanden", "month", "months"), "maand"),
    **dict.fromkeys(("week", "weken", "weeks"), "week"),
    **dict.fromkeys(("dag", "dagen", "day", "days", "dagdelen", "dagdeel"), "dag"),
    **dict.fromkeys(("uur", "uren", "hour", "hours"), "uur"),
    **dict.fromkeys(("minuut", "minuten", "minute", "minutes"), "minuut"),
}  # fmt: skip
_CREDITS = frozenset({"ec", "ects", "studiepunt", "studiepunten", "credit", "credits"})
_PERCENT = frozenset({"%", "procent", "percent"})
_LEVELS = frozenset(
    {"mbo", "niveau", "level", "havo", "vwo", "vmbo", "groep", "groepen", "klas", "schaal", "trede", "nt2", "artikel"}
)
"""Words whose number is a name: `mbo 4`, `schaal 10`."""
_JOINS = frozenset({"tot", "of", "to", "or", "en", "and", "a", "à", "-", "–", "t/m", "met", "hoogstens", "minstens"})
_PER = re.compile(
    r"\b(?:per|an?|each|every|elke?|ieder)\s+(?:volle\s+)?(studiejaar|collegejaar|schooljaar|study year|academic year|jaar|year"
    r"|maand|month|week|dag|day|uur|hour|studiepunt|credit|ec|kandidaat|candidate|traject|course|toets|test|fte)\b"
    r"|\b(eenmalig|once|jaarlijks|yearly|voor het hele traject|for the whole course)\b",
)
_PER_NAMES = {
    "collegejaar": "studiejaar", "schooljaar": "studiejaar", "study year": "studiejaar", "academic year": "studiejaar",
    "year": "jaar", "month": "maand", "day": "dag", "hour": "uur", "credit": "studiepunt", "ec": "studiepunt",
    "candidate": "kandidaat", "course": "traject", "test": "toets", "once": "eenmalig", "jaarlijks": "jaar", "yearly": "jaar",
    "voor het hele traject": "traject", "for the whole course": "traject",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<iso>\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b)"
    r"|(?P<isomonth>\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])\b(?!-?\d))"
    r"|(?P<dmy>\b\d{1,2}-\d{1,2}-(?:19|20)\d\d\b)"
    r"|(?P<clock>\b\d{1,2}:\d\d\b)"
    r"|(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[a-z]+(?:'[a-z]+)?)|(?P<sign>[€%;–-]|[.?!](?=\s))"
)
_DATED = re.compile(r"[^€;.()]{0,50}\((\d{4}(?:-\d{4})?)[,)]")
"""The year of an amount, in brackets behind it and its period."""
_REACH = 70
"""Characters after an amount within which its period stands."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said that is true or not: its kind, its value in one notation, its unit, and the words it stands in."""

    kind: ClaimKind
    value: str
    unit: str = ""
    words: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same claim, however it is written."""
        return self.kind, self.value, self.unit


def claims_in(text: str) -> tuple[Claim, ...]:
    """
    Everything in a text that can be held against a source, but names and statements.

    `€ 2.694 per jaar` is amount 2694 a `jaar`; `twee jaar` is 24 months of time; `12 maart 2027` is a date and a year.
    Numbers that only point at a citation (`[1]`) do not count.
    """
    return tuple(_claims(text))


def _claims(text: str) -> Iterator[Claim]:
    bare = CITATION.sub(" ", text)
    for match in _ADDRESS.finditer(bare):
        yield Claim("address", same_address(match.group()), words=match.group())
    bare = _ADDRESS.sub(" ", bare)
    folded = fold(bare)
    tokens = [(match.lastgroup or "", match.group(), match.start(), match.end()) for match in _TOKEN.finditer(folded)]
    spelt = number_words()
    month_dates: set[int] = set()
    for place, (kind, written, start, end) in enumerate(tokens):
        words = folded[max(0, start - 20) : end + 20].strip()
        if kind == "iso" or kind == "isomonth":
            yield Claim("year", written[:4], words=words)
            yield Claim("date", written[5:], words=words)
        elif kind == "dmy":
            of_month, month, year = written.split("-")
            yield Claim("year", year, words=words)
            yield Claim("date", f"{int(month):02}-{int(of_month):02}", words=words)
        elif kind == "clock":
            yield Claim("clock", written.lstrip("0") if not written.startswith("0:") else written, words=words)
        elif kind == "word" and written in MONTHS and (written not in ("mei", "may") or _is_month(tokens, place, bare)):
            day = _day_beside(tokens, place)
            if day is not None:
                month_dates.add(day)
                yield Claim("date", f"{MONTHS[written]:02}-{int(tokens[day][1]):02}", words=words)
            yield Claim("date", f"{MONTHS[written]:02}", words=words)
    for place, (kind, written, start, end) in enumerate(tokens):
        is_word = kind == "word" and written in spelt and written not in _ORDINARY
        if (kind != "number" and not is_word) or place in month_dates:
            continue
        value = str(spelt[written]) if is_word else plain_number(written)
        yield _numeric(tokens, place, value, folded, folded[max(0, start - 20) : end + 25].strip())


_Tokens = list[tuple[str, str, int, int]]


def _numeric(tokens: _Tokens, place: int, value: str, folded: str, words: str) -> Claim:
    """A number with the unit that stands before it, behind it, or behind the number it makes a range with."""
    kind, written, _, end = tokens[place]
    before = tokens[place - 1][1] if place else ""
    if before in ("€", "eur") or _next(tokens, place) in ("euro", "eur"):
        behind = folded[end : end + _REACH]
        dated = _DATED.match(behind)
        if dated is not None:
            return Claim("amount", value, f"{_period(behind)} {dated.group(1)}", words)
        return Claim("amount", value, _period(behind), words)
    if kind == "number" and len(written) == 4 and written.isdigit() and int(written) in _YEARS:
        return Claim("year", written, words=words)
    if (
        before in _LEVELS or (before in ("-", "–") and place > 1 and tokens[place - 2][1] in _LEVELS)
    ) and value.isdigit():
        return Claim("level", value, before if before in _LEVELS else tokens[place - 2][1], words)
    unit = _unit(tokens, place)
    if unit in _PERCENT:
        return Claim("percent", value, words=words)
    if unit in _CREDITS:
        return Claim("credits", value, words=words)
    if unit in TIMES:
        name = TIMES[unit]
        if name == "jaar":
            return Claim("time", _times_twelve(value), "maand", words)
        return Claim("time", value, name, words)
    return Claim("number", value, words=words)


def _next(tokens: _Tokens, place: int) -> str:
    return tokens[place + 1][1] if place + 1 < len(tokens) else ""


def _unit(tokens: _Tokens, place: int) -> str:
    """The unit behind a number; in a range (`2 tot 4 jaar`) the one behind its other end."""
    at = place + 1
    if at < len(tokens) and tokens[at][1] in ("hele", "volle", "full", "a"):
        at += 1
    if at + 1 < len(tokens) and tokens[at][1] in _JOINS:
        after = at + 2 if tokens[at + 1][1] in _JOINS else at + 1
        if after < len(tokens) and (tokens[after][0] == "number" or tokens[after][1] in number_words()):
            return _unit(tokens, after)
    return tokens[at][1] if at < len(tokens) else ""


def _period(behind: str) -> str:
    """For what stretch of time an amount is, from what stands behind it in the same clause."""
    clause = re.split(r"; |[.?!](?:\s|$)|(?<!tot)(?<!to)(?<!of)(?<!or)(?<!-) €", behind)[0]
    found = _PER.search(clause)
    if found is None:
        return ""
    name = found.group(1) or found.group(2)
    return _PER_NAMES.get(name, name)


def _times_twelve(value: str) -> str:
    months = f"{float(value) * 12:.2f}" if value.replace(".", "", 1).isdigit() else value
    return months.rstrip("0").rstrip(".") if "." in months else months


def _is_month(tokens: _Tokens, place: int, bare: str) -> bool:
    """Whether this `mei` or `may` is the month: `may` is far more often the word of permission."""
    _, written, start, end = tokens[place]
    if written == "mei":
        return True
    if len(bare) == len(fold(bare)) and not bare[start:end].startswith("M"):
        return False
    before = tokens[place - 1] if place else ("", "", 0, 0)
    return (
        before[0] == "number"
        or before[1] in _MAY_BEFORE
        or _day_beside(tokens, place) is not None
        or (place + 1 < len(tokens) and tokens[place + 1][0] == "number")
    )


def _day_beside(tokens: _Tokens, place: int) -> int | None:
    """The token with the day of a month: `12 maart`, `March 12`."""
    for at in (place - 1, place + 1):
        if (
            0 <= at < len(tokens)
            and tokens[at][0] == "number"
            and tokens[at][1].isdigit()
            and 1 <= int(tokens[at][1]) <= 31
        ):
            return at
    return None


def plain_number(written: str) -> str:
    """
    `2.694` -> `2694`, `41,35` -> `41.35`, `2.694,50` -> `2694.5`, `2,694.50` -> `2694.5`.

    A comma or dot that is neither thousands nor decimals (`13.30.`, `1,2,3`) splits nothing: the digits stay together.
    """
    if _THOUSANDS.match(written):
        written = written.replace(".", "").replace(",", ".")
    elif _ENGLISH_THOUSANDS.match(written):
        written = written.replace(",", "")
    elif written.count(",") == 1 and "." not in written:
        written = written.replace(",", ".")
    if written.count(".") == 1:
        written = written.rstrip("0").rstrip(".")
    whole, dot, rest = written.partition(".")
    return (whole.lstrip("0") or "0") + dot + rest


def same_address(written: str) -> str:
    """A page, mailbox or telephone number as it is the same however it is written."""
    if "@" in written:
        return written.lower().removeprefix("mailto:").rstrip(".")
    digits = re.sub(r"[^\d+]", "", written)
    if not re.search("[a-z]", written.lower()):
        return "0" + digits.removeprefix("+31").removeprefix("0")
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", written.lower()).rstrip("/.,;:")
