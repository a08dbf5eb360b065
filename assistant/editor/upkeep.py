"""Lists of what asks for an editor: what each list holds, why, and how many answers leaned on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.editor.difference import Difference, dutch_since
from knowledge.publishing.item import ItemKey
from knowledge.publishing.keeping import Keeper
from knowledge.publishing.links import LinkState, told
from knowledge.publishing.listing import ItemSummary
from knowledge.publishing.translated import StaleField
from knowledge.publishing.upkeep import Due, Entry, Upkeep, What

# Each before its day: `Geldt niet meer sinds dinsdag 1 september 2026`.
OVERDUE: Mapping[What, str] = {
    "ends": "Geldt niet meer sinds",
    "review": "Moest worden nagekeken voor",
    "money": "Het jaar van het nieuwste bedrag is voorbij sinds",
    "reread": "Moest opnieuw worden gelezen voor",
}
COMING: Mapping[What, str] = {
    "starts": "Gaat in op",
    "ends": "Geldt niet meer vanaf",
    "review": "Nakijken voor",
    "money": "Het jaar van het nieuwste bedrag is voorbij op",
    "reread": "Bron opnieuw lezen voor",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that asks for an editor."""

    entry: Entry
    why: str
    on: date | None = None
    damage: int = 0
    link: str = ""
    """An address on the web that it is about."""
    history: tuple[str, ...] = ()
    """How that answered, the newest first."""
    since: tuple[Difference, ...] = ()
    """What of its Dutch differs from what its English was written beside."""


@dataclass(frozen=True)
class Found:
    """What the lists are made from."""

    upkeep: Upkeep
    answers: Mapping[str, int]
    """By record how many answers of the last month leaned on it."""
    items: Sequence[ItemSummary]
    links: Sequence[LinkState]
    """Addresses that may be dead, or have moved."""
    today: date
    behind: Mapping[ItemKey, Sequence[StaleField]] = field(default_factory=dict)
    """Fields whose English may be behind, by item."""
    keepers: Mapping[ItemKey, Keeper] = field(default_factory=dict)
    """Who looks after an item, of those that somebody does."""


def _overdue(found: Found) -> Iterable[Matter]:
    return _dated(found.upkeep.overdue(found.today, found.answers), OVERDUE)


def _calendar(found: Found) -> Iterable[Matter]:
    return _dated(found.upkeep.calendar(found.today, found.answers), COMING)


def _to_reread(found: Found) -> Iterable[Matter]:
    return _dated(found.upkeep.to_reread(found.today, found.answers), OVERDUE)


def _dead_links(found: Found) -> Iterable[Matter]:
    matters = []
    for state in found.links:
        nights = f"al {state.nights} nachten achter elkaar, voor het eerst op" if state.may_be_dead else ""
        why = f"{told(state.last)}, {nights}" if nights else told(state.last)
        on = state.failed_since.date() if state.failed_since else None
        history = tuple(f"{each.at:%d-%m-%Y}: {told(each)}" for each in state.looks) if len(state.looks) > 1 else ()
        for key in found.upkeep.addresses.get(state.address, ()):
            damage = found.upkeep.damage(key, found.answers)
            matters.append(Matter(found.upkeep.entries[key], why, on, damage, state.address, history))
    return sorted(matters, key=lambda each: (each.on is None, -each.damage, each.entry.title.casefold()))


def _disagreeing(found: Found) -> Iterable[Matter]:
    matters = [
        Matter(
            each,
            f"Bronnen spreken elkaar tegen over {', '.join(each.conflicts)}" if each.conflicts else each.uncertain,
            damage=found.upkeep.damage(each.key, found.answers),
        )
        for each in found.upkeep.disagreeing()
    ]
    return sorted(matters, key=lambda each: (not each.entry.conflicts, -each.damage, each.entry.title.casefold()))


def _translations(found: Found) -> Iterable[Matter]:
    matters = []
    for key, fields in found.behind.items():
        if entry := found.upkeep.entries.get(key):
            since = dutch_since(key, entry.kind, fields)
            names = ", ".join(dict.fromkeys(each.label.lower() for each in since))
            why = f"Het Nederlands veranderde, het Engels niet: {names}"
            matters.append(Matter(entry, why, damage=found.upkeep.damage(key, found.answers), since=since))
    return sorted(matters, key=lambda each: (-each.damage, each.entry.title.casefold()))


def _unused(found: Found) -> Iterable[Matter]:
    for each in found.upkeep.unused(found.answers):
        users = len(found.upkeep.users.get(each.key, ()))
        yield Matter(each, "Ook niets anders verwijst ernaar" if not users else "Geen antwoord noemde dit")


def _unsure(found: Found) -> Iterator[Matter]:
    for each in found.items:
        if not each.is_sure and each.standing != "retired":
            why = "Onzeker: bezoekers zien dit niet. Zoek een betere bron, of haal het weg"
            yield Matter(_entry(each), why)


def _dated(due: Iterable[Due], words: Mapping[What, str]) -> Iterable[Matter]:
    return [Matter(each.entry, words[each.what], each.on, each.damage) for each in due]


def _entry(item: ItemSummary) -> Entry:
    return Entry(item.key, item.kind or item.key.group, item.title, item.regions, (), (), "")


LISTS: Mapping[str, tuple[str, str, Callable[[Found], Iterable[Matter]]]] = {
    "verouderd": (
        "Over de datum",
        "Wat voorbij is, had moeten worden nagekeken, of een bedrag heeft van een jaar dat voorbij is.",
        _overdue,
    ),
    "kalender": ("Kalender", "Wat begint, ophoudt of moet worden nagekeken.", _calendar),
    "bronnen": ("Bronnen om te lezen", "Bronnen die te lang geleden zijn gelezen.", _to_reread),
    "links": (
        "Dode links",
        "Adressen die drie nachten achter elkaar niet werkten, en pagina’s die zijn verhuisd.",
        _dead_links,
    ),
    "vertalingen": (
        "Verouderd Engels",
        "Waarvan het Nederlands anders werd nadat het Engels was geschreven.",
        _translations,
    ),
    "tegenspraak": ("Tegenspraak", "Waar bronnen elkaar tegenspreken, of wat niet zeker is.", _disagreeing),
    "ongebruikt": ("Niet gebruikt", "Wat de laatste maand in geen antwoord stond.", _unused),
    "onzeker": ("Onzeker", "Concepten en onderdelen die te onzeker zijn om te laten zien.", _unsure),
}
"""By the name in the address: what a list is called, what is in it, and how it is made."""


@dataclass(frozen=True)
class Filter:
    """What of a list is wanted."""

    regions: frozenset[str]
    """What holds in one of them, or everywhere."""
    sort: str = ""
    owner: str | None = None
    """Who changed it last; an empty name: nobody did, it is as delivered. None: whoever."""

    kept_by: Callable[[Keeper | None], bool] | None = None
    """Whether who looks after it is wanted; None: whoever does."""

    def takes(self, matter: Matter, owners: Mapping[str, str], keepers: Mapping[ItemKey, Keeper]) -> bool:
        """Whether a matter is wanted."""
        entry = matter.entry
        return (
            (not entry.regions or not self.regions.isdisjoint(entry.regions))
            and (not self.sort or entry.kind == self.sort)
            and (self.owner is None or owners.get(str(entry.key), "") == self.owner)
            and (self.kept_by is None or self.kept_by(keepers.get(entry.key)))
        )


def matters(name: str, found: Found, wanted: Filter) -> list[Matter]:
    """
    One list.

    :raises KeyError: If there is no such list.
    """
    owners = owners_of(found.items) if wanted.owner is not None else {}
    return [each for each in LISTS[name][2](found) if wanted.takes(each, owners, found.keepers)]


def owners_of(items: Sequence[ItemSummary]) -> Mapping[str, str]:
    """By item who changed it last, for those that somebody changed."""
    return {str(each.key): each.changed_by for each in items if each.changed_by}


def urgent(found: Found, wanted: Filter) -> int:
    """How much is past its day or leads nowhere: what an editor is told of before opening the lists."""
    return len(matters("verouderd", found, wanted)) + sum(1 for each in matters("links", found, wanted) if each.on)
