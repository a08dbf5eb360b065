"""
Learns a classifier in a process of its own, so that what learning takes goes when it is done.

scikit-learn and SciPy stay in a process once they are loaded: some 120 MB in a server that never needs them again.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.answering.understand.classifier import Classifier, Floats

_log = logging.getLogger(__name__)
_LONGEST_SECONDS = 600
_NICENESS = 10
"""Visitors go first."""


def learn_apart(sentences: Sequence[str], labels: Sequence[str], vectors: Floats | None, path: Path) -> bool:
    """
    Let another process learn a classifier of these sentences and save it.

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
            [sys.executable, "-m", __name__, str(material), str(path)],
            env=os.environ | environment, check=True, timeout=_LONGEST_SECONDS, capture_output=True, text=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        said = str(getattr(error, "stderr", "") or "").strip().splitlines()[-1:]
        _log.warning("intents could not be learnt in a process of their own: %s %s", error, " ".join(said))
        return False
    finally:
        material.unlink(missing_ok=True)
    return path.exists()


def _main(material: Path, path: Path) -> None:
    os.nice(_NICENESS)
    with np.load(material, allow_pickle=False) as given:
        vectors = given["vectors"]
        learnt = Classifier.learnt(
            given["sentences"].tolist(), given["labels"].tolist(), vectors if len(vectors) else None
        )
    learnt.save(path)


if __name__ == "__main__":
    _main(*map(Path, sys.argv[1:]))
