"""A region takes over what another one says: it follows, or goes its own way and hears of changes."""

from datetime import timedelta

import pytest

from knowledge.publishing.consequences import digest_of
from knowledge.publishing.errors import EditorialProblem, SecondPersonNeeded
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Editor
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


FEE, OWN_FEE = ItemKey("records", "stagevergoeding-haaglanden"), ItemKey("records", "stagevergoeding-hak")
DAAN = Editor("daan", "Daan", (REGION,))


def approved(desk: Desk, change: str, by: Editor = BRAM) -> None:
    if desk.change_sets.get(change).state == "draft":
        desk.change_sets.submit(change)
    desk.change_sets.approve(change, by)
    desk.publisher.publish(change, ANNA)


def following_fee(desk: Desk) -> None:
    change = desk.change_sets.begin("Overnemen", BRAM, REGION).id
    desk.taking_over.take_over(change, FEE, OWN_FEE.id, REGION, "follow", BRAM)
    approved(desk, change, DAAN)


def cheaper(desk: Desk, value: str) -> str:
    content = desk.revisions.published(FEE)
    assert content is not None
    return desk.change(FEE, amounts=[{**content["amounts"][0], "value": value}, *content["amounts"][1:]])


def amount(desk: Desk, key: ItemKey) -> str:
    content = desk.revisions.published(key)
    assert content is not None
    return str(content["amounts"][0]["value"])


def test_an_amount_that_another_region_follows_waits_for_a_colleague_there(desk: Desk) -> None:
    following_fee(desk)
    before = amount(desk, OWN_FEE)
    change = cheaper(desk, "111")
    [told] = desk.publisher.followed_by(change)
    assert (told.region, told.key, told.waits) == (REGION, OWN_FEE, True)

    approved(desk, change)

    assert (amount(desk, FEE), amount(desk, OWN_FEE)) == ("111", before)
    [taken] = desk.taking_over.of_region(REGION)
    waiting = desk.change_sets.get(taken.waiting)
    assert (waiting.state, waiting.region) == ("in_review", REGION)
    with pytest.raises(SecondPersonNeeded):
        desk.change_sets.approve(taken.waiting, ANNA)

    approved(desk, cheaper(desk, "222"))

    [newer] = desk.taking_over.of_region(REGION)
    assert desk.change_sets.get(taken.waiting).state == "withdrawn", "what it waited with is not what holds any more"
    approved(desk, newer.waiting, DAAN)
    assert amount(desk, OWN_FEE) == "222"
    assert desk.taking_over.of_region(REGION)[0].waiting == ""
    assert desk.taking_over.went_along((REGION,), desk.clock.now - timedelta(days=1)) == (OWN_FEE,)
    assert desk.taking_over.went_along(("haaglanden",), desk.clock.now - timedelta(days=1)) == ()


def test_a_region_that_asks_for_no_second_pair_of_eyes_follows_at_once(desk: Desk) -> None:
    following_fee(desk)
    desk.change_sets.set_needs(REGION, frozenset(), DAAN)
    change = cheaper(desk, "111")
    assert [each.waits for each in desk.publisher.followed_by(change)] == [False]

    approved(desk, change)

    assert amount(desk, OWN_FEE) == "111"


def test_what_waits_makes_way_when_its_original_is_taken_back(desk: Desk) -> None:
    following_fee(desk)
    before = amount(desk, FEE)
    change = cheaper(desk, "111")
    approved(desk, change)
    [held] = desk.taking_over.of_region(REGION)

    desk.publisher.take_back(change, ANNA)

    assert desk.change_sets.get(held.waiting).state == "withdrawn"
    assert (amount(desk, FEE), amount(desk, OWN_FEE)) == (before, before)

    again = cheaper(desk, "222")
    approved(desk, again)
    approved(desk, desk.taking_over.of_region(REGION)[0].waiting, DAAN)
    desk.publisher.take_back(again, ANNA)
    assert (amount(desk, FEE), amount(desk, OWN_FEE)) == (before, "222"), "there it was approved, so there it waits"
    assert desk.taking_over.of_region(REGION)[0].waiting
