"""A region takes over what another one says: it follows, or goes its own way and hears of changes."""

import pytest

from knowledge.publishing.consequences import digest_of
from knowledge.publishing.errors import EditorialProblem
from knowledge.publishing.item import ItemKey
from tests.knowledge.publishing.conftest import ANNA, BRAM, Desk

TERM, OWN = ItemKey("records", "bevoegdheid"), ItemKey("records", "bevoegdheid-hak")
REGION = "hak"


def taken_over(desk: Desk, mode: str) -> None:
    change = desk.change_sets.begin("Overnemen", BRAM, REGION).id
    desk.taking_over.take_over(change, TERM, OWN.id, REGION, mode, BRAM)  # type: ignore[arg-type]
    desk.publisher.publish(change, BRAM)


def says(desk: Desk, key: ItemKey, field: str = "summary") -> object:
    content = desk.revisions.published(key)
    assert content is not None
    return content[field]


def test_what_follows_says_what_its_original_says_with_the_same_publication(desk: Desk) -> None:
    taken_over(desk, "follow")

    info = desk.publisher.publish(desk.change(TERM, summary="Een nieuwe uitleg van wat een bevoegdheid is."), ANNA)

    assert set(info.items) == {TERM, OWN}
    assert says(desk, OWN) == "Een nieuwe uitleg van wat een bevoegdheid is."
    assert says(desk, OWN, "regions") == [REGION]
    desk.publisher.back(info.number - 1, ANNA)
    assert says(desk, OWN) == says(desk, TERM) != "Een nieuwe uitleg van wat een bevoegdheid is."


def test_what_forks_stays_as_it_is_and_is_told_of_changes(desk: Desk) -> None:
    taken_over(desk, "fork")
    desk.publisher.publish(desk.change(OWN, body="Dit schreef de regio er zelf bij."), BRAM)
    desk.publisher.publish(desk.change(TERM, summary="Een nieuwe uitleg van wat een bevoegdheid is."), ANNA)

    [fork] = desk.taking_over.of_region(REGION)
    assert [change.field for change in fork.changed] == ["summary"]
    assert says(desk, OWN) != says(desk, TERM)

    change = desk.change_sets.begin("Bijwerken", BRAM).id
    assert desk.taking_over.catch_up(change, OWN, BRAM) == ()
    desk.publisher.publish(change, BRAM)
    assert says(desk, OWN) == says(desk, TERM)
    assert says(desk, OWN, "body") == "Dit schreef de regio er zelf bij."
    assert says(desk, OWN, "regions") == [REGION]
    assert desk.taking_over.of_region(REGION)[0].changed == ()


def test_one_that_follows_can_go_its_own_way_later(desk: Desk) -> None:
    taken_over(desk, "follow")

    desk.taking_over.fork(OWN)
    info = desk.publisher.publish(desk.change(TERM, summary="Een nieuwe uitleg van wat een bevoegdheid is."), ANNA)

    assert info.items == (TERM,)


def test_nobody_follows_what_follows_another_or_takes_over_a_rule(desk: Desk) -> None:
    taken_over(desk, "follow")
    change = desk.change_sets.begin("Nog eens", BRAM).id

    for original in (OWN, ItemKey("rules", "pabo-voltijd-toetsen")):
        with pytest.raises(EditorialProblem):
            desk.taking_over.take_over(change, original, "nog-een", REGION, "follow", BRAM)


def test_a_look_at_consequences_is_kept_with_what_was_looked_at(desk: Desk) -> None:
    change = desk.change(TERM, summary="Een nieuwe uitleg van wat een bevoegdheid is.")
    digest = digest_of(desk.revisions.changed_in(change), desk.publisher.number())
    desk.consequences.begin(change, digest)
    desk.consequences.advance(change, 40, 100)
    halfway = desk.consequences.get(change)
    desk.consequences.end(change, {"cases": 3})
    desk.change(TERM, change_set=change, summary="En nog een andere uitleg daarna.")

    looked = desk.consequences.get(change)

    assert halfway is not None
    assert looked is not None
    assert (halfway.state, halfway.done, halfway.of) == ("running", 40, 100)
    assert (looked.state, looked.result) == ("done", {"cases": 3})
    assert looked.digest != digest_of(desk.revisions.changed_in(change), desk.publisher.number())
