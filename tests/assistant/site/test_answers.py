"""What the forms of the zelftest carry along is read back, whatever came in, and never more than there is."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.site.answers import Answers, NoAnswer, read_answer, read_answers
from assistant.site.recent import RecentAnswers
from knowledge.catalogue import Catalogue
from knowledge.reader import ContentReader, publish

CATALOGUE = publish(ContentReader().read())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_answers_are_carried_in_the_order_of_asking(catalogue: Catalogue) -> None:
    told = Answers().with_answer("sector", ["po"]).with_answer("age", None).with_answer("needs_income", True)

    read, is_whole = read_answers(told.as_field(), catalogue)

    assert is_whole
    assert read == told
    assert list(read.facts) == ["sector", "age", "needs_income"]


def test_a_changed_answer_stays_in_its_place_and_keeps_the_others(catalogue: Catalogue) -> None:
    told = Answers(facts={"sector": ["po"], "age": 30, "start": "later"})

    changed = told.with_answer("age", 31)

    assert list(changed.facts.items()) == [("sector", ["po"]), ("age", 31), ("start", "later")]
    assert changed.profile(catalogue).facts()["age"] == 31


def test_the_question_before_is_the_one_asked_before() -> None:
    told = Answers(facts={"sector": ["po"], "age": 30})

    assert (told.before("start"), told.before("age"), told.before("sector")) == ("age", "sector", None)


@given(st.text(max_size=200) | JSON.map(json.dumps) | st.fixed_dictionaries({"f": JSON, "r": JSON}).map(json.dumps))
@settings(max_examples=200, deadline=None)
def test_whatever_a_form_holds_is_read_as_answers_to_our_questions(text: str) -> None:
    read, _ = read_answers(text, CATALOGUE)

    assert read.facts.keys() <= CATALOGUE.facts.keys()
    assert read_answers(read.as_field(), CATALOGUE) == (read, True)


@pytest.mark.parametrize("field", ["[" * 5000, '{"f":' * 2000, "null", "[]", '{"f":[]}', '{"s":{}}', "{", '"x"'])
def test_what_is_no_state_is_a_new_beginning(catalogue: Catalogue, field: str) -> None:
    read, is_whole = read_answers(field, catalogue)

    assert read.facts == {}
    assert not is_whole


def test_answers_that_are_none_any_more_are_left_out_and_said(catalogue: Catalogue) -> None:
    field = Answers(facts={"sector": ["po"], "schoenmaat": 43, "age": 400, "motive": "Ik ben Sam"}).as_field()

    read, is_whole = read_answers(field, catalogue)

    assert read.facts == {"sector": ["po"]}
    assert not is_whole


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("sector", ["vo", "po"], ["po", "vo"]),
        ("needs_income", ["true"], True),
        ("employer_commitment", ["false"], False),
        ("age", [" 42 jaar "], 42),
        ("diploma_level", ["havo"], "havo"),
        ("subject", ["wiskunde"], "wiskunde"),
    ],
)
def test_a_form_says_it_in_words_and_the_rules_read_it_as_they_should(
    catalogue: Catalogue, name: str, typed: list[str], value: Any
) -> None:
    assert read_answer(catalogue.facts[name], typed, catalogue) == value


@pytest.mark.parametrize(
    ("name", "typed", "word"),
    [
        ("age", ["400"], "12 tot en met 99"),
        ("age", ["-5"], "12 tot en met 99"),
        ("age", ["veertig"], "12 tot en met 99"),
        ("age", ["42.5"], "12 tot en met 99"),
        ("hours_per_week", ["100"], "0 tot en met 80"),
        ("age", [""], "Vul een getal in"),
        ("sector", [], "Kies een antwoord"),
        ("sector", ["universiteit"], "kennen we niet"),
        ("diploma_level", ["<script>"], "kennen we niet"),
        ("needs_income", ["misschien"], "kennen we niet"),
        ("subject", ["zwemmen"], "kennen we niet"),
    ],
)
def test_what_is_no_answer_is_told_kindly_with_what_can_be(
    catalogue: Catalogue, name: str, typed: list[str], word: str
) -> None:
    with pytest.raises(NoAnswer, match=word):
        read_answer(catalogue.facts[name], typed, catalogue)


def test_who_goes_back_keeps_what_they_answered_later() -> None:
    first = Answers(facts={"sector": ["po"]})
    later = first.with_answer("age", 30).with_answer("start", "later")

    again = first.with_later(later).with_answer("sector", ["vo"])

    assert dict(again.facts) == {"sector": ["vo"], "age": 30, "start": "later"}
    assert first.with_later(Answers(facts={"age": 30})) == first, "somebody else's answers are not taken"


def test_later_answers_are_remembered_for_two_hours_and_forgotten_on_request() -> None:
    now = 0.0
    recent = RecentAnswers(clock=lambda: now)
    told, other = Answers(facts={"age": 30}), Answers(facts={"age": 31})
    recent.keep(told)
    recent.keep(other)

    assert recent.latest(told.run) == told
    recent.forget(other.run)
    assert recent.latest(other.run) is None
    now = 3 * 3600.0
    assert recent.latest(told.run) is None
