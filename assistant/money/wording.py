"""Sums and flows in the words of a visitor, in Dutch and English."""

from decimal import Decimal
from typing import Literal

from assistant.money.amount import ZERO, Span, whole_euros
from knowledge.finance import Flow
from knowledge.money import euros

Locale = Literal["nl", "en"]
_CENTS_BELOW = 100
_SWAP = str.maketrans(",.", ".,")

FLOW_WORDS: dict[Locale, dict[Flow, str]] = {
    "nl": {
        "pay": "Je betaalt",
        "receive": "Je krijgt",
        "borrow": "Je kunt lenen",
        "earn": "Je verdient (bruto)",
        "school-pays": "De school betaalt",
        "school-receives": "De school krijgt",
    },
    "en": {
        "pay": "You pay",
        "receive": "You receive",
        "borrow": "You can borrow",
        "earn": "You earn (gross)",
        "school-pays": "The school pays",
        "school-receives": "The school receives",
    },
}
PER_WORDS: dict[Locale, dict[str, str]] = {
    "nl": {"jaar": "per jaar", "maand": "per maand, volledige baan", "eenmalig": "eenmalig"},
    "en": {"jaar": "per year", "maand": "per month, full-time job", "eenmalig": "once"},
}
CERTAINTY_WORDS: dict[Locale, dict[str, str]] = {
    "nl": {"certain": "Zeker", "open": "Nog open", "uncertain": "Niet zeker"},
    "en": {"certain": "Certain", "open": "Still open", "uncertain": "Not certain"},
}
_WORDS: dict[Locale, dict[str, str]] = {
    "nl": {"to": "{low} tot {high}", "most": "hoogstens {high}", "unknown": "bedrag niet bekend", "none": "niets"},
    "en": {"to": "{low} to {high}", "most": "at most {high}", "unknown": "amount not known", "none": "nothing"},
}


def euros_in(value: Decimal, locale: Locale) -> str:
    """
    `€ 2.694` or, in English, `€ 2,694`; with cents only below a hundred euros, and when there are any.

    The space does not break, so that sign and number stay on one line.
    """
    written = euros(value if value < _CENTS_BELOW else whole_euros(value)).replace(" ", "\u00a0")
    return written.translate(_SWAP) if locale == "en" else written


def span_in_words(span: Span | None, locale: Locale) -> str:
    """`€ 1.900 tot € 2.600`, `€ 2.694`, `hoogstens € 2.160`, `niets`, or that it is not known."""
    words = _WORDS[locale]
    if span is None:
        return words["unknown"]
    if span.high == ZERO:
        return words["none"]
    low, high = euros_in(span.low, locale), euros_in(span.high, locale)
    if span.low == ZERO:
        return words["most"].format(high=high)
    return low if low == high else words["to"].format(low=low, high=high)


def total_in_words(span: Span, is_incomplete: bool, locale: Locale) -> str:
    """A total; where some line could not be added, that it is not all, or that nothing can be said."""
    if not is_incomplete:
        return span_in_words(span, locale)
    if span.high == ZERO:
        return {"nl": "nog niet te zeggen", "en": "cannot be said yet"}[locale]
    tail = {"nl": "en wat we niet weten", "en": "and what we do not know"}[locale]
    return f"{span_in_words(span, locale)}, {tail}"
