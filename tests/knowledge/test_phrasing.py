"""Phrasings: sentences of visitors, each with one meaning."""

import shutil
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from knowledge.phrasing import Phrasing
from knowledge.reader import CONTENT, ContentReader


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("phrasings")))


def problems(content: Path, *entries: dict[str, object]) -> list[str]:
    (content / "phrasings").mkdir()
    (content / "phrasings" / "a.yaml").write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    reader = ContentReader(content)
    reader.read()
    reader.check()
    return [str(problem) for problem in reader.problems]


def test_a_sentence_that_asks_two_different_things_is_named_with_where_it_stands_first(content: Path) -> None:
    found = problems(
        content,
        {"answers": "pabo-deeltijd", "intent": "route_info", "asks": ["Hoe zit het met de deeltijd pabo?"]},
        {"answers": "pabo-voltijd", "intent": "route_info", "asks": ["hoe zit het met de deeltijd pabo"]},
    )

    assert len(found) == 1
    assert "already asks something else at phrasings/a.yaml" in found[0]


def test_the_same_sentence_twice_with_one_meaning_is_no_problem(content: Path) -> None:
    same = {"answers": "pabo-deeltijd", "intent": "route_info", "aspect": "duration"}

    assert problems(content, same | {"asks": ["hoe lang"]}, same | {"asks": ["hoe lang nou", "hoe lang"]}) == []


def test_a_phrasing_for_a_record_that_is_not_there_is_a_problem(content: Path) -> None:
    [found] = problems(content, {"answers": "pabo-op-de-maan", "intent": "cost", "asks": ["wat kost dat"]})

    assert "pabo-op-de-maan" in found


def test_an_intent_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        Phrasing.model_validate({"intent": "gossip", "asks": ["heb je het al gehoord"]})
