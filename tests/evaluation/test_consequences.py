"""What an edit changes is found before it is published: answers old beside new, and outcomes of drawn visitors."""

from datetime import date
from typing import Any

import pytest

from evaluation.casebook import read_casebook
from evaluation.consequences.asking import CaseAnswer
from evaluation.consequences.compared import compared
from evaluation.consequences.found import Consequences
from evaluation.consequences.outcomes import changed_outcomes, touched_routes
from knowledge.catalogue import Content
from knowledge.publishing.item import ItemKey, dumped, items_of, overlaid, parsed
from knowledge.reader import publish, read_content

TODAY = date(2026, 12, 1)
FEE = ItemKey("records", "wettelijk-collegegeld")
RULE = ItemKey("rules", "pabo-voltijd-vooropleiding")
TERM = ItemKey("records", "bevoegdheid")


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content()


def edited(content: Content, key: ItemKey, **fields: Any) -> Content:
    data = {**dumped(dict(items_of(content))[key]), **fields}
    return overlaid(content, {key: parsed(key.group, data)})


def test_a_stricter_rule_changes_the_outcome_of_those_it_is_about(content: Content) -> None:
    after = edited(content, RULE, condition={"fact": "diploma_level", "one_of": ["wo-master", "phd"]})

    changed, groups, warnings = changed_outcomes(publish(content), publish(after), TODAY, profiles=800)

    assert 0 < changed < 800
    assert any(line.startswith("Voltijd pabo") for group in groups for line in group.routes)
    assert all(group.example for group in groups)
    assert not [each for each in warnings if each.kind == "impossible_route"]


def test_a_rule_that_nobody_meets_is_warned_of(content: Content) -> None:
    nobody = {"all_of": [{"fact": "age", "at_least": 60}, {"fact": "age", "at_most": 20}]}

    _, _, warnings = changed_outcomes(
        publish(content), publish(edited(content, RULE, condition=nobody)), TODAY, profiles=80
    )

    [impossible] = [each for each in warnings if each.kind == "impossible_route"]
    assert impossible.about == "pabo-voltijd"
    assert "voor niemand meer" in impossible.dutch


def test_words_change_no_outcome_and_nobody_is_judged_for_them(content: Content) -> None:
    after = publish(edited(content, TERM, summary="Een bevoegdheid is een bewijs dat je les mag geven."))

    assert touched_routes(publish(content), after) == (False, frozenset())
    assert changed_outcomes(publish(content), after, TODAY) == (0, [], [])


def test_an_amount_changes_the_money_of_routes_that_take_it_and_no_verdict(content: Content) -> None:
    amounts = dumped(dict(items_of(content))[FEE])["amounts"]
    after = edited(content, FEE, amounts=[{**amounts[0], "value": "2999"}, *amounts[1:]])

    changed, groups, _ = changed_outcomes(publish(content), publish(after), TODAY, profiles=400)

    assert changed > 0
    assert {line.rsplit(": ", 1)[1] for group in groups for line in group.routes} == {"ander geldplaatje"}


def test_an_answer_without_its_source_and_one_that_became_wrong_are_warned_of() -> None:
    [case] = [each for each in read_casebook().cases if each.expect.cites_any][:1]
    old = CaseAnswer(
        id=case.id, text="Zo zit het. [1]", status="answered_record", cited=("een",), right=True, unsupported=()
    )
    new = old.model_copy(update={"text": "Zo zit het niet.", "cited": (), "right": False})

    changes, warnings = compared([case], {case.id: old}, {case.id: new})
    same, nothing = compared([case], {case.id: old}, {case.id: old})

    assert [(each.lost, each.became) for each in changes] == [(("een",), "wrong")]
    assert {each.kind for each in warnings} == {"lost_citation", "became_wrong"}
    assert (same, nothing) == ([], [])


def test_it_is_told_in_one_dutch_sentence() -> None:
    found = Consequences(
        cases=500, answers=(), profiles=20_000, changed_profiles=420, outcomes=(), warnings=(), seconds=1.0
    )

    assert found.in_dutch() == (
        "Deze wijziging verandert 0 van de 500 antwoorden, en de uitkomst van 2,1% van de profielen."
    )
