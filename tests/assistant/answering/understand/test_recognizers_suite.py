"""Numbers and yes or no against the Dutch examples of Microsoft's Recognizers-Text, as far as a visitor types such things."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.understand.given import is_yes
from assistant.answering.understand.numbers import quantities
from assistant.answering.understand.text import Text

_ROWS = Path(__file__).parents[4].parent / "shared" / "data" / "suites" / "entities_recognizers_nl.jsonl"
_LEFT = {
    "AgeModel": 0,
    "BooleanModel": 0,
    "NumberModel": 1,  # `twintig vijfde`: nobody tells an age in fifths
}
"""How many rows are left on purpose."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    if not _ROWS.exists():
        pytest.skip(f"the examples of Recognizers-Text are not at {_ROWS}")
    return [json.loads(line) for line in _ROWS.read_text(encoding="utf-8").splitlines()]


def test_ages_are_read_with_their_unit(rows: list[dict[str, Any]]) -> None:
    lost = []
    for row in (row for row in rows if row["model"] == "AgeModel"):
        read = {(each.value, each.unit) for each in quantities(Text(row["input"]))}
        told = {(float(each["resolution"]["value"]), each["resolution"]["unit"].lower()) for each in row["results"]}
        if not told <= read:
            lost.append((row["input"], read))

    assert len(lost) <= _LEFT["AgeModel"], lost


def test_yes_is_yes(rows: list[dict[str, Any]]) -> None:
    asked = [row for row in rows if row["model"] == "BooleanModel"]

    lost = [row["input"] for row in asked if row["results"][0]["resolution"]["value"] and not is_yes(row["input"])]

    assert len(lost) <= _LEFT["BooleanModel"], lost


def test_whole_numbers_up_to_ninety_nine_are_read(rows: list[dict[str, Any]]) -> None:
    lost = []
    for row in (row for row in rows if row["model"] == "NumberModel"):
        values = [each["resolution"]["value"] for each in row["results"]]
        if len(values) == 1 and values[0].isdecimal() and int(values[0]) <= 99 and "dozijn" not in row["input"]:
            read = [each.value for each in quantities(Text(row["input"]))]
            if float(values[0]) not in read:
                lost.append((row["input"], values[0], read))

    assert len(lost) <= _LEFT["NumberModel"], lost
