"""Learning in a process of its own leaves what learning in this one would."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.understand.classifier import Classifier
from assistant.answering.understand.learning import learn_apart

SENTENCES = ["wat kost dat", "wat verdien ik", "wie belt mij", "hoe duur is dat"]
LABELS = ["cost", "salary", "handover", "cost"]


@pytest.mark.parametrize("width", [0, 8])
def test_what_another_process_learns_is_what_this_one_would_have(tmp_path: Path, width: int) -> None:
    drawn = np.random.default_rng(7).random((len(SENTENCES), width), dtype=np.float32)
    vectors = drawn if width else None
    here = Classifier.learnt(SENTENCES, LABELS, vectors)

    assert learn_apart(SENTENCES, LABELS, vectors, tmp_path / "intents.npz")

    there = Classifier.load(tmp_path / "intents.npz")
    vector = vectors[0] if vectors is not None else None
    assert there.evidence("wat kost het", vector) == pytest.approx(here.evidence("wat kost het", vector), rel=1e-3)
    assert [each.name for each in tmp_path.iterdir()] == ["intents.npz"]


def test_a_process_that_fails_is_told_of_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")

    assert not learn_apart(SENTENCES, LABELS, None, tmp_path / "intents.npz")

    assert "could not be learnt in a process of their own" in caplog.text
    assert not list(tmp_path.iterdir())


def test_a_server_that_learnt_apart_never_loads_what_learns(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.answering.understand.learnt import LearntIntents\n"
        "from assistant.answering.understand.phrasings import Meaning\n"
        f"pairs = [(text, Meaning(label)) for text, label in zip({SENTENCES!r}, {LABELS!r})]\n"
        f"model = LearntIntents(pairs); model.learn(None, Path({str(tmp_path)!r}))\n"
        "print(model.is_ready, 'sklearn' in sys.modules, 'scipy' in sys.modules)\n"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["True", "False", "False"]
