"""
What a region accounts for over a year: what the desk counts by itself, and what somebody has to fill in.

In the order of the parts that the subsidy for onderwijsregio's pays for: recruiting, matching, training, guiding and
professionalising staff (DUS-I, Landelijk dekkend netwerk onderwijsregio's, 2025). What is asked in a year stands in the
decision on the grant; a region adds what is not in this list itself.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from assistant.leads.contact import clean_line, clean_text
from knowledge.record import Frozen

MOST_TEXT = 2000
MOST_OWN = 30
_MOST_NUMBER = 10**10
_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
_SCHOOL_YEAR_BEGINS = 8


class Part(StrEnum):
    """What the subsidy pays for, and what it takes."""

    RECRUITING = "werven"
    MATCHING = "matchen"
    TRAINING = "opleiden"
    GUIDING = "begeleiden"
    PROFESSIONALISING = "professionaliseren"
    ORGANISATION = "organisatie"


class Unit(StrEnum):
    """How something is filled in."""

    COUNT = "aantal"
    EURO = "euro"
    TEXT = "tekst"


class Item(Frozen):
    """Something that somebody has to fill in."""

    id: str
    part: Part
    label: str
    unit: Unit = Unit.COUNT


class YearOfReport(Frozen):
    """A calendar year or a school year."""

    since: date
    until: date
    """The first day after."""

    @property
    def id(self) -> str:
        """`2026`, or `2025-2026` for a school year."""
        return f"{self.since.year}" if self.since.month == 1 else f"{self.since.year}-{self.until.year}"

    @classmethod
    def parse(cls, written: str) -> "YearOfReport | None":
        """The year that an address names; None if it names none."""
        found = _WRITTEN.fullmatch(written)
        if found is None or not 2000 <= int(found[1]) <= 2100:
            return None
        year = int(found[1])
        if found[2] is None:
            return cls(since=date(year, 1, 1), until=date(year + 1, 1, 1))
        if int(found[2]) != year + 1:
            return None
        return cls(since=date(year, _SCHOOL_YEAR_BEGINS, 1), until=date(year + 1, _SCHOOL_YEAR_BEGINS, 1))


def _told(part: Part) -> Item:
    return Item(id=f"toelichting-{part.value}", part=part, label=f"Toelichting bij {part.value}", unit=Unit.TEXT)


ITEMS = (
    Item(id="bijeenkomsten", part=Part.RECRUITING, label="Bijeenkomsten voor belangstellenden"),
    Item(id="bezoekers", part=Part.RECRUITING, label="Bezoekers van die bijeenkomsten"),
    Item(id="campagnes", part=Part.RECRUITING, label="Wervingsacties"),
    _told(Part.RECRUITING),
    Item(id="meeloopdagen", part=Part.MATCHING, label="Meeloopdagen die er zijn geweest"),
    Item(id="geplaatst", part=Part.MATCHING, label="Mensen die een school in dienst nam"),
    _told(Part.MATCHING),
    Item(id="zij-instromers", part=Part.TRAINING, label="Zij-instromers die begonnen"),
    Item(id="studenten", part=Part.TRAINING, label="Werkenden die een lerarenopleiding begonnen"),
    Item(id="geslaagd", part=Part.TRAINING, label="Mensen die hun bevoegdheid haalden"),
    Item(id="opleidingsscholen", part=Part.TRAINING, label="Opleidingsplaatsen in opleidingsscholen"),
    _told(Part.TRAINING),
    Item(id="starters", part=Part.GUIDING, label="Startende leraren met begeleiding"),
    Item(id="begeleiders", part=Part.GUIDING, label="Begeleiders op scholen"),
    Item(id="gebleven", part=Part.GUIDING, label="Starters die na een jaar nog in het onderwijs werken"),
    _told(Part.GUIDING),
    Item(id="bijgeschoold", part=Part.PROFESSIONALISING, label="Collega's die scholing volgden"),
    Item(id="schoolleiders", part=Part.PROFESSIONALISING, label="Schoolleiders die scholing volgden"),
    _told(Part.PROFESSIONALISING),
    Item(id="besturen", part=Part.ORGANISATION, label="Schoolbesturen die meedoen"),
    Item(id="scholen", part=Part.ORGANISATION, label="Scholen die meedoen"),
    Item(id="opleidingen", part=Part.ORGANISATION, label="Opleidingsinstituten die meedoen"),
    Item(id="subsidie", part=Part.ORGANISATION, label="Subsidie voor dit jaar", unit=Unit.EURO),
    Item(id="besteed", part=Part.ORGANISATION, label="Daarvan besteed", unit=Unit.EURO),
    Item(id="eigen-bijdrage", part=Part.ORGANISATION, label="Eigen bijdrage van de partijen", unit=Unit.EURO),
    _told(Part.ORGANISATION),
)  # fmt: skip
"""What no store of the desk knows."""


class NotFilledIn(ValueError):
    """What was typed cannot be kept; the message is a Dutch sentence."""


def cleaned(unit: Unit, raw: str) -> str:
    """
    What is kept of what was typed: a whole number, euros with a point before the cents, or text. Empty stays empty.

    :raises NotFilledIn: If it is none of those.
    """
    if unit is Unit.TEXT:
        text = clean_text(raw)
        if len(text) > MOST_TEXT:
            raise NotFilledIn(f"Gebruik hoogstens {MOST_TEXT} tekens.")
        return text
    typed = clean_line(raw).removeprefix("€").replace(" ", "")
    if not typed:
        return ""
    # `1.250` is a thousand and more, as it is written here; `12,50` has cents.
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?", typed):
        typed = typed.replace(".", "")
    try:
        number = Decimal(typed.replace(",", ".")) if re.fullmatch(r"\d+(?:[.,]\d{1,2})?", typed) else None
    except InvalidOperation:
        number = None
    is_whole = number is not None and number == number.to_integral_value()
    if number is None or number >= _MOST_NUMBER or (unit is Unit.COUNT and not is_whole):
        what = (
            "een heel getal in, bijvoorbeeld 125," if unit is Unit.COUNT else "een bedrag in, bijvoorbeeld 12.500,00,"
        )
        raise NotFilledIn(f"Vul {what} of laat het leeg.")
    return str(int(number)) if is_whole else f"{number:.2f}"
