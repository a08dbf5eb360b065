"""What a text claims is read in one notation, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.claims import claims_in, plain_number


def _keys(text: str) -> set[tuple[str, str, str]]:
    return {claim.key for claim in claims_in(text)}


@pytest.mark.parametrize("written", ["€ 2.694", "€ 2.694,00", "€ 2,694", "€2.694,-", "2.694 euro", "€ 2,694.00"])
def test_an_amount_is_the_same_amount_however_it_is_written(written: str) -> None:
    assert _keys(f"Het kost {written} en meer") == {("amount", "2694", "")}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("€ 2.694 per studiejaar (2026-2027)", "studiejaar 2026-2027"),
        ("€ 2,694 per study year", "studiejaar"),
        ("€ 30 per maand", "maand"),
        ("€ 30 a month", "maand"),
        ("€ 30, eenmalig", "eenmalig"),
        ("€ 30 voor het hele traject", "traject"),
        ("€ 30. Per maand is dat weinig.", ""),
    ],
)
def test_the_period_belongs_to_the_amount(text: str, period: str) -> None:
    assert next(key for key in _keys(text) if key[0] == "amount")[2] == period


def test_both_ends_of_a_range_have_its_unit() -> None:
    assert _keys("2 tot 4 jaar") == {("time", "24", "maand"), ("time", "48", "maand")}
    assert _keys("€ 100 tot € 200 per maand") == {("amount", "100", "maand"), ("amount", "200", "maand")}
    assert _keys("20 tot 30 procent") == {("percent", "20", ""), ("percent", "30", "")}


@pytest.mark.parametrize("text", ["twee jaar", "2 years", "24 maanden", "vierentwintig maanden", "24 months"])
def test_a_time_is_the_same_time_in_years_and_in_months(text: str) -> None:
    assert _keys(text) == {("time", "24", "maand")}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("op 12 maart 2027", {("date", "03-12", ""), ("date", "03", ""), ("year", "2027", "")}),
        ("12-3-2027", {("date", "03-12", ""), ("year", "2027", "")}),
        ("2027-03-12", {("date", "03-12", ""), ("year", "2027", "")}),
        ("in February", {("date", "02", "")}),
        ("on 3 May", {("date", "05-03", ""), ("date", "05", "")}),
        ("You may skip it. May I ask?", set()),
        ("om 19:30", {("clock", "19:30", "")}),
        ("mbo 4 of mbo-3", {("level", "4", "mbo"), ("level", "3", "mbo")}),
        ("60 EC", {("credits", "60", "")}),
        ("65 programma's", {("number", "65", "")}),
        ("tweeënveertig scholen", {("number", "42", "")}),
        ("een school", set()),
        ("bel 070 123 45 67", {("address", "0701234567", "")}),
        ("bel +31 70 123 45 67", {("address", "0701234567", "")}),
        ("Mail Info@Loket.nl.", {("address", "info@loket.nl", "")}),
        ("https://www.loket.nl/pabo/.", {("address", "loket.nl/pabo", "")}),
        ("Dat is zo [1] [12].", set()),
    ],
)
def test_each_claim_has_its_kind(text: str, keys: set[tuple[str, str, str]]) -> None:
    assert _keys(text) == keys


@pytest.mark.parametrize(
    ("written", "value"), [("41,35", "41.35"), ("0,40", "0.4"), ("2.694,50", "2694.5"), ("1.000.000", "1000000"), ("007", "7")]
)  # fmt: skip
def test_a_number_is_written_one_way(written: str, value: str) -> None:
    assert plain_number(written) == value


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(claims_in(text), tuple)
