"""Words of visitors that nothing knows are found, with the names that they may be another name for."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.gaps import Unanswered
from assistant.answering.words import Vocabularies, Vocabulary, knowing, unknown_words
from knowledge.catalogue import Catalogue
from knowledge.index.search import Hit
from knowledge.reader import read_catalogue

ASKED_AT = datetime(2026, 11, 28, tzinfo=UTC)


def asked(*questions: str, dismissed: bool = False) -> list[Unanswered]:
    return [
        Unanswered(str(n), question, "haaglanden", "unanswerable_not_found", ASKED_AT, dismissed)
        for n, question in enumerate(questions)
    ]


@pytest.fixture(scope="module")
def vocabulary(catalogue: Catalogue) -> Vocabulary:
    return Vocabulary(catalogue)


def test_words_that_nothing_knows_come_with_how_many_asked_them_and_their_questions(vocabulary: Vocabulary) -> None:
    questions = asked("wat verdient een lesboer", "hoe word ik lesboer op het vmbo", "wat kost de xyzzypabo")

    found = unknown_words(questions, vocabulary)

    assert [(each.word, each.count) for each in found] == [("lesboer", 2), ("xyzzypabo", 1)]
    assert found[0].questions == ("wat verdient een lesboer", "hoe word ik lesboer op het vmbo")


@pytest.mark.parametrize(
    ("word", "id_"), [("meelupdag", "meeloopdag"), ("kijkduyn", "den-haag"), ("zoetermear", "zoetermeer")]
)
def test_a_misspelt_name_is_near_to_what_it_is_the_name_of(vocabulary: Vocabulary, word: str, id_: str) -> None:
    assert id_ in [each.id for each in vocabulary.near(word)]


def test_ordinary_words_dismissed_questions_and_ignored_words_are_left_out(vocabulary: Vocabulary) -> None:
    assert unknown_words(asked("mag mijn hond mee naar school in Den Haag?"), vocabulary) == []
    assert unknown_words(asked("wat is een lesboer", dismissed=True), vocabulary) == []
    assert unknown_words(asked("wat is een lesboer"), vocabulary, ignored={"lesboer"}) == []


def test_what_goes_by_a_word_is_found_in_names_of_records_and_places(catalogue: Catalogue) -> None:
    found = knowing("kijkduin", catalogue)

    assert [each.id for each in found["municipalities"]] == ["den-haag"]
    assert knowing("  ", catalogue) == {"records": [], "municipalities": []}


def test_what_the_index_finds_for_a_question_is_asked_once_for_a_catalogue(catalogue: Catalogue) -> None:
    asked_for: list[str] = []

    def search() -> list[Hit]:
        asked_for.append("asked")
        return []

    kept = Vocabularies()
    vector = np.ones(2, dtype=np.float32)
    for each in (vector, vector):
        kept.near_records("hoe word ik lesboer", each, catalogue, search)
    assert len(asked_for) == 1
    for _ in range(2):
        kept.near_records("wat kost dat", None, catalogue, search)
    assert len(asked_for) == 3, "without a vector the index may find more later"


@settings(max_examples=60, deadline=None)
@given(question=st.text(max_size=200))
def test_whatever_was_typed_can_be_looked_at(question: str) -> None:
    vocabulary = _KEPT.of(_CATALOGUE)

    for each in unknown_words(asked(question), vocabulary):
        assert each.questions == (question,)
        assert not vocabulary.knows(each.word)


_KEPT, _CATALOGUE = Vocabularies(), read_catalogue()
