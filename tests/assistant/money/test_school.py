"""What a zij-instromer costs a school, worked out by hand from the records."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.money.amount import Span
from assistant.money.assumption import OutOfRange, number_in
from assistant.money.school import Scenario, SchoolScenarios, costs_in, school_scenarios
from assistant.money.school_shown import net_in_words, shown_scenarios
from knowledge.catalogue import Catalogue
from knowledge.finance import SchoolCosts


@pytest.fixture
def po(catalogue: Catalogue) -> SchoolCosts:
    [costs] = costs_in(catalogue, "po")
    return costs


def _by_key(scenarios: SchoolScenarios) -> dict[str, Scenario]:
    return {each.key: each for each in scenarios.scenarios}


def test_as_planned_the_costs_are_the_average_that_research_gives(catalogue: Catalogue, po: SchoolCosts) -> None:
    planned = _by_key(school_scenarios(catalogue, po, 2026))["planned"]

    # The average of 60,000 lies in it; the range is that of the assessment, 1,900 to 2,600.
    assert planned.total == Span(Decimal(59300), Decimal(60700))
    assert planned.subsidy.span == Span(Decimal(25000), Decimal(25000))
    assert planned.net == Span(Decimal(34300), Decimal(35700))
    assert planned.is_complete


def test_a_year_of_delay_adds_a_year_of_guidance_and_no_subsidy(catalogue: Catalogue, po: SchoolCosts) -> None:
    found = _by_key(school_scenarios(catalogue, po, 2026))

    # (60,000 - 12,300 - 1,900) / 24 x 36 and (60,000 - 12,300 - 2,600) / 24 x 36
    assert found["delayed"].costs[2].span == Span(Decimal(67650), Decimal(68700))
    assert found["delayed"].subsidy.span == Span(Decimal(25000), Decimal(25000))


def test_who_stops_may_leave_the_school_with_all_or_nothing_of_the_subsidy(
    catalogue: Catalogue, po: SchoolCosts
) -> None:
    stopped = _by_key(school_scenarios(catalogue, po, 2026))["stopped"]

    assert stopped.subsidy.span == Span(Decimal(0), Decimal(25000))
    # Half to all of the training, and a year of guidance.
    assert stopped.total == Span(Decimal(30600), Decimal(37800))
    assert stopped.net == Span(Decimal(5600), Decimal(37800))


def test_what_the_reader_fills_in_counts_instead_and_is_said_to_be_theirs(
    catalogue: Catalogue, po: SchoolCosts
) -> None:
    own = {
        "training": "15.000",
        "guidance": "€ 1.500",
        "repayment": "100",
        "stop": "6",
        "assessment": "2000",
        "training-due": "50",
    }

    scenarios = school_scenarios(catalogue, po, 2026, own)

    # 2,000 + 7,500 + 6 x 1,500, and the whole subsidy paid back
    assert _by_key(scenarios)["stopped"].net == Span(Decimal(18500), Decimal(18500))
    assert {each.key for each in scenarios.assumptions if each.is_own} == set(own)


def test_without_an_average_the_mbo_says_that_it_cannot_tell_what_a_school_pays(catalogue: Catalogue) -> None:
    [mbo] = costs_in(catalogue, "mbo")

    planned = _by_key(school_scenarios(catalogue, mbo, 2026))["planned"]
    filled = _by_key(school_scenarios(catalogue, mbo, 2026, {"guidance": "1000", "assessment": "500"}))["planned"]

    assert net_in_words(planned).startswith("niet te zeggen")
    # 500 + 7,000 + 18 x 1,000 - 25,000
    assert filled.net == Span(Decimal(500), Decimal(500))


def test_every_assumption_has_a_source_or_says_that_it_has_none(catalogue: Catalogue) -> None:
    for costs in catalogue.content.school_costs:
        for each in school_scenarios(catalogue, costs, 2026).assumptions:
            says = each.basis.nl.lower()
            told = "geen bron" in says or "zonder bron" in says or "vonden wij geen" in says
            assert each.sources or told or each.key == "fte", (costs.id, each.key)
            if each.sources and each.unit.startswith("euro"):
                assert each.year


@pytest.mark.parametrize(
    ("text", "number"),
    [("12.300", "12300"), ("12300", "12300"), ("1.900,50", "1900.50"), ("0,4", "0.4"), ("€ 25.000", "25000"), ("50 %", "50"),
     ("1.5", "1.5"), ("", None), ("veel", None), ("NaN", None), ("1e999999999", None), ("<b>", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, number: str | None) -> None:
    read = number_in(text)

    assert read == (Decimal(number) if number is not None else None)


@pytest.mark.parametrize(
    ("key", "text"),
    [("fte", "1,2"), ("months", "0"), ("months", "2000"), ("repayment", "101"), ("training", "-5"), ("stop", "x")],
)
def test_what_cannot_be_is_named_with_what_can(catalogue: Catalogue, po: SchoolCosts, key: str, text: str) -> None:
    with pytest.raises(OutOfRange) as caught:
        school_scenarios(catalogue, po, 2026, {key: text})

    assert list(caught.value.errors) == [key]
    assert "Vul bij" in caught.value.errors[key]


_AMOUNT = st.integers(0, 100_000).map(str)


@given(
    training=_AMOUNT,
    guidance=st.integers(0, 9000).map(str),
    repayment=st.integers(0, 100).map(str),
    delay=st.integers(0, 90).map(str),
)
def test_totals_are_sums_ranges_are_ordered_and_delay_never_makes_it_cheaper(
    catalogue: Catalogue, training: str, guidance: str, repayment: str, delay: str
) -> None:
    own = {"training": training, "guidance": guidance, "repayment": repayment, "delay": delay}
    for costs in catalogue.content.school_costs:
        found = _by_key(school_scenarios(catalogue, costs, 2026, own))
        for each in found.values():
            assert each.total.low <= each.total.high
            assert each.net.low <= each.net.high
            # Rounded apart: a euro a line at most.
            assert abs(each.total.high - sum((line.span.high for line in each.costs), Decimal(0))) <= 3
        assert found["delayed"].total.low >= found["planned"].total.low
        shown = shown_scenarios(school_scenarios(catalogue, costs, 2026, own), catalogue)
        assert all(len(row.cells) == 3 for row in shown.rows)
