"""The shapes a rule may have, and what it must say."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from knowledge.rule import AllOf, AnyOf, Atom, Condition, Not, Rule, atoms

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
TESTS = ("one_of", "none_of", "at_least", "at_most", "is")
RAW_ATOMS = st.sampled_from(
    [
        {"fact": "diploma_level", "one_of": ["havo", "vwo"]},
        {"fact": "teaching_qualification", "none_of": ["pabo"]},
        {"fact": "dutch_level", "at_least": "B2"},
        {"fact": "age", "at_most": 30},
        {"fact": "needs_income", "is": False},
    ]
)
RAW = st.recursive(
    RAW_ATOMS,
    lambda part: (
        st.fixed_dictionaries({"all_of": st.lists(part, min_size=1, max_size=3)})
        | st.fixed_dictionaries({"any_of": st.lists(part, min_size=1, max_size=3)})
        | st.fixed_dictionaries({"not": part})
    ),
    max_leaves=12,
)


def rule(**given_: Any) -> Rule:
    return Rule.model_validate(
        {
            "id": "pabo-diploma", "route": "pabo", "statement": "Voor de pabo heb je havo nodig.",
            "condition": {"fact": "diploma_level", "one_of": ["havo"]}, "otherwise": "Haal eerst havo.",
            "sources": ["bron"], **given_,
        }
    )  # fmt: skip


def leaves(raw: Any) -> list[Any]:
    """The tests of a written condition, from left to right."""
    if "fact" in raw:
        return [raw]
    if "not" in raw:
        return leaves(raw["not"])
    return [leaf for part in raw.get("all_of", raw.get("any_of")) for leaf in leaves(part)]


@given(raw=RAW)
def test_a_condition_written_as_data_reads_back_as_itself(raw: dict[str, Any]) -> None:
    condition = CONDITION.validate_python(raw)

    written = CONDITION.dump_python(condition, by_alias=True, exclude_none=True, mode="json")

    assert written == raw
    assert CONDITION.validate_python(written) == condition


@given(raw=RAW)
def test_every_test_in_a_condition_is_found_from_left_to_right(raw: dict[str, Any]) -> None:
    found = [atom.fact for atom in atoms(CONDITION.validate_python(raw))]

    assert found == [leaf["fact"] for leaf in leaves(raw)]


@given(raw=RAW)
def test_a_rule_names_the_facts_it_looks_at(raw: dict[str, Any]) -> None:
    assert rule(condition=raw).facts() == {leaf["fact"] for leaf in leaves(raw)}


@pytest.mark.parametrize(
    ("raw", "shape"),
    [
        ({"fact": "age", "at_least": 21}, Atom),
        ({"all_of": [{"fact": "age", "at_least": 21}]}, AllOf),
        ({"any_of": [{"fact": "age", "at_least": 21}]}, AnyOf),
        ({"not": {"fact": "age", "at_least": 21}}, Not),
    ],
)
def test_the_word_in_front_decides_the_shape(raw: dict[str, Any], shape: type) -> None:
    assert isinstance(CONDITION.validate_python(raw), shape)


@given(given_=st.sets(st.sampled_from(TESTS)))
def test_a_test_on_a_fact_asks_exactly_one_thing(given_: set[str]) -> None:
    values: dict[str, Any] = {"one_of": ["havo"], "none_of": ["vwo"], "at_least": 1, "at_most": 2, "is": "havo"}
    raw = {"fact": "diploma_level", **{name: values[name] for name in given_}}

    if len(given_) == 1:
        assert Atom.model_validate(raw).fact == "diploma_level"
    else:
        with pytest.raises(ValidationError, match="exactly one"):
            Atom.model_validate(raw)


@pytest.mark.parametrize(
    "raw",
    [
        {},
        [],
        "age",
        {"all_of": []},
        {"any_of": []},
        {"fact": "shoe_size", "at_least": 40},
        {"all_of": [{"fact": "age", "at_least": 21}], "any_of": [{"fact": "age", "at_least": 21}]},
        {"not": [{"fact": "age", "at_least": 21}]},
    ],
)
def test_what_is_no_condition_is_refused(raw: Any) -> None:
    with pytest.raises(ValidationError):
        rule(condition=raw)


def test_a_refusal_says_what_to_do_or_why_a_person_has_to_look() -> None:
    with pytest.raises(ValidationError, match="otherwise"):
        rule(otherwise="")

    assert rule(otherwise="", needs_adviser="Dat weet de school.").needs_adviser


def test_a_preference_has_a_weight_and_need_not_say_what_to_do() -> None:
    with pytest.raises(ValidationError, match="weight"):
        rule(kind="preference", weight=0)

    assert rule(kind="preference", weight=-4, otherwise="").weight == -4


@pytest.mark.parametrize("weight", [-6, 6])
def test_no_preference_outweighs_all_others(weight: int) -> None:
    with pytest.raises(ValidationError):
        rule(kind="preference", weight=weight)


def test_a_rule_holds_from_its_first_day_up_to_and_without_its_last() -> None:
    dated = rule(valid_from="2026-09-01", valid_until="2027-09-01")

    assert [dated.is_valid_on(date(2026, 8, 31)), dated.is_valid_on(date(2026, 9, 1))] == [False, True]
    assert [dated.is_valid_on(date(2027, 8, 31)), dated.is_valid_on(date(2027, 9, 1))] == [True, False]


def test_a_field_that_no_rule_has_is_a_typing_error() -> None:
    with pytest.raises(ValidationError):
        rule(ask="Wat is je diploma?")
