"""Two to four routes side by side: what each asks, brings and costs, with who says so; for a visitor also the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from rapidfuzz import fuzz, process

from assistant.eligibility.profile import Profile
from assistant.eligibility.verdict import Eligibility, RouteVerdict, Verdict
from assistant.zelftest.outcome import newest, reasons_of
from knowledge.catalogue import Catalogue
from knowledge.money import Amount, Cost, Money, Salary, Subsidy
from knowledge.place import Institution
from knowledge.programme import Programme
from knowledge.record import Frozen, Record
from knowledge.route import Route, Told

R = TypeVar("R", bound=Record)

FEWEST, MOST = 2, 4
"""How many routes can stand side by side: one is no comparison, and five no longer fit on a page."""
_MOST_AMOUNTS = 2
"""Of one record: the first amounts are the ones that matter most."""
_MOST_PROGRAMMES = 3
_LIKE_ENOUGH = 55
"""From this likeness on (0 to 100) a route is worth suggesting for an id that does not exist."""

_SHORTEST = 3
"""Letters: fewer are like everything."""
_PAYER = {"jij": 0, "school-of-jij": 1, "school": 2}
"""What the visitor pays comes first."""

Aspect = Literal[
    "verdict", "missing", "duration", "hours", "income", "cost", "subsidies", "admission", "certificate", "teaches_in",
    "starts", "support", "dropout", "next_step",
]  # fmt: skip
LABELS: dict[str, dict[str, str]] = {
    "nl": {
        "verdict": "Past het bij jou?", "missing": "Wat nog open is", "duration": "Hoe lang", "hours": "Tijd per week",
        "income": "Wat je verdient", "cost": "Wat het kost", "subsidies": "Geld dat er is",
        "admission": "Hoe je binnenkomt", "certificate": "Wat je haalt", "teaches_in": "Waar je mag lesgeven",
        "starts": "Wanneer je begint", "support": "Wie je begeleidt", "dropout": "Hoeveel mensen stoppen",
        "next_step": "Eerste stap",
    },
    "en": {
        "verdict": "Does it fit you?", "missing": "What is still open", "duration": "How long", "hours": "Time per week",
        "income": "What you earn", "cost": "What it costs", "subsidies": "Money there is",
        "admission": "How to get in", "certificate": "What you get", "teaches_in": "Where you may teach",
        "starts": "When you start", "support": "Who guides you", "dropout": "How many people stop",
        "next_step": "First step",
    },
}  # fmt: skip
_SAY = {
    "nl": {
        "unknown": "Niet bekend: vraag het loket.",
        "nothing_open": "Niets: wat je vertelde, is genoeg.",
        "to_ask": "Nog te vragen: {}",
        "fits": "Past",
        "possible": "Past misschien",
        "ask_adviser": "Vraag een adviseur",
        "does_not_fit": "Past nu niet",
        "jij": "betaal je zelf",
        "school": "betaalt de school",
        "school-of-jij": "spreek je af met de school",
        "to-jij": "voor jou",
        "to-school": "voor de school",
        "to-opleiding": "voor de opleiding",
        "to-regio": "voor de regio",
        "closed": "nu niet aan te vragen",
        "unsure": "niet zeker of het loopt",
    },
    "en": {
        "unknown": "Not known: ask the desk.",
        "nothing_open": "Nothing: what you told is enough.",
        "to_ask": "Still to ask: {}",
        "fits": "Fits",
        "possible": "May fit",
        "ask_adviser": "Ask an adviser",
        "does_not_fit": "Does not fit now",
        "jij": "you pay",
        "school": "the school pays",
        "school-of-jij": "agree with the school who pays",
        "to-jij": "for you",
        "to-school": "for the school",
        "to-opleiding": "for the programme",
        "to-regio": "for the region",
        "closed": "closed now",
        "unsure": "not sure whether it runs",
    },
}


class NotComparable(ValueError):
    """These routes cannot stand side by side; `str(error)` is Dutch, for the visitor."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        """:param suggestions: Ids of routes that may be meant."""
        super().__init__(message)
        self.suggestions = suggestions


class LineSource(Frozen):
    """Who says it."""

    id: str
    title: str
    publisher: str
    url: str | None
    as_of: str
    """The day, month or year that the source speaks of."""


class Line(Frozen):
    """One statement in a cell."""

    text: str
    record: str | None = None
    """The record that says it; None: a rule of the route, or nothing."""
    year: str = ""
    """Of an amount or a figure: the year it holds for."""
    source: LineSource | None = None


class Cell(Frozen):
    """What is known of one route on one aspect; never empty."""

    lines: tuple[Line, ...]
    is_known: bool = True


class Row(Frozen):
    """One aspect of every route, in the order of the routes."""

    aspect: Aspect
    label: str
    cells: tuple[Cell, ...]


class ComparedRoute(Frozen):
    """The head of a column."""

    id: str
    title: str
    summary: str
    verdict: Verdict | None = None
    """None: nothing is known of the visitor."""


class Comparison(Frozen):
    """Routes side by side."""

    routes: tuple[ComparedRoute, ...]
    rows: tuple[Row, ...]


def comparison(
    eligibility: Eligibility,
    ids: Sequence[str],
    profile: Profile | None = None,
    region: str | None = None,
    locale: str = "nl",
) -> Comparison:
    """
    These routes side by side, in the order given.

    :param profile: What is known of the visitor; with nothing known there is no verdict.
    :param region: Whose programmes are named first; None names those of any region.
    :param locale: `nl` or `en`; what has no English words is told in Dutch.
    :raises NotComparable: If there are fewer than two routes, more than four, one twice, or one that does not exist.
    """
    catalogue = eligibility.catalogue
    routes = chosen_routes(eligibility, ids)
    told = profile is not None and bool(profile.known)
    facts = profile.facts() if profile is not None else {}
    verdicts = [eligibility.verdict(route.id, facts) if told else None for route in routes]
    columns = [_Column(catalogue, eligibility, route, region, locale) for route in routes]
    rows: list[tuple[Aspect, list[tuple[Line, ...]]]] = []
    if told:
        judged = [each for each in verdicts if each is not None]
        rows.append(("verdict", [(Line(text=_SAY[locale][each.verdict]),) for each in judged]))
        rows.append(("missing", [_still_open(catalogue, each, locale) for each in judged]))
    rows += [
        ("duration", [column.duration() for column in columns]),
        ("hours", [column.hours() for column in columns]),
        ("income", [column.income() for column in columns]),
        ("cost", [column.cost() for column in columns]),
        ("subsidies", [column.subsidies() for column in columns]),
        ("admission", [column.admission() for column in columns]),
        ("certificate", [column.certificate() for column in columns]),
        ("teaches_in", [column.teaches_in() for column in columns]),
        ("starts", [column.starts() for column in columns]),
        ("support", [column.told(column.route.support) for column in columns]),
        ("dropout", [column.told(column.route.dropout) for column in columns]),
        ("next_step", [column.next_step() for column in columns]),
    ]
    return Comparison(
        routes=tuple(
            ComparedRoute(
                id=route.id,
                title=route.in_locale(locale).title,
                summary=route.in_locale(locale).summary,
                verdict=verdict.verdict if verdict else None,
            )
            for route, verdict in zip(routes, verdicts, strict=True)
        ),
        rows=tuple(
            Row(aspect=aspect, label=LABELS[locale][aspect], cells=tuple(_cell(each, locale) for each in cells))
            for aspect, cells in rows
        ),
    )


def chosen_routes(eligibility: Eligibility, ids: Sequence[str]) -> tuple[Route, ...]:
    """
    The routes with these ids.

    :raises NotComparable: As `comparison` does; the message says what to do.
    """
    valid = {each.id: each for each in eligibility.catalogue.all(Route) if each.is_valid_on(eligibility.on)}
    unknown = [each for each in ids if each not in valid]
    if unknown:
        near = tuple(dict.fromkeys(id_ for each in unknown for id_ in nearest_routes(valid.values(), each)))
        words = ", ".join(f"‘{each[:60]}’" for each in unknown[:MOST])
        raise NotComparable(f"Deze route kennen we niet: {words}.", near)
    twice = [valid[each].title for each in dict.fromkeys(ids) if list(ids).count(each) > 1]
    if twice:
        raise NotComparable(f"Je koos twee keer dezelfde route: {twice[0]}. Kies er een andere route naast.")
    if len(ids) < FEWEST:
        related = valid[ids[0]].related if ids else ()
        near = tuple(each for each in related if each in valid)[: MOST - 1]
        raise NotComparable("Kies minstens twee routes om te vergelijken.", near)
    if len(ids) > MOST:
        raise NotComparable(f"Je koos {len(ids)} routes. Kies er hoogstens vier: anders past het niet naast elkaar.")
    return tuple(valid[each] for each in ids)


def nearest_routes(routes: Iterable[Route], wanted: str, most: int = 3) -> tuple[str, ...]:
    """Ids of the routes whose id or title is most like these words; empty if none is like them at all."""
    if len(wanted) < _SHORTEST:
        return ()
    names = {route.id: f"{route.id.replace('-', ' ')} {route.title}" for route in routes}
    found = process.extract(
        wanted[:80].replace("-", " ").lower(), names, scorer=fuzz.WRatio, processor=str.lower, limit=most,
        score_cutoff=_LIKE_ENOUGH,
    )  # fmt: skip
    return tuple(id_ for _, _, id_ in found)


def line_source(catalogue: Catalogue, source_id: str) -> LineSource:
    """A source as a cell names it."""
    source = catalogue.sources[source_id]
    return LineSource(
        id=source.id, title=source.title, publisher=source.publisher, url=source.address, as_of=source.as_of
    )


@dataclass(frozen=True)
class _Column:
    """One route, read aspect by aspect; an empty answer means that no record says it."""

    catalogue: Catalogue
    eligibility: Eligibility
    route: Route
    region: str | None
    locale: str

    def duration(self) -> tuple[Line, ...]:
        return self._own(self.route.duration.in_words() if self.route.duration else "")

    def hours(self) -> tuple[Line, ...]:
        return self._own(self.route.hours_per_week)

    def certificate(self) -> tuple[Line, ...]:
        return self._own(self.route.qualification)

    def teaches_in(self) -> tuple[Line, ...]:
        places = ", ".join(self.route.teaches_in)
        return self._own(f"{places[:1].upper()}{places[1:]}." if places else "")

    def next_step(self) -> tuple[Line, ...]:
        return self._own(self.route.next_step)

    def income(self) -> tuple[Line, ...]:
        salaries = self._valid(self.catalogue.linked(self.route.salaries, Salary))[:1]
        return (*self._own(self.route.income), *(line for each in salaries for line in self._amounts(each)))

    def cost(self) -> tuple[Line, ...]:
        costs = self._valid(self.catalogue.linked(self.route.costs, Cost))
        say = _SAY[self.locale]
        current = sorted((each for each in costs if each.status == "current"), key=lambda each: _PAYER[each.paid_by])
        return tuple(line for each in current for line in self._amounts(each, f" ({say[each.paid_by]})"))

    def subsidies(self) -> tuple[Line, ...]:
        say = _SAY[self.locale]
        lines: list[Line] = []
        for each in self._valid(self.catalogue.linked(self.route.subsidies, Subsidy)):
            if each.status == "ended":
                continue
            doubt = {"closed": say["closed"], "unknown": say["unsure"]}.get(each.status)
            who = "; ".join(part for part in (say[f"to-{each.recipient}"], doubt) if part)
            title = each.in_locale(self.locale).title
            amounts = self._amounts(each, f" ({who})", most=1)
            lines += amounts or (self._line(f"{title} ({who})", each, each.sources[0]),)
        return tuple(lines)

    def admission(self) -> tuple[Line, ...]:
        """What the rules require, the statements alone: whether a visitor meets them is the verdict's."""
        asked = [
            rule
            for rule in self.catalogue.rules
            if rule.route == self.route.id and rule.kind == "requirement" and rule.is_valid_on(self.eligibility.on)
        ]
        english = self.locale == "en"
        return tuple(
            Line(
                text=(rule.statement_en if english else "") or rule.statement,
                source=line_source(self.catalogue, rule.sources[0]),
            )
            for rule in asked
        )

    def starts(self) -> tuple[Line, ...]:
        """When the route says one can begin, then the programmes with a start, those of the region first."""
        offered = [
            each
            for each in self._valid(self.catalogue.all(Programme))
            if self.route.id in each.routes and each.status == "active" and each.start_in_words()
        ]
        offered.sort(key=lambda each: not (self.region is not None and self.region in each.regions))
        return (
            *self.told(self.route.starts),
            *(
                self._line(f"{self._institution(each)}: {each.start_in_words()}", each, each.sources[0])
                for each in offered[:_MOST_PROGRAMMES]
            ),
        )

    def told(self, told: Told | None) -> tuple[Line, ...]:
        return (self._line(told.text, self.route, told.sources[0], told.as_of),) if told else ()

    def _institution(self, programme: Programme) -> str:
        found = self.catalogue.find(programme.institution)
        name = found.title if isinstance(found, Institution) else programme.title
        return f"{name} ({', '.join(programme.places)})" if programme.places else name

    def _own(self, text: str) -> tuple[Line, ...]:
        return (self._line(text, self.route, self.route.sources[0]),) if text else ()

    def _amounts(self, record: Money, who: str = "", most: int = _MOST_AMOUNTS) -> tuple[Line, ...]:
        title = record.in_locale(self.locale).title
        return tuple(
            self._line(
                f"{title}: {_with_label(amount)}{who}", record, (amount.sources or record.sources)[0], amount.year
            )
            for amount in newest(record.amounts)[:most]
        )

    def _line(self, text: str, record: Record, source: str, year: str = "") -> Line:
        return Line(text=text, record=record.id, year=year, source=line_source(self.catalogue, source))

    def _valid(self, records: Sequence[R]) -> tuple[R, ...]:
        return tuple(each for each in records if each.is_valid_on(self.eligibility.on))


def _with_label(amount: Amount) -> str:
    """`€ 2.694 per studiejaar (2026-2027), wettelijk tarief`."""
    words = amount.model_copy(update={"label": ""}).in_words()
    return f"{words}, {amount.label}" if amount.label else words


def _still_open(catalogue: Catalogue, verdict: RouteVerdict, locale: str) -> tuple[Line, ...]:
    """What is not told yet, what refuses, and what would change it."""
    say = _SAY[locale]
    if verdict.verdict == "fits":
        return (Line(text=say["nothing_open"]),)
    refused = () if verdict.verdict == "possible" else reasons_of(catalogue, verdict, locale)
    reasons = [Line(text=each.text) for each in refused if each.met is False]
    labels = [catalogue.facts[name].label.in_locale(locale) for name in verdict.missing if name in catalogue.facts]
    asked = [Line(text=say["to_ask"].format(", ".join(labels)))] if labels and verdict.verdict == "possible" else []
    return tuple(reasons + asked) or (Line(text=say["ask_adviser"]),)


def _cell(lines: tuple[Line, ...], locale: str) -> Cell:
    return Cell(lines=lines) if lines else Cell(lines=(Line(text=_SAY[locale]["unknown"]),), is_known=False)
