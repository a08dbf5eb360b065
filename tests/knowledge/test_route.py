"""A route: how long it takes, what it points at, and what it tells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.record import Kind
from knowledge.route import Months, Route

MONTHS_IN = {"jaar": 12, "maand": 1, "maanden": 1}


@given(low=st.integers(0, 120), more=st.integers(0, 120))
def test_a_length_of_time_in_words_means_the_same_months(low: int, more: int) -> None:
    high = min(120, low + more)

    words = Months(at_least=low, at_most=high).in_words()

    found = re.fullmatch(r"(hoogstens )?(\d+)(?: tot (\d+))? (jaar|maand|maanden)", words)
    assert found is not None
    unit = MONTHS_IN[found[4]]
    least = 0 if found[1] else int(found[2]) * unit
    assert (least, int(found[3] or found[2]) * unit) == (low, high)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (12, 24, "1 tot 2 jaar"),
        (24, 24, "2 jaar"),
        (18, 36, "18 tot 36 maanden"),
        (6, 6, "6 maanden"),
        (1, 1, "1 maand"),
        (0, 24, "hoogstens 2 jaar"),
        (0, 1, "hoogstens 1 maand"),
    ],
)
def test_whole_years_are_told_as_years(low: int, high: int, words: str) -> None:
    assert Months(at_least=low, at_most=high).in_words() == words


@pytest.mark.parametrize(("low", "high"), [(24, 12), (-1, 6), (0, 121)])
def test_a_length_of_time_runs_upwards_and_is_no_longer_than_ten_years(low: int, high: int) -> None:
    with pytest.raises(ValidationError):
        Months(at_least=low, at_most=high)


def route(**given_: object) -> Route:
    return Route.model_validate(
        {
            "id": "pabo", "title": "Pabo", "summary": "Een hbo-opleiding tot leraar.", "sources": ["bron"],
            "roles": ["leraar"], "next_step": "Ga naar een open dag.", **given_,
        }
    )  # fmt: skip


def test_a_route_points_at_each_kind_of_record_by_its_own_field() -> None:
    found = set(
        route(
            costs=["a"], subsidies=["b"], salaries=["c"], institutions=["d"], orientations=["e"], related=["f"]
        ).references()
    )

    assert found == {
        ("costs", Kind.COST, "a"),
        ("subsidies", Kind.SUBSIDY, "b"),
        ("salaries", Kind.SALARY, "c"),
        ("institutions", Kind.INSTITUTION, "d"),
        ("orientations", Kind.ORIENTATION, "e"),
        ("related", Kind.ROUTE, "f"),
    }


def test_a_route_tells_its_steps_in_order_and_the_first_step_last() -> None:
    told = list(route(steps=[{"title": "Meld je aan"}, {"title": "Begin", "duration": "4 jaar"}]).details())

    assert told == ["Stap 1: Meld je aan.", "Stap 2: Begin.  4 jaar", "Eerste stap: Ga naar een open dag."]


@pytest.mark.parametrize("wrong", [{"roles": []}, {"next_step": ""}, {"roles": ["tovenaar"]}, {"forms": ["nachts"]}])
def test_a_route_without_a_job_or_a_first_step_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        route(**wrong)


def test_what_routes_are_compared_on_has_a_source_and_a_year_of_its_own() -> None:
    stops = {"text": "In 2020 stopte 1 op de 8.", "sources": ["onderzoek"], "as_of": "2020"}

    pabo = route(dropout=stops)

    assert list(pabo.told()) == ["dropout"]
    assert "Wie stopt: In 2020 stopte 1 op de 8." in pabo.details()


@pytest.mark.parametrize("missing", ["sources", "as_of"])
def test_a_sentence_to_compare_on_without_a_source_or_a_year_is_refused(missing: str) -> None:
    starts = {"text": "In september.", "sources": ["pabo"], "as_of": "2026"}

    with pytest.raises(ValidationError):
        route(starts={name: value for name, value in starts.items() if name != missing})
