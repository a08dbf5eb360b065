"""Statistics say what they count, where, when, and whether they were measured or are expected."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.figure import DIRECTION_WORDS, MEASURE_WORDS, NATURE_WORDS, Figure, Measure, dutch_number


def figure(**given_: Any) -> Figure:
    common = {
        "id": "tekort", "title": "Lerarentekort", "summary": "Het tekort was 16,5 procent.", "sources": ["plan"],
        "measure": "lerarentekort", "value": "16.5", "unit": "procent", "year": 2024, "scope": "stad",
        "area": "stad Den Haag, basisonderwijs",
    }  # fmt: skip
    return Figure.model_validate(common | given_)


def test_a_figure_is_told_with_what_it_counts_where_and_when() -> None:
    assert list(figure().details()) == ["16,5 procent (stad Den Haag, basisonderwijs, 2024)."]


def test_what_is_expected_or_wished_is_not_told_as_measured() -> None:
    for nature, word in (("forecast", "Verwachting"), ("target", "Doel")):
        [told] = figure(nature=nature, year=2030).details()
        assert told.startswith(f"{word}: 16,5 procent")


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"value": 7700, "unit": "fte", "qualifier": "ongeveer"}, "ongeveer 7.700 fte"),
        ({"value": None, "unit": "", "direction": "down-then-up"}, "daalt eerst en stijgt daarna"),
    ],
)
def test_a_number_is_written_as_dutch_readers_do(given_: dict[str, Any], words: str) -> None:
    assert figure(**given_).in_words() == words


@given(value=st.decimals(min_value=-1_000_000, max_value=10_000_000, places=2))
def test_a_number_in_words_reads_back_as_the_same_number(value: Decimal) -> None:
    assert Decimal(dutch_number(value).replace(".", "").replace(",", ".")) == value


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": None, "unit": ""},
        {"unit": ""},
        {"value": None, "direction": "up"},
        {"date": "2023-10-01"},
        {"year": "2020-2025", "date": "2026"},
        {"measure": "tekort"},
        {"scope": "gemeente"},
        {"nature": "gok"},
        {"year": None},
    ],
)
def test_a_figure_that_does_not_say_what_it_is_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        figure(**wrong)


def test_every_measure_nature_and_direction_has_words_for_visitors() -> None:
    assert set(MEASURE_WORDS) == set(Measure)
    assert all(word[0].isupper() for word in (*MEASURE_WORDS.values(), *NATURE_WORDS.values()))
    assert len(set(DIRECTION_WORDS.values())) == len(DIRECTION_WORDS)
