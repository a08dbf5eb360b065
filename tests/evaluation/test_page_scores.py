"""What was read from a page is held against what somebody read on it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evaluation.casebook import read_casebook
from evaluation.ingestion.build import document_of
from evaluation.ingestion.case import PageCase
from evaluation.ingestion.generate import read_case
from evaluation.ingestion.score import scored
from ingestion.extract.finding import AmountFound, DateFound, Finding, VacancyFound
from ingestion.extract.vocabulary import vocabulary_of
from knowledge.reader import read_catalogue

PAGES = read_casebook().pages


def case(*expect: dict[str, Any]) -> PageCase:
    return PageCase.model_validate({"id": "x", "topic": "t", "kind": "money", "page": "x", "expect": expect})


def amount(value: int, **fields: Any) -> Finding:
    return Finding(value=AmountFound(value=Decimal(value), **fields), words="x", confidence="high")


def test_a_fact_that_was_found_with_its_fields_is_recovered_and_leaves_no_surplus() -> None:
    found = scored(
        case({"amount": 90, "per": "toets", "what": "toets"}), [amount(90, per="toets", what="De 21+-toets")]
    )

    [match] = found.matches
    assert (match.finding is not None, match.wrong, found.surplus) == (True, (), ())


def test_a_wrong_field_is_named_and_the_fact_is_recovered_all_the_same() -> None:
    [match] = scored(case({"amount": 90, "per": "toets"}), [amount(90, per="jaar")]).matches

    assert match.wrong == ("per is 'jaar', not 'toets'",)


def test_what_is_not_on_the_page_is_surplus_unless_its_confidence_is_low() -> None:
    low = amount(7).model_copy(update={"confidence": "low"})

    found = scored(case({"amount": 90}), [amount(5), low])

    assert [each.value.value for each in found.surplus] == [Decimal(5)]  # type: ignore[union-attr]
    assert found.matches[0].finding is None


def test_a_range_agrees_with_the_same_range_alone() -> None:
    wide = Finding(value=AmountFound(at_least=Decimal(500), at_most=Decimal(800)), words="x", confidence="high")

    assert scored(case({"amount": "500..800"}), [wide]).matches[0].finding is wide
    assert scored(case({"amount": "..800"}), [wide]).matches[0].finding is None


def test_the_day_a_vacancy_closes_is_no_surplus() -> None:
    job = Finding(value=VacancyFound(title="Docent", closes_on=date(2026, 11, 1)), words="x", confidence="high")
    day = Finding(value=DateFound(role="deadline", starts_on=date(2026, 11, 1)), words="x", confidence="high")

    assert scored(case({"vacancy": "Docent", "closes": "2026-11-01"}), [job, day]).surplus == ()


def test_there_are_pages_of_every_kind_of_document_and_a_third_is_held_out() -> None:
    assert len(PAGES) >= 60
    assert {each.format for each in PAGES} == {"html", "md", "txt", "csv", "xlsx", "docx", "pdf"}
    assert 0.2 < sum(each.split == "test" for each in PAGES) / len(PAGES) < 0.45


@pytest.mark.parametrize("format_", ["docx", "xlsx", "csv", "md"])
def test_a_page_is_made_into_a_real_document(format_: str) -> None:
    page = next(each for each in PAGES if each.format == format_)

    raw = document_of(page)

    assert raw[:2] == b"PK" if format_ in {"docx", "xlsx"} else raw.decode() == page.page


def test_nearly_every_fact_of_the_pages_that_are_not_held_out_is_recovered_and_hardly_one_is_made_up() -> None:
    vocabulary = vocabulary_of(read_catalogue())
    pages = [each for each in PAGES if each.split == "dev" and each.format != "pdf"]

    found = [scored(each, read_case(each, vocabulary).findings) for each in pages]

    facts = [match for each in found for match in each.matches]
    assert sum(match.finding is not None for match in facts) >= 0.97 * len(facts)
    assert sum(len(each.surplus) for each in found) <= 0.03 * len(facts)
