"""Which record an amount is about, and how it stands to ours."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ingestion.compare.amounts import MoneyReader, amounts_with
from ingestion.compare.jobs import same_job
from ingestion.compare.said import Said, SourcePage
from ingestion.extract.finding import AmountFound, Finding, PageFindings, PageKind, Place
from knowledge.catalogue import Catalogue
from knowledge.reader import publish, read_content
from knowledge.vacancy import Vacancy


@pytest.fixture(scope="module")
def reader() -> MoneyReader:
    catalogue: Catalogue = publish(read_content())
    return MoneyReader(catalogue)


def said(words: str, value: int, heading: str = "", title: str = "Leraar worden", **more: Any) -> Said:
    found = AmountFound(value=Decimal(value), **more)
    place = Place(headings=(heading,) if heading else ())
    finding = Finding(value=found, words=words, place=place, confidence="high")
    page = SourcePage(
        "site", "Site", "https://site.example/kosten", title, date(2026, 11, 28), PageFindings(kind=PageKind.MONEY)
    )
    return Said(finding, page)


@pytest.mark.parametrize(
    ("value", "year", "outcome"),
    [
        (2694, "2026-2027", "agrees"),
        (2694, None, "agrees"),
        (2601, "2025-2026", "aged"),
        (2601, None, "aged"),
        (2601, "2026-2027", "other"),
        (2750, "2027-2028", "new_year"),
        (2750, None, "undated"),
    ],
)
def test_given_an_amount_of_a_page_then_it_agrees_differs_is_new_or_has_passed(
    reader: MoneyReader, value: int, year: str | None, outcome: str
) -> None:
    [stands] = reader.held_against([said(f"Het collegegeld is € {value}.", value, per="studiejaar", year=year)])

    assert (stands.record.id, stands.outcome) == ("wettelijk-collegegeld", outcome)


@pytest.mark.parametrize(
    ("words", "value", "per"),
    [
        ("Je betaalt € 45 voor de lunch.", 45, "eenmalig"),
        ("Het collegegeld van dit congres is € 95.", 95, None),
        ("De school kreeg € 2.800 per jaar van de gemeente.", 2800, "jaar"),
    ],
)
def test_given_an_amount_of_something_else_then_it_is_held_against_nothing(
    reader: MoneyReader, words: str, value: int, per: Any
) -> None:
    assert reader.held_against([said(words, value, per=per)]) == ()


def test_given_a_new_year_then_it_goes_first_and_the_others_stay(reader: MoneyReader) -> None:
    [stands] = reader.held_against([said("Het collegegeld is € 2.750.", 2750, per="studiejaar", year="2027-2028")])

    after = amounts_with(stands.record, [stands])

    assert (after[0]["value"], after[0]["year"]) == ("2750", "2027-2028")
    assert after[0]["sources"]
    assert len(after) == len(stands.record.amounts) + 1


def vacancy(**more: Any) -> Vacancy:
    given = {"id": "a", "title": "Docent wiskunde", "summary": "Een school zoekt iemand.", "sources": ["bron"]}
    return Vacancy.model_validate({**given, "employer": "De Schelp College", "municipality": "Noordwijk", **more})


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"title": "Wiskunde docent (m/v/x)"}, True),
        ({"employer": "Helmgras", "board": "De Schelp College"}, True),
        ({"municipality": ""}, True),
        ({"title": "Docent natuurkunde"}, False),
        ({"municipality": "Katwijk"}, False),
        ({"employer": "De Kwal"}, False),
        ({"closes_on": "2027-01-01"}, False),
        ({"fte": "0,4 fte"}, False),
    ],
)
def test_given_two_postings_then_they_are_one_job_only_if_nothing_tells_them_apart(
    other: dict[str, Any], same: bool
) -> None:
    one = vacancy(closes_on="2026-12-31", fte="0,6 fte")

    assert same_job(one, vacancy(**{"closes_on": "2026-12-31", "fte": "0,6 fte", **other})) is same
