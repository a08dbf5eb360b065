"""How long something takes, and how much time or how many credits it asks."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from ingestion.extract.dates import masked
from ingestion.extract.finding import DurationFound, Finding, Origin, StudyLoadFound
from ingestion.extract.numbers import Quantity, quantities
from ingestion.extract.text import PageText, Unit
from knowledge.record import Confidence

Time = Literal["jaar", "maand", "week", "dag", "dagdeel", "uur"]
Load = Literal["uur", "dag", "dagdeel", "avond", "ec"]

_UNIT = re.compile(
    r"[ -]?(?:(?:hele|halve|volle|vaste)\s+)?(?P<word>jaar|jaren|maand(?:en)?|week|weken|dagdeel|dagdelen|(?:les|stage|werk|studie|college)?dag(?:en)?|daagse?|"
    r"(?:les|studie|klok|werk)?u(?:ur|ren)|(?:les)?avond(?:en)?|EC(?:TS)?|studiepunten|credits|years?|months?|weeks?|days?|hours?)(?![\wà-ÿ-])",
    re.IGNORECASE,
)
_STEM: tuple[tuple[str, Time], ...] = (
    ("jaar", "jaar"), ("jaren", "jaar"), ("year", "jaar"), ("maand", "maand"), ("month", "maand"), ("dagde", "dagdeel"), ("week", "week"), ("weke", "week"),
    ("dag", "dag"), ("daag", "dag"), ("day", "dag"), ("uur", "uur"), ("ur", "uur"), ("hour", "uur"),
)  # fmt: skip
_PER = re.compile(
    r"\s*(?:(?:[\wà-ÿ-]+)\s+){0,2}?(?:per|in de|a|/)\s*(?P<per>week|maand|jaar|studiejaar|schooljaar|month|year)\b|\s*(?P<weekly>wekelijks)",
    re.IGNORECASE,
)
_NO_DURATION = re.compile(
    r"\s*(?:lang\s+)?(?:oud|ouder|jonger|geleden|eerder|later|(?:\w+ )?(?:werk|les|praktijk)?ervaring|of ouder|na\b|voor\b(?! )|les\b)|\s*(?:werk|les)?ervaring",
    re.IGNORECASE,
)
_NO_DURATION_BEFORE = re.compile(
    r"(?:jonger dan|ouder dan|afgelopen|laatste|komende|binnen|elke?|iedere?|om de|jaar|leeftijd van|na|over|sinds|vanaf|eerste|tweede|derde)\s*(?:de\s+)?$",
    re.IGNORECASE,
)
_CUES = re.compile(
    r"duur|duren|lang\b|(?:traject|programma|opleiding|cursus|bijeenkomst(?:en)?|training|expeditie|stage|studie|programme)\s+(?:\w+\s+)?van\b|"
    r"\bin (?:totaal )?$|voltijd|deeltijd|takes|gedurende|de tijd|meelopen|haal je|ontdek je|verdeeld over|bestaat uit|verspreid",
    re.IGNORECASE,
)
_DAILY = re.compile(r"\b(?P<word>[a-z]+)daagse\b", re.IGNORECASE)


def durations(page: PageText, as_of: date) -> Iterator[Finding]:
    """Every duration and every load of a page."""
    for unit in page.units:
        if not re.search(
            r"jaar|jaren|maand|we[ek]|da[ag]|uur|uren|avond|\bEC|punten|credits|year|month|hour|day",
            unit.text,
            re.IGNORECASE,
        ):
            continue
        spans = masked(unit.text, as_of)
        for quantity in quantities(unit.text, spans):
            match = _UNIT.match(unit.text, quantity.end)
            if match is None or quantity.is_share:
                continue
            value = _load(unit, quantity, match) or _duration(unit, quantity, match)
            if value is not None:
                yield _finding(page, unit, quantity, *value)


def _load(unit: Unit, quantity: Quantity, match: re.Match[str]) -> tuple[StudyLoadFound, Confidence] | None:
    word = match["word"].lower()
    if word.startswith(("ec", "studiepunt", "credit")):
        return _loaded(unit, quantity, "ec", "totaal"), "high"
    per = _PER.match(unit.text, match.end())
    if per is None and not (unit.label and re.search(r"per (?:week|maand|jaar)", unit.label)):
        return None
    asked = _load_unit(word)
    if asked is None:
        return None
    told = (
        ("week" if per["weekly"] else per["per"].lower())
        if per
        else re.sub(r".*per (week|maand|jaar).*", r"\1", unit.label)
    )
    period: Literal["week", "maand", "jaar"] = (
        "week" if told == "week" else "maand" if told in {"maand", "month"} else "jaar"
    )
    return _loaded(unit, quantity, asked, period), "high"


def _load_unit(word: str) -> Load | None:
    if "avond" in word:
        return "avond"
    unit = _time(word)
    return unit if unit in {"uur", "dag", "dagdeel"} else None


def _loaded(
    unit: Unit, quantity: Quantity, asked: Load, per: Literal["week", "maand", "jaar", "totaal"]
) -> StudyLoadFound:
    low, high = _bounds(quantity)
    return StudyLoadFound(
        what=_what(unit), at_least=low, at_most=high, unit=asked, per=per, approximate=quantity.approximate
    )


def _duration(unit: Unit, quantity: Quantity, match: re.Match[str]) -> tuple[DurationFound, Confidence] | None:
    time = _time(match["word"].lower())
    before = unit.text[: quantity.start]
    if time is None or "avond" in match["word"].lower():
        return None
    if _NO_DURATION.match(unit.text, match.end()) or _NO_DURATION_BEFORE.search(before[-25:]):
        return None
    near = f"{before[-60:]} {unit.text[match.end() : match.end() + 40]}"
    labelled = bool(_CUES.search(unit.label)) or bool(re.search(r"duur", unit.column, re.IGNORECASE))
    low, high = _bounds(quantity)
    is_article = quantity.in_words and unit.text[quantity.start : quantity.end].lower() == "een"
    sure: Confidence = (
        "high"
        if labelled or re.search(r"duu?r", near)
        else "medium"
        if _CUES.search(near) or re.search(r"\bin $", before)
        else "low"
    )
    if is_article and sure != "high":
        return None
    return DurationFound(
        what=_what(unit), at_least=low, at_most=high, unit=time, approximate=quantity.approximate
    ), sure


def _bounds(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """The range; of `minimaal 12` and `maximaal 24` twice that number, for the words say the rest."""
    low = quantity.at_least if quantity.at_least is not None else quantity.at_most
    high = quantity.at_most if quantity.at_most is not None else quantity.at_least
    return abs(low or Decimal(0)), abs(high or Decimal(0))


def _time(word: str) -> Time | None:
    return next((unit for stem, unit in _STEM if stem in word), None)


def _what(unit: Unit) -> str:
    """What takes so long: the row of a table, or the nearest heading."""
    return " ".join((unit.row or (unit.headings[-1] if unit.headings else "")).split())[:160]


def _finding(
    page: PageText, unit: Unit, quantity: Quantity, value: DurationFound | StudyLoadFound, sure: Confidence
) -> Finding:
    return Finding(
        value=value,
        words=page.words(unit),
        place=page.place(unit, quantity.start),
        confidence=sure,
        origin=Origin.TABLE if unit.in_table else Origin.TEXT,
    )
