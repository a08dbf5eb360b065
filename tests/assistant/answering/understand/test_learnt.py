"""Intents as thousands of sentences of others tell them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.understand.classifier import Classifier
from assistant.answering.understand.intents import INTENTS
from assistant.answering.understand.learnt import LearntIntents
from assistant.answering.understand.phrasings import Meaning, PhrasingIndex, best_of, shares
from assistant.answering.understand.spelling import SpeltAlike
from assistant.answering.understand.text import Text

SENTENCES = (
    ("wat kost de opleiding", Meaning("cost", "collegegeld", "amount")),
    ("hoe duur is de opleiding", Meaning("cost", "collegegeld", "amount")),
    ("wat verdient een leraar", Meaning("salary", "salaris")),
    ("hoeveel verdien je als leraar", Meaning("salary", "salaris")),
    ("ik wil een mens spreken", Meaning("handover")),
    ("kan ik iemand bellen", Meaning("handover")),
)


@pytest.fixture(scope="module")
def learnt() -> LearntIntents:
    """Learnt from the sentences above, by words alone."""
    model = LearntIntents(SENTENCES)
    model.learn(None)
    return model


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("hoe duur is dat", "cost"),
        ("verdien je goed als leraar", "salary"),
        ("ik wil graag iemand spreken", "handover"),
    ],
)
def test_a_new_sentence_is_taken_for_what_those_like_it_ask(learnt: LearntIntents, message: str, intent: str) -> None:
    assert learnt.guess(Text(message), None, {}).intent == intent


def test_the_nearest_sentence_says_which_record_is_asked_for(learnt: LearntIntents) -> None:
    [nearest, *_] = learnt.guess(Text("hoeveel verdient een leraar"), None, {}).meant

    assert nearest.meaning.record == "salaris"


def test_meaning_counts_once_sentences_have_vectors() -> None:
    model = LearntIntents(SENTENCES)
    vectors = np.repeat(np.eye(3, dtype=np.float32), 2, axis=0)
    before = model.guess(Text("duiten"), vectors[4], {}).intent

    model.learn(lambda sentences: vectors[: len(sentences)])

    assert before != "handover"
    assert model.guess(Text("duiten"), vectors[4], {}).intent == "handover"


@settings(max_examples=200)
@given(message=st.text(max_size=300))
def test_guessing_never_fails_and_shares_are_probabilities(learnt: LearntIntents, message: str) -> None:
    guess = learnt.guess(Text(message), None, {})

    assert guess.intent in INTENTS
    assert 0 < guess.confidence <= 1
    assert sum(share for _, share in guess.ranking) <= 1 + 1e-6


def test_what_was_learnt_is_read_back_as_it_was(tmp_path: Path) -> None:
    sentences, labels = ["wat kost dat", "wat verdien ik", "wie belt mij"], ["cost", "salary", "handover"]
    made = Classifier.learnt(sentences, labels, None)

    made.save(tmp_path / "intents.npz")
    kept = Classifier.load(tmp_path / "intents.npz")

    assert kept.evidence("wat kost het", None) == pytest.approx(made.evidence("wat kost het", None))


def test_a_file_that_is_damaged_is_learnt_anew(tmp_path: Path) -> None:
    model = LearntIntents(SENTENCES)
    model.learn(None, tmp_path)
    [kept] = tmp_path.glob("intents-*.npz")
    kept.write_bytes(b"no weights")

    again = LearntIntents(SENTENCES)
    again.learn(None, tmp_path)

    assert again.guess(Text("hoe duur is dat"), None, {}).intent == "cost"


def test_a_slip_of_the_finger_leaves_what_is_meant_the_nearest() -> None:
    spelt = SpeltAlike([sentence for sentence, _ in SENTENCES])

    nearest = int(np.argmax(spelt.scores("wat verdiend een leeraar")))

    assert SENTENCES[nearest][1].record == "salaris"


@given(st.text(max_size=80))
def test_likeness_lies_between_nothing_and_the_same(text: str) -> None:
    scores = SpeltAlike(["wat kost dat", text or "x"]).scores(text)

    assert float(scores.min()) >= 0
    assert float(scores.max()) <= 1 + 1e-5


def test_an_index_of_nothing_has_nothing_near() -> None:
    assert PhrasingIndex([]).meant(PhrasingIndex([]).likeness("wat", None)) == ()


def test_a_second_sentence_makes_a_meaning_nearer() -> None:
    found = best_of(["a", "b", "a"], [0.8, 0.8, 0.7])

    assert found["a"][0] > found["b"][0]


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(-5, 5), min_size=1), st.floats(0.05, 2))
def test_shares_are_of_one_whole(scores: dict[str, float], temperature: float) -> None:
    found = shares(scores, temperature)

    assert all(0 <= share <= 1 for share in found.values())
    assert sum(found.values()) <= 1 + 1e-9
