"""How sure a score is."""

import math

from evaluation.interval import bootstrap, bootstrap_mean


def test_the_mean_of_cases_lies_in_its_interval_and_the_same_cases_give_the_same_one() -> None:
    values = [1.0] * 80 + [0.0] * 20

    interval = bootstrap_mean(values)

    assert interval.value == 0.8
    assert 0.68 < interval.low < 0.76
    assert 0.84 < interval.high < 0.92
    assert bootstrap_mean(values) == interval


def test_more_cases_make_the_interval_narrower() -> None:
    few, many = bootstrap_mean([1.0, 0.0] * 10), bootstrap_mean([1.0, 0.0] * 500)

    assert many.high - many.low < few.high - few.low


def test_cases_that_all_went_right_leave_no_room() -> None:
    assert bootstrap_mean([1.0] * 5).low == 1.0


def test_without_cases_there_is_no_score() -> None:
    assert math.isnan(bootstrap(0, lambda drawn: float(len(drawn))).value)
