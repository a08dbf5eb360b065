"""
Learns a classifier in a process of its own, so that what learning takes goes when it is done.

scikit-learn and SciPy stay in a process once they are loaded: some 120 MB in a server that never needs them again.
"""

import fcntl
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from assistant.answering.understand.classifier import Classifier, Floats
from assistant.answering.understand.record_classifier import RecordClassifier

_log = logging.getLogger(__name__)
_LONGEST_SECONDS = 600
_NICENESS = 10
"""Visitors go first."""
_LOOKED_UP_SECONDS = 2.0
Learner = type[Classifier] | type[RecordClassifier]
_LEARNERS: dict[str, Learner] = {each.__name__: each for each in (Classifier, RecordClassifier)}


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """
    Wait until nobody else is learning what is kept at a path: then it may be there already.

    Every publication and every server over one data folder wants it at once; together they would take the whole machine.
    """
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def learn_apart(
    learner: Learner, sentences: Sequence[str], labels: Sequence[str], vectors: Floats | None, path: Path
) -> bool:
    """
    Let another process learn a classifier of these sentences and save it.

    :param learner: What is learnt, from sentences, labels and vectors as it has them.
    :param path: Where it is saved; the folder is there.
    :returns: Whether it is there now. If not, the log says why.
    """
    # Several servers over one data folder may begin at once: each hands over its own.
    material = path.with_name(f"{path.stem}.{os.getpid()}.material.npz")
    meant = vectors if vectors is not None else np.zeros((0, 0), dtype=np.float32)
    # The same packages are found there as here, however this process was told of them.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"}
    try:
        np.savez(material, sentences=np.array(sentences), labels=np.array(labels), vectors=meant)
        subprocess.run(  # noqa: S603 - our own interpreter and module, and paths of the data folder
            [sys.executable, "-m", __name__, learner.__name__, str(material), str(path)],
            env=os.environ | environment, check=True, timeout=_LONGEST_SECONDS, capture_output=True, text=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        said = str(getattr(error, "stderr", "") or "").strip().splitlines()[-1:]
        _log.warning("%s could not be learnt in a process of its own: %s %s", path.stem, error, " ".join(said))
        return False
    finally:
        material.unlink(missing_ok=True)
    return path.exists()


def _main(learner: str, material: Path, path: Path) -> None:
    os.nice(_NICENESS)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with np.load(material, allow_pickle=False) as given:
        vectors = given["vectors"]
        learnt = _LEARNERS[learner].learnt(
            given["sentences"].tolist(), given["labels"].tolist(), vectors if len(vectors) else None
        )
    learnt.save(path)


def _end_with(parent: int) -> None:
    """End when the process that asked for it has gone: nobody would read what is learnt."""
    while os.getppid() == parent:
        time.sleep(_LOOKED_UP_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
