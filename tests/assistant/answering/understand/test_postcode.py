"""A postcode tells where somebody lives."""

from collections.abc import Callable
from typing import Any

import pytest

from knowledge.catalogue import Catalogue

Told = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "message", ["2512 AB", "2512ab", "postcode 2512", "ik woon op 2512 AB", "mijn postcode is 2512"]
)
def test_a_postcode_of_ours_is_the_municipality(told: Told, message: str) -> None:
    assert told(message)["municipality"] == "den-haag"


@pytest.mark.parametrize(
    "message", ["in 2015 is het begonnen", "ik heb 2512 euro", "6211 AB", "sinds 2000 en nog steeds"]
)
def test_a_year_an_amount_and_a_postcode_elsewhere_are_none(told: Told, message: str) -> None:
    assert "municipality" not in told(message)


def test_no_postcode_lies_in_two_municipalities(catalogue_of_content: Catalogue) -> None:
    municipalities = catalogue_of_content.municipalities.values()

    twice = [digits for digits in range(1000, 10000) if sum(each.has_postcode(digits) for each in municipalities) > 1]

    assert twice == []
    assert all(each.postcodes for each in municipalities)
