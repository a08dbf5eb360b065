"""Sums of money: what they are, for whom, per what and of which year, as far as the page says."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ingestion.extract.dates import days, hours, years_of
from ingestion.extract.finding import AmountFound, Finding, Origin
from ingestion.extract.numbers import Quantity, quantities
from ingestion.extract.text import PageText, Unit
from knowledge.money import Per
from knowledge.record import Confidence

_SIGN_BEFORE = re.compile(r"(?:€|\bEUR|\beuro)\s*$", re.IGNORECASE)
_SIGN_AFTER = re.compile(r"\s*(?:€|EUR\b|euro\b)", re.IGNORECASE)
_MONEY_HEAD = re.compile(r"€|\beuro|bedrag|tarief|\bprijs|salaris", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:kost|kosten|betaal|betaalt)\b(?:\s+\w+){0,3}\s+(?P<nothing>niets|niks)\b", re.IGNORECASE)

_PER: tuple[tuple[str, Per], ...] = (
    (r"per (?:studie|college|school|cursus)jaar", "studiejaar"),
    (r"per (?:\w+ )?maand|p\.?\s?m\.?(?![a-z])|maandelijks|p/m|/ ?maand|per month", "maand"),
    (r"per (?:kalender)?jaar|jaarlijks|p\.?\s?j\.?(?![a-z])|/ ?jaar|per annum|per year|a year", "jaar"),
    (r"per week|wekelijks", "week"),
    (r"per (?:dag|dagdeel)\b|dagtarief", "dag"),
    (r"per (?:klok)?uur|uurtarief|/ ?uur", "uur"),
    (r"per (?:studiepunt|ec|ects|credit)\b", "studiepunt"),
    (r"per fte", "fte"),
    (r"per (?:toets|vak|examen|module)\b", "toets"),
    (r"per (?:traject|opleiding)\b|voor het (?:hele|volledige) traject|(?:een|het) (?:volledig )?traject kost", "traject"),
    (r"per (?:\w+e )?(?:student|deelnemer|kandidaat|persoon|zij-?instromer|leraar|leerkracht|docent|starter|medewerker|p\.?p\.?)\b|p\.p\.", "kandidaat"),
    (r"eenmalig", "eenmalig"),
)  # fmt: skip
_PER_PATTERNS = tuple((re.compile(rf"(?<![\w-])(?:{pattern})", re.IGNORECASE), per) for pattern, per in _PER)

_THING = re.compile(
    r"(?<![\w-])(?:VOG|(?:[\wà-ÿ+-]+ )?[\wà-ÿ+-]*(?:collegegeld|cursusgeld|lesgeld|schoolgeld|schoolgeldfonds|salaris|loon|vergoeding|subsidie|"
    r"tegemoetkoming|budget|beurs|krediet|geschiktheidsonderzoek|assessment|toets|kosten|bijdrage|uitkering|toelage|lening|premie|boeken|"
    r"begeleiding|vervanging|bonus|inkomen|tarief|traject|vakantiegeld|stagegeld|bedrag))(?![\wà-ÿ-])(?: (?:zij-?instroom|onderwijsmasters|studiekosten))?",
    re.IGNORECASE,
)
_WEAK = re.compile(r"^(?:dit|het|een|de|dat|deze|die|je|totale|totaal)\s+|(?:bedrag(?:en)?|traject)$", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:^|[.!?,:] |\b(?:de|het|een|als|voor|naar|aan)\s+)(?P<what>(?:[\wà-ÿ+-]+\s){0,2}?[\wà-ÿ+-]{3,})\s+(?:kost|kosten|bedraagt|bedragen|is|zijn|verdien|verdient|krijgt|ligt)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:de|het|een|als|voor|je|jouw|dit|deze|die|dat|in|van|op|met|is|en|of|om|naar|aan|krijg|dan)\s+)+",
    re.IGNORECASE,
)
_PAYERS = (
    r"school(?:bestuur|besturen)?|scholen|werkgevers?|bestuur|besturen|student(?:en)?|deelnemers?|leraar|leraren|leerkracht(?:en)?|docent(?:en)?|"
    r"zij-?instromers?|kandida(?:at|ten)|gemeente|regio|onderwijsregio|opleiding|starters?"
)
_WHOM = re.compile(
    rf"\b(?P<one>{_PAYERS})\s+(?:\w+\s+){{0,2}}?(?:krijgt|krijgen|betaalt|betalen|ontvangt|ontvangen|vraagt|heeft recht|hebben recht|vergoedt)|"
    rf"(?:betaalt|betalen|krijgt|krijgen|ontvangt|ontvangen|kost|kosten)\s+(?:de |het |elke |iedere |een )?(?P<two>{_PAYERS})\b|"
    rf"(?:voor|aan) (?:de |het |elke |iedere )?(?P<three>{_PAYERS})\b(?! (?:die|met|van))|\b(?P<you>(?:betaal|krijg|ontvang|verdien) je\b|je (?:\w+ )?(?:betaalt|krijgt|ontvangt|verdient)\b)",
    re.IGNORECASE,
)
_APPLIES = re.compile(r"bedragen|tarieven|prijzen|kosten|salarissen|\bcao\b|bruto per", re.IGNORECASE)


def amounts(page: PageText, as_of: date) -> Iterator[Finding]:
    """Every sum of money on a page, in sentences and in tables."""
    general = _General()
    for unit in page.units:
        general.hear(unit, as_of)
        nothing = _NOTHING.search(unit.text)
        if nothing is not None:
            yield _finding(page, unit, Quantity(Decimal(0), Decimal(0), *nothing.span("nothing")), general, as_of)
        for quantity in sums(unit.text, unit.column, as_of):
            yield _finding(page, unit, quantity, general, as_of)


def sums(text: str, column: str, as_of: date) -> list[Quantity]:
    """The numbers of a sentence or cell that are sums of money."""
    return list(_sums(text, column, as_of))


@lru_cache(2_048)
def _sums(text: str, column: str, as_of: date) -> tuple[Quantity, ...]:
    if not re.search(r"\d|euro", text):
        return ()
    taken = [(each.start, each.end) for each in days(text, as_of)] + [(each.start, each.end) for each in hours(text)]
    found = []
    for each in quantities(text, taken, money=True):
        before, inside = text[max(0, each.start - 6) : each.start], text[each.start : each.end]
        signed = _SIGN_BEFORE.search(before) or _SIGN_AFTER.match(text, each.end) or re.search(r"€|euro", inside)
        bare = _MONEY_HEAD.search(column) and len(text.strip()) < 16 and text[each.end :].strip()[:1] != "%"
        if bare or (signed and not each.is_share):
            found.append(each)
    return tuple(found)


class _General:
    """What a sentence says of all amounts under the same heading: their year, and what they are paid per."""

    def __init__(self) -> None:
        self.headings: tuple[str, ...] = ()
        self.year: str | None = None
        self.per: Per | None = None

    def hear(self, unit: Unit, as_of: date) -> None:
        """Remember what the sentence says of the amounts to come."""
        if unit.headings[:1] != self.headings[:1]:
            self.year, self.per = None, None
        self.headings = unit.headings
        if not unit.in_table and _APPLIES.search(unit.text) and not sums(unit.text, "", as_of):
            told = years_of(unit.text)
            self.year = told[0][2] if told else self.year
            self.per = _per_in(unit.text) or self.per


def _finding(page: PageText, unit: Unit, quantity: Quantity, general: _General, as_of: date) -> Finding:
    what = _what(unit, quantity)
    per = _per(unit, quantity, general)
    year = _year(unit, quantity, general, as_of)
    confidence: Confidence = "low" if not what else "high" if per or year else "medium"
    return Finding(
        value=AmountFound(
            what=what,
            for_whom=_for_whom(unit, quantity),
            per=per,
            year=year,
            approximate=quantity.approximate,
            **quantity.bounds,
        ),
        words=page.words(unit),
        place=page.place(unit, quantity.start),
        confidence=confidence,
        origin=Origin.TABLE if unit.in_table else Origin.TEXT,
    )


def _per_in(text: str) -> Per | None:
    found = [(match.start(), per) for pattern, per in _PER_PATTERNS if (match := pattern.search(text))]
    return min(found)[1] if found else None


def _per(unit: Unit, quantity: Quantity, general: _General) -> Per | None:
    after = re.split(r"€|\beuro \w+ en\b|[.;] ", unit.text[quantity.end : quantity.end + 60])[0]
    before = unit.text[max(0, quantity.start - 45) : quantity.start]
    return (
        _per_in(after)
        or _per_in(before.rpartition("€")[0][-45:] or before)
        or _per_in(unit.column)
        or (_per_in(unit.row) if unit.in_table else None)
        or (general.per if unit.in_table else None)
        or (_per_in(unit.label) if unit.label else None)
    )


def _year(unit: Unit, quantity: Quantity, general: _General, as_of: date) -> str | None:
    """The nearest year that is not part of a day."""
    spans = [(each.start, each.end) for each in days(unit.text, as_of)]
    told = [
        (start if start >= quantity.end else quantity.start - end + 1, year)
        for start, end, year in years_of(unit.text)
        if not any(start < last and first < end for first, last in spans)
    ]
    if told:
        return min(told)[1]
    for text in (unit.column, unit.row, unit.above if unit.in_table else "", *reversed(unit.headings)):
        if years := years_of(text):
            return years[0][2]
    return general.year


def _what(unit: Unit, quantity: Quantity) -> str:
    """What the sum is, in the page's words."""
    if unit.in_table:
        return _short(": ".join(filter(None, (unit.row, unit.column))))
    before, after = unit.text[: quantity.start], unit.text[quantity.end :]
    if (unit.label and unit.label.lower() not in {"let op", "tip"}) and len(unit.label.split()) <= 6:
        return _short(unit.label)
    if close := _THING.match(after.lstrip(" ,-")):
        return _short(close[0])
    clause = re.split(r"€", before)[-1] if "€" in before[:-2] else before
    for text, last in ((clause, True), (before, True), (after, False)):
        things = [each[0] for each in _THING.finditer(text) if not _WEAK.fullmatch(each[0])]
        if things:
            return _short(_ARTICLE.sub("", things[-1 if last else 0]))
        if last and (subject := [each["what"] for each in _SUBJECT.finditer(text)]):
            named = _ARTICLE.sub("", subject[-1]).strip()
            if named.lower() not in {"dat", "dit", "het", "je", "bedrag", "daarvan", "deze", "school is dat"}:
                return _short(named)
    if re.search(r"\bbruto\b", after[:25]):
        return "salaris"
    for text in (unit.lead, *reversed(unit.headings)):
        if things := [each[0] for each in _THING.finditer(text)]:
            return _short(_ARTICLE.sub("", things[0]))
    return _short(unit.headings[-1] if unit.headings else "")


def _for_whom(unit: Unit, quantity: Quantity) -> str:
    for text in (
        unit.text[max(0, quantity.start - 160) : quantity.end + 80],
        unit.lead,
        unit.column if unit.in_table else "",
    ):
        match = _WHOM.search(text)
        if match is not None:
            return "jij" if match["you"] else (match["one"] or match["two"] or match["three"]).lower()
    if unit.in_table and (payer := re.search(rf"\b(?:{_PAYERS})\b", unit.column, re.IGNORECASE)):
        return payer[0].lower()
    return "jij" if re.search(r"\beigen\b", unit.column, re.IGNORECASE) else ""


def _short(text: str) -> str:
    return " ".join(text.split())[:160]
