"""Notation: numbers and days as Dutch people write them, to data and back."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
_DOUBTFUL = re.compile(r"€?\s*[1-9]\d{0,2}(,\d{3})+")
_DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_DAYS = re.compile(r"-?P(\d+)D(T0S)?")


def number(text: str) -> str:
    """
    An amount as data has it.

    A comma is for cents and a dot for thousands; a dot alone with other than three digits behind it is taken for a comma.

    :returns: `2694.50` for `€ 2.694,50`.
    :raises ValueError: If it is no number; the message is Dutch and can be shown.
    """
    bare = re.sub(r"[€\s]|,-$", "", text.strip())
    if "," in bare and bare.rfind(".") > bare.find(","):
        raise ValueError(
            "Dit lijkt een Amerikaans getal. Schrijf een punt voor duizend en een komma voor centen: 2.694,50."
        )
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".", 1)
    elif _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "")
    try:
        found = Decimal(bare)
    except InvalidOperation:
        raise ValueError("Schrijf een bedrag als getal: 2694 of 2.694,50.") from None
    if not found.is_finite():
        raise ValueError("Schrijf een bedrag als getal: 2694 of 2.694,50.")
    return f"{found:f}"


def doubtful(text: str) -> str:
    """
    Why a typed sum may mean two things: `1,234` is a thousand to an American, and hardly more than one to us.

    :returns: Dutch, to be shown; empty: it means one thing.
    """
    if not _DOUBTFUL.fullmatch(text.strip()):
        return ""
    return "Bedoel je duizend of een getal achter de komma? Schrijf duizend met een punt (1.234), en centen met twee cijfers."


def shown_number(value: str) -> str:
    """`2.694,50` for `2694.50`; what is no number stays as it is."""
    try:
        found = Decimal(value)
    except InvalidOperation:
        return value
    if not found.is_finite():
        return value
    whole, _, cents = f"{found:,f}".partition(".")
    return whole.replace(",", ".") + (f",{cents}" if cents else "")


def day(text: str) -> str:
    """
    A day as data has it, from how a date field or a Dutch person writes it.

    :raises ValueError: If it is not on the calendar, or may be an American date; the message is Dutch.
    """
    text = text.strip()
    if dutch := _DUTCH_DAY.fullmatch(text):
        text = f"{dutch[3]}-{int(dutch[2]):02}-{int(dutch[1]):02}"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("Schrijf een dag zo: 31-12-2026. Eerst de dag, dan de maand.") from None


def days(text: str) -> str:
    """
    A length of time as data has it.

    :raises ValueError: If it is no whole number of days; the message is Dutch.
    """
    if not text.strip().isdigit():
        raise ValueError("Schrijf een heel aantal dagen: 180.")
    return f"P{int(text)}D"


def shown_days(value: str) -> str:
    """`180` for `P180D`."""
    found = _DAYS.fullmatch(value)
    if found:
        return found[1]
    try:
        return str(timedelta(seconds=float(value)).days)
    except ValueError:
        return value
