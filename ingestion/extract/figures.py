"""Figures: how many or how much of something there is, of which moment: shortages, shares, counts."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ingestion.extract.amounts import sums
from ingestion.extract.dates import days, masked, years_of
from ingestion.extract.finding import FigureFound, Finding, Origin
from ingestion.extract.numbers import Quantity, Span, quantities
from ingestion.extract.text import PageText, Unit
from knowledge.record import Confidence

_UNIT = re.compile(
    r"\s*(?:\([^)]{1,6}\)\s*)?(?P<unit>%-?\s?punt(?:en)?|procentpunt(?:en)?|%|procent\b|fte['’]?s?\b|voltijdbanen|percent\b)",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"[\s,]*(?:(?:[a-zà-ÿ-]+(?:e|de|te)|zo['’]n|pabo-?|open|onvervulde)\s+){0,2}(?P<noun>[a-zà-ÿ]+(?:-[a-zà-ÿ]+)*)(?![\w-])",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:leerling|student|zij-?instromer|lera(?:ar|ren)|docent|leerkracht|person|person(?:en)?|mens(?:en)?|deelnemer|bezoeker|kandida(?:at|ten)|school|scholen|"
    r"vestiging|locatie|bestu(?:ur|ren)|bestuurder|gemeente|inwoner|abonnee|plaats|plek|vacature|bijeenkomst|banenmarkt|partnerschap|"
    r"lid|leden|keer|maal|groep|editie|samenwerkingsverband|regio|loket|opleider|werkgever|starter|schoolleider|vakprofessional|"
    r"pabo-?student|onderwijsassistent|coach|mentor|college|instelling|opleiding|instituut|instituten|organisatie|dio|partner)",
    re.IGNORECASE,
)  # fmt: skip
_PLURAL = re.compile(r"[a-zà-ÿ-]{3,}(?:en|s|ers|x)$", re.IGNORECASE)
_TIMES = re.compile(r"\s?x\b", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"\b(?:totaal )?aantal (?P<noun>[a-zà-ÿ-]+)[^.;]{0,110}(?:\bis|:|\bwas|\bbedraagt|\brond de|\bwaren|en rond de)\s*(?:rond de )?$",
    re.IGNORECASE,
)
_RATE = re.compile(r"(?P<noun>\w*factor|\bfte)\b[^.;()]{0,30}$", re.IGNORECASE)
_HEAD_UNIT = (
    (re.compile(r"%|procent|percentage|aandeel", re.IGNORECASE), "procent"),
    (re.compile(r"\bfte\b", re.IGNORECASE), "fte"),
)
_NO_FIGURE = re.compile(
    r"^(?:jaar|jaren|maand|week|weken|dag|uur|uren|euro|dagdeel|avond|ec|kilometer|km|minuten|januari|jarige)",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(r"\s*(?:%|procent|fte)?\s*(?:\([^)]{1,12}\)\s*)?\s*(?:in|over)\s+(?P<year>20\d\d)\b")
_BOUND_AFTER = re.compile(r"\s*(?:maximaal|max\b)", re.IGNORECASE)


def figures(page: PageText, as_of: date) -> Iterator[Finding]:
    """Every figure of a page; what is counted by a word that we do not know is of low confidence."""
    for unit in page.units:
        taken: list[Span] = masked(unit.text, as_of)
        taken += [(max(0, each.start - 2), each.end) for each in sums(unit.text, unit.column, as_of)]
        found = quantities(unit.text, taken)
        for at, quantity in enumerate(found):
            told = _unit_of(unit, quantity, found[at + 1 :])
            if told is not None:
                yield _finding(page, unit, quantity, *told, as_of)


def _unit_of(unit: Unit, quantity: Quantity, later: Sequence[Quantity]) -> tuple[str, Confidence] | None:
    """What the number counts; None if it counts nothing."""
    if quantity.is_share:
        # `de helft` is said of what nobody counted.
        return "procent", "low" if quantity.value == 50 else "medium"
    if match := _UNIT.match(unit.text, quantity.end):
        return _named(match["unit"]), "high"
    if unit.in_table and len(unit.text.strip()) <= 16:
        return _of_head(unit)
    if _TIMES.match(unit.text, quantity.end):
        return "keer", "low"
    if later and (to := re.fullmatch(r"\s*(?:→|naar|of|en)\s*", unit.text[quantity.end : later[0].start])):
        # `3.060 → 3.100 fte`: both are of the same.
        del to
        if match := _UNIT.match(unit.text, later[0].end):
            return _named(match["unit"]), "medium"
    match = _NOUN.match(unit.text, quantity.end)
    return (_of_noun(unit, quantity, match) if match else None) or _named_before(unit, quantity)


def _named_before(unit: Unit, quantity: Quantity) -> tuple[str, Confidence] | None:
    """What is counted, if that stands before the number: `het aantal leerlingen is 95246`, `een deeltijdfactor van 0,71`."""
    before = unit.text[max(0, quantity.start - 160) : quantity.start]
    if quantity.in_words or re.search(r"[A-Za-z(]$", before):
        return None
    if told := list(_NUMBER_OF.finditer(before)):
        return _plain(told[-1]["noun"]), "medium"
    if told := list(_RATE.finditer(before[-60:])):
        return _plain(told[-1]["noun"]), "low"
    if re.match(r" per saldo\b", unit.text[quantity.end :]):
        return "saldo", "low"
    return None


def _plain(noun: str) -> str:
    return "fte" if noun.lower() == "fte" else noun.lower()


def _of_noun(unit: Unit, quantity: Quantity, match: re.Match[str]) -> tuple[str, Confidence] | None:
    noun = match["noun"]
    words = match[0].split()
    known = next((each for each in words if _COUNTED.match(each.strip(","))), None)
    if known is not None:
        noun = known.strip(",")
    if _NO_FIGURE.match(noun) or _NO_FIGURE.match(words[0]):
        return None
    is_article = quantity.in_words and unit.text[quantity.start : quantity.end].lower() in {
        "een",
        "half",
        "halve",
        "one",
    }
    if is_article:
        return None
    if known is not None:
        return noun.lower(), "medium"
    return (
        (noun.lower(), "low")
        if _PLURAL.fullmatch(noun) or unit.text[quantity.start : quantity.end].lower() == "één"
        else None
    )


def _of_head(unit: Unit) -> tuple[str, Confidence] | None:
    """The unit of a bare number in a table, from the head of its column or from the row."""
    for text in (unit.column, unit.row):
        for pattern, name in _HEAD_UNIT:
            if pattern.search(text):
                return name, "high"
    for word in unit.column.replace("(", " ").replace(")", " ").split():
        if _COUNTED.match(word) and _PLURAL.match(word):
            return word.lower(), "medium"
    return None


def _named(unit: str) -> str:
    unit = unit.lower()
    if "punt" in unit:
        return "procentpunt"
    return "fte" if unit.startswith(("fte", "voltijd")) else "procent"


def _finding(page: PageText, unit: Unit, quantity: Quantity, name: str, sure: Confidence, as_of: date) -> Finding:
    return Finding(
        value=FigureFound(
            what=_what(unit, quantity),
            unit=name,
            on=_on(unit, quantity, as_of),
            approximate=quantity.approximate or (quantity.is_share and quantity.value not in {50, 25, 75, 20}),
            **quantity.bounds,
        ),
        words=page.words(unit),
        place=page.place(unit, quantity.start),
        confidence=sure,
        origin=Origin.TABLE if unit.in_table else Origin.TEXT,
    )


def _what(unit: Unit, quantity: Quantity) -> str:
    """The words around the number, which say what is counted; of a cell its row and column."""
    if unit.in_table:
        return ": ".join(filter(None, (unit.row, unit.column)))[:160]
    before = re.split(r"[.;:]\s|, ", unit.text[: quantity.start])[-1]
    after = re.split(r"[.;:]\s|, ", unit.text[quantity.end :])[0]
    return " ".join(f"{before[-90:]} … {after[:70]}".split())[:160]


def _on(unit: Unit, quantity: Quantity, as_of: date) -> str | None:
    """The day, month or year that the figure is of: right after it, else the last one before it, else of the table."""
    if match := _IN_YEAR.match(unit.text, quantity.end):
        return match["year"]
    told: list[tuple[int, str]] = []
    spans = days(unit.text, as_of)
    for each in spans:
        if each.year_is_told:
            told.append((each.start, each.first.isoformat() if each.precision == "day" else f"{each.first:%Y-%m}"))
    for start, _, year in years_of(unit.text):
        if len(year) == 4 and not any(each.start <= start < each.end for each in spans):
            told.append((start, year))
    before = [value for start, value in sorted(told) if start < quantity.start]
    after = [value for start, value in sorted(told) if start >= quantity.end]
    if before or after:
        return before[-1] if before else after[0]
    for text in (unit.column, unit.row, unit.above if unit.in_table else ""):
        if years := [year for *_, year in years_of(text) if len(year) == 4]:
            return years[0]
    return None
