"""What kind of thing a question wants to hear (a share, a date, a number of credits), and which records tell one."""

import re
from collections.abc import Mapping

from knowledge.record import Kind, Record

_MONTH = (
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|january|february|march|may|june|july|august|october"
)
_ASKS: Mapping[str, re.Pattern[str]] = {
    "share": re.compile(r"\bpercentages?\b|\bprocent\b|\bhoeveel van de (?:tien|honderd|10|100)\b|\bpercent\b|\bwhat share\b"),
    "credits": re.compile(r"\bstudiepunt\w*|\bects?\b|\bhoeveel ec\b|\bcredits\b"),
    "date": re.compile(
        r"\buiterste\b|\buiterlijk\b|\bdeadline\b|\baanmelddatum\b|\b(?:welke|wat is de|op welke) (?:datum|dag)\b|\btot wanneer\b"
        r"|\bwanneer (?:moet ik (?:me|mij) )?(?:aanmelden|inschrijven|sluit)\b|\bwhich date\b"
    ),
    "amount": re.compile(
        r"\b(?:hoeveel|welk) (?:geld|bedrag|euro)\b|\bwat kost\b|\bhoe duur\b|\bkosten\b|\bhow much\b|\bwat (?:verdien|schuift|krijg)\b"
    ),
    "duration": re.compile(r"\bhoe ?lang\b|\bhoeveel (?:jaar|jaren|maanden|weken)\b|\bhow (?:long|many (?:years|months|weeks))\b"),
    "load": re.compile(r"\bhoeveel (?:uur|uren|dagen|dgn)\b|\b(?:uur|uren|dagen) per week\b|\bhow many (?:hours|days)\b"),
    "age": re.compile(r"\bleeftijd\w*|\bte oud\b|\bhoe oud\b|\btoo old\b|\bik (?:ben|word)\b[^.?!]{0,20}\b[4-6]\d\b|\b[4-6]\d (?:jaar|jr)\b"),
    "level": re.compile(r"\b(?:welk|wat voor) (?:taal)?niveau\b|\bb1\b|\bb2\b|\bc1\b|\bwhat level\b"),
}  # fmt: skip
_TELLS: Mapping[str, re.Pattern[str]] = {
    "share": re.compile(r"\d\s?%|\bprocent\b|\bpercent\b"),
    "credits": re.compile(r"\bstudiepunt|\bec\b|\bects\b|\bcredits\b"),
    "date": re.compile(rf"\b\d{{1,2}} (?:{_MONTH})\b|\b20\d\d-\d\d-\d\d\b|\bvoor 1 (?:{_MONTH})\b"),
    "duration": re.compile(r"\b(?:jaar|jaren|maanden|weken|years?|months|weeks)\b"),
    "load": re.compile(r"\b(?:uur|uren|dag|dagen|hours|days?)\b"),
    "age": re.compile(r"\bleeftijd|\b(?:ouder|jonger) dan\b|\bte oud\b|\b[2-6]\d jaar\b|\bage\b"),
    "level": re.compile(r"\b(?:b1|b2|c1)\b"),
}
_MONEY = frozenset({Kind.COST, Kind.SUBSIDY, Kind.SALARY})


def wanted_in(question: str) -> frozenset[str]:
    """What a question wants to hear, of `share`, `credits`, `date`, `amount`, `duration`, `load`, `age` and `level`; mostly nothing."""
    lower = question.lower()
    return frozenset(name for name, pattern in _ASKS.items() if pattern.search(lower))


def told_by(record: Record) -> frozenset[str]:
    """What of these a record tells, whatever it is about."""
    text = record.text().lower()
    found = {name for name, pattern in _TELLS.items() if pattern.search(text)}
    if record.kind in _MONEY or "€" in text:
        found.add("amount")
    return frozenset(found)
