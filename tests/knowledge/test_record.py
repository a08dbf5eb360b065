"""What every record has in common: when and where it holds, and in which words."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from knowledge.article import Term
from knowledge.record import Conflict, PartialDate, dumped

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1))
PARTIAL = TypeAdapter(PartialDate)


def term(**given_: Any) -> Term:
    return Term.model_validate(
        {"id": "pabo", "title": "Pabo", "summary": "De lerarenopleiding basisonderwijs.", "sources": ["bron"], **given_}
    )


@given(day=DAYS, precision=st.sampled_from([4, 7, 10]))
def test_a_date_may_be_as_precise_as_its_source(day: date, precision: int) -> None:
    written = day.isoformat()[:precision]

    assert PARTIAL.validate_python(written) == written


@pytest.mark.parametrize(
    "wrong", ["2026-13", "2026-00", "2026-02-30", "2025-02-29", "0000", "26", "2026-1", "2026-09-1", "najaar 2026", ""]
)
def test_a_date_that_is_on_no_calendar_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        PARTIAL.validate_python(wrong)


def test_a_year_in_yaml_may_be_a_number() -> None:
    assert PARTIAL.validate_python(2026) == "2026"


@given(first=DAYS, length=st.integers(1, 1000))
def test_a_period_holds_from_its_first_day_up_to_and_without_its_last(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    record = term(valid_from=first, valid_until=last)

    assert record.is_valid_on(first)
    assert record.is_valid_on(last - timedelta(days=1))
    assert not record.is_valid_on(first - timedelta(days=1))
    assert not record.is_valid_on(last)


def test_a_record_without_a_period_always_holds() -> None:
    assert term().is_valid_on(date(1990, 1, 1))
    assert term().is_valid_on(date(2090, 1, 1))


def test_a_regional_record_does_not_hold_for_somebody_whose_region_is_not_known() -> None:
    regional = term(regions=["haaglanden"])

    assert regional.holds_in("haaglanden")
    assert not regional.holds_in("ldb")
    assert not regional.holds_in(None)


def test_a_record_without_regions_holds_everywhere() -> None:
    assert term().holds_in("ldb")
    assert term().holds_in(None)


def test_a_record_is_told_in_dutch_where_it_has_no_english() -> None:
    assert term().in_locale("en").title == "Pabo"


def test_a_record_is_told_in_english_where_it_can_be() -> None:
    record = term(translations={"en": {"title": "Primary teacher training", "summary": "Trains primary teachers."}})

    assert record.in_locale("en").title == "Primary teacher training"
    assert record.in_locale("nl").title == "Pabo"


def test_the_text_of_a_record_holds_all_that_a_reply_may_lean_on() -> None:
    record = term(body="Duurt 4 jaar.", uncertain="Soms 3 jaar.", translations={"en": {"title": "P", "summary": "5 y"}})

    for said in ("Pabo", "lerarenopleiding", "4 jaar", "3 jaar", "5 y"):
        assert said in record.text()


@pytest.mark.parametrize(
    "wrong",
    [{"id": "Pabo"}, {"id": "pabo--voltijd"}, {"title": "P"}, {"summary": "kort"}, {"sources": []}, {"soort": "x"}],
)
def test_a_record_without_a_proper_id_title_summary_or_source_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        term(**wrong)


def test_a_record_never_changes_in_memory() -> None:
    with pytest.raises(ValidationError):
        term().title = "Iets anders"  # type: ignore[misc]


def test_a_record_written_as_data_reads_back_as_itself() -> None:
    record = term(regions=["hak"], valid_from="2026-09-01", also_called=["juffenopleiding"])

    assert Term.model_validate(dumped(record)) == record


def test_a_conflict_has_two_claims_or_is_none() -> None:
    claim = {"says": "€ 2.530 per studiejaar (2024-2025)", "source": "x", "as_of": "2024"}

    with pytest.raises(ValidationError):
        Conflict.model_validate({"about": "het bedrag", "claims": [claim], "ask": "Vraag het na bij DUO."})


def test_what_sources_disagree_on_is_part_of_what_a_record_says() -> None:
    claims = [
        {"says": "€ 2.530 per studiejaar (2024-2025)", "source": "x", "as_of": "2025"},
        {"says": "€ 2.532 per studiejaar (2024-2025)", "source": "y", "as_of": "2023-11"},
    ]
    conflict = {"about": "het bedrag", "claims": claims, "sure": "Je betaalt zelf.", "ask": "Vraag het na bij DUO."}

    told = term(conflicts=[conflict]).text()

    assert all(part in told for part in ("€ 2.530", "€ 2.532", "2023-11", "Je betaalt zelf.", "Vraag het na bij DUO."))


def test_a_conflict_is_translated_claim_by_claim() -> None:
    claims = [{"says": f"€ {each} per jaar", "source": "x", "as_of": "2025"} for each in (302.5, 302.6)]
    english = {"about": "the amount", "says": ["€ 302.50 a year"], "ask": "Ask your school."}
    conflict = {"about": "het bedrag", "claims": claims, "ask": "Vraag het je school.", "translations": {"en": english}}

    with pytest.raises(ValidationError, match="same order"):
        Conflict.model_validate(conflict)

    english["says"] = ["€ 302.50 a year", "€ 302.60 a year"]
    translated = Conflict.model_validate(conflict)
    assert translated.in_locale("en").says == ("€ 302.50 a year", "€ 302.60 a year")
    assert translated.in_locale("nl").ask == "Vraag het je school."
    assert "€ 302.60 a year (2025)" in "\n".join(translated.words())
