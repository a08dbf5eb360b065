"""Small catalogues to judge, made of the real vocabulary and of rules that a test writes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from assistant.eligibility.verdict import Eligibility
from knowledge.catalogue import Catalogue, Content
from knowledge.fact import Fact
from knowledge.reader import ContentReader, publish
from knowledge.route import Route
from knowledge.rule import Rule

TODAY = date(2026, 9, 1)


@pytest.fixture(scope="session")
def delivered() -> Content:
    """The content as delivered, drafts included."""
    return ContentReader().read()


@pytest.fixture(scope="session")
def catalogue(delivered: Content) -> Catalogue:
    """What visitors may be told of the delivered content."""
    return publish(delivered)


@pytest.fixture(scope="session")
def eligibility(catalogue: Catalogue) -> Eligibility:
    """Every delivered rule, made ready on one day."""
    return Eligibility(catalogue, TODAY)


@pytest.fixture(scope="session")
def vocabulary(delivered: Content) -> Mapping[str, Fact]:
    """The real facts by name."""
    return {str(fact.name): fact for fact in delivered.facts}


@pytest.fixture(scope="session")
def rule() -> Callable[..., Rule]:
    """A rule with only what matters: its condition, and what else a test says."""

    def make(condition: Mapping[str, Any], **fields: Any) -> Rule:
        plain = {
            "id": "een-regel",
            "route": "een-route",
            "statement": "Een regel in een zin.",
            "otherwise": "Doe dan dit.",
            "sources": ("een-bron",),
        }
        return Rule.model_validate({**plain, **fields, "condition": condition})

    return make


@pytest.fixture(scope="session")
def route() -> Callable[..., Route]:
    """A route for every sector and job, so that its record implies no rule unless a test narrows it."""

    def make(id_: str = "een-route", **fields: Any) -> Route:
        plain = {
            "id": id_,
            "title": id_,
            "summary": "Een route in een zin.",
            "roles": [
                "leraar",
                "vakleerkracht",
                "onderwijsassistent",
                "leraarondersteuner",
                "instructeur",
                "gastdocent",
                "schoolleider",
            ],
            "sources": ["een-bron"],
            "next_step": "Bel het loket.",
        }
        return Route.model_validate({**plain, **fields})

    return make


@pytest.fixture(scope="session")
def judged(delivered: Content, route: Callable[..., Route]) -> Callable[..., Eligibility]:
    """The engine over these rules; their routes are made where a test does not give them."""

    def make(*rules: Rule, routes: tuple[Route, ...] = (), on: date = TODAY) -> Eligibility:
        ids = dict.fromkeys(each.route for each in rules)
        records = routes or tuple(route(id_) for id_ in ids)
        content = Content(records=records, rules=rules, facts=delivered.facts, subjects=delivered.subjects)
        return Eligibility(publish(content), on)

    return make
