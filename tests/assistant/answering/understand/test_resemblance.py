"""What is asked for, learnt from the sentences around a message."""

import numpy as np
import pytest

from assistant.answering.understand.resemblance import Resemblance


def _unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_the_very_sentence_asks_for_its_own_thing() -> None:
    vectors = np.stack([_unit(1, 0, 0), _unit(0, 1, 0), _unit(0, 0, 1)])

    found = Resemblance(vectors, ("cost", "salary", "route")).asked_for(vectors[1], np.ones(3, dtype=np.float32))

    assert max(found, key=found.__getitem__) == "salary"


def test_a_sentence_that_is_hidden_does_not_count() -> None:
    vectors = np.stack([_unit(1, 0), _unit(0, 1)])

    found = Resemblance(vectors, ("cost", "salary")).asked_for(vectors[1], np.array([1, 0], dtype=np.float32))

    assert set(found) == {"cost"}


def test_nothing_around_speaks_for_nothing() -> None:
    assert Resemblance(np.eye(2, dtype=np.float32), ("a", "b")).asked_for(_unit(1, 1), np.zeros(2, np.float32)) == {}


def test_a_thing_with_many_sentences_is_not_likelier_for_that() -> None:
    rare, often = _unit(1, 0.1, 0), _unit(1, -0.1, 0)
    vectors = np.stack([rare, *[often] * 20])

    found = Resemblance(vectors, ("rare", *["often"] * 20)).asked_for(rare, np.ones(21, dtype=np.float32))

    assert found["rare"] > found["often"]
    assert found["rare"] == pytest.approx(1, abs=0.6)
