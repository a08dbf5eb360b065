"""How somebody gets from what they have to what a route asks."""

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.eligibility.change import Moves, time_of
from assistant.eligibility.domain import Domain
from assistant.eligibility.verdict import Eligibility
from knowledge.catalogue import Catalogue
from knowledge.fact import FactType
from knowledge.move import Move
from knowledge.route import Months

HOW = {"nl": "Doe dit.", "en": "Do this."}
YEAR = {"at_least": 12, "at_most": 12}


@pytest.fixture(scope="module")
def eligibility(catalogue_of_content: Catalogue, today: Any) -> Eligibility:
    return Eligibility(catalogue_of_content, today)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"duration": YEAR, "is_free": True}, "a duration needs `sources`"),
        ({"duration": YEAR, "sources": ["bron"]}, "say in `unknown`"),
        ({"is_free": True}, "say in `unknown`"),
        ({"is_free": True, "costs": ["collegegeld"], "unknown": HOW}, "it is free, or it has `costs`"),
    ],
)
def test_a_move_says_what_it_takes_or_that_nobody_knows(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Move.model_validate({"id": "een", "fact": "diploma_level", "how": HOW, **fields})


def test_every_change_that_can_be_proposed_is_told_how_to_make(eligibility: Eligibility) -> None:
    """Over every value of every fact: a near miss never ends in a bare value."""
    moves = Moves(eligibility.domains)
    missing = [
        (domain.fact.name, domain.values[now], domain.values[then])
        for level, domain in enumerate(eligibility.domains)
        for now in range(len(domain.values))
        for _, then in moves.of(level, now)
        if not any(
            each.leads(domain.fact, domain.values[now], domain.values[then]) for each in eligibility.catalogue.moves
        )
    ]

    assert missing == []


def test_every_move_can_be_proposed(eligibility: Eligibility) -> None:
    moves = Moves(eligibility.domains)

    for move in eligibility.catalogue.moves:
        assert any(_leads(move, domain, moves, level) for level, domain in enumerate(eligibility.domains)), move.id


def _leads(move: Move, domain: Domain, moves: Moves, level: int) -> bool:
    is_open = domain.fact.name == move.fact and domain.fact.type is FactType.NUMBER
    return is_open or any(
        move.leads(domain.fact, domain.values[now], domain.values[then])
        for now in range(len(domain.values))
        for _, then in moves.of(level, now)
    )


def test_years_of_work_take_as_many_years(eligibility: Eligibility) -> None:
    fact = eligibility.vocabulary["work_experience_years"]
    move = next(each for each in eligibility.catalogue.moves if each.fact == "work_experience_years")

    assert move.takes(fact, 1, 3) == Months(at_least=24, at_most=24)
    assert move.takes(fact, 0, 40) is None


def test_nobody_is_told_to_get_papers_in_another_country(eligibility: Eligibility) -> None:
    for verdict in eligibility.verdicts({"teaching_qualification": "geen", "sector": frozenset({"po"})}):
        assert "buitenlands" not in [change.value for change in verdict.changes]


def test_changes_take_as_long_as_all_of_them_together(eligibility: Eligibility) -> None:
    facts = {"sector": frozenset({"vo"}), "role": "leraar", "diploma_level": "mbo-4", "teaching_qualification": "geen"}
    for verdict in eligibility.verdicts(facts):
        known = [change.duration for change in verdict.changes]
        total = time_of(verdict.changes)
        assert (total is None) == (None in known)
        assert total is None or total.at_least == sum(each.at_least for each in known if each)
