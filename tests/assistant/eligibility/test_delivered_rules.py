"""The rules as delivered: what must hold for each of them, so that nobody forgets."""

from itertools import islice, product
from pathlib import Path

import pytest
import yaml

from assistant.eligibility.condition import compiled
from assistant.eligibility.diagram import Diagram
from assistant.eligibility.domain import Domain
from assistant.eligibility.verdict import Eligibility
from knowledge.catalogue import Catalogue, Content
from knowledge.rule import Rule, atoms

_MOST_TRIED = 200_000
_COVERAGE = Path(__file__).parents[2] / "knowledge" / "coverage"


@pytest.fixture(scope="module")
def rules(delivered: Content) -> tuple[Rule, ...]:
    assert delivered.rules, "the delivered content holds no rules"
    return delivered.rules


def test_every_rule_says_what_it_asks_where_that_is_written_and_what_to_do_otherwise(
    rules: tuple[Rule, ...], catalogue: Catalogue
) -> None:
    published = {rule.id for rule in catalogue.rules}

    lacking = [
        rule.id
        for rule in rules
        if rule.id in published
        and not (
            rule.statement.strip().endswith((".", "?", "!"))
            and rule.statement_en.strip()
            and (rule.kind == "preference" or rule.otherwise or rule.needs_adviser)
            and all(source in catalogue.sources for source in rule.sources)
        )
    ]

    assert lacking == []


def test_every_rule_can_be_met_and_can_be_unmet(rules: tuple[Rule, ...], catalogue: Catalogue) -> None:
    idle = []
    for rule in rules:
        tests = list(atoms(rule.condition))
        names = sorted(rule.facts())
        domains = [Domain.of(catalogue.facts[name], [each for each in tests if each.fact == name]) for name in names]
        truth = compiled(rule.condition, catalogue.facts).truth
        visitors = islice(product(*(domain.values for domain in domains)), _MOST_TRIED)
        found = {truth(dict(zip(names, values, strict=True))) for values in visitors}
        if found != {True, False}:
            idle.append(rule.id)

    assert idle == []


def test_no_route_is_closed_to_everybody(eligibility: Eligibility) -> None:
    closed = [route.id for route in eligibility.routes if eligibility.verdict(route.id, {}).verdict == "does_not_fit"]

    assert closed == []


def test_every_requirement_and_exclusion_makes_a_difference_to_its_route(eligibility: Eligibility) -> None:
    idle = []
    for route in eligibility.routes:
        rules = [rule for rule in eligibility.rules(route.id) if rule.kind != "preference"]
        diagram = Diagram()
        whole = diagram.of_rules(rules, eligibility.levels, eligibility.domains)
        for left_out in rules:
            rest = [rule for rule in rules if rule is not left_out]
            if diagram.of_rules(rest, eligibility.levels, eligibility.domains) == whole:
                idle.append(left_out.id)

    assert idle == []


def test_every_rule_follows_from_a_fact_that_somebody_found(rules: tuple[Rule, ...]) -> None:
    mappings = [yaml.safe_load((_COVERAGE / f"{name}.yaml").read_text()) for name in ("routes-po", "routes-vo-mbo")]
    found = {rule for mapping in mappings for cover in mapping.values() for rule in cover.get("rules", ())}

    assert sorted({rule.id for rule in rules} - found) == []
