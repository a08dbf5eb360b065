"""Numbers as Dutch people write them."""

import pytest

from assistant.answering.understand.numbers import number_of, number_words


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("42", 42),
        ("tweeenveertig", 42),
        ("twaalf", 12),
        ("negenennegentig", 99),
        ("achtenzestig", 68),
        ("forty", 40),
        ("999999", 999_999),
    ],
)
def test_a_number_in_digits_or_words_is_that_number(word: str, number: int) -> None:
    assert number_of(word) == number


@pytest.mark.parametrize("word", ["", "1234567", "4x", "honderdduizend", "delft", "²"])
def test_what_is_no_number_of_six_digits_is_none(word: str) -> None:
    assert number_of(word) is None


def test_every_number_up_to_ninety_nine_has_a_dutch_word() -> None:
    assert set(range(1, 100)) <= set(number_words().values())
