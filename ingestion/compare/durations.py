"""Durations: how long a route takes, where a source says otherwise."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingestion.compare.naming import NEAR, Context, Names
from ingestion.compare.said import Said, SourcePage, said_on
from ingestion.extract.finding import DurationFound
from knowledge.catalogue import Catalogue
from knowledge.publishing.proposal import Change, Proposed
from knowledge.record import dumped
from knowledge.route import MOST_MONTHS, Months, Route

_MONTHS = {"jaar": Decimal(12), "maand": Decimal(1)}


def lengths(pages: Sequence[SourcePage], catalogue: Catalogue) -> Iterator[Proposed]:
    """A length of a route that lies wholly outside ours, on a page about that route."""
    names = Names(each for each in catalogue.all(Route) if each.duration)
    by_route: dict[str, list[tuple[Said, Months]]] = defaultdict(list)
    for page in pages:
        route = names.best((Context(page.title, NEAR),))
        if not isinstance(route, Route) or route.duration is None:
            continue
        for said in said_on((page,), "duration"):
            months = _months(said)
            if months and (months.at_least > route.duration.at_most or months.at_most < route.duration.at_least):
                by_route[route.id].append((said, months))
    for route_id, found in by_route.items():
        route = catalogue.get(route_id, Route)
        said, months = found[0]
        before = dumped(route).get("duration")
        yield Proposed(
            kind="contradicts",
            group="records",
            item_id=route.id,
            title=route.title,
            changes=(
                Change(
                    field="duration",
                    before=before,
                    after=months.model_dump(mode="json"),
                    told_before=route.duration.in_words() if route.duration else "",
                    told_after=months.in_words(),
                ),
            ),
            evidence=tuple(each.evidence() for each, _ in found),
            about=f"{said.page.publisher} noemt een andere duur dan wij.",
        )


def _months(said: Said) -> Months | None:
    value = said.finding.value
    if not isinstance(value, DurationFound) or value.unit not in _MONTHS or not said.is_sure:
        return None
    # Only of the whole: how long a part of it takes is not held against the route.
    words = f"{value.what} {said.finding.words} {said.finding.place.section}".lower()
    if not re.search(r"\b(?:opleiding|traject|route|studie|duurt|duur|hoe lang)\b", words):
        return None
    low, high = (int(each * _MONTHS[value.unit]) for each in (value.at_least, value.at_most))
    return Months(at_least=low, at_most=high) if 0 < low <= high <= MOST_MONTHS else None
