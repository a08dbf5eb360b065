"""What has changed: routes and money, by day, in Dutch or English."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from assistant.news.board import day_of, wanted
from assistant.news.change import Change, Line, Topic
from assistant.news.wording import Locale, day_in_words
from assistant.site.addresses import address_of
from assistant.site.pages.parts import Chip, SourceRow
from assistant.site.schema_org import Data, described, thing
from assistant.site.shell import Choice, Link, Shell, choices
from assistant.site.visit import Visit
from assistant.site.wording import partial_date_in_words, region_name
from knowledge.place import Region
from knowledge.route import Route

SIZE = 25
PATHS: Mapping[Locale, str] = {"nl": "/veranderd", "en": "/en/changes"}
TOPICS: Mapping[Locale, Mapping[str, str]] = {
    "nl": {"route": "Routes en regels", "geld": "Geld"},
    "en": {"route": "Routes and rules", "geld": "Money"},
}
WORDS: Mapping[Locale, Mapping[str, str]] = {
    "nl": {
        "title": "Wat is er veranderd?",
        "lead": "Regels en bedragen veranderen. Hier lees je wat er op deze site anders is dan eerst, en vanaf wanneer.",
        "description": "Alle veranderingen in routes naar het onderwijs en in geld: wat was het, wat is het nu, en waar staat dat.",
        "choose": "Kies wat je wilt zien",
        "topic": "Onderwerp",
        "every_topic": "Alles",
        "route": "Route",
        "every_route": "Alle routes",
        "show": "Toon",
        "all": "Alles",
        "was": "Was",
        "now": "Is nu",
        "nothing": "Nog niets veranderd",
        "nothing_text": "Sinds deze site er is, is hier niets aan veranderd. Kom later nog eens kijken, of neem de feed.",
        "nothing_found": "Hierin is niets veranderd",
        "nothing_found_text": "Kies een ander onderwerp of een andere route, of kijk naar alles.",
        "sources": "Bron",
        "page": "Lees hoe het nu is",
        "gone": "Dit staat er niet meer.",
        "newer": "Nieuwere veranderingen",
        "older": "Oudere veranderingen",
        "follow": "Op de hoogte blijven",
        "follow_text": "Lees je nieuws in een feedlezer? Neem dan deze feed. Je hoeft niets van jezelf te geven.",
        "feed": "Feed met veranderingen (Atom)",
        "other": "This page in English",
        "dutch": "",
    },
    "en": {
        "title": "What has changed?",
        "lead": "Rules and amounts change. Here you read what is not what it was on this site, and since when.",
        "description": "All changes in routes into teaching and in money: what it was, what it is now, and who says so.",
        "choose": "Choose what to see",
        "topic": "Topic",
        "every_topic": "Everything",
        "route": "Route",
        "every_route": "All routes",
        "show": "Show",
        "all": "Everything",
        "was": "Was",
        "now": "Is now",
        "nothing": "Nothing has changed yet",
        "nothing_text": "Nothing has changed since this site began. Come back later, or take the feed.",
        "nothing_found": "Nothing has changed in this",
        "nothing_found_text": "Choose another topic or another route, or look at everything.",
        "sources": "Source",
        "page": "Read how it is now (in Dutch)",
        "gone": "This is no longer there.",
        "newer": "Newer changes",
        "older": "Older changes",
        "follow": "Keep up",
        "follow_text": "Do you read news in a feed reader? Then take this feed. You need not tell us anything.",
        "feed": "Feed of changes (Atom)",
        "other": "Deze pagina in het Nederlands",
        "dutch": "Some texts are in Dutch alone.",
    },
}


@dataclass(frozen=True)
class ChangeRow:
    """One thing that changed."""

    id: str
    heading: str
    tags: tuple[Chip, ...]
    lines: tuple[Line, ...]
    sources: tuple[SourceRow, ...]
    address: str
    """The page that tells how it is now; empty: there is none."""


@dataclass(frozen=True)
class BatchRows:
    """What was published at once."""

    told: str
    """In an editor's words; empty: the changes speak for themselves."""
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class DayRows:
    """What changed on one day."""

    iso: str
    words: str
    batches: tuple[BatchRows, ...]


@dataclass(frozen=True)
class ChangesPage:
    """The news."""

    shell: Shell
    words: Mapping[str, str]
    topics: tuple[Choice, ...]
    routes: tuple[Choice, ...]
    is_filtered: bool
    days: tuple[DayRows, ...]
    newer: str
    older: str
    feed: str
    other: Link


@dataclass(frozen=True)
class ChangesFilter:
    """What a visitor wants to see."""

    topic: str = ""
    """As the address has it: `route`, `geld`."""
    route: str = ""

    @property
    def as_topic(self) -> Topic | None:
        """The same as the news has it."""
        return {"route": "route", "geld": "money"}.get(self.topic)  # type: ignore[return-value]

    def query(self, region: str = "") -> dict[str, str]:
        """As it stands in an address."""
        return {
            name: value
            for name, value in (("onderwerp", self.topic), ("route", self.route), ("regio", region))
            if value
        }


def route_filter(visit: Visit, locale: Locale) -> dict[str, str]:
    """The routes that can be chosen."""
    found = {each.id: each.in_locale(locale).title for each in visit.catalogue.all(Route) if visit.wants(each)}
    return dict(sorted(found.items(), key=lambda each: each[1].casefold()))


def chosen_changes(visit: Visit, told: Sequence[Change], chosen: ChangesFilter) -> tuple[Change, ...]:
    """The changes that a visitor asks for."""
    return wanted(told, chosen.as_topic, visit.region.id if visit.region else "", chosen.route)


def changes_page(
    visit: Visit,
    told: Sequence[Change],
    locale: Locale,
    chosen: ChangesFilter,
    ignored: Sequence[str] = (),
    number: int = 1,
) -> ChangesPage:
    """:param number: Which part of it, from 1."""
    words, path, region = WORDS[locale], PATHS[locale], visit.region.id if visit.region else ""
    found = chosen_changes(visit, told, chosen)
    last = max(1, -(-len(found) // SIZE))
    number = min(number, last)
    shown = found[(number - 1) * SIZE : number * SIZE]
    feed = _asked(f"{path}/feed", chosen.query(region))
    other: Locale = "en" if locale == "nl" else "nl"
    shell = visit.shell(
        words["title"],
        words["description"],
        notices=ignored,
        locale=locale,
        other_language=PATHS[other],
        feed=feed,
        data=[_data(visit, words, path, shown)],
        is_indexed=number == 1 and not chosen.query(),
    )
    return ChangesPage(
        shell=shell,
        words=words,
        topics=choices(TOPICS[locale], chosen.topic),
        routes=choices(route_filter(visit, locale), chosen.route),
        is_filtered=bool(chosen.query()),
        days=tuple(_days(visit, shell, shown, locale)),
        newer=_part(path, chosen, region, number - 1) if number > 1 else "",
        older=_part(path, chosen, region, number + 1) if number < last else "",
        feed=feed,
        other=Link(_asked(PATHS[other], chosen.query(region)), words["other"]),
    )


def change_address(visit: Visit, locale: Locale, change: Change) -> str:
    """Where a change is told, as others are sent there: on the page of its record, or in the list."""
    record = visit.catalogue.find(change.record)
    if record is not None and (address := address_of(record)):
        return visit.public_url + address
    return f"{visit.public_url}{PATHS[locale]}#{change.id}"


def _days(visit: Visit, shell: Shell, shown: Sequence[Change], locale: Locale) -> Iterator[DayRows]:
    for day, on_day in groupby(shown, key=lambda each: day_of(each.at)):
        batches = [
            BatchRows(rows[0].told, tuple(_row(visit, shell, each, locale) for each in rows))
            for rows in ([*batch] for _, batch in groupby(on_day, key=lambda each: each.batch))
        ]
        yield DayRows(day.isoformat(), day_in_words(day, locale), tuple(batches))


def _row(visit: Visit, shell: Shell, change: Change, locale: Locale) -> ChangeRow:
    record = visit.catalogue.find(change.record)
    regions = visit.catalogue.all(Region)
    topic = TOPICS[locale]["route" if change.topic == "route" else "geld"]
    return ChangeRow(
        id=change.id,
        heading=change.heading,
        tags=(Chip(topic), *(Chip(region_name(each), "sun") for each in regions if each.id in change.regions)),
        lines=change.lines,
        sources=tuple(
            SourceRow(
                each.title,
                each.publisher,
                each.address,
                partial_date_in_words(each.as_of) if locale == "nl" else each.as_of,
                each.as_of,
            )
            for each in change.references[:4]
        ),
        address=shell.to(record) if record is not None and address_of(record) else "",
    )


def _part(path: str, chosen: ChangesFilter, region: str, number: int) -> str:
    return _asked(path, {**chosen.query(region), **({"pagina": str(number)} if number > 1 else {})})


def _asked(path: str, query: Mapping[str, str]) -> str:
    return path + (f"?{urlencode(query)}" if query else "")


def _data(visit: Visit, words: Mapping[str, str], path: str, shown: Sequence[Change]) -> Data:
    """The news as search engines read it: a feed of things that were changed, each with its day."""
    return described(
        "DataFeed",
        name=words["title"],
        description=words["description"],
        url=visit.public_url + path,
        dateModified=shown[0].at.isoformat() if shown else None,
        dataFeedElement=[
            thing(
                "DataFeedItem",
                dateModified=each.at.isoformat(),
                name=each.sentence,
                url=f"{visit.public_url}{path}#{each.id}",
            )
            for each in shown
        ],
    )
