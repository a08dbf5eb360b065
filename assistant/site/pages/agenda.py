"""What a visitor can go to: events still to come, and ways to taste the job."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from assistant.site.pages.parts import (
    Card,
    Chip,
    DoubtRow,
    SourceRow,
    doubt_row,
    known_pairs,
    sector_chips,
    sources_of,
    updated,
)
from assistant.site.schema_org import event_data, list_data
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import SECTOR_FILTER, day_in_words, first_upper
from knowledge.event import Event, Orientation
from knowledge.place import Loket
from knowledge.programme import MONTHS

_INTRO = "Kom kijken, loop een dag mee of praat met iemand die het werk al doet. Hier staat alleen wat nog komt."


@dataclass(frozen=True)
class EventRow:
    """Something still to come."""

    address: str
    calendar: str
    """The address of the file for one's own calendar."""
    register: str
    """Where to register; empty: not here."""
    title: str
    day: str
    month: str
    iso: str
    when: str
    place: str
    text: str
    chips: tuple[Chip, ...]
    uncertain: str
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True)
class AgendaPage:
    """Events in the order of their days, and orientation offers."""

    shell: Shell
    intro: str
    events: tuple[EventRow, ...]
    offers: tuple[Card, ...]
    sectors: tuple[Choice, ...]
    is_filtered: bool


@dataclass(frozen=True)
class OutingPage:
    """One event or one orientation offer."""

    shell: Shell
    title: str
    text: str
    chips: tuple[Chip, ...]
    over: str
    """Empty, or that it is over or has ended."""
    calendar: str
    register: str
    url: str
    facts: tuple[tuple[str, str], ...]
    body: str
    doubt: DoubtRow
    lokets: tuple[Link, ...]
    sources: tuple[SourceRow, ...]
    updated: str


def agenda_page(
    visit: Visit, sector: str, notices: tuple[str, ...] = (), registered_here: Collection[str] = ()
) -> AgendaPage:
    """
    The page of what is still to come; for a visitor who chose a region only what holds there.

    :param registered_here: The ids of events that people can register for on this site.
    """
    events = sorted(
        (each for each in visit.catalogue.all(Event) if not each.is_over(visit.on) and visit.wants(each, sector)),
        key=lambda event: event.starts_at,
    )
    offers = [
        each for each in visit.catalogue.all(Orientation) if each.status == "active" and visit.wants(each, sector)
    ]
    data = [list_data("Agenda", [(each.title, _full(visit, each)) for each in events])] if events else []
    shell = visit.shell("Agenda en kennismaken", _INTRO, notices=notices, data=data)
    return AgendaPage(
        shell=shell,
        intro=_INTRO,
        events=tuple(_event_row(visit, shell, each, each.id in registered_here) for each in events),
        offers=tuple(_offer_card(shell, each) for each in offers),
        sectors=choices(SECTOR_FILTER, sector),
        is_filtered=bool(sector),
    )


def event_page(visit: Visit, event: Event, is_registered_here: bool = False) -> OutingPage:
    """The page of one event; one that is over says so."""
    is_over = event.is_over(visit.on)
    shell = visit.shell(
        event.title,
        event.summary,
        crumbs=[("/agenda", "Agenda")],
        data=[event_data(event, _full(visit, event))],
        is_indexed=not is_over,
    )
    facts = (("Wanneer", when(event)), ("Waar", event.place))
    register = shell.link(f"/aanmelden/{event.id}") if is_registered_here and not is_over else ""
    return _outing(visit, shell, event, facts, "Dit is al geweest." if is_over else "", register)


def orientation_page(visit: Visit, orientation: Orientation) -> OutingPage:
    """The page of one way to taste the job; one that has ended says so."""
    has_ended = orientation.status == "ended"
    shell = visit.shell(
        orientation.title, orientation.summary, crumbs=[("/agenda", "Agenda")], is_indexed=not has_ended
    )
    facts = (("Hoe lang", orientation.duration), ("Prijs", orientation.price))
    return _outing(visit, shell, orientation, facts, "Dit bestaat niet meer." if has_ended else "")


def when(event: Event) -> str:
    """The days in words, with the hours as far as they are known."""
    start = first_upper(day_in_words(event.starts_at.date()))
    has_hour = event.starts_at.time() != time()
    if event.ends_at is not None and event.ends_at.date() > event.starts_at.date():
        return f"{start} tot en met {day_in_words(event.ends_at.date())}"
    if not has_hour:
        return start
    until = f" tot {event.ends_at:%-H.%M}" if event.ends_at else ""
    return f"{start}, {event.starts_at:%-H.%M}{until} uur"


def _outing(
    visit: Visit,
    shell: Shell,
    record: Event | Orientation,
    facts: tuple[tuple[str, str], ...],
    over: str,
    register: str = "",
) -> OutingPage:
    sources = sources_of(visit.catalogue, record)
    is_event = isinstance(record, Event)
    return OutingPage(
        shell=shell,
        title=record.title,
        text=record.summary,
        chips=sector_chips(record.sectors),
        over=over,
        calendar=shell.link(f"/agenda/{record.id}.ics") if is_event and not over else "",
        register=register,
        url=str(record.url) if record.url else "",
        facts=known_pairs(*facts),
        body=record.body,
        doubt=doubt_row(visit.catalogue, record, visit.on),
        lokets=tuple(Link(shell.to(each), each.title) for each in visit.catalogue.linked(record.lokets, Loket)),
        sources=sources,
        updated=updated(sources),
    )


def _event_row(visit: Visit, shell: Shell, event: Event, is_registered_here: bool) -> EventRow:
    return EventRow(
        address=shell.to(event),
        calendar=shell.link(f"/agenda/{event.id}.ics"),
        register=shell.link(f"/aanmelden/{event.id}") if is_registered_here else "",
        title=event.title,
        day=str(event.starts_at.day),
        month=MONTHS[event.starts_at.month - 1],
        iso=event.starts_at.date().isoformat(),
        when=when(event),
        place=event.place,
        text=event.summary,
        chips=sector_chips(event.sectors),
        uncertain=event.uncertain,
        sources=sources_of(visit.catalogue, event),
    )


def _offer_card(shell: Shell, orientation: Orientation) -> Card:
    facts = (("Hoe lang", orientation.duration), ("Prijs", orientation.price))
    return Card(
        shell.to(orientation),
        orientation.title,
        orientation.summary,
        chips=sector_chips(orientation.sectors),
        facts=known_pairs(*facts),
        tone=orientation.sectors[0] if len(orientation.sectors) == 1 else "",
    )


def _full(visit: Visit, record: Event) -> str:
    return visit.full_address(record)
