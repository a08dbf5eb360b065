"""Search over many passages: `python -m evaluation.ingestion.search --passages 100000` builds an index and asks it."""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from haystack.dataclasses import SparseEmbedding

from knowledge.index.cache import VectorCache
from knowledge.index.dense import embedder_of
from knowledge.index.edge import EdgeEngine
from knowledge.index.engine import Scope
from knowledge.index.generation import Generations, Material
from knowledge.index.search import Search
from knowledge.passage import Passage
from knowledge.reader import publish, read_content

ON = date(2026, 11, 28)
_BASES = 600
_SPREAD = 0.035
"""Of the noise on each number of a vector: neighbours of one text are then as near as those of real collections."""
_TOGETHER = 5_000


def made(count: int, seed: int) -> tuple[list[Passage], np.ndarray]:
    """
    Passages with the words of our own, shuffled, and vectors near those of our own texts.

    To embed so many for real takes half an hour, and what is measured here is the search, not the embedder.
    """
    random = np.random.default_rng(seed)
    own = list(publish(read_content()).passages())[:_BASES]
    embedder = embedder_of("e5")
    assert embedder is not None
    bases = np.concatenate(
        [embedder.model.passages([each.text for each in own[at : at + 8]]) for at in range(0, len(own), 8)]
    )
    sentences = [sentence for each in own for sentence in each.text.split(". ") if len(sentence) > 30]
    which = random.integers(0, len(own), count)
    vectors = bases[which] + random.normal(0, _SPREAD, (count, bases.shape[1]))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    passages = []
    for number, base in enumerate(which):
        told = ". ".join(sentences[at] for at in random.integers(0, len(sentences), 4))
        passages.append(
            Passage(
                id=f"proef#{number}",
                source_id="proef",
                kind="document",
                title=own[base].title,
                text=f"{told} ({number}).",
                publisher="Proef",
                as_of="2026",
            )
        )
    return passages, vectors


def questions(count: int) -> list[str]:
    """What people ask, from the phrasings that are delivered."""
    asked = [ask for phrasing in read_content().phrasings for ask in phrasing.asks]
    return asked[:: max(1, len(asked) // count)][:count]


def ask(folder: Path, generation: str, asked: Sequence[str], told: Connection) -> None:
    """Ask an index in a process of its own, so that its memory is that of a server which only searches."""
    embedder = embedder_of("e5")
    search = Search(EdgeEngine(folder).open(generation), embedder)
    vectors = [search.embed(each) for each in asked]
    times = []
    for question, vector in zip(asked, vectors, strict=True):
        began = time.perf_counter()
        search.search(question, on=ON, limit=8, vector=vector)
        times.append(time.perf_counter() - began)
    shard = EdgeEngine(folder).open(generation)
    scope = Scope(kinds=(), region=None, sectors=(), on=ON)
    near = [
        [str(each.meta["id"]) for each in shard.retrieve(vector.tolist(), SparseEmbedding([], []), scope, 10)]
        for vector in vectors
        if vector is not None
    ]
    told.send((times, near, _most_memory(), np.stack(vectors)))  # type: ignore[arg-type]


def _most_memory() -> float:
    """The most MB that this process had; `getrusage` would count its parent's from before it began."""
    status = Path("/proc/self/status").read_text()
    return float(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Print how long a search takes, how much it finds of what exact search finds, and the memory of the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    given = parser.parse_args()
    passages, vectors = made(given.passages, seed=7)
    embedder = embedder_of("e5")
    assert embedder is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = VectorCache(folder / "vectors.sqlite")
        for at in range(0, len(passages), _TOGETHER):
            batch = passages[at : at + _TOGETHER]
            cache.keep(embedder.fingerprint, {each.digest(): vectors[at + n] for n, each in enumerate(batch)})
        began = time.perf_counter()
        manifest = Generations(EdgeEngine(folder / "index"), embedder, cache).build(
            Material("proef", tuple(passages), ())
        )
        building = time.perf_counter() - began
        here, there = multiprocessing.Pipe()
        asking = multiprocessing.get_context("spawn").Process(
            target=ask, args=(folder / "index", manifest.id, questions(given.questions), there)
        )
        asking.start()
        times, near, peak, asked = here.recv()
        asking.join()
    exact = np.argsort(-(asked @ vectors.T), axis=1)[:, :10]
    recall = np.mean(
        [len({f"proef#{each}" for each in row} & set(found)) / 10 for row, found in zip(exact, near, strict=True)]
    )
    p50, p95 = np.percentile(np.array(times) * 1000, [50, 95])
    print(  # noqa: T201
        f"{len(passages)} passages, built in {building:.0f} s; hybrid search after embedding p50 {p50:.1f} ms, p95 {p95:.1f} ms; "
        f"recall@10 of the index against exact search {recall:.3f}; memory of the process that asks {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
