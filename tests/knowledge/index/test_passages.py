"""Passages of documents, kept beside the records."""

from pathlib import Path
from typing import Any

import pytest

from knowledge.index.engine import IndexProblem
from knowledge.index.passages import StoredPassages


def test_what_was_kept_of_a_source_is_replaced_whole(tmp_path: Path, passage: Any) -> None:
    stored = StoredPassages(tmp_path / "passages")
    stored.replace("plan", [passage(0, "Oud", "Wat er eerst stond."), passage(1, "Oud", "Nog iets.")])

    stored.replace("plan", [passage(0, "Nieuw", "Wat er nu staat.")])

    assert [each.title for each in stored] == ["Nieuw"]
    assert stored.sources() == ["plan"]


def test_a_passage_comes_back_as_it_was(tmp_path: Path, passage: Any) -> None:
    stored = StoredPassages(tmp_path)
    kept = passage(3, "Één", "Regel één.\nRegel twee: € 5", page=4, regions=("haaglanden",), sectors=("po",))

    stored.replace("plan", [kept])

    assert stored.of("plan") == [kept]


def test_a_source_without_passages_is_gone(tmp_path: Path, passage: Any) -> None:
    stored = StoredPassages(tmp_path)
    stored.replace("plan", [passage(0, "Iets", "Iets.")])

    stored.replace("plan", [])

    assert list(stored) == []


def test_a_broken_line_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "plan.jsonl").write_text('{"id": "half')

    with pytest.raises(IndexProblem, match=r"plan\.jsonl:1 is no passage; ingest source plan again"):
        list(StoredPassages(tmp_path))
