"""When what happens on the way into a route."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.change import Change
from assistant.eligibility.stretch import stretches
from knowledge.catalogue import Catalogue
from knowledge.route import Months, Route


def _route(duration: Months | None = None, starts: str = "") -> Route:
    told = {"text": starts, "sources": ("een-bron",), "as_of": "2025"} if starts else None
    return Route.model_validate(
        {
            "id": "een-route", "kind": "route", "title": "Een route", "summary": "Een weg naar de klas.", "sectors": ("po",),
            "roles": ("leraar",), "duration": duration, "starts": told, "next_step": "Bel een school.", "sources": ("een-bron",),
        }
    )  # fmt: skip


def _change(duration: Months | None) -> Change:
    return Change(
        "diploma_level", "hbo-bachelor", "Diploma: hbo", "Diploma: degree", "Tekst.", "Text.", 60, None, duration
    )


def test_a_route_of_two_to_four_years_is_one_bar_that_begins_now() -> None:
    [only] = stretches(_route(Months(at_least=24, at_most=48)))

    assert (only.label, only.time) == ("Duur", "2 tot 4 jaar")
    assert (only.begins, only.ends, only.latest) == (0, 24, 48)


def test_what_has_to_change_comes_first_and_the_route_begins_after_it() -> None:
    first, then = stretches(_route(Months(at_least=24, at_most=24)), [_change(Months(at_least=12, at_most=36))])

    assert (first.label, first.begins, first.ends, first.latest) == ("Diploma: hbo", 0, 12, 36)
    assert (then.label, then.begins, then.ends, then.latest) == ("Daarna deze route", 12, 36, 60)


def test_what_takes_no_time_is_not_on_the_line() -> None:
    [only] = stretches(_route(Months(at_least=12, at_most=12)), [_change(Months(at_least=0, at_most=0))])

    assert only.label == "Duur"


def test_after_something_of_unknown_length_nothing_is_drawn_and_all_is_told() -> None:
    unknown, then = stretches(_route(Months(at_least=12, at_most=12)), [_change(None)], "en")

    assert (unknown.label, unknown.time) == ("Diploma: degree", "how long this takes is not known")
    assert (then.label, then.time, then.latest) == ("Then this route", "1 year", None)


def test_when_it_begins_is_told_in_dutch_alone() -> None:
    route = _route(Months(at_least=12, at_most=12), "In september.")

    assert [each.time for each in stretches(route)] == ["In september.", "1 jaar"]
    assert [each.time for each in stretches(route, (), "en")] == ["1 year"]


@st.composite
def _months(draw: st.DrawFn) -> Months:
    low = draw(st.integers(0, 60))
    return Months(at_least=low, at_most=draw(st.integers(low, 60)))


@given(st.lists(_months() | st.none(), max_size=4), _months())
def test_a_bar_never_runs_backwards_and_begins_where_the_one_before_ends(
    before: list[Months | None], own: Months
) -> None:
    drawn = [each for each in stretches(_route(own), [_change(each) for each in before]) if each.latest is not None]

    for each in drawn:
        assert each.begins is not None
        assert each.ends is not None
        assert 0 <= each.begins <= each.ends <= (each.latest or 0)
    assert all(one.ends == other.begins for one, other in pairwise(drawn))


def test_every_delivered_route_tells_how_long_it_takes_in_words(catalogue: Catalogue) -> None:
    for route in catalogue.all(Route):
        found = stretches(route)
        assert all(each.label and each.time for each in found)
        assert any(each.latest for each in found) == (route.duration is not None), route.id
