"""Which record a sentence asks for: by what it means and by how it is spelt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.understand.record_classifier import RecordClassifier

SENTENCES = [
    "wat kost een geschiktheidsonderzoek", "prijs van het geschiktheidsonderzoek", "hoe duur is het onderzoek",
    "wat verdient een zij-instromer", "loon als zij-instromer", "salaris zij-instromer",
    "welke school heeft vacatures", "waar zoeken scholen mensen", "vacatures bij scholen",
]  # fmt: skip
LABELS = [*["kosten"] * 3, *["salaris"] * 3, *["vacatures"] * 3]
NOWHERE = np.zeros(4, dtype=np.float32)
"""A meaning that tells nothing: what is told apart is told apart by its letters."""


@pytest.fixture(scope="module")
def by_letters() -> RecordClassifier:
    return RecordClassifier.learnt(SENTENCES, LABELS, np.tile(NOWHERE, (len(SENTENCES), 1)))


def likeliest(classifier: RecordClassifier, text: str, vector: np.ndarray = NOWHERE) -> str:  # type: ignore[type-arg]
    found = classifier.evidence(text, vector)
    return max(found, key=found.__getitem__)


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [("geschiktheitsondersoek", "kosten"), ("zijinstromr", "salaris"), ("vakatures", "vacatures")],
)
def test_a_word_that_is_mistyped_keeps_most_of_its_letters(
    by_letters: RecordClassifier, mistyped: str, meant: str
) -> None:
    assert likeliest(by_letters, mistyped) == meant


def test_of_what_is_spelt_alike_the_meaning_tells_which() -> None:
    meanings = np.eye(3, dtype=np.float32)
    classifier = RecordClassifier.learnt(
        ["wat is dat", "is dat wat", "dat is wat"] * 3, LABELS, meanings.repeat(3, axis=0)
    )

    assert [likeliest(classifier, "wat is dat", each) for each in meanings] == ["kosten", "salaris", "vacatures"]


def test_without_meaning_nothing_is_learnt() -> None:
    with pytest.raises(ValueError, match="vectors"):
        RecordClassifier.learnt(SENTENCES, LABELS, None)


@settings(max_examples=100)
@given(text=st.text(max_size=200))
def test_whatever_is_typed_there_is_evidence_for_each(by_letters: RecordClassifier, text: str) -> None:
    found = by_letters.evidence(text, NOWHERE)

    assert set(found) == set(LABELS)
    assert all(np.isfinite(each) for each in found.values())
