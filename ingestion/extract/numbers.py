"""Quantities: every number in a sentence that counts something, with its range and how exact it is said to be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from knowledge.numeral import folded, number_of_word

Span = tuple[int, int]

_DIGITS = re.compile(
    r"(?<![\w.,/^-])(?P<plus>[+±-] ?)?(?P<digits>\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d{1,4})?|\d{1,3}(?:[\u2009 ]\d{3})+(?!\d|\.\d)(?:,\d{1,4})?|\d{1,9}(?:,\d{1,4}|\.\d{1,2})?)"
    r"(?P<dash>,(?:-{1,2}|–|=))?(?![\d^]|[.,/]\d|e\b|er\b|\+)"
)
_SCALE = re.compile(r"\s*(?P<scale>duizend|miljoen|mln\.?|miljard|mld\.?|k(?=[\s.,)]|$))(?![a-zà-ÿ])", re.IGNORECASE)
_SCALES = {"d": 1_000, "k": 1_000, "mil": 1_000_000, "mln": 1_000_000, "mld": 1_000_000_000}
_FRACTION = re.compile(r"(?<![\w.,/])(?P<top>\d)\s?/\s?(?P<bottom>[2-9]|10)(?![\w/.,]\d|/|\d)")
_FRACTION_WORDS = re.compile(
    r"\b(?P<top>een|één|twee|drie|vier)[ -]?(?P<bottom>derde|kwart|vierde|vijfde)\b|\b(?P<half>de helft)\b", re.IGNORECASE
)  # fmt: skip
_BOTTOMS = {"derde": 3, "kwart": 4, "vierde": 4, "vijfde": 5}
_WORD = re.compile(r"(?<![\w-])[A-Za-zÀ-ÿ]{3,40}(?![\w-])")
_HALVES = {
    "anderhalf": Decimal("1.5"), "anderhalve": Decimal("1.5"), "halve": Decimal("0.5"), "half": Decimal("0.5"),
    "tweeenhalf": Decimal("2.5"), "tweeenhalve": Decimal("2.5"), "drieenhalf": Decimal("3.5"), "drieenhalve": Decimal("3.5"),
    "vierenhalf": Decimal("4.5"),
}  # fmt: skip
_ENGLISH = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
"""Without those that are Dutch words too: `ten minste`."""
_BETWEEN = re.compile(
    r"\s*(?:euro|jaar|uur|dag(?:en)?|%|procent|fte|weken|maanden|bruto)?\s*(?P<to>-|–|—|à|á|a|tot(?: en met)?|t/m|of|en|to)\s*(?:€|EUR)?\s*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:ongeveer|circa|ca\.?|rond(?: de)?|zo['’]n|plusminus|±|bijna|ruim|naar schatting|schatting|~|gemiddeld|om en nabij|zowat|"
    r"een (?:kleine|dikke|goede)|about|around|approximately|richting|krap|nog geen)(?:\s+de)?\s*(?:€|EUR)?\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:minimaal|min\.|ten ?minste|minstens|vanaf|meer dan|boven(?: de)?|op zijn minst|at least|niet minder dan|minimum(?: van)?)"
    r"\s*(?:de\s+)?(?:€|EUR)?\s*$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(?:maximaal|max\.|hoogstens|ten hoogste|hooguit|niet meer dan|at most|maximum(?: van)?|(?<!\bvan )\b(?:oplopend )?tot(?: een maximum van| maximaal)?|up to)"
    r"\s*(?:€|EUR)?\s*$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s*\S*\s*of meer\b", re.IGNORECASE)
_LABELS = re.compile(
    r"\b(?:mbo|groep|groepen|klas|havo|vwo|vmbo|artikel|art\.?|lid|schaal|cluster|leerjaar|hoofdstuk|bijlage|pagina|p\.|blz\.?|nr\.?|"
    r"nummer|unit|trede|postbus|kamer|lokaal|domein|thema|resultaat|deel|paragraaf|figuur|tabel|versie|punt|jaar|studiejaar|fase|"
    r"brin|kvk|btw|ris|level|stap|cao|actie|lijn|havo-vwo)[ /]*$",
    re.IGNORECASE,
)
_LABEL_CASED = re.compile(r"(?:\b(?!EUR\b|OP\b|OOP\b|PO\b|VO\b|MBO\b|SO\b)[A-Z]{2,6}|\b[A-Z])[ ]?$")


@dataclass(frozen=True)
class Quantity:
    """A number or a range, and the characters of the sentence that it takes up."""

    at_least: Decimal | None
    at_most: Decimal | None
    start: int
    end: int
    approximate: bool = False
    in_words: bool = False
    """Written as a word: `een` is rather an article than a number."""
    is_share: bool = False
    """A fraction, as a percentage."""

    @property
    def value(self) -> Decimal | None:
        """The number, if it is no range."""
        return self.at_least if self.at_least == self.at_most else None

    @property
    def bounds(self) -> dict[str, Decimal | None]:
        """As fields `value`, `at_least` and `at_most` of which the first excludes the others."""
        if self.value is not None:
            return {"value": self.value}
        return {"at_least": self.at_least, "at_most": self.at_most}


def parse_decimal(text: str, *, money: bool = False) -> Decimal | None:
    """
    A number as the Dutch write it: `2.601,50`, `15.000`, `0,8`, and `3.5`.

    :param money: A comma with three digits after it parts thousands, as the English write: `2,694`.
    :returns: None if it is no number.
    """
    text = text.strip().replace("\u2009", "").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "").replace(",", ".")
    elif money and re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,2})?", text):
        text = text.replace(",", "")
    else:
        text = text.replace(",", ".")
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value < 10**13 else None


def quantities(text: str, masked: Sequence[Span] = (), *, money: bool = False) -> list[Quantity]:
    """
    Every number of a sentence in reading order, ranges as one.

    :param masked: What is something else: dates, times, phone numbers, addresses.
    :param money: Read the numbers as sums of money.
    """
    return list(_quantities(text, tuple(masked), money))


@lru_cache(2_048)
def _quantities(text: str, masked: tuple[Span, ...], money: bool) -> tuple[Quantity, ...]:
    found = sorted(_singles(text, masked, money), key=lambda each: (each.start, -each.end))
    apart: list[Quantity] = []
    for each in found:
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return tuple(_bounded(text, each) for each in _joined(text, apart))


def _singles(text: str, masked: Sequence[Span], money: bool) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        top, bottom = int(match["top"]), int(match["bottom"])
        if 0 < top < bottom and not _overlaps(match.span(), masked):
            yield _share(top, bottom, match.span())
    for match in _FRACTION_WORDS.finditer(text):
        top = 1 if match["half"] else number_of_word(match["top"]) or 0
        yield _share(top, 2 if match["half"] else _BOTTOMS[match["bottom"].lower()], match.span())
    for match in _DIGITS.finditer(text):
        if _overlaps(match.span(), masked) or _is_label(text, match.start("digits")):
            continue
        value = parse_decimal(match["digits"], money=money)
        if value is not None:
            start = match.start("digits")
            yield _scaled(text, Quantity(value, value, start, match.end()))
    for match in _WORD.finditer(text):
        value = _value_of(match[0])
        if value is not None and not _overlaps(match.span(), masked):
            yield _scaled(text, Quantity(value, value, *match.span(), in_words=True))


def _share(top: int, bottom: int, span: Span) -> Quantity:
    share = (Decimal(100 * top) / bottom).quantize(Decimal("0.1")).normalize()
    return Quantity(share, share, *span, in_words=True, is_share=True)


@lru_cache(8_192)
def _value_of(word: str) -> Decimal | None:
    plain = folded(word)
    if plain in _HALVES:
        return _HALVES[plain]
    if plain in _ENGLISH:
        return Decimal(_ENGLISH[plain])
    number = number_of_word(word)
    return Decimal(number) if number is not None else None


def _scaled(text: str, quantity: Quantity) -> Quantity:
    """`25 duizend`, `1,2 miljoen`, `25k`."""
    scale = _SCALE.match(text, quantity.end)
    if scale is None or quantity.value is None:
        return quantity
    word = scale["scale"].lower()
    times = next(value for beginning, value in reversed(_SCALES.items()) if word.startswith(beginning[: len(word)]))
    if word.startswith("miljard"):
        times = 1_000_000_000
    value = quantity.value * times
    return replace(quantity, at_least=value, at_most=value, end=scale.end("scale"))


def _joined(text: str, singles: Sequence[Quantity]) -> Iterator[Quantity]:
    """Two numbers with `tot`, `à`, a dash or `of` between them are a range."""
    at = 0
    while at < len(singles):
        one, two = singles[at], singles[at + 1] if at + 1 < len(singles) else None
        between = _BETWEEN.fullmatch(text, one.end, two.start) if two else None
        if two and between and _is_range(text, one, two, between["to"].lower()):
            yield Quantity(one.at_least, two.at_most, one.start, two.end, in_words=one.in_words and two.in_words)
            at += 2
        else:
            yield one
            at += 1


def _is_range(text: str, one: Quantity, two: Quantity, to: str) -> bool:
    if one.at_least is None or two.at_most is None or one.at_least >= two.at_most or one.is_share or two.is_share:
        return False
    if to == "en":
        return bool(
            re.search(r"tussen(?: de)?\s*(?:€|EUR)?\s*$", text[max(0, one.start - 20) : one.start], re.IGNORECASE)
        )
    if to == "of":
        return two.at_most - one.at_least <= 1 and two.at_most <= 12
    return True


def _bounded(text: str, quantity: Quantity) -> Quantity:
    before = text[max(0, quantity.start - 40) : quantity.start]
    if _ABOUT.search(before):
        return replace(quantity, approximate=True)
    if quantity.value is None:
        return quantity
    if _AT_LEAST.search(before) or _OR_MORE.match(text, quantity.end):
        return replace(quantity, at_most=None)
    if _AT_MOST.search(before):
        return replace(quantity, at_least=None)
    return quantity


def _is_label(text: str, start: int) -> bool:
    """Whether the number is a name rather than a count: `mbo 4`, `groep 5`, `LB 11`."""
    before = text[max(0, start - 14) : start]
    return bool(_LABELS.search(before) or _LABEL_CASED.search(before))


def _overlaps(span: Span, masked: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in masked)
