"""How the public pages say things: Dutch words for sectors, roles, forms, days and periods."""

from collections.abc import Iterable
from datetime import date

from knowledge.place import Region
from knowledge.programme import MONTHS

SECTORS = {
    "po": "Basisonderwijs",
    "so": "Speciaal onderwijs",
    "vo": "Voortgezet onderwijs",
    "mbo": "Mbo",
    "ko": "Kinderopvang",
    "ho": "Hoger onderwijs",
}
SECTOR_FILTER = {sector: SECTORS[sector] for sector in ("po", "so", "vo", "mbo")}
"""The kinds of school that a visitor may filter on."""
ROLES = {
    "leraar": "Leraar of docent",
    "vakleerkracht": "Vakleerkracht",
    "onderwijsassistent": "Onderwijsassistent",
    "leraarondersteuner": "Leraarondersteuner",
    "instructeur": "Instructeur in het mbo",
    "gastdocent": "Gastdocent",
    "schoolleider": "Schoolleider",
}
FORMS = {
    "voltijd": "voltijd",
    "deeltijd": "deeltijd",
    "duaal": "duaal",
    "flexibel": "flexibel",
    "werken-en-leren": "werken en leren tegelijk",
}
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def region_name(region: Region) -> str:
    """The region's name without the word that all of them begin with: `Haaglanden`."""
    return region.title.removeprefix("Onderwijsregio ")


def listed(words: Iterable[str], last: str = "en") -> str:
    """`po`, `po en vo`, `po, so en vo`."""
    *before, end = [*words] or [""]
    return f"{', '.join(before)} {last} {end}" if before else end


def forms_in_words(forms: Iterable[str]) -> str:
    """`deeltijd of werken en leren tegelijk`; empty if none is given."""
    return listed((FORMS[form] for form in forms), "of")


def date_in_words(day: date) -> str:
    """`8 maart 2027`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_in_words(day: date) -> str:
    """`maandag 8 maart 2027`."""
    return f"{_WEEKDAYS[day.weekday()]} {date_in_words(day)}"


def first_upper(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def partial_date_in_words(as_of: str) -> str:
    """A source's date as precise as it is given: `1 september 2026`, `september 2026`, `2026`."""
    year, _, rest = as_of.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    return " ".join(part for part in (str(int(day)) if day else "", MONTHS[int(month) - 1], year) if part)
