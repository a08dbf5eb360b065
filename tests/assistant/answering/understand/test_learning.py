"""Learning in a process of its own leaves what learning in this one would."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.understand import learnt
from assistant.answering.understand.classifier import Classifier
from assistant.answering.understand.learning import Learner, learn_apart
from assistant.answering.understand.learnt import LearntIntents
from assistant.answering.understand.phrasings import Meaning
from assistant.answering.understand.record_classifier import RecordClassifier
from tests.waiting import until

SENTENCES = ["wat kost dat", "wat verdien ik", "wie belt mij", "hoe duur is dat"]
LABELS = ["cost", "salary", "handover", "cost"]


@pytest.mark.parametrize("width", [0, 8])
def test_what_another_process_learns_is_what_this_one_would_have(tmp_path: Path, width: int) -> None:
    drawn = np.random.default_rng(7).random((len(SENTENCES), width), dtype=np.float32)
    vectors = drawn if width else None
    here = Classifier.learnt(SENTENCES, LABELS, vectors)

    assert learn_apart(Classifier, SENTENCES, LABELS, vectors, tmp_path / "intents.npz")

    there = Classifier.load(tmp_path / "intents.npz")
    vector = vectors[0] if vectors is not None else None
    assert there.evidence("wat kost het", vector) == pytest.approx(here.evidence("wat kost het", vector), rel=1e-3)
    assert [each.name for each in tmp_path.iterdir()] == ["intents.npz"]


def test_records_are_learnt_apart_as_here_to_the_exactness_that_is_kept(tmp_path: Path) -> None:
    vectors = np.random.default_rng(7).random((len(SENTENCES), 8), dtype=np.float32)
    here = RecordClassifier.learnt(SENTENCES, LABELS, vectors)

    assert learn_apart(RecordClassifier, SENTENCES, LABELS, vectors, tmp_path / "records.npz")

    there = RecordClassifier.load(tmp_path / "records.npz")
    assert there.evidence("wat kost het", vectors[0]) == pytest.approx(
        here.evidence("wat kost het", vectors[0]), rel=1e-3
    )
    assert [each.name for each in tmp_path.iterdir()] == ["records.npz"]


def test_a_process_that_fails_is_told_of_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")

    assert not learn_apart(Classifier, SENTENCES, LABELS, None, tmp_path / "intents.npz")

    assert "intents could not be learnt in a process of its own" in caplog.text
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


def test_who_wants_the_same_at_once_waits_for_the_one_that_learns_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[Path] = []

    def counted(learner: Learner, sentences: list[str], labels: list[str], vectors: None, path: Path) -> bool:
        began.append(path)
        return learn_apart(learner, sentences, labels, vectors, path)

    monkeypatch.setattr(learnt, "learn_apart", counted)
    models = [LearntIntents(zip(SENTENCES, map(Meaning, LABELS), strict=True)) for _ in range(3)]

    with ThreadPoolExecutor(len(models)) as together:
        list(together.map(lambda model: model.learn(None, tmp_path), models))

    assert all(model.is_ready for model in models)
    assert len(began) == 1


def test_learning_ends_when_who_asked_for_it_has_gone() -> None:
    child = "import os, assistant.answering.understand.learning as l; print(os.getpid(), flush=True); l._end_with(os.getppid())"
    parent = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {child!r}], stdout=subprocess.PIPE, text=True).stdout.readline())"

    said = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True)

    until(lambda: not _runs(int(said.stdout)), "the end of what learns")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2] != "Z"
