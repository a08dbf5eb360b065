"""Sums of money as Dutch readers write them, never without period and year."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.money import PER_WORDS, Amount, Subsidy, euros

SUMS = st.decimals(min_value=0, max_value=10_000_000, places=2)


def amount(**given_: Any) -> Amount:
    return Amount.model_validate({"per": "studiejaar", "year": "2026-2027", **given_})


@pytest.mark.parametrize(
    ("value", "words"),
    [("2694", "€ 2.694"), ("41.35", "€ 41,35"), ("324.5", "€ 324,50"), ("0", "€ 0"), ("9000000", "€ 9.000.000")],
)
def test_a_sum_has_dots_between_thousands_and_a_comma_before_cents(value: str, words: str) -> None:
    assert euros(Decimal(value)) == words


@given(value=SUMS)
def test_a_sum_in_words_reads_back_as_the_same_sum(value: Decimal) -> None:
    words = euros(value)

    assert Decimal(words.removeprefix("€ ").replace(".", "").replace(",", ".")) == value


@given(value=SUMS)
def test_cents_are_shown_in_pairs_or_not_at_all(value: Decimal) -> None:
    _, comma, cents = euros(value).partition(",")

    assert bool(comma) == (value % 1 != 0)
    assert len(cents) in (0, 2)


@given(value=st.none() | SUMS, low=st.none() | SUMS, high=st.none() | SUMS)
def test_an_amount_is_a_sum_or_a_range_that_runs_upwards(
    value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> None:
    is_sum = value is not None and low is None and high is None
    is_range = value is None and (low is not None or high is not None)
    runs_up = low is None or high is None or low <= high

    accepted = True
    try:
        amount(value=value, at_least=low, at_most=high)
    except ValidationError:
        accepted = False

    assert accepted == (is_sum or (is_range and runs_up))


@given(low=SUMS, high=SUMS)
def test_a_range_names_both_ends(low: Decimal, high: Decimal) -> None:
    assume(low <= high)

    assert amount(at_least=low, at_most=high).sum_in_words() == f"{euros(low)} tot {euros(high)}"


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"value": 300, "approximate": True}, "ongeveer € 300"),
        ({"at_most": 350}, "hoogstens € 350"),
        ({"at_least": 250}, "minstens € 250"),
        ({"at_most": 13470, "approximate": True}, "ongeveer hoogstens € 13.470"),
    ],
)
def test_what_is_not_exact_says_so(given_: dict[str, Any], words: str) -> None:
    assert amount(**given_).sum_in_words() == words


@pytest.mark.parametrize("per", sorted(PER_WORDS))
def test_an_amount_always_says_for_which_period_and_year(per: str) -> None:
    words = amount(value=2694, per=per, label="wettelijk tarief").in_words()

    assert words == f"wettelijk tarief: € 2.694 {PER_WORDS[per]} (2026-2027)"


@pytest.mark.parametrize(
    "wrong", [{"year": None}, {"year": "ooit"}, {"year": "26"}, {"per": "kwartaal"}, {"value": -1}]
)
def test_an_amount_without_a_proper_year_period_or_sum_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        amount(**{"value": 1, **wrong})


def test_a_year_in_yaml_may_be_a_number() -> None:
    assert amount(value=1, year=2022).year == "2022"


def test_a_subsidy_says_first_whether_it_still_runs() -> None:
    ended = Subsidy.model_validate(
        {
            "id": "stap", "title": "STAP-budget", "summary": "Bestaat niet meer.", "sources": ["nu"],
            "form": "subsidie", "recipient": "jij", "status": "ended",
            "amounts": [{"at_most": 1000, "per": "eenmalig", "year": 2023}],
        }
    )  # fmt: skip

    assert list(ended.details()) == ["Deze regeling is gestopt.", "hoogstens € 1.000 eenmalig (2023)."]


@pytest.mark.parametrize(
    ("given", "dutch", "english"),
    [
        ({"value": "2694"}, "€ 2.694", "€ 2,694"),
        ({"value": "41.35", "approximate": True}, "ongeveer € 41,35", "about € 41.35"),
        ({"at_most": "1303.12"}, "hoogstens € 1.303,12", "at most € 1,303.12"),
        ({"at_least": "100", "at_most": "2000"}, "€ 100 tot € 2.000", "€ 100 to € 2,000"),
    ],
)
def test_a_sum_is_written_as_its_readers_write_it(given: dict[str, object], dutch: str, english: str) -> None:
    amount = Amount.model_validate({**given, "per": "jaar", "year": "2026"})

    assert (amount.sum_in_words(), amount.sum_in_words("en")) == (dutch, english)
