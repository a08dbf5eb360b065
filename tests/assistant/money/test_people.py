"""People as they come to a loket, with amounts worked out by hand from the records."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from assistant.money.finances import Finances
from assistant.money.picture import MoneyLine, MoneyPicture
from knowledge.fact import FactValue
from knowledge.finance import Flow

STATUTORY, HIGH_LEAST, HIGH_MOST = 2694, 3915, 10528
BOOKS_LEAST, BOOKS_MOST = 750, 800
LB_FIRST, LB_LAST = 3666, 5586


@dataclass(frozen=True)
class Person:
    """Somebody, the route they ask about, and what it must come to."""

    name: str
    route: str
    facts: dict[str, FactValue]
    first_year: dict[Flow, tuple[int, int]] = field(default_factory=dict)
    whole: dict[Flow, tuple[int, int]] = field(default_factory=dict)


NURSE: dict[str, FactValue] = {
    "diploma_level": "hbo-bachelor",
    "diploma_country": "nederland",
    "previous_degree_in_education_or_care": True,
    "teaching_qualification": "geen",
    "works_in_education": "nee",
    "enrolled_in_teacher_training": "nee",
    "age": 42,
    "municipality": "zoetermeer",
}
LAWYER: dict[str, FactValue] = {
    "diploma_level": "wo-master",
    "diploma_country": "nederland",
    "previous_degree_in_education_or_care": False,
    "teaching_qualification": "geen",
    "age": 35,
}
SCHOOL_LEAVER: dict[str, FactValue] = {
    "diploma_level": "havo",
    "age": 19,
    "previous_degree_in_education_or_care": False,
}
TEACHER: dict[str, FactValue] = {
    "diploma_level": "hbo-bachelor",
    "diploma_country": "nederland",
    "previous_degree_in_education_or_care": True,
    "teaching_qualification": "tweedegraads",
    "works_in_education": "leraar",
    "age": 38,
}

PEOPLE = (
    Person(
        "a nurse of 42 with hbo, zij-instroom in po",
        "zij-instroom-po",
        NURSE,
        first_year={
            "pay": (0, 41),
            # 3,666 x 12 x 0.4 and 5,586 x 12 x 0.8
            "earn": (17597, 53626),
            # 1,900 + 12,300 and 2,600 + 12,300
            "school-pays": (14200, 14900),
            "school-receives": (0, 25000),
        },
        whole={"earn": (35194, 107251), "school-receives": (0, 25000)},
    ),
    Person(
        "the same nurse, with a school that wants her",
        "zij-instroom-po",
        NURSE | {"employer_commitment": True},
        first_year={"school-receives": (25000, 25000)},
    ),
    Person(
        "the same nurse, who left a teacher programme last year",
        "zij-instroom-po",
        NURSE | {"enrolled_in_teacher_training": "laatste-twee-jaar"},
        first_year={"school-pays": (14200, 14900)},
        whole={"school-receives": (0, 0)},
    ),
    Person(
        "the same nurse, in the short part-time pabo: a second degree in care or education is dear",
        "pabo-verkort-deeltijd",
        NURSE,
        first_year={"pay": (HIGH_LEAST + BOOKS_LEAST, HIGH_MOST + BOOKS_MOST), "borrow": (0, HIGH_MOST)},
        # Two to four years.
        whole={"pay": (2 * HIGH_LEAST + BOOKS_LEAST, 4 * HIGH_MOST + BOOKS_MOST)},
    ),
    Person(
        "a havo leaver of 19, full-time pabo",
        "pabo-voltijd",
        SCHOOL_LEAVER,
        first_year={
            "pay": (STATUTORY + BOOKS_LEAST, STATUTORY + BOOKS_MOST),
            # The basic grant is certain: 130.21 x 12. The most: (324.52 + 491.08 + 180) x 12
            "receive": (1563, 11947),
            # 315.17 x 12 and the fee
            "borrow": (0, 6476),
        },
        # Three to four years.
        whole={"pay": (3 * STATUTORY + BOOKS_LEAST, 4 * STATUTORY + BOOKS_MOST)},
    ),
    Person(
        "somebody of 45 with havo, full-time pabo: no student finance any more",
        "pabo-voltijd",
        SCHOOL_LEAVER | {"age": 45, "municipality": "haarlem"},
        first_year={
            "pay": (STATUTORY + BOOKS_LEAST, STATUTORY + BOOKS_MOST),
            "receive": (0, 0),
            "borrow": (0, STATUTORY),
        },
    ),
    Person(
        "a teacher with second degree, hbo-master: a level higher, so the statutory fee",
        "hbo-master-eerstegraads",
        TEACHER,
        first_year={
            "pay": (STATUTORY + BOOKS_LEAST, STATUTORY + BOOKS_MOST),
            # The lerarenbeurs pays at most the fee, and 350 each for books and travel.
            "receive": (0, STATUTORY + 350 + 350),
            "borrow": (0, STATUTORY),
        },
    ),
    Person(
        "a teacher who takes a second subject: the institutional fee",
        "tweede-bevoegdheid",
        TEACHER,
        # The least high fee that is known outside the pabo: Hogeschool Utrecht, part-time, 2022-2023.
        first_year={"pay": (8441 + BOOKS_LEAST, HIGH_MOST + BOOKS_MOST), "receive": (0, 7000 + 350 + 350)},
    ),
    Person(
        "a wo-master chemistry who must keep earning, zij-instroom first degree",
        "zij-instroom-vo-eerstegraads",
        LAWYER | {"needs_income": True, "municipality": "haarlem"},
        # 1,900 + 8,300 and 2,600 + 8,300; how large the job is differs, so pay is told a month and not added.
        first_year={"school-pays": (10200, 10900), "earn": (0, 0)},
    ),
    Person(
        "a lawyer with a master, university teacher training: first degree in education",
        "ulo-eenjarig",
        LAWYER,
        first_year={"pay": (STATUTORY + BOOKS_LEAST, STATUTORY + BOOKS_MOST)},
        # One to two years.
        whole={"pay": (STATUTORY + BOOKS_LEAST, 2 * STATUTORY + BOOKS_MOST)},
    ),
    Person(
        "a Syrian maths teacher, statushouder, recognition of the foreign licence",
        "buitenlandse-bevoegdheid-vo-mbo",
        {
            "diploma_level": "wo-bachelor",
            "diploma_country": "buitenland",
            "teaching_qualification": "buitenlands",
            "statushouder": True,
            "dutch_level": "B1",
            "age": 36,
        },
        # Recognition is free; the VOG is often paid back. The subsidy had no round lately: it is not counted.
        first_year={"pay": (0, 41), "school-receives": (0, 0)},
    ),
    Person(
        "the same, who starts the part-time pabo: a foreign degree does not make it a second one",
        "pabo-verkort-deeltijd",
        {"diploma_level": "wo-bachelor", "diploma_country": "buitenland", "previous_degree_in_education_or_care": True},
        first_year={"pay": (STATUTORY + BOOKS_LEAST, STATUTORY + BOOKS_MOST)},
    ),
    Person(
        "an electrician with mbo-4, PDG",
        "pdg-mbo-zij-instroom",
        {"diploma_level": "mbo-4", "work_experience_years": 12, "enrolled_in_teacher_training": "nee"},
        first_year={
            "pay": (0, 41),
            # 3,713 x 12 x 0.4 and 5,495 x 12
            "earn": (17822, 65940),
            "school-pays": (6650, 7000),
        },
    ),
    Person(
        "a teaching assistant who wants to become a teacher: SOOL goes to the school",
        "pabo-deeltijd",
        {"diploma_level": "mbo-4", "works_in_education": "onderwijsassistent", "age": 31},
        first_year={
            "pay": (STATUTORY + BOOKS_LEAST, STATUTORY + BOOKS_MOST),
            "borrow": (0, STATUTORY),
            "school-receives": (0, 5000),
        },
        whole={"school-receives": (0, 20000)},
    ),
    Person(
        "somebody of 60 in part-time: too old for the loan",
        "tweedegraads-deeltijd",
        {"diploma_level": "mbo-4", "age": 60},
        first_year={"pay": (STATUTORY + BOOKS_LEAST, STATUTORY + BOOKS_MOST), "borrow": (0, 0)},
    ),
    Person(
        "a qualified teacher who left eight years ago",
        "herintreder-po",
        {"teaching_qualification": "pabo", "age": 47},
        first_year={"pay": (0, 41), "earn": (0, 0)},
    ),
    Person(
        "a chemist with a related bachelor, educatieve module: half the statutory fee, once",
        "educatieve-module",
        {"diploma_level": "wo-bachelor", "previous_degree_in_education_or_care": False, "age": 24},
        # Half a year to a year: at least half of what books cost in a year.
        first_year={"pay": (1347 + BOOKS_LEAST // 2, 1347 + BOOKS_MOST), "borrow": (0, 1347)},
    ),
)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_the_amounts_of_a_person_are_those_worked_out_by_hand(person: Person, finances: Finances) -> None:
    picture = finances.picture(person.route, person.facts)

    first = picture.years[0].totals
    assert {flow: _ends(first.of(flow)) for flow in person.first_year} == person.first_year
    assert {flow: _ends(picture.whole.of(flow)) for flow in person.whole} == person.whole


def test_which_fee_is_due_is_open_until_the_earlier_degree_is_told_and_both_are_shown(finances: Finances) -> None:
    picture = finances.picture("pabo-verkort-deeltijd", {"diploma_level": "hbo-bachelor"})

    fees = [line for line in picture.years[0].lines if line.item.endswith("-collegegeld")]
    assert [(line.item, line.certainty) for line in fees] == [
        ("statutory-collegegeld", "open"),
        ("institutional-collegegeld", "open"),
    ]
    assert _ends(picture.years[0].totals.of("pay")) == (STATUTORY + BOOKS_LEAST, HIGH_MOST + BOOKS_MOST)
    assert {"diploma_country", "previous_degree_in_education_or_care"} <= set(picture.missing)


def test_an_amount_of_long_ago_is_shown_with_its_year_and_not_counted(finances: Finances) -> None:
    line = _line(finances.picture("zij-instroom-po", NURSE), "tegemoetkoming-deeltijd")

    assert line.prices_of == ("2017-2018",)
    assert (line.in_low, line.in_high, line.is_addable) == (0, 0, False)


def test_a_scheme_that_may_not_run_is_not_counted(finances: Finances) -> None:
    line = _line(finances.picture("tweede-bevoegdheid", TEACHER), "tweede-lerarenopleiding")

    assert line.certainty == "uncertain"
    assert not line.in_high


def test_a_regional_allowance_is_there_in_the_region_open_without_one_and_gone_elsewhere(finances: Finances) -> None:
    def allowance(facts: dict[str, FactValue]) -> list[str]:
        lines = finances.picture("pabo-voltijd", facts).years[0].lines
        return [line.certainty for line in lines if line.item == "stage-haaglanden-begin"]

    assert allowance({"municipality": "zoetermeer"}) == ["uncertain"]
    assert allowance({}) == ["open"]
    assert allowance({"municipality": "Groningen"}) == []


def test_what_is_not_for_somebody_is_told_with_whom_it_is_for(finances: Finances) -> None:
    picture = finances.picture("tweedegraads-deeltijd", {"age": 60})

    assert ("levenlanglerenkrediet", "als je jonger dan 57 bent") in [
        (each.record, each.says.nl) for each in picture.not_for_you
    ]


def _line(picture: MoneyPicture, item: str) -> MoneyLine:
    return next(line for line in picture.lines() if line.item == item)


def _ends(span: object) -> tuple[int, int]:
    low, high = Decimal(getattr(span, "low")), Decimal(getattr(span, "high"))  # noqa: B009
    return int(low), int(high)
