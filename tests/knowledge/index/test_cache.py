"""Vectors that were made before."""

from pathlib import Path

import numpy as np

from knowledge.index.cache import VectorCache

VECTOR = np.arange(4, dtype=np.float32)


def test_a_vector_is_found_by_the_same_embedder_and_no_other(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")

    cache.keep("e5", {"a": VECTOR})

    assert np.array_equal(cache.find("e5", ["a", "b"])["a"], VECTOR)
    assert cache.find("other", ["a"]) == {}


def test_more_digests_than_one_query_takes_are_all_found(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")
    cache.keep("e5", {str(number): VECTOR for number in range(1200)})

    assert len(cache.find("e5", [str(number) for number in range(1300)])) == 1200


def test_a_damaged_cache_costs_time_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    path.write_bytes(b"this is no database, but it is long enough to look like one" * 50)
    cache = VectorCache(path)

    assert cache.find("e5", ["a"]) == {}
    cache.keep("e5", {"a": VECTOR})

    assert "a" in cache.find("e5", ["a"])


def test_a_cache_that_cannot_be_written_does_not_stop_the_build(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    cache = VectorCache(tmp_path / "file" / "vectors.sqlite")

    cache.keep("e5", {"a": VECTOR})

    assert cache.find("e5", ["a"]) == {}
