"""The words of a generation."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.dutch import stem
from knowledge.index.vocabulary import Vocabulary, dimension_of

TEXTS = (
    "Met een zij-instroomtraject of zij-instroom sta je voor de klas.",
    "De deeltijdopleiding tot leraar, een opleiding in deeltijd.",
    "Voor het mbo haal je een pedagogisch-didactisch getuigschrift.",
)
VOCABULARY = Vocabulary.of(TEXTS, [("Pedagogisch-didactisch getuigschrift", "PDG")])


@pytest.mark.parametrize("asked", ["zij-instroom", "zijinstroom", "zij instroom", "Zij-Instroom", "zij‑instroom"])
def test_however_zij_instroom_is_written_it_is_the_same_word(asked: str) -> None:
    assert VOCABULARY.query_weights(asked)[stem("zijinstroom")] == 1.0


def test_a_compound_is_found_by_its_parts_for_less() -> None:
    weights = VOCABULARY.query_weights("deeltijdopleiding")

    assert 0 < weights[stem("opleiding")] < weights[stem("deeltijdopleiding")]


def test_an_abbreviation_of_the_glossary_stands_for_its_name_and_the_other_way_round() -> None:
    assert stem("getuigschrift") in VOCABULARY.query_weights("Wat is een PDG?")
    assert "pdg" in VOCABULARY.query_weights("Wat is een pedagogisch-didactisch getuigschrift?")


def test_question_words_do_not_count() -> None:
    assert VOCABULARY.query_weights("Hoe kan ik dat doen, en wat is het?") == {}


def test_a_word_that_no_passage_holds_is_rarer_than_any_that_one_holds() -> None:
    assert VOCABULARY.rarity("piloot") > VOCABULARY.rarity(stem("getuigschrift"))


def test_a_word_said_more_often_weighs_more_but_never_more_than_its_ceiling() -> None:
    once, often = (VOCABULARY.document_weights("pabo " * times)["pabo"] for times in (1, 50))

    assert once < often < 2.2


def test_a_vocabulary_is_the_same_after_it_has_been_written_and_read() -> None:
    read = Vocabulary.from_dict(json.loads(json.dumps(VOCABULARY.to_dict())))

    assert read == VOCABULARY
    assert read.query_weights("pdg in deeltijd") == VOCABULARY.query_weights("pdg in deeltijd")


@given(st.text(max_size=300))
def test_any_question_gives_weights_between_nothing_and_one(question: str) -> None:
    weights = VOCABULARY.query_weights(question)

    assert all(0 < weight <= 1 for weight in weights.values())
    assert all(0 <= dimension_of(token) < 2**32 for token in weights)
