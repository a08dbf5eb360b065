"""Content that could not be served is refused before it is published, in words for an editor."""

from datetime import date
from typing import Any

from assistant.eligibility.soundness import unsound
from knowledge.catalogue import Content
from knowledge.publishing.item import ItemKey, dumped, items_of, overlaid, parsed

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
