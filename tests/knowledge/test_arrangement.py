"""What holds between a school and who learns there: each statement sourced, about routes that exist, for a board to read."""

import re

from knowledge.catalogue import Catalogue
from knowledge.route import Route

TOPICS = {"school-right", "school-duty", "candidate-right", "candidate-duty", "guidance", "risk"}


def test_every_route_of_zij_instroom_says_what_each_side_must_and_may(catalogue_of_content: Catalogue) -> None:
    for route in catalogue_of_content.all(Route):
        if route.id.startswith(("zij-instroom-", "pdg-")):
            told = {each.topic for each in catalogue_of_content.content.arrangements if route.id in each.routes}

            assert told >= TOPICS, (route.id, TOPICS - told)


def test_an_arrangement_is_about_routes_that_are_published_and_has_sources(catalogue_of_content: Catalogue) -> None:
    routes = {route.id for route in catalogue_of_content.all(Route)}

    for each in catalogue_of_content.content.arrangements:
        assert set(each.routes) <= routes, each.id
        assert all(source in catalogue_of_content.sources for source in each.sources), each.id


def test_a_board_is_spoken_to_and_not_a_visitor(catalogue_of_content: Catalogue) -> None:
    for each in catalogue_of_content.content.arrangements:
        assert not re.search(r"\b(je|jij|jouw|jullie)\b", each.text.lower()), each.id


def test_an_arrangement_names_no_amount_of_money(catalogue_of_content: Catalogue) -> None:
    assert not [
        each.id for each in catalogue_of_content.content.arrangements if "€" in each.text or "euro" in each.text
    ]
