"""The delivered money: every route has it, every amount can be traced, and it is quick."""

from time import thread_time

from assistant.money.finances import Finances
from knowledge.fact import FactValue
from knowledge.route import Route

_PEOPLE: tuple[dict[str, FactValue], ...] = (
    {},
    {"diploma_level": "hbo-bachelor", "previous_degree_in_education_or_care": True, "age": 42},
    {"diploma_level": "havo", "age": 19, "municipality": "zoetermeer"},
    {"diploma_level": "wo-master", "diploma_country": "nederland", "needs_income": True},
    {"teaching_qualification": "tweedegraads", "works_in_education": "leraar"},
)


def test_every_route_has_its_money_written_down(finances: Finances) -> None:
    written = {each.route for each in finances.catalogue.content.finances}

    assert sorted({route.id for route in finances.catalogue.all(Route)} - written) == []


def test_every_item_is_used_by_some_route(finances: Finances) -> None:
    used = {item.item for each in finances.catalogue.content.finances for item in each.items}

    assert sorted({item.id for item in finances.catalogue.content.finance_items} - used) == []


def test_the_money_of_all_routes_for_one_visitor_takes_a_few_milliseconds(finances: Finances) -> None:
    routes = [route.id for route in finances.catalogue.all(Route)]
    took = []
    for facts in _PEOPLE:
        fresh = Finances(finances.catalogue, finances.on)
        start = thread_time()
        for route in routes:
            fresh.picture(route, facts)
        took.append(thread_time() - start)

    # Of this process alone, and the least of them: other work on the machine only ever adds.
    assert min(took) < 0.015
