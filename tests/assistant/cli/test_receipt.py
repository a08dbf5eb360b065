"""`loket receipt`: the same advice is 0, another or none is 1, no number at all is 2."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import Result

from assistant.eligibility.profile import parse_facts
from assistant.eligibility.verdict import Eligibility
from assistant.storage.receipts import ReceiptStore
from assistant.storage.session import open_store
from assistant.storage.tables import ReceiptRow
from assistant.zelftest.receipt import receipt_of
from knowledge.archive import CatalogueArchive
from knowledge.catalogue import Catalogue
from knowledge.reader import publish

Loket = Callable[..., Result]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TOLD = {"sector": ["po"], "role": "leraar", "diploma_level": "havo", "age": None}


@pytest.fixture
def number(var: Path, catalogue: Catalogue) -> str:
    """An advice on a catalogue in which the pabo asked for less than it does now."""
    rules = tuple(rule for rule in catalogue.rules if rule.id != "pabo-voltijd-vooropleiding")
    then = publish(replace(catalogue.content, rules=rules))
    CatalogueArchive(var / "catalogues").keep(then, NOW)
    receipt = receipt_of(Eligibility(then, NOW.date()), parse_facts(TOLD, then.facts), "haaglanden")
    with open_store(f"sqlite:///{var / 'people.sqlite'}").begin() as session:
        return ReceiptStore(session, clock=lambda: NOW).keep(receipt)


def test_an_advice_that_comes_out_the_same_is_0_and_says_what_changed_since(loket: Loket, number: str) -> None:
    told = loket("receipt", number.lower())

    assert told.exit_code == 0, told.output
    for words in (number, "diploma_level: havo", "age: does not know", "Replayed: the same advice."):
        assert words in told.output
    assert "new: pabo-voltijd-vooropleiding" in told.output


def test_a_program_reads_it_as_json(loket: Loket, number: str) -> None:
    told = loket("receipt", number, "--json")

    data = json.loads(told.stdout)
    assert (told.exit_code, data["replay"]["state"], data["is_intact"]) == (0, "same", True)
    assert data["receipt"]["facts"] == {"diploma_level": "havo", "role": "leraar", "sector": ["po"]}
    assert any(rule["what"] == "new" for route in data["since"]["routes"] for rule in route["rules"])


def test_a_retired_catalogue_is_said_and_the_verdicts_shown_and_compared(loket: Loket, number: str, var: Path) -> None:
    for file in (var / "catalogues").iterdir():
        file.unlink()

    told = loket("receipt", number)

    assert told.exit_code == 1
    assert "no longer kept" in told.output
    assert "pabo-voltijd" in told.output
    assert "Since then" in told.output


def test_a_row_that_was_tampered_with_is_1(loket: Loket, number: str, var: Path) -> None:
    with open_store(f"sqlite:///{var / 'people.sqlite'}").begin() as session:
        content = ReceiptStore(session).get(number).receipt.as_json()
        session.execute(update(ReceiptRow).values(content=content | {"facts": {"sector": ["vo"]}}))

    told = loket("receipt", number)

    assert told.exit_code == 1
    assert "does not match" in told.output
    assert "NOT the same advice" in told.output


def test_a_number_that_is_not_there_is_1(loket: Loket, var: Path) -> None:
    told = loket("receipt", "7K3M-9QXA-2FVV")

    assert var.exists()
    assert told.exit_code == 1
    assert "does not exist" in told.stderr


@pytest.mark.parametrize("typed", ["7K3M-9QXA-2FVW", "123", "", "[red]"])
def test_what_is_no_number_at_all_is_2(loket: Loket, typed: str) -> None:
    told = loket("receipt", typed)

    assert told.exit_code == 2
    assert "no number of a receipt" in told.stderr
