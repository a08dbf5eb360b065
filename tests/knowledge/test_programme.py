"""A programme: what it tells, and what it points at."""

from typing import Any

import pytest
from pydantic import ValidationError

from knowledge.programme import Programme
from knowledge.record import Kind


def programme(**more: Any) -> Programme:
    return Programme.model_validate(
        {
            "id": "inholland-pabo-deeltijd",
            "title": "Pabo deeltijd bij Inholland",
            "summary": "De deeltijd pabo in Den Haag en Haarlem.",
            "sources": ["x"],
            "routes": ["pabo-deeltijd"],
            "institution": "inholland",
        }
        | more
    )


def test_it_points_at_its_routes_and_at_who_offers_it() -> None:
    found = set(programme().references())

    assert {("routes", Kind.ROUTE, "pabo-deeltijd"), ("institution", Kind.INSTITUTION, "inholland")} <= found


def test_the_months_in_which_it_starts_are_told_in_words() -> None:
    told = list(programme(starts_in=[9, 2], starts="Twee keer per jaar.").details())

    assert "Start: september of februari. Twee keer per jaar." in told


@pytest.mark.parametrize("months", [[0], [13]])
def test_there_are_twelve_months(months: list[int]) -> None:
    with pytest.raises(ValidationError):
        programme(starts_in=months)


def test_what_has_ended_says_so_first() -> None:
    assert next(iter(programme(status="ended", places=["Den Haag"]).details())) == "Deze opleiding is gestopt."


def test_a_programme_of_no_route_is_refused() -> None:
    with pytest.raises(ValidationError):
        programme(routes=[])


def test_it_may_be_near_to_regions_and_yet_open_to_everybody() -> None:
    near = programme(near=["haaglanden"])

    assert ("near", Kind.REGION, "haaglanden") in set(near.references())
    assert near.holds_in("hak")


@pytest.mark.parametrize(("locale", "words"), [("nl", "september of februari"), ("en", "September or February")])
def test_months_are_told_in_the_language_of_the_reader(locale: str, words: str) -> None:
    assert programme(starts_in=[9, 2]).months_in_words(locale) == words
