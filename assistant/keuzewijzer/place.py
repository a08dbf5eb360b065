"""The region as a board meets it: what is agreed there, who trains together, and which desks answer."""

from assistant.keuzewijzer.choosing import SECTORS, Selection
from assistant.keuzewijzer.document import Contact, Extra, Fact, RegionPart
from assistant.keuzewijzer.numbering import Numbering
from assistant.keuzewijzer.prose import Part, paragraph, parts_of
from assistant.keuzewijzer.schemes import schemes_of
from knowledge.article import Article
from knowledge.catalogue import Catalogue
from knowledge.money import Subsidy
from knowledge.place import Institution, Loket
from knowledge.record import Record

_TOLD_ELSEWHERE = {"Contact", "Wat wij niet weten"}
_FOR_STAFF = {"zij-instromer", "leraar", "student", "school"}
"""Whom an article must be for to matter to a board; others help a candidate find work."""
_STATUS = {"planned": " (nog niet open)", "unknown": " (niet zeker of dit loket nog werkt)"}
_DAYS = {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag", "zo": "zondag"}  # fmt: skip


def region_part(catalogue: Catalogue, selection: Selection, numbers: Numbering) -> RegionPart:
    """What the region does and has agreed, for this sector."""
    region = selection.region
    serves = not region.sectors or selection.sector in region.sectors
    of_region = [each for each in catalogue.all(Subsidy) if region.id in each.regions]
    return RegionPart(
        title=region.title,
        summary=numbers.text(region.summary, region.sources),
        note="" if serves else (
            f"Deze regio is er niet voor {SECTORS[selection.sector]}. Wij kennen daarvoor geen regionale afspraken. Vraag het bij de loketten hieronder."
        ),
        parts=tuple(part for part in parts_of(region.body) if part.title not in _TOLD_ELSEWHERE),
        partnerships=tuple(
            Fact(label=each.title, text=each.summary, refs=numbers.refs(each.sources, most=1))
            for each in catalogue.all(Institution)
            if each.type == "opleidingsschool" and each.status != "ended" and _is_here(each, selection)
        ),
        extras=tuple(
            Extra(title=each.title, parts=(Part(title="", blocks=paragraph(each.summary)), *parts_of(each.body)))
            for each in catalogue.all(Article)
            if each.regions and _FOR_STAFF & set(each.audience) and _is_here(each, selection)
        ),
        schemes=schemes_of(catalogue, selection, [each.id for each in of_region], numbers),
        uncertain=region.uncertain if serves else "",
        conflicts=tuple(numbers.conflict(each) for each in region.conflicts) if serves else (),
    )  # fmt: skip


def contacts_of(catalogue: Catalogue, selection: Selection, numbers: Numbering) -> tuple[Contact, ...]:
    """The desks of the region for this sector, those that are open first; the national one last."""
    found = [
        each
        for each in catalogue.all(Loket)
        if each.status != "ended" and each.is_valid_on(selection.on) and _is_here(each, selection)
    ]
    order = {"active": 0, "planned": 1, "unknown": 2}
    found.sort(key=lambda each: (each.id != selection.region.default_loket, order[each.status]))
    national = catalogue.find("landelijk-onderwijsloket")
    return tuple(_contact(each, numbers) for each in (*found, *([national] if isinstance(national, Loket) else [])))


def _is_here(record: Record, selection: Selection) -> bool:
    return (
        selection.region.id in record.regions
        and (not record.sectors or selection.sector in record.sectors)
        and record.is_valid_on(selection.on)
    )


def _contact(loket: Loket, numbers: Numbering) -> Contact:
    hours = "; ".join(
        f"{', '.join(_DAYS[day] for day in each.days)} {each.opens:%-H:%M} tot {each.closes:%-H:%M} uur" for each in loket.hours
    )  # fmt: skip
    pairs = (
        ("Telefoon", loket.phone or ""),
        ("E-mail", loket.email or ""),
        ("Site", str(loket.url).rstrip("/") if loket.url else ""),
        ("Adres", loket.address),
        ("Open", hours),
    )
    return Contact(
        title=loket.title if loket.title.endswith(")") else loket.title + _STATUS.get(loket.status, ""),
        summary=loket.summary,
        ways=tuple(Fact(label=label, text=text) for label, text in pairs if text),
        refs=numbers.refs(loket.sources, most=2),
    )
