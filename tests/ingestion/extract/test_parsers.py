"""Dutch notations of numbers, days, hours, money, durations and loads, by example and for whatever comes."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.extract.amounts import amounts
from ingestion.extract.contacts import normal_phone, normal_postcode
from ingestion.extract.dates import MONTHS, dates, days, hours, parse_day, years_of
from ingestion.extract.durations import durations
from ingestion.extract.figures import figures
from ingestion.extract.finding import Finding
from ingestion.extract.numbers import parse_decimal, quantities
from ingestion.extract.text import page_text
from knowledge.money import euros
from knowledge.numeral import number_of_word, to_ninety_nine

TODAY = date(2026, 10, 5)
FULL_MONTHS = [name for name in MONTHS if len(name) > 4 or name in {"mei", "juni", "juli"}][:12]


def values(found: Iterable[Finding]) -> list[Any]:
    return [each.value for each in found]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("€ 2.601,-", 2601, 2601),
        ("25 duizend euro", 25000, 25000),
        ("€ 25k", 25000, 25000),
        ("1,2 miljoen euro", 1200000, 1200000),
        ("€ 2,5 mln", 2500000, 2500000),
        ("€1.850.000,--", 1850000, 1850000),
        ("€ 41,35", "41.35", "41.35"),
        ("€ 500 à € 800", 500, 800),
        ("van € 3.622 tot € 5.520", 3622, 5520),
        ("tussen de € 100 en € 200", 100, 200),
        ("maximaal € 700", None, 700),
        ("minimaal 8900 euro", 8900, None),
        ("EUR 1.250", 1250, 1250),
        ("€ 2,694", 2694, 2694),
        ("tweehonderd euro", 200, 200),
    ],
)
def test_sums_are_read_as_the_dutch_write_them(words: str, low: Any, high: Any) -> None:
    [found] = values(amounts(page_text(f"Dat kost {words}."), TODAY))

    told = (found.value, found.value) if found.value is not None else (found.at_least, found.at_most)
    assert told == tuple(None if each is None else Decimal(str(each)) for each in (low, high))


@pytest.mark.parametrize(
    ("sentence", "per", "year"),
    [
        ("Het collegegeld is € 2.694 per jaar (2026-2027).", "jaar", "2026-2027"),
        ("Je krijgt € 180 p.m. tijdens je stage.", "maand", None),
        ("De subsidie van € 25.000 per zij-instromer geldt in 2026.", "kandidaat", "2026"),
        ("Een coach kost € 95 per uur.", "uur", None),
        ("Reiskosten: eenmalig € 300.", "eenmalig", None),
        ("De vergoeding is € 600 voor aanvragen vóór 1 maart 2027.", None, None),
        ("In studiejaar 2025/26 was het cursusgeld € 2.601.", None, "2025-2026"),
    ],
)
def test_a_sum_says_per_what_and_of_which_year_it_is(sentence: str, per: str | None, year: str | None) -> None:
    [found] = values(amounts(page_text(sentence), TODAY))

    assert (found.per, found.year) == (per, year)


@given(st.decimals(min_value=0, max_value=9_999_999, places=2))
def test_a_sum_that_we_write_ourselves_is_read_back(value: Decimal) -> None:
    [found] = values(amounts(page_text(f"De bijdrage is {euros(value)} per jaar."), TODAY))

    assert found.value == value


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("dinsdag 3 november 2026", "2026-11-03", None),
        ("vanaf 1 augustus a.s.", "2027-08-01", None),
        ("3 nov. 2026", "2026-11-03", None),
        ("1 t/m 31 januari 2027", "2027-01-01", "2027-01-31"),
        ("van 1 april 2026 tot en met 15 oktober 2026", "2026-04-01", "2026-10-15"),
        ("1 oktober t/m 15 januari", "2026-10-01", "2027-01-15"),
        ("24-08-2027", "2027-08-24", None),
        ("2027-08-24", "2027-08-24", None),
        ("1/2/2027", "2027-02-01", None),
        ("1 januari '25", "2025-01-01", None),
        ("half januari 2027", "2027-01-01", None),
        ("1 September 2027", "2027-09-01", None),
        ("September 1, 2027", "2027-09-01", None),
    ],
)
def test_days_and_periods_are_read_as_pages_write_them(words: str, first: str, last: str | None) -> None:
    [day] = days(f"Dat is {words} zo.", TODAY)

    assert (day.first.isoformat(), day.last and day.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "words",
    ["31 februari 2027", "45 maart 2027", "00-13-2027", "2026-2027", "€ 2027", "10.11.12.13", "1/2 deel", "versie 3-4"],
)
def test_what_is_no_day_is_not_taken_for_one(words: str) -> None:
    assert days(f"Dat is {words} zo.", TODAY) == []


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_a_day_is_read_back_however_it_is_written(day: date) -> None:
    month = FULL_MONTHS[day.month - 1]
    for words in (
        f"{day.day} {month} {day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {month} '{day:%y}",
    ):
        assert [each.first for each in days(f"op {words}.", TODAY)] == [day]
        assert parse_day(words, TODAY) == day


@given(st.dates(date(2020, 1, 1), date(2050, 1, 1)), st.integers(0, 364))
def test_a_day_without_a_year_is_the_next_one(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    if (day.month, day.day) == (2, 29):
        return

    [found] = days(f"op {day.day} {FULL_MONTHS[day.month - 1]}", today)

    assert found.first == day
    assert not found.year_is_told


@pytest.mark.parametrize(
    ("sentence", "role", "day"),
    [
        ("Aanmelden kan tot 1 december 2026.", "deadline", "2026-11-30"),
        ("Reageren kan tot en met 1 december 2026.", "deadline", "2026-12-01"),
        ("Mail je brief vóór vrijdag 18 december 2026.", "deadline", "2026-12-17"),
        ("De opleiding start op 1 februari 2027.", "start", "2027-02-01"),
        ("De regeling geldt vanaf 1 januari 2027.", "valid_from", "2027-01-01"),
        ("Het convenant loopt tot 1 augustus 2030.", "valid_until", "2030-07-31"),
        ("Op 3 november 2026 van 19.30 tot 21.00 uur.", "event", "2026-11-03"),
        ("Gepubliceerd op 2 oktober 2026.", "stated", "2026-10-02"),
    ],
)
def test_a_day_says_what_happens_on_it(sentence: str, role: str, day: str) -> None:
    [found] = values(dates(page_text(sentence), TODAY))

    assert (found.role, found.starts_on.isoformat()) == (role, day)


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("19.30 tot 21.00 uur", "19:30", "21:00"),
        ("20:00 - 21:00", "20:00", "21:00"),
        ("vanaf 10 uur", "10:00", None),
        ("tussen 15.00 en 17.00 uur", "15:00", "17:00"),
    ],
)
def test_hours_are_read(words: str, begins: str, ends: str | None) -> None:
    [found] = hours(f"Kom {words}.")

    assert (f"{found.begins:%H:%M}", found.ends and f"{found.ends:%H:%M}") == (begins, ends)


@pytest.mark.parametrize(
    "words", ["24 tot 32 uur per week", "8 tot 16 uur studie per week", "€ 10.00 tot 20.00", "van 2 tot 1"]
)
def test_what_is_no_time_of_day_is_not_taken_for_one(words: str) -> None:
    assert hours(words) == []


@pytest.mark.parametrize(
    ("sentence", "low", "high", "unit", "per"),
    [
        ("Het duurt anderhalf jaar.", "1.5", "1.5", "jaar", None),
        ("De opleiding duurt twee tot tweeënhalf jaar.", "2", "2.5", "jaar", None),
        ("Duur: 18 maanden", "18", "18", "maand", None),
        ("Je studeert 1 à 2 dagen per week.", "1", "2", "dag", "week"),
        ("Je hebt één lesavond per week.", "1", "1", "avond", "week"),
        ("De studielast is 60 EC.", "60", "60", "ec", "totaal"),
        ("Reken op 8 tot 16 uur per week.", "8", "16", "uur", "week"),
        ("Een traject van 3 dagdelen.", "3", "3", "dagdeel", None),
    ],
)
def test_durations_and_loads_are_told_apart(sentence: str, low: str, high: str, unit: str, per: str | None) -> None:
    [found] = values(durations(page_text(sentence), TODAY))

    assert (found.at_least, found.at_most, found.unit) == (Decimal(low), Decimal(high), unit)
    assert getattr(found, "per", None) == per


@pytest.mark.parametrize(
    "sentence",
    [
        "Je hebt drie jaar werkervaring.",
        "Je bent jonger dan 30 jaar.",
        "Dat was twee jaar geleden.",
        "De afgelopen vijf jaar ging het beter.",
    ],
)
def test_years_of_a_life_are_no_duration(sentence: str) -> None:
    assert values(durations(page_text(sentence), TODAY)) == []


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "on"),
    [
        ("Het tekort was 9,8% in 2025.", "9.8", "procent", "2025"),
        ("Op 1 januari '25 telt de stad 569.387 inwoners.", "569387", "inwoners", "2025-01-01"),
        ("Er is een tekort van 214 fte.", "214", "fte", None),
        ("Een daling van 4,3 procentpunt.", "4.3", "procentpunt", None),
        ("Twee derde van de vacatures blijft open.", "66.7", "procent", None),
        ("Het aantal leerlingen is: 95246 op alle scholen.", "95246", "leerlingen", None),
    ],
)
def test_figures_say_what_they_count_and_when(sentence: str, value: str, unit: str, on: str | None) -> None:
    found = values(figures(page_text(sentence), TODAY))[0]

    assert (found.value, found.unit, found.on) == (Decimal(value), unit, on)


@pytest.mark.parametrize(
    "sentence",
    [
        "Een mbo 4-diploma is genoeg.",
        "In groep 8 leren we veel.",
        "Artikel 3 lid 2 geldt.",
        "De 21+-toets bestaat.",
        "Bel 071 - 555 01 20.",
    ],
)
def test_a_number_that_is_a_name_counts_nothing(sentence: str) -> None:
    assert [each for each in figures(page_text(sentence), TODAY) if each.confidence != "low"] == []


@given(st.integers(1, 99))
def test_every_number_word_is_known_with_and_without_its_diaeresis(number: int) -> None:
    word = next(each for each, value in to_ninety_nine().items() if value == number)

    assert number_of_word(word) == number
    assert number_of_word(word.replace("eeen", "eeën").replace("ieen", "ieën").upper()) == number
    assert number_of_word(f"{word}duizend") == number * 1000


@given(st.integers(0, 9_999_999), st.integers(0, 99))
def test_a_number_in_dutch_notation_is_read_back(whole: int, cents: int) -> None:
    words = f"{whole:,}".replace(",", ".") + f",{cents:02d}"

    assert parse_decimal(words) == Decimal(f"{whole}.{cents:02d}")


@given(st.text(max_size=120))
def test_whatever_a_sentence_holds_it_is_read(text: str) -> None:
    assert all(0 <= each.start < each.end <= len(text) for each in quantities(text))
    assert all(0 <= each.start < each.end <= len(text) for each in days(text, TODAY))
    assert all(0 <= each.start < each.end <= len(text) for each in hours(text))
    assert all(text[start:end] for start, end, _ in years_of(text))
    assert isinstance(normal_phone(text), str)
    assert isinstance(normal_postcode(text), str)


@given(st.text(alphabet="0123456789.,-/ €'tm%aà", max_size=60))
def test_whatever_is_made_of_digits_and_signs_is_read(text: str) -> None:
    page = page_text(text)

    for found in (amounts(page, TODAY), dates(page, TODAY), durations(page, TODAY), figures(page, TODAY)):
        assert all(each.words in text for each in found)


@pytest.mark.parametrize(
    ("written", "normal"),
    [("071 - 555 01 20", "+31715550120"), ("+31 (0)6 12345678", "+31612345678"), ("12", ""), ("geen", "")],
)
def test_phone_numbers_are_made_alike(written: str, normal: str) -> None:
    assert normal_phone(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"), [("2312ab", "2312 AB"), ("2312 AB", "2312 AB"), ("0312 AB", ""), ("2312", "")]
)
def test_postcodes_are_made_alike(written: str, normal: str) -> None:
    assert normal_postcode(written) == normal
