"""What is easy to read scores higher than what is hard."""

import json
from pathlib import Path

import pytest

from evaluation.readability import readability_of

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "suites" / "readability_amsterdam_pairs_nl.jsonl"


def test_a_text_is_counted_by_its_words_sentences_and_sounds() -> None:
    read = readability_of("De kat zit op de mat. [1] Hij slaapt.")

    assert read is not None
    assert read.words_per_sentence == 4
    assert read.longest == 6
    assert read.douma == pytest.approx(206.84 - 77 - 0.93 * 4)


def test_long_words_and_long_sentences_are_harder() -> None:
    easy = readability_of("Je mag les geven. Dat kan nu al.")
    hard = readability_of("De onderwijsbevoegdheid veronderstelt een voorafgaande geschiktheidsbeoordeling.")

    assert easy is not None
    assert hard is not None
    assert easy.douma > 90 > 0 > hard.douma


@pytest.mark.parametrize("text", ["", "[1]", "2026 - 12"])
def test_a_text_without_words_has_no_score(text: str) -> None:
    assert readability_of(text) is None


@pytest.mark.skipif(not PAIRS.is_file(), reason="the sentences that Amsterdam rewrote are not on this machine")
def test_what_people_rewrote_to_be_simple_is_told_simpler_more_often_than_not() -> None:
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    documents: dict[str, tuple[list[str], list[str]]] = {}
    wins = losses = 0
    for pair in pairs:
        before, after = documents.setdefault(pair["document"], ([], []))
        before.append(pair["complex"])
        after.append(pair["simple"])
        hard, easy = readability_of(pair["complex"]), readability_of(pair["simple"])
        if hard is not None and easy is not None:
            wins, losses = wins + (easy.douma > hard.douma), losses + (easy.douma < hard.douma)
    read = [(readability_of(" ".join(hard)), readability_of(" ".join(easy))) for hard, easy in documents.values()]
    whole = sum(easy.douma > hard.douma for hard, easy in read if hard is not None and easy is not None)

    assert wins / (wins + losses) > 0.55
    assert whole / len(read) > 0.65
