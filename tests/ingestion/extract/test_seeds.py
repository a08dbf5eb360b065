"""The plans and reports of the regions: every figure that people copied from them by hand is found again."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingestion.convert import text_of
from ingestion.extract.finding import AmountFound, DateFound, DurationFound, FigureFound, Finding, StudyLoadFound
from ingestion.extract.reading import ConvertedPage, read_page
from ingestion.extract.vocabulary import Vocabulary

SHARED = Path(__file__).parents[3].parent / "shared"
READ_ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    path = SHARED / "facts" / "labour-market.yaml"
    if not path.exists():
        pytest.skip(f"the list of figures is not here: {path}")
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["records"])


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Finding, ...]]:
    texts = sorted((SHARED / "seeds").glob("*.txt"))
    if not texts:
        pytest.skip(f"the plans and reports are not here: {SHARED / 'seeds'}")
    read = {}
    for path in texts:
        title, content = text_of(path.read_bytes(), ".txt")
        read[path.name] = read_page(ConvertedPage(content, READ_ON, title), Vocabulary({}, {})).findings
    return read


def is_found(record: dict[str, Any], findings: tuple[Finding, ...]) -> bool:
    """Whether the value stands in a finding of the same unit."""
    wanted, unit = abs(Decimal(str(record["value"]))), str(record["unit"])
    return any(_tells(each, wanted, unit) for each in findings)


def _tells(finding: Finding, wanted: Decimal, unit: str) -> bool:
    value = finding.value
    if isinstance(value, DateFound):
        return unit == "year" and value.starts_on.year == wanted
    if not isinstance(value, AmountFound | FigureFound | DurationFound | StudyLoadFound):
        return False
    told = {abs(each) for name in ("value", "at_least", "at_most") if (each := getattr(value, name, None)) is not None}
    if wanted not in told:
        return False
    if unit.startswith("EUR"):
        return isinstance(value, AmountFound)
    if unit in {"fte", "percent", "percentage points"}:
        return isinstance(value, FigureFound) and value.unit.startswith("fte" if unit == "fte" else "procent")
    return True


def _is_shortage_or_amount(record: dict[str, Any]) -> bool:
    words = f"{record['id']} {record['measure']}"
    return record["kind"] == "amount" or any(each in words for each in ("shortage", "vacanc", "tekort"))


def test_every_shortage_figure_and_every_amount_is_found(
    records: list[dict[str, Any]], found: dict[str, tuple[Finding, ...]]
) -> None:
    asked = [each for each in records if _is_shortage_or_amount(each)]

    missed = [each["id"] for each in asked if not is_found(each, found[each["source"]])]

    assert len(asked) >= 25
    assert missed == []


def test_at_least_95_of_100_of_all_figures_are_found(
    records: list[dict[str, Any]], found: dict[str, tuple[Finding, ...]]
) -> None:
    missed = [each["id"] for each in records if not is_found(each, found[each["source"]])]

    assert 1 - len(missed) / len(records) >= 0.95, missed
