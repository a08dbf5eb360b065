"""Content that could not be served is refused before it is published, in words for an editor."""

from datetime import date
from typing import Any

from assistant.eligibility.soundness import unsound
from knowledge.catalogue import Content
from knowledge.publishing.item import ItemKey, dumped, items_of, overlaid, parsed
from knowledge.rule import Rule

TODAY = date(2026, 12, 1)
AGE, LEVEL = ItemKey("facts", "age"), ItemKey("facts", "diploma_level")


def with_fields(content: Content, key: ItemKey, **fields: Any) -> Content:
    return overlaid(content, {key: parsed(key.group, {**dumped(dict(items_of(content))[key]), **fields})})


def test_the_content_as_delivered_can_be_served(delivered: Content) -> None:
    assert unsound(delivered, TODAY) == ()


def test_questions_that_wait_for_each_other_are_refused(delivered: Content) -> None:
    circle = with_fields(with_fields(delivered, AGE, after="diploma_level"), LEVEL, after="age")

    [problem] = unsound(circle, TODAY)

    assert "wachten op elkaar" in problem.dutch
    assert problem.field == "after"


def test_a_question_that_waits_for_itself_is_refused(delivered: Content) -> None:
    [problem] = unsound(with_fields(delivered, AGE, after="age"), TODAY)

    assert problem.key == AGE


def test_a_fact_or_guard_that_the_program_needs_is_not_taken_away(delivered: Content) -> None:
    without = overlaid(delivered, {ItemKey("facts", "motive"): None, ItemKey("guards", "crisis"): None})

    assert {problem.key for problem in unsound(without, TODAY)} == {
        ItemKey("facts", "motive"),
        ItemKey("guards", "crisis"),
    }


def test_rules_by_which_no_route_fits_anybody_are_refused_and_one_such_route_alone_is_not(delivered: Content) -> None:
    nobody = {"all_of": [{"fact": "age", "at_least": 50}, {"fact": "age", "at_most": 40}]}
    routes = [item.id for item in delivered.records if item.kind == "route"]

    def closed(ids: list[str]) -> Content:
        made = {
            ItemKey("rules", f"{route}-dicht"): Rule.model_validate(
                {
                    "id": f"{route}-dicht", "route": route, "kind": "requirement", "condition": nobody,
                    "statement": "Je bent minstens 50 en hoogstens 40 jaar.", "otherwise": "Kies een andere route.",
                    "sources": ["duo-collegegeld"], "valid_from": "2026-01-01",
                }
            )
            for route in ids
        }  # fmt: skip
        return overlaid(delivered, made)

    [problem] = unsound(closed(routes), TODAY)
    assert "geen enkele route" in problem.dutch
    assert unsound(closed(routes[:1]), TODAY) == ()
