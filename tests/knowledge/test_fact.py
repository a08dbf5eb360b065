"""What a visitor may tell, and what is no answer to the question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fact import Fact, FactType, FactValue
from knowledge.reader import ContentReader

FACTS = ContentReader().read().facts
BY_NAME = {str(fact.name): fact for fact in FACTS}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def values_of(fact: Fact) -> st.SearchStrategy[Any]:
    """Raw answers to this fact that are right."""
    if fact.type is FactType.SET:
        return st.lists(st.sampled_from(fact.values()), min_size=1)
    if fact.type is FactType.CHOICE:
        return st.sampled_from(fact.values())
    if fact.type is FactType.FLAG:
        return st.booleans()
    if fact.type is FactType.NUMBER:
        return st.integers(fact.minimum, fact.maximum)
    return st.text(min_size=1, max_size=200).filter(lambda text: bool(text.strip()))


def as_raw(value: FactValue) -> Any:
    """The value as JSON holds it."""
    return sorted(value) if isinstance(value, frozenset) else value


@given(data=st.data(), fact=st.sampled_from(FACTS))
def test_a_right_answer_survives_being_written_down_and_read_back(data: st.DataObject, fact: Fact) -> None:
    value = fact.parse(data.draw(values_of(fact)))

    assert fact.parse(as_raw(value)) == value


@given(raw=JSON, fact=st.sampled_from(FACTS))
def test_whatever_comes_in_is_a_value_of_the_fact_or_a_dutch_refusal_that_names_it(raw: Any, fact: Fact) -> None:
    refusal = ""
    try:
        value = fact.parse(raw)
    except ValueError as error:
        refusal = str(error)

    if refusal:
        assert str(fact.name) in refusal
        assert refusal.endswith(".")
    else:
        assert fact.parse(as_raw(value)) == value


@pytest.mark.parametrize("raw", [True, False])
def test_yes_or_no_is_not_a_number(raw: bool) -> None:
    with pytest.raises(ValueError, match="age"):
        BY_NAME["age"].parse(raw)


@pytest.mark.parametrize("raw", ["ja", 1, 0, "true", None])
def test_only_true_and_false_answer_yes_or_no(raw: Any) -> None:
    with pytest.raises(ValueError, match="true of false"):
        BY_NAME["needs_income"].parse(raw)


@pytest.mark.parametrize("edge", ["minimum", "maximum"])
def test_a_number_may_be_at_the_edge_and_not_past_it(edge: str) -> None:
    age = BY_NAME["age"]
    last = getattr(age, edge)
    past = last - 1 if edge == "minimum" else last + 1

    assert age.parse(last) == last
    with pytest.raises(ValueError, match="heel getal"):
        age.parse(past)


def test_one_value_of_a_set_may_be_given_without_a_list() -> None:
    assert BY_NAME["sector"].parse("po") == frozenset({"po"})


def test_an_empty_set_is_no_answer() -> None:
    with pytest.raises(ValueError, match="sector"):
        BY_NAME["sector"].parse([])


@pytest.mark.parametrize("raw", ["", "   ", "x" * 201])
def test_free_text_is_short_and_not_empty(raw: str) -> None:
    with pytest.raises(ValueError, match="korte tekst"):
        BY_NAME["motive"].parse(raw)


def test_dutch_levels_stand_in_order_with_the_first_language_on_top() -> None:
    dutch = BY_NAME["dutch_level"]

    ranks = [dutch.rank(level) for level in ("A1", "A2", "B1", "B2", "C1", "C2", "moedertaal")]

    assert ranks == sorted(ranks)
    assert dutch.ordered
