"""The personas as delivered: real people, none who contradicts themself, and no rule that nobody tries from both sides."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.profile import Profile, parse_facts
from assistant.eligibility.verdict import Eligibility
from evaluation.case import Persona
from evaluation.casebook import read_casebook
from knowledge.catalogue import Catalogue

_LAW = re.compile(r"\b(WPO|WEC|WEB|WVO|WHW|Wet|Besluit|Regeling|Ontwerp)\b")
"""Laws and decrees by the names that advisers use; the design of the product is the source of what it may not refuse."""
_NOT_AS_THE_SOURCES_SAY = {
    ("po-hbo-een-dag-per-week", "zij-instroom-po"): "fits, expected does_not_fit or ask_adviser",
    ("vo-hybride-ingenieur", "zij-instroom-vo-eerstegraads"): "fits, expected does_not_fit or ask_adviser",
    ("vo-hybride-ingenieur", "zij-instroom-vo-tweedegraads"): "fits, expected does_not_fit or ask_adviser",
}
"""
Known: one day a week is too little for a job and training together, and the rules only order by it. A rule that refuses
would make zij-instroom no more than possible for everybody who did not say how many hours they have.
"""
_OPEN = frozenset({"fits", "possible"})


@pytest.fixture(scope="module")
def eligibility(catalogue_of_content: Catalogue, today: date) -> Eligibility:
    return Eligibility(catalogue_of_content, today)


@pytest.fixture(scope="module")
def personas() -> tuple[Persona, ...]:
    return read_casebook().personas


def told(persona: Persona, eligibility: Eligibility) -> Profile:
    return parse_facts(persona.facts, eligibility.vocabulary)


def untried(personas: tuple[Persona, ...], eligibility: Eligibility) -> Iterator[str]:
    """
    The rules of every route that no persona meets, or that none fails to meet.

    Only personas count who have an expectation about the route: of anybody else a wrong rule would not be noticed.
    """
    seen: dict[str, set[str]] = defaultdict(set)
    for persona in personas:
        facts = told(persona, eligibility).facts()
        for route in persona.expect:
            for found in eligibility.verdict(route, facts).rules:
                seen[found.rule.id].add(found.state)
    for route in eligibility.routes:
        for rule in eligibility.rules(route.id):
            for state, lacks in (("met", "meets"), ("unmet", "does not meet")):
                if state not in seen[rule.id]:
                    yield f"{route.id}: nobody {lacks} {rule.id} ({rule.kind}): {rule.statement}"


def test_there_are_a_hundred_and_twenty_personas_of_every_kind(personas: tuple[Persona, ...]) -> None:
    kinds = Counter(persona.visitor for persona in personas)

    assert len(personas) >= 120
    assert min(kinds.values()) >= 4, kinds


def test_each_rule_is_met_by_a_persona_and_not_met_by_another(
    personas: tuple[Persona, ...], eligibility: Eligibility
) -> None:
    assert list(untried(personas, eligibility)) == []


def test_a_rule_that_only_one_side_tries_is_named(personas: tuple[Persona, ...], eligibility: Eligibility) -> None:
    without = tuple(each for each in personas if each.facts.get("teaching_qualification") != "pabo")

    assert any("pabo-voltijd-al-bevoegd" in line for line in untried(without, eligibility))


def test_each_route_is_open_to_one_persona_and_refused_to_another(
    personas: tuple[Persona, ...], eligibility: Eligibility
) -> None:
    expected = [(route, right) for persona in personas for route, right in persona.expect.items()]

    open_ = {route for route, right in expected if not _OPEN.isdisjoint(right)}
    refused = {route for route, right in expected if right == ("does_not_fit",)}

    assert [route.id for route in eligibility.routes if route.id not in open_] == [], "open to nobody"
    assert [route.id for route in eligibility.routes if route.id not in refused] == [], "refused to nobody"


def test_no_persona_contradicts_themself(personas: tuple[Persona, ...], eligibility: Eligibility) -> None:
    found = {
        persona.id: [each.text for each in contradictions(told(persona, eligibility), eligibility.entailment)]
        for persona in personas
    }

    assert {who: what for who, what in found.items() if what} == {}


def test_each_source_names_a_law_or_somebody_who_publishes_what_the_rules_rest_on(
    personas: tuple[Persona, ...], catalogue_of_content: Catalogue
) -> None:
    publishers = {each.publisher for each in catalogue_of_content.content.sources} | {"HvA"}
    known = re.compile("|".join(rf"\b{re.escape(name)}(?!\w)" for name in sorted(publishers, key=len, reverse=True)))

    vague = {each.id: each.source for each in personas if not (_LAW.search(each.source) or known.search(each.source))}

    assert vague == {}


def test_each_persona_of_development_is_judged_as_the_sources_say(
    personas: tuple[Persona, ...], eligibility: Eligibility
) -> None:
    wrong = {
        (persona.id, route): f"{found.verdict}, expected {' or '.join(right)}"
        for persona in personas
        if persona.split == "dev"
        for route, right in persona.expect.items()
        for found in [eligibility.verdict(route, told(persona, eligibility).facts())]
        if found.verdict not in right
    }

    assert wrong == _NOT_AS_THE_SOURCES_SAY
