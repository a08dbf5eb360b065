"""What an editor should look at is found in the content itself: amounts left behind, rules that exclude each other."""

from datetime import date
from typing import Any

import pytest

from evaluation.consequences.contradictions import amounts_left_behind, excluding_rules, low_confidence_published
from knowledge.catalogue import Content
from knowledge.publishing.item import ItemKey, dumped, items_of, overlaid, parsed
from knowledge.reader import publish, read_content

TODAY = date(2026, 12, 1)
FEE = ItemKey("records", "wettelijk-collegegeld")


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content()


def edited(content: Content, key: ItemKey, **fields: Any) -> Content:
    data = {**dumped(dict(items_of(content))[key]), **fields}
    return overlaid(content, {key: parsed(key.group, data)})


def with_fee(content: Content, value: str) -> Content:
    fee = dumped(dict(items_of(content))[FEE])
    amounts = [{**each, "value": value} if each.get("value") == "2694" else each for each in fee["amounts"]]
    words = {name: fee[name].replace("2.694", value) for name in ("summary", "body") if name in fee}
    return edited(content, FEE, amounts=amounts, **words)


def test_an_amount_that_changes_in_one_record_and_stands_in_another_is_warned_of(content: Content) -> None:
    warnings = list(amounts_left_behind(publish(content), publish(with_fee(content, "2799"))))

    assert warnings, "other records tell the statutory fee too"
    assert all("€ 2.694" in each.dutch and each.kind == "contradiction" for each in warnings)
    assert "wettelijk-collegegeld" not in {each.about for each in warnings}


def test_words_that_change_leave_no_amount_behind(content: Content) -> None:
    after = edited(
        content, ItemKey("records", "bevoegdheid"), summary="Een bevoegdheid is een bewijs dat je les mag geven."
    )

    assert not list(amounts_left_behind(publish(content), publish(after)))


def test_two_rules_that_nobody_meets_both_are_named_and_others_are_not(content: Content) -> None:
    rule = ItemKey("rules", "pabo-voltijd-vooropleiding")
    other = next(each for each in content.rules if each.route == "pabo-voltijd" and each.id != rule.id)
    mine = {"fact": "age", "at_least": 60}
    after = edited(content, rule, condition=mine)
    young = {"fact": "age", "at_most": 20}
    both = edited(after, ItemKey("rules", other.id), kind="requirement", condition=young, needs_adviser="")

    assert not list(excluding_rules(publish(content), publish(content), TODAY))
    assert not list(excluding_rules(publish(content), publish(after), TODAY))
    [warning] = excluding_rules(publish(content), publish(both), TODAY)
    assert "sluiten twee regels elkaar uit" in warning.dutch
    assert warning.about == "pabo-voltijd"


def test_what_was_unsure_and_becomes_public_is_warned_of(content: Content) -> None:
    draft = next(each for each in content.records if each.confidence == "low")
    after = edited(content, ItemKey("records", draft.id), confidence="medium")

    [warning] = low_confidence_published(content, after)

    assert warning.kind == "became_public"
    assert draft.title in warning.dutch
    assert not list(low_confidence_published(content, content))
