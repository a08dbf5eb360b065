"""Vacancies and events of pages as records that may go live, each once, whichever sites tell it."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from ingestion.compare.said import Said, SourcePage, said_on, source_of
from ingestion.extract.finding import EventFound, VacancyFound
from ingestion.source import WatchedSource
from knowledge.catalogue import Catalogue
from knowledge.event import Event
from knowledge.job_search import is_in
from knowledge.numeral import folded
from knowledge.place import Loket, Region
from knowledge.publishing.live import LiveKind, LiveRecord, Sighting
from knowledge.publishing.pairs import Pairs
from knowledge.source import Source
from knowledge.vacancy import Vacancy

_ALIKE = 85
"""Of 100: titles that are more alike name the same job or event."""
_NOTHING_SAID = Pairs()
_SAME_EMPLOYER = 80
_NOT_THE_JOB = re.compile(
    r"\((?:m|v|x|/|\s)+\)|\bm/v(?:/x)?\b|\b\d[\d,.]*\s*fte\b|\bvacature:?|\bgezocht\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Dropped:
    """A vacancy or event that does not go live, and why."""

    url: str
    title: str
    why: str


@dataclass(frozen=True)
class Arrivals:
    """What may go live of a source."""

    sightings: tuple[Sighting, ...]
    dropped: tuple[Dropped, ...] = ()


def vacancies(
    source: WatchedSource,
    said: Iterable[Said],
    known: Sequence[LiveRecord],
    catalogue: Catalogue,
    today: date,
    pairs: Pairs = _NOTHING_SAID,
) -> Arrivals:
    """
    The vacancies of a source: the same one on its list and on its own page once, the fullest telling of it; what editors
    have already is left out.

    :param known: What is live already, of every source: the same job on another site is of its cluster.
    :param pairs: What editors said to be the same, and not the same.
    """
    made: list[Sighting] = []
    dropped: list[Dropped] = []
    live = _live_ids(known)
    curated = [each for each in catalogue.all(Vacancy) if each.id not in live]
    for each in said:
        value = each.finding.value
        if not isinstance(value, VacancyFound):
            continue
        record, origin = _vacancy(source, each, value, catalogue)
        if record.is_over(today):
            dropped.append(Dropped(each.page.url, value.title, f"it closed on {record.closes_on}"))
            continue
        if any(_is_one(record, one, pairs) for one in curated):
            dropped.append(Dropped(each.page.url, value.title, "editors have it already"))
            continue
        twin = next((at for at, one in enumerate(made) if _same_posting(one.record, record)), None)
        if twin is None:
            made.append(Sighting(record, origin))
        elif _fullness(record) > _fullness(made[twin].record):
            made[twin] = Sighting(record, origin)
    others = [each for each in known if each.source_id != source.id and isinstance(each.record, Vacancy)]
    return Arrivals(tuple(_clustered(each, others, pairs) for each in made), tuple(dropped))


def events(
    source: WatchedSource,
    said: Iterable[Said],
    known: Sequence[LiveRecord],
    catalogue: Catalogue,
    today: date,
    pairs: Pairs = _NOTHING_SAID,
) -> Arrivals:
    """The events of a source that are to come; what editors have already, and what is cancelled, is left out."""
    made: list[Sighting] = []
    dropped: list[Dropped] = []
    curated = catalogue.all(Event)
    live = _live_ids(known)
    for each in said:
        value = each.finding.value
        if not isinstance(value, EventFound):
            continue
        record, origin = _event(source, each, value, catalogue)
        if record.is_over(today):
            dropped.append(Dropped(each.page.url, value.title, f"it was on {record.starts_at:%Y-%m-%d}"))
        elif value.is_cancelled:
            dropped.append(Dropped(each.page.url, value.title, "it is cancelled"))
        elif any(_is_one(record, one, pairs) for one in curated if one.id not in live):
            dropped.append(Dropped(each.page.url, value.title, "editors have it already"))
        elif not any(isinstance(one.record, Event) and same_event(one.record, record) for one in made):
            made.append(Sighting(record, origin))
    others = [each for each in known if each.source_id != source.id and isinstance(each.record, Event)]
    return Arrivals(tuple(_clustered(each, others, pairs) for each in made), tuple(dropped))


def _live_ids(known: Iterable[LiveRecord]) -> frozenset[str]:
    """Under which ids what is live may stand in the catalogue."""
    return frozenset(name for each in known for name in (each.record.id, each.cluster))


def texts_by_id(pages: Iterable[SourcePage]) -> dict[str, str]:
    """By the id of a vacancy or event what its page says of it."""
    found = {}
    for each in pages:
        for said in (*said_on((each,), "vacancy"), *said_on((each,), "event")):
            match said.finding.value:
                case VacancyFound() as value:
                    found[_vacancy_id(each.source_id, value, str(value.url or each.url))] = value.description
                case EventFound() as value:
                    found[_event_id(each.source_id, value, each.publisher)] = value.description
    return found


def same_job(one: Vacancy, other: Vacancy) -> bool:
    """Whether two sites tell of the same job: a like title at a like employer, in the same place, to the same last day."""
    if one.closes_on and other.closes_on and one.closes_on != other.closes_on:
        return False
    if one.municipality and other.municipality and folded(one.municipality) != folded(other.municipality):
        return False
    if one.fte and other.fte and one.fte != other.fte:
        return False
    if fuzz.token_sort_ratio(_job_title(one.title), _job_title(other.title)) < _ALIKE:
        return False
    if one.board and other.board:
        # Both name the school beside its board: one board has the same job at two schools.
        return _is_employer(one.employer, other.employer) and _is_employer(one.board, other.board)
    return any(
        _is_employer(mine, theirs)
        for mine in (one.employer, one.board)
        for theirs in (other.employer, other.board)
        if mine and theirs
    )


def _is_employer(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(folded(one), folded(other)) >= _SAME_EMPLOYER


def same_event(one: Event, other: Event) -> bool:
    """Whether two sites tell of the same event: a like title at the same moment."""
    same_moment = one.starts_at == other.starts_at or (
        one.starts_at.date() == other.starts_at.date() and 0 in (one.starts_at.hour, other.starts_at.hour)
    )
    return same_moment and fuzz.token_set_ratio(folded(one.title), folded(other.title)) >= _ALIKE


def _same_posting(one: Vacancy | Event, other: Vacancy) -> bool:
    if not isinstance(one, Vacancy):
        return False
    return (one.url is not None and one.url == other.url) or same_job(one, other)


def _clustered(sighting: Sighting, others: Sequence[LiveRecord], pairs: Pairs) -> Sighting:
    mine = sighting.record
    for each in others:
        if _is_one(mine, each.record, pairs):
            return Sighting(mine, sighting.origin, each.cluster)
    if any(pairs.says_different(mine.id, each.record.id) for each in others):
        # Taken for one before an editor said otherwise.
        return Sighting(mine, sighting.origin, mine.id)
    return sighting


def _is_one(mine: LiveKind, theirs: LiveKind, pairs: Pairs) -> bool:
    """Whether two records tell of the same job or event: as an editor said, else by what they say."""
    if pairs.says_same(mine.id, theirs.id):
        return True
    if pairs.says_different(mine.id, theirs.id):
        return False
    if isinstance(mine, Vacancy) and isinstance(theirs, Vacancy):
        return same_job(mine, theirs)
    return isinstance(mine, Event) and isinstance(theirs, Event) and same_event(mine, theirs)


def _vacancy(source: WatchedSource, said: Said, found: VacancyFound, catalogue: Catalogue) -> tuple[Vacancy, Source]:
    url = str(found.url or said.page.url)
    origin = source_of(said, url)
    employer = found.school or found.board or source.owner
    sectors = (found.sector,) if found.sector else source.sectors
    bare = Vacancy.model_validate(
        {
            "id": _vacancy_id(source.id, found, url),
            "title": found.title[:160],
            "summary": _told(found, employer),
            "sources": [origin.id],
            "sectors": sectors,
            "employer": employer,
            "board": found.board if found.board != employer else "",
            "municipality": found.municipality,
            "subjects": [found.subject] if found.subject in catalogue.subjects else [],
            "fte": _fte(found),
            "scale": found.scale,
            "closes_on": found.closes_on,
            "welcomes_zij_instromers": found.welcomes_zij_instromers,
            "url": url,
        }
    )
    return bare.model_copy(update={"regions": _regions(source, bare, catalogue)}), origin


def _event(source: WatchedSource, said: Said, found: EventFound, catalogue: Catalogue) -> tuple[Event, Source]:
    url = str(found.url or said.page.url)
    origin = source_of(said, url)
    where = _where(found, source.owner)
    price = f" {found.price[:80].capitalize()}." if found.price else ""
    loket = catalogue.find(source.organisation or "")
    record = Event.model_validate(
        {
            "id": _event_id(source.id, found, source.owner),
            "title": found.title[:160],
            "summary": f"Een bijeenkomst van {source.owner}, in {where}.{price}"[:600],
            "sources": [origin.id],
            "sectors": source.sectors,
            "regions": [each for each in source.regions if isinstance(catalogue.find(each), Region)],
            "starts_at": found.starts_at,
            "ends_at": found.ends_at if found.ends_at and found.ends_at >= found.starts_at else None,
            "place": where if len(where) > 1 else source.owner,
            "url": url,
            "lokets": [loket.id] if isinstance(loket, Loket) else [],
        }
    )
    return record, origin


def _regions(source: WatchedSource, vacancy: Vacancy, catalogue: Catalogue) -> tuple[str, ...]:
    """Where the school is, as far as we know the town; else where the source speaks for."""
    home = next((each for each in catalogue.municipalities.values() if is_in(vacancy, each)), None)
    if home is None:
        return tuple(each for each in source.regions if isinstance(catalogue.find(each), Region))
    sector = vacancy.sectors[0] if vacancy.sectors else ""
    return tuple(
        each.region for each in home.regions if not each.sectors or not sector or sector in each.sectors
    ) or tuple(each.region for each in home.regions)


def _told(found: VacancyFound, employer: str) -> str:
    """The vacancy in a sentence of our own."""
    where = f" in {found.municipality}" if found.municipality else ""
    how_much = f" voor {_fte(found)}" if _fte(found) else ""
    return f"{employer}{where} zoekt een collega{how_much}: {found.title}."[:600]


def _fte(found: VacancyFound) -> str:
    low, high = found.fte_at_least, found.fte_at_most
    told = [_number(each) for each in dict.fromkeys((low, high)) if each]
    return f"{' tot '.join(told)} fte" if told else ""


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _fullness(record: Vacancy | Event) -> int:
    return len(record.model_dump(exclude_defaults=True))


def _where(found: EventFound, owner: str) -> str:
    return found.place or found.municipality or ("online" if found.is_online else owner)


def _vacancy_id(source_id: str, found: VacancyFound, url: str) -> str:
    return _id(source_id, found.title, url, found.school, found.municipality)


def _event_id(source_id: str, found: EventFound, owner: str) -> str:
    return _id(source_id, found.title, f"{found.starts_at:%Y-%m-%d}", _where(found, owner))


def _id(source_id: str, title: str, *told: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-")[:50].strip("-")
    digest = hashlib.sha256("\n".join((title, *told)).encode()).hexdigest()[:6]
    return "-".join(each for each in (source_id[:60], words, digest) if each)


def _job_title(title: str) -> str:
    return " ".join(_NOT_THE_JOB.sub(" ", folded(title)).split())
