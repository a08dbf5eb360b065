"""One verdict a rule."""

from collections.abc import Callable
from datetime import date

from assistant.eligibility.engine import Met, Open, Unmet, judge
from knowledge.rule import Rule

TODAY = date(2026, 9, 1)
Make = Callable[..., Rule]


def test_a_visitor_who_has_not_told_yet_is_asked_and_not_refused(rule: Make) -> None:
    degree = rule({"fact": "diploma_level", "one_of": ["hbo-bachelor"]})

    [verdict] = judge([degree], {"sector": "vo"}, on=TODAY)

    assert verdict == Open(degree, missing=frozenset({"diploma_level"}))
    assert verdict.met is None


def test_a_requirement_is_met_when_its_condition_holds(rule: Make) -> None:
    degree = rule({"fact": "diploma_level", "one_of": ["hbo-bachelor"]})

    assert judge([degree], {"diploma_level": "hbo-bachelor"}, on=TODAY) == (Met(degree),)
    assert judge([degree], {"diploma_level": "havo"}, on=TODAY) == (Unmet(degree),)


def test_a_visitor_passes_an_exclusion_when_its_condition_does_not_hold(rule: Make) -> None:
    qualified = rule({"fact": "teaching_qualification", "is": "pabo"}, kind="exclusion")

    assert judge([qualified], {"teaching_qualification": "geen"}, on=TODAY) == (Met(qualified),)
    assert judge([qualified], {"teaching_qualification": "pabo"}, on=TODAY) == (Unmet(qualified),)


def test_a_rule_is_judged_from_its_first_day_and_no_longer_on_the_day_it_ends(rule: Make) -> None:
    old = rule({"fact": "age", "at_least": 21}, id="oud", valid_until=date(2026, 9, 1))
    new = rule({"fact": "age", "at_least": 18}, id="nieuw", valid_from=date(2026, 9, 1))

    before = judge([old, new], {"age": 20}, on=date(2026, 8, 31))
    after = judge([old, new], {"age": 20}, on=date(2026, 9, 1))

    assert before == (Unmet(old),)
    assert after == (Met(new),)
