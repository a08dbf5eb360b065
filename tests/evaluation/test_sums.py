"""What a route comes to is counted twice, by two hands that know nothing of each other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.pipeline import Answered
from assistant.money import plan
from assistant.money.finances import Finances
from assistant.money.picture import MoneyPicture
from evaluation.answering.numbers import shown, unsupported
from evaluation.answering.sums import sums_of
from knowledge.catalogue import Catalogue
from knowledge.fact import Fact, Facts, FactType, FactValue

ON = date(2026, 11, 22)


def _value(fact: Fact, chance: Random) -> FactValue | None:
    if fact.type is FactType.NUMBER:
        return chance.randint(fact.minimum, fact.maximum)
    if fact.type is FactType.FLAG:
        return chance.random() < 0.5
    if fact.type is FactType.SET:
        return frozenset(chance.sample(fact.values(), chance.randint(1, len(fact.values()))))
    if fact.name == "municipality":
        return chance.choice(["delft", "Den Haag", "leiden", "zoetermeer", "ergens-anders"])
    return chance.choice(fact.values()) if fact.values() else None


def _told(catalogue: Catalogue, seed: int) -> Facts:
    """Somebody who told a few things."""
    chance = Random(seed)  # noqa: S311 - a visitor, not a secret
    told = {name: _value(fact, chance) for name, fact in catalogue.facts.items() if chance.random() < 0.4}
    return {name: value for name, value in told.items() if value is not None}


def _expected(picture: MoneyPicture) -> list[str]:
    """What the assistant counts, in the words of the second count."""
    wholes = [f"{flow} {span.low} {span.high}" for flow, span in picture.whole.by_flow.items()]
    years = [
        f"{year.number}: {flow} {span.low} {span.high}"
        for year in picture.years
        for flow, span in year.totals.by_flow.items()
    ]
    return sorted(years + wholes)


def _totals(lines: list[str]) -> list[str]:
    return sorted(line for line in lines if not line[0].isdigit() or ":" in line)


def _amounts(lines: list[str]) -> set[Decimal]:
    return {Decimal(line.split()[0]).normalize() for line in lines if line[0].isdigit() and ":" not in line}


@given(seed=st.integers(0, 1_000_000))
@settings(max_examples=60, deadline=None)
def test_every_route_comes_to_the_same_for_whoever_asks(catalogue_of_content: Catalogue, seed: int) -> None:
    facts, finances = _told(catalogue_of_content, seed), Finances(catalogue_of_content, ON)

    for finance in catalogue_of_content.content.finances:
        picture = finances.picture(finance.route, facts)
        counted = list(sums_of(catalogue_of_content, finance.route, facts, ON))

        assert _totals(counted[1:]) == _expected(picture)
        amounts = (end for line in picture.lines() for end in (line.low, line.high) if end is not None)
        assert _amounts(counted[1:]) == {end.normalize() for end in amounts}


def test_a_route_whose_money_is_not_known_comes_to_nothing(catalogue_of_content: Catalogue) -> None:
    assert list(sums_of(catalogue_of_content, "no-such-route", {}, ON)) == []


def _checked(catalogue: Catalogue, answered: Answered, on: date) -> list[str]:
    """The numbers in a reply that neither its records nor the second count hold."""
    reply = answered.reply.as_json()
    records = [catalogue.find(each["record_id"]) for each in reply["citations"]]
    evidence = [record.model_dump_json() + record.text() for record in records if record is not None]
    facts = {name: catalogue.facts[name].parse(value) for name, value in answered.trace["counted_on"].items()}
    for record in records:
        evidence += sums_of(catalogue, record.id, facts, on) if record is not None else ()
    return unsupported(shown(reply), evidence, "")


def test_the_sums_of_a_reply_are_held_against_the_second_count(
    ask: Callable[..., Answered], catalogue_of_content: Catalogue, today: date
) -> None:
    answered = ask("wat kost de deeltijd pabo mij per jaar? ik heb een hbo-diploma en ben 41")

    assert answered.trace["template"] == "money_picture"
    assert _checked(catalogue_of_content, answered, today) == []


def test_a_sum_that_is_counted_wrong_is_found(
    ask: Callable[..., Answered], catalogue_of_content: Catalogue, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(self: plan.PlannedItem, *arguments: object) -> object:
        line = counted(self, *arguments)  # type: ignore[arg-type]
        return line and replace(line, in_high=line.in_high and line.in_high + 7)

    counted = plan.PlannedItem.line
    monkeypatch.setattr(plan.PlannedItem, "line", too_much)

    answered = ask("wat kost de voltijd pabo mij per jaar?")

    assert answered.trace["template"] == "money_picture"
    assert _checked(catalogue_of_content, answered, today) != []
