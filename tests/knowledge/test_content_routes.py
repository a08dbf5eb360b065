"""The routes as delivered: what a visitor compares them on, and that each sentence says who says it and when."""

import re

import pytest

from knowledge.catalogue import Catalogue
from knowledge.route import Route, Told

_YEAR = re.compile(r"\b(19|20)\d\d\b")


@pytest.fixture(scope="module")
def routes(catalogue_of_content: Catalogue) -> tuple[Route, ...]:
    return catalogue_of_content.all(Route)


def told(routes: tuple[Route, ...]) -> list[tuple[Route, str, Told]]:
    return [(route, name, sentence) for route in routes for name, sentence in route.told().items()]


def test_every_route_says_what_to_do_in_order_and_what_it_is_worth(routes: tuple[Route, ...]) -> None:
    for route in routes:
        assert len(route.steps) >= 3, route.id
        assert route.qualification, route.id
        assert route.income, route.id
        assert route.hours_per_week, route.id


def test_a_route_of_known_length_says_at_which_step_the_time_goes(routes: tuple[Route, ...]) -> None:
    for route in routes:
        if route.duration:
            assert any(step.duration for step in route.steps), route.id


def test_a_sentence_to_compare_on_is_no_newer_than_its_newest_source(
    routes: tuple[Route, ...], catalogue_of_content: Catalogue
) -> None:
    for route, name, sentence in told(routes):
        newest = max(catalogue_of_content.sources[source].as_of[:4] for source in sentence.sources)
        assert sentence.as_of[:4] <= newest, f"{route.id}.{name}"


def test_how_many_people_stop_is_told_with_the_year_of_the_figure(routes: tuple[Route, ...]) -> None:
    found = [(route.id, sentence.text) for route, name, sentence in told(routes) if name == "dropout"]

    assert found
    for route_id, text in found:
        assert _YEAR.search(text), route_id
        assert "procent" in text, route_id


def test_where_sources_disagree_each_is_named_once_and_the_newest_first(routes: tuple[Route, ...]) -> None:
    for route in routes:
        for conflict in route.conflicts:
            days = [claim.as_of for claim in conflict.claims]
            assert days == sorted(days, reverse=True), f"{route.id}: {conflict.about}"
            assert len({(claim.source, claim.says) for claim in conflict.claims}) == len(days), route.id
            assert conflict.sure, f"{route.id}: {conflict.about}"


def test_what_a_conflict_tells_is_not_told_again_as_a_doubt(routes: tuple[Route, ...]) -> None:
    for route in routes:
        if route.conflicts:
            assert not re.search(r"spreken elkaar tegen|de ene bron|sommige bronnen", route.uncertain.lower()), route.id
