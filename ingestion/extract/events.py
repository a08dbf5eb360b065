"""Events: what one can go to on a day, from a page of its own, a list with headings, bullets, or a table."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from ingestion.extract.dates import MONTHS, Day, Hours, days, hours
from ingestion.extract.finding import EventFound, Finding, Origin
from ingestion.extract.text import PageText, Part, Unit
from ingestion.extract.vocabulary import Vocabulary

_EVENT = re.compile(
    r"informatie(?:avond|middag|bijeenkomst|ochtend|markt)|open (?:dag|avond|middag|huis)|webinar|voorlichting|spreekuur|vragenuur|meeloop|banenmarkt|"
    r"proefcollege|workshop|expeditie|bijeenkomst|speeddate|kennismaking|masterclass|conferentie|congres|\bcafé\b|inloop|info-?avond|onderwijsmarkt|studiedag|"
    r"oriëntatie(?:dag|avond)|netwerk(?:borrel|dag)|carrière(?:dag|avond)|proefles|snuffel|terugkomdag|zomerschool|lezing",
    re.IGNORECASE,
)  # fmt: skip
_DATED_TITLE = re.compile(
    rf"^\s*(?:\w+dag )?(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})\.?(?: '?\d{{2,4}})?\s*$", re.IGNORECASE
)
"""A heading that is a month or a day: what happens then stands under it."""
_NO_EVENT = re.compile(r"terugblik|verslag van|impressie|tekenen|bijeenkomsten van|vacature", re.IGNORECASE)
_LISTED = re.compile(r"agenda|bijeenkomsten|evenementen|activiteiten|kalender|jaarplanning|voorlichting", re.IGNORECASE)
_CANCELLED = re.compile(r"gaat niet door|afgelast|geannuleerd|vervalt|uitgesteld", re.IGNORECASE)
_ONLINE = re.compile(r"\bonline\b|webinar|\bteams\b|\bzoom\b|digitaal", re.IGNORECASE)
_FREE = re.compile(r"gratis|kosteloos|toegang is vrij|vrije toegang|geen kosten|kost (?:je )?niets", re.IGNORECASE)
_APPLY = re.compile(r"aanmeld|inschrij|opgeven|meld je|deadline|uiterlijk", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:\b(?:is |locatie:?|plaats:?|waar:?|adres:?)\s*)?(?:\b(?:op|in|bij)\s+(?:de |het |ons )?|\buur,\s*|(?:locatie|plaats|waar)\s*:\s*)"
    r"(?P<place>(?:basisschool |bibliotheek|stadhuis|gemeentehuis|buurthuis|theater |campus |aula|school |Hogeschool |ROC |Obs |IKC )?(?:(?:De|Het|'t) )?(?:[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|\d+))*)?)",
)
_GENERIC_PLACE = re.compile(r"^(?:basisschool|school)\s+", re.IGNORECASE)
_WHAT = re.compile(r"\bwat\b|activiteit|evenement|bijeenkomst|titel|onderwerp|naam", re.IGNORECASE)
_WHEN = re.compile(r"datum|wanneer|\bdag\b", re.IGNORECASE)


def events(page: PageText, title: str, vocabulary: Vocabulary, as_of: date) -> Iterator[Finding]:
    """The events that a page announces; what lies before the day it was read is none."""
    yield from _of_rows(page, vocabulary, as_of)
    named = [part for part in page.parts if part.units and _names_event(part) and _when(part.units, as_of)]
    for part in named:
        yield from _of_units(page, part.title, part.units, vocabulary, as_of)
    if named:
        return
    told = next(
        (
            each
            for each in (*(part.title for part in page.parts[:2]), title)
            if each and _EVENT.search(each) and not _NO_EVENT.search(each)
        ),
        "",
    )
    units = list(page.units)
    if told and not _LISTED.fullmatch(told.strip()) and any(hours(unit.text) or _labels_day(unit) for unit in units):
        yield from _of_units(page, told, units, vocabulary, as_of)
        return
    for part in page.parts:
        if any(_LISTED.search(each) for each in part.headings):
            yield from _of_bullets(page, part, vocabulary, as_of)


def _names_event(part: Part) -> bool:
    if _DATED_TITLE.match(part.title):
        return False
    listed = any(_LISTED.search(each) for each in part.headings[:-1])
    named = bool(_EVENT.search(part.title)) and not _LISTED.fullmatch(part.title)
    return bool(part.title) and not _NO_EVENT.search(part.title) and (named or listed)


def _labels_day(unit: Unit) -> bool:
    return bool(_WHEN.search(f"{unit.label} {unit.row}"))


def _of_units(
    page: PageText, title: str, units: Sequence[Unit], vocabulary: Vocabulary, as_of: date
) -> Iterator[Finding]:
    found = _when(units, as_of)
    if found is None:
        return
    unit, day, last = found
    when = _hours_of(units, unit)
    if day.first < as_of:
        return
    whole = " ".join(each.text for each in units)
    value = EventFound(
        title=title[:300],
        **_moment(day, last, when),
        **_where(units, unit, whole, vocabulary),
        **_circumstances(title, whole),
    )
    yield Finding(
        value=value,
        words=page.quoted(units[0].offset, units[-1].offset + len(units[-1].text)),
        place=page.place(unit, day.start),
        confidence="high" if when else "medium",
    )


def _when(units: Sequence[Unit], as_of: date) -> tuple[Unit, Day, date | None] | None:
    """The day that is told with an hour, else the first that is no deadline; with the last day if it takes several."""
    told = [
        (unit, found)
        for unit in units
        if (found := [each for each in days(unit.text, as_of) if each.precision == "day"])
        and not _APPLY.search(f"{unit.label} {unit.text}")
    ]
    if not told:
        return None
    unit, found = next(((unit, found) for unit, found in told if hours(unit.text)), told[0])
    last = found[0].last
    if last is None and len(found) > 1 and (found[1].first - found[0].first).days == 1:
        last = found[1].first
    return unit, found[0], last


def _hours_of(units: Sequence[Unit], unit: Unit) -> Hours | None:
    if own := hours(unit.text):
        return own[0]
    return next(
        (each for other in units if not re.search(r"bereikbaar|geopend", other.text) for each in hours(other.text)),
        None,
    )


def _moment(day: Day, last: date | None, when: Hours | None) -> dict[str, Any]:
    begins = datetime.combine(day.first, when.begins if when else time())
    if last is not None:
        return {"starts_at": begins, "ends_at": datetime.combine(last, when.ends if when and when.ends else time())}
    return {"starts_at": begins, "ends_at": datetime.combine(day.first, when.ends) if when and when.ends else None}


def _where(units: Sequence[Unit], unit: Unit, whole: str, vocabulary: Vocabulary) -> dict[str, Any]:
    labelled = next(
        (
            each.text.partition(":")[2].strip() or each.text.strip()
            for each in units
            if re.search(r"waar|locatie|plaats", f"{each.label} {each.row}", re.IGNORECASE)
        ),
        "",
    )
    place = labelled.split(",")[0].strip() if labelled else ""
    start = units.index(unit)
    for each in [] if place else [unit, *units[start + 1 : start + 3], *units[:start]]:
        text = " ".join(each.text.split())
        # The day and the hours go out, so that `in november` is no place.
        for match in _PLACE.finditer(text):
            named = match["place"].strip(" ,.")
            if named and named.lower() not in MONTHS and not vocabulary.municipality(f"in {named}") and len(named) > 3:
                place = named
                break
        if place:
            break
    municipality = vocabulary.municipality(f" {labelled}") or vocabulary.municipality(f" {whole}")
    return {"place": _GENERIC_PLACE.sub("", place)[:200], "municipality": municipality}


def _circumstances(title: str, whole: str) -> dict[str, Any]:
    return {
        "is_online": bool(_ONLINE.search(f"{title} {whole}")),
        "is_cancelled": bool(_CANCELLED.search(whole)),
        "price": "gratis" if _FREE.search(whole) else "",
        "description": " ".join(whole.split())[:4_000],
    }


def _of_bullets(page: PageText, part: Part, vocabulary: Vocabulary, as_of: date) -> Iterator[Finding]:
    """`Open dag pabo, zaterdag 7 november 2026`, or `12 nov | 19.00 – 20.30 uur | Online informatieavond`."""
    for unit in part.units:
        found = [each for each in days(unit.text, as_of) if each.precision == "day"]
        if not unit.bullet or not found or found[0].first < as_of:
            continue
        rest = f"{unit.text[: found[0].start]} ; {unit.text[found[0].end :]}"
        pieces = [each.strip(" -–:") for each in re.split(r"[,;:(|]|\s[–-]\s|\s{3,}|(?<=uur)\s", rest)]
        title = next((each for each in pieces if _EVENT.search(each)), "")
        if title:
            yield from _of_units(page, title, [unit], vocabulary, as_of)


def _of_rows(page: PageText, vocabulary: Vocabulary, as_of: date) -> Iterator[Finding]:
    for row in page.rows:
        when = next((cell for head, cell in zip(row.heads, row.cells, strict=False) if _WHEN.search(head)), "")
        what = next((cell for head, cell in zip(row.heads, row.cells, strict=False) if _WHAT.search(head)), "")
        found = [each for each in days(when, as_of) if each.precision == "day"]
        unit = next((each for each in page.units if each.quote == (row.offset, row.end)), None)
        if unit is None or not found or len(what) < 4 or found[0].first < as_of:
            continue
        times = hours(f"{row['tijd']} uur") or hours(when)
        where = row["waar"] or row["locatie"] or row["plaats"]
        yield Finding(
            value=EventFound(
                title=what[:300],
                **_moment(found[0], found[0].last, times[0] if times else None),
                place=_place_of_cell(where, vocabulary),
                municipality=vocabulary.municipality(f" {where}"),
                **_circumstances(what, " ".join(row.cells)),
            ),
            words=page.words(unit),
            place=page.place(unit),
            confidence="high",
            origin=Origin.TABLE,
        )


def _place_of_cell(where: str, vocabulary: Vocabulary) -> str:
    place = where.split(",")[0].strip()
    return (
        "" if _ONLINE.fullmatch(place) or (vocabulary.municipality(f"in {place}") and "," not in where) else place[:200]
    )
