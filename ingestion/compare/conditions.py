"""Conditions: what a page asks of people who want to take a route, held against the rules that we have for it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingestion.compare.naming import NEAR, Context, Names
from ingestion.compare.said import Said, SourcePage, host, said_on, source_of
from ingestion.extract.finding import ConditionFound
from ingestion.source import WatchedSource
from knowledge.catalogue import Catalogue
from knowledge.numeral import number_of_word
from knowledge.publishing.proposal import Change, Proposed
from knowledge.route import Route
from knowledge.rule import Atom, Rule

Asked = Literal["diploma_level", "dutch_level", "age", "work_experience_years"]
"""The facts of which a sentence can be read well enough to hold it against a rule: they have an order, and words of their own."""

_RUNGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("een diploma van mbo niveau 2 of 3", ("mbo-2", "mbo-3")),
    ("havo, vwo of mbo niveau 4", ("havo", "vwo", "mbo-4")),
    ("een associate degree of propedeuse", ("associate-degree", "hbo-propedeuse")),
    ("een hbo- of universitair diploma", ("hbo-bachelor", "wo-bachelor")),
    ("een masterdiploma", ("hbo-master", "wo-master")),
    ("een promotie", ("phd",)),
)
"""Diplomas from low to high, those that open the same doors together."""
_RUNG_OF = {value: rung for rung, (_, values) in enumerate(_RUNGS) for value in values}
_DIPLOMAS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (rung, re.compile(pattern, re.IGNORECASE))
    for rung, pattern in (
        (0, r"\bmbo[ -]?(?:niveau )?[23]\b"),
        (1, r"\bhavo\b|\bvwo\b|\bmbo[ -]?(?:niveau )?4\b|\bmbo[ -]?diploma"),
        (2, r"associate[ -]degree|\bpropedeuse\b"),
        (3, r"\bhbo\b|\bhbo-(?:bachelor|diploma|opleiding|getuigschrift|niveau)|\bwo\b|universitair|\bbachelor"),
        (4, r"\bmaster(?:diploma|graad|opleiding)?\b"),
    )
)
_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
_LEVEL = re.compile(r"\b(?:A[12]|B[12]|C[12])\b")
_NUMBER = r"(?P<number>\d{1,2}|[a-zë]{3,12})"
_AGE = re.compile(
    rf"{_NUMBER} jaar (?:of|en) ouder|minimaal {_NUMBER.replace('number', 'least')} jaar(?: oud)?\b(?! \w*ervaring)",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    rf"(?:minimaal|ten ?minste|minstens) {_NUMBER} jaar (?:\w+ ){{0,2}}?(?:werk|praktijk|beroeps)?ervaring",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:soms|meestal|vaak|bij voorkeur|het liefst|liever|pré|handig|mogelijk|misschien|zonder|geen|tenzij|behalve|of (?:anders|je bent)\b|"
    r"vrijstelling|later|daarna|na afloop|haal je|behaal je|krijg je|ontvang je|je bent dan)\b",
    re.IGNORECASE,
)
"""What makes of a demand a wish, an exception or an outcome: nothing of that is held against a rule."""
_MOST = 5


@dataclass(frozen=True)
class _Demand:
    """What one sentence asks: at least this, of this fact."""

    fact: Asked
    least: int
    """A rung of the diplomas, the place of a level, or a number of years."""
    said: Said


def conditions_asked(
    pages: Sequence[SourcePage], source: WatchedSource, catalogue: Catalogue, today: date
) -> Iterator[Proposed]:
    """
    Where a page about a route asks more or less than our rule does, and what it asks that no rule of ours knows.

    A sentence is held against a rule only if it says a lowest diploma, level of Dutch, age or number of years and hedges
    nothing, on a page that names one route. A source that says ours as well, on whichever page, does not contradict it.
    """
    names = Names(catalogue.all(Route))
    rules: dict[str, list[Rule]] = defaultdict(list)
    for rule in catalogue.rules:
        if rule.is_valid_on(today):
            rules[rule.route].append(rule)
    asked: dict[tuple[str, Asked], list[_Demand]] = defaultdict(list)
    for page in pages:
        route = names.best((Context(page.title, NEAR),))
        if route is not None:
            for said in said_on((page,), "condition"):
                if (demand := _demand(said)) is not None:
                    asked[route.id, demand.fact].append(demand)
    for (route_id, fact), demands in asked.items():
        route = catalogue.get(route_id, Route)
        looking = [each for each in rules[route_id] if fact in each.facts()]
        ours = [(rule, least) for rule in looking if (least := _least(rule, fact)) is not None]
        if ours and not {least for _, least in ours} & {each.least for each in demands}:
            yield _other(*ours[0], demands, catalogue)
        elif not looking and (sure := [each for each in demands if each.said.finding.confidence == "high"]):
            yield _new(route, fact, sure, source)


def _demand(said: Said) -> _Demand | None:
    """What the sentence asks; None if it asks several things, hedges, or asks what has no order."""
    value = said.finding.value
    if not isinstance(value, ConditionFound) or not said.is_sure or value.refuses or _HEDGED.search(value.statement):
        return None
    text = value.statement
    found: list[tuple[Asked, int]] = []
    if rungs := [rung for rung, pattern in _DIPLOMAS if pattern.search(text)]:
        found.append(("diploma_level", min(rungs)))
    if "taal" in value.about and (levels := _LEVEL.findall(text)):
        found.append(("dutch_level", min(map(_LEVELS.index, levels))))
    if match := _AGE.search(text):
        found.append(("age", _number(match["number"] or match["least"])))
    if match := _EXPERIENCE.search(text):
        found.append(("work_experience_years", _number(match["number"])))
    if len(found) != 1:
        # `Havo, of je bent 21 jaar of ouder` is a choice between two, and no demand of either.
        return None
    [(fact, least)] = found
    return _Demand(fact, least, said) if least or fact == "diploma_level" else None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else number_of_word(word) or 0


def _least(rule: Rule, fact: Asked) -> int | None:
    """The least that a rule asks of a fact; None if it asks something else, or leaves a choice between facts."""
    if rule.kind != "requirement" or not isinstance(rule.condition, Atom) or rule.condition.fact != fact:
        return None
    test = rule.condition
    if fact == "diploma_level":
        rungs = [_RUNG_OF[each] for each in test.one_of or () if each in _RUNG_OF]
        return min(rungs) if rungs else None
    if fact == "dutch_level":
        return _LEVELS.index(str(test.at_least)) if test.at_least in _LEVELS else None
    return test.at_least if isinstance(test.at_least, int) else None


def _other(rule: Rule, ours: int, demands: Sequence[_Demand], catalogue: Catalogue) -> Proposed:
    """Another demand than ours. There is nothing to take over: the sentence, the test and what to say go together."""
    first = demands[0]
    sites = {host(catalogue.sources[each].address or "") for each in rule.sources if each in catalogue.sources}
    return Proposed(
        kind="changed" if host(first.said.page.url) in sites else "contradicts",
        group="rules",
        item_id=rule.id,
        title=rule.statement[:160],
        evidence=tuple(each.said.evidence() for each in demands[:_MOST]),
        about=f"{first.said.page.publisher} vraagt {_told(first.fact, first.least)}. Bij ons: {_told(first.fact, ours)}.",
    )


def _new(route: Route, fact: Asked, demands: Sequence[_Demand], source: WatchedSource) -> Proposed:
    """A demand that no rule of the route knows, as a rule to be finished by an editor."""
    first = demands[0]
    origin = source_of(first.said)
    rule = Rule.model_validate(
        {
            "id": f"{route.id}-{_SLUGS[fact]}",
            "route": route.id,
            "statement": f"Je hebt {_told(first.fact, first.least)} nodig.",
            "condition": _test(fact, first.least),
            # A site alone is no reason to refuse anybody.
            "needs_adviser": f"{first.said.page.publisher} vraagt dit. Een adviseur kijkt of het voor jou geldt.",
            "sources": [origin.id],
            "confidence": "low",
        }
    )
    return Proposed(
        kind="new",
        group="rules",
        item_id=rule.id,
        title=f"{route.title}: {_told(first.fact, first.least)}",
        changes=tuple(
            Change(field=name, after=content, told_after=content if isinstance(content, str) else "")
            for name, content in rule.model_dump(mode="json", by_alias=True, exclude_defaults=True).items()
        ),
        evidence=tuple(each.said.evidence() for each in demands[:_MOST]),
        about=f"{source.owner} noemt een voorwaarde voor deze route die wij niet hebben.",
        sources=(origin.model_dump(mode="json", exclude_defaults=True),),
    )


_SLUGS: Mapping[Asked, str] = {
    "diploma_level": "gevraagd-diploma",
    "dutch_level": "gevraagd-nederlands",
    "age": "gevraagde-leeftijd",
    "work_experience_years": "gevraagde-ervaring",
}


def _test(fact: Asked, least: int) -> dict[str, object]:
    if fact == "diploma_level":
        return {"fact": fact, "one_of": [value for _, values in _RUNGS[least:] for value in values]}
    return {"fact": fact, "at_least": _LEVELS[least] if fact == "dutch_level" else least}


def _told(fact: Asked, least: int) -> str:
    match fact:
        case "diploma_level":
            return _RUNGS[least][0]
        case "dutch_level":
            return f"Nederlands op niveau {_LEVELS[least]}"
        case "age":
            return f"een leeftijd van {least} jaar of ouder"
        case "work_experience_years":
            return f"{least} jaar werkervaring"
