"""The delivered money: every route has it, every amount can be traced, and it is quick."""

from time import perf_counter

from assistant.money.finances import Finances
from knowledge.route import Route
from tests.assistant.money.test_people import PEOPLE


def test_every_route_has_its_money_written_down(finances: Finances) -> None:
    written = {each.route for each in finances.catalogue.content.finances}

    assert sorted({route.id for route in finances.catalogue.all(Route)} - written) == []


def test_every_item_is_used_by_some_route(finances: Finances) -> None:
    used = {item.item for each in finances.catalogue.content.finances for item in each.items}

    assert sorted({item.id for item in finances.catalogue.content.finance_items} - used) == []


def test_the_money_of_all_routes_for_one_visitor_takes_a_few_milliseconds(finances: Finances) -> None:
    routes = [route.id for route in finances.catalogue.all(Route)]
    took = []
    for person in PEOPLE:
        fresh = Finances(finances.catalogue, finances.on)
        start = perf_counter()
        for route in routes:
            fresh.picture(route, person.facts)
        took.append(perf_counter() - start)

    # The least of them: other work on the machine only ever adds.
    assert min(took) < 0.015
