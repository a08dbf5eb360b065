"""Conditions in three values."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter

from assistant.eligibility.condition import evaluate, residual
from knowledge.fact import Fact, Facts
from knowledge.rule import Condition

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def parsed(**condition: Any) -> Condition:
    return CONDITION.validate_python(condition)


@pytest.mark.parametrize(
    ("condition", "facts", "truth"),
    [
        ({"fact": "diploma_level", "one_of": ["havo", "vwo"]}, {"diploma_level": "vwo"}, True),
        ({"fact": "diploma_level", "one_of": ["havo", "vwo"]}, {"diploma_level": "mbo-4"}, False),
        ({"fact": "diploma_level", "none_of": ["havo", "vwo"]}, {"diploma_level": "mbo-4"}, True),
        ({"fact": "diploma_level", "none_of": ["havo", "vwo"]}, {"diploma_level": "vwo"}, False),
        ({"fact": "sector", "one_of": ["po", "so"]}, {"sector": frozenset({"vo", "so"})}, True),
        ({"fact": "sector", "one_of": ["po", "so"]}, {"sector": frozenset({"vo"})}, False),
        ({"fact": "sector", "none_of": ["po", "so"]}, {"sector": frozenset({"vo", "so"})}, False),
        ({"fact": "sector", "is": "po"}, {"sector": frozenset({"po"})}, True),
        ({"fact": "sector", "is": "po"}, {"sector": frozenset({"po", "vo"})}, False),
        ({"fact": "age", "at_least": 21}, {"age": 21}, True),
        ({"fact": "age", "at_least": 21}, {"age": 20}, False),
        ({"fact": "age", "at_most": 21}, {"age": 21}, True),
        ({"fact": "age", "at_most": 21}, {"age": 22}, False),
        ({"fact": "dutch_level", "at_least": "B2"}, {"dutch_level": "moedertaal"}, True),
        ({"fact": "dutch_level", "at_least": "B2"}, {"dutch_level": "B1"}, False),
        ({"fact": "dutch_level", "at_most": "B2"}, {"dutch_level": "A1"}, True),
        ({"fact": "needs_income", "is": False}, {"needs_income": False}, True),
        ({"fact": "needs_income", "is": False}, {"needs_income": True}, False),
        ({"fact": "diploma_field", "one_of": ["psychologie"]}, {"diploma_field": "Psychologie"}, True),
        ({"fact": "diploma_field", "none_of": ["psychologie"]}, {"diploma_field": "Bouwkunde"}, True),
        ({"fact": "age", "at_least": 21}, {}, None),
    ],
)
def test_a_test_on_one_fact_is_true_false_or_open(
    condition: dict[str, Any], facts: Facts, truth: bool | None, vocabulary: Mapping[str, Fact]
) -> None:
    assert evaluate(parsed(**condition), facts, vocabulary) is truth


ADULT = {"fact": "age", "at_least": 21}
EARNS = {"fact": "needs_income", "is": True}


@pytest.mark.parametrize(
    ("condition", "facts", "truth", "open_"),
    [
        ({"all_of": [ADULT, EARNS]}, {"age": 20}, False, set()),
        ({"all_of": [ADULT, EARNS]}, {"age": 30}, None, {"needs_income"}),
        ({"all_of": [ADULT, EARNS]}, {"age": 30, "needs_income": True}, True, set()),
        ({"any_of": [ADULT, EARNS]}, {"age": 30}, True, set()),
        ({"any_of": [ADULT, EARNS]}, {"age": 20}, None, {"needs_income"}),
        ({"any_of": [ADULT, EARNS]}, {}, None, {"age", "needs_income"}),
        ({"not": ADULT}, {"age": 20}, True, set()),
        ({"not": ADULT}, {}, None, {"age"}),
        ({"any_of": [{"all_of": [ADULT, EARNS]}, {"not": EARNS}]}, {"age": 20}, None, {"needs_income"}),
    ],
)
def test_what_is_decided_stays_so_whatever_is_open_and_only_what_can_matter_is_missing(
    condition: dict[str, Any], facts: Facts, truth: bool | None, open_: set[str], vocabulary: Mapping[str, Fact]
) -> None:
    assert evaluate(parsed(**condition), facts, vocabulary) is truth
    assert residual(parsed(**condition), facts, vocabulary) == open_


def test_options_cannot_be_compared_without_the_vocabulary_that_orders_them() -> None:
    with pytest.raises(ValueError, match="dutch_level"):
        evaluate(parsed(fact="dutch_level", at_least="B2"), {"dutch_level": "C1"}, {})
