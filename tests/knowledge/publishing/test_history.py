"""What visitors were told otherwise from one publication to the next, and what was never theirs to read."""

from datetime import timedelta

import pytest
from pydantic import BaseModel

from knowledge.catalogue import Content
from knowledge.money import Money
from knowledge.publishing.delivered import Delivered
from knowledge.publishing.errors import NotOpen
from knowledge.publishing.history import History, ItemChange
from knowledge.publishing.item import ItemKey, overlaid
from knowledge.publishing.session import open_publishing
from knowledge.route import Route
from tests.knowledge.publishing.conftest import ANNA, BRAM, Desk

FEE = ItemKey("records", "wettelijk-collegegeld")
ROUTE = ItemKey("records", "pabo-voltijd")
TERM = ItemKey("records", "bevoegdheid")


def published(desk: Desk, change: str) -> None:
    desk.change_sets.submit(change)
    desk.change_sets.approve(change, BRAM)
    desk.publisher.publish(change, ANNA)


def raised(desk: Desk, value: str) -> str:
    content = desk.revisions.published(FEE)
    assert content is not None
    return desk.change(FEE, amounts=[{**content["amounts"][0], "value": value}, *content["amounts"][1:]])


def fee(item: BaseModel | None) -> str:
    assert isinstance(item, Money)
    return str(item.amounts[0].value)


def only(changes: tuple[ItemChange, ...]) -> ItemChange:
    [change] = changes
    return change


def test_a_published_amount_is_told_with_what_it_was(desk: Desk) -> None:
    before = desk.publisher.catalogue().get(FEE.id, Money)

    published(desk, raised(desk, "2999"))
    published(desk, raised(desk, "3001"))

    second, first = desk.history.changes()
    assert (fee(first.before), fee(first.after)) == (str(before.amounts[0].value), "2999")
    assert (fee(second.before), fee(second.after)) == ("2999", "3001")
    assert [second.batch, first.batch] == ["p2", "p1"]


def test_a_draft_a_review_and_a_withdrawal_are_told_to_nobody(desk: Desk) -> None:
    waiting, withdrawn = raised(desk, "2999"), raised(desk, "3999")
    desk.change_sets.submit(waiting)
    desk.change_sets.approve(waiting, BRAM)
    desk.change_sets.withdraw(withdrawn)

    assert desk.history.changes() == ()


def test_what_is_not_sure_was_never_there(desk: Desk) -> None:
    unsure = desk.change(ROUTE, confidence="low", summary="Dit is nog helemaal niet zeker, en alleen voor ons.")
    desk.publisher.publish(unsure, ANNA)

    change = only(desk.history.changes())
    assert isinstance(change.before, Route)
    assert change.after is None

    more = desk.change(ROUTE, summary="Ook dit is nog helemaal niet zeker, en alleen voor ons.")
    desk.publisher.publish(more, ANNA)

    assert desk.history.changes() == (change,)


def test_a_word_or_a_question_is_no_news(desk: Desk) -> None:
    desk.publisher.publish(desk.change(TERM, summary="Een bevoegdheid is een bewijs dat je les mag geven."), ANNA)

    assert desk.history.changes() == ()


def test_going_back_is_told_as_that(desk: Desk) -> None:
    was = fee(desk.publisher.catalogue().get(FEE.id, Money))
    published(desk, raised(desk, "2999"))
    wrong = raised(desk, "9999")
    published(desk, wrong)

    desk.publisher.take_back(wrong, ANNA)
    desk.publisher.back(0, ANNA)

    to_the_start, taken_back, *_ = desk.history.changes()
    assert taken_back.is_put_back
    assert (fee(taken_back.before), fee(taken_back.after)) == ("9999", "2999")
    assert to_the_start.is_put_back
    assert (fee(to_the_start.before), fee(to_the_start.after)) == ("2999", was)


def test_an_editors_sentence_goes_with_what_was_published_and_can_be_taken_away(desk: Desk) -> None:
    change = raised(desk, "2999")
    desk.change_sets.tell(change, "Het collegegeld gaat omhoog naar € 2.999.", "The tuition fee goes up to € 2,999.")
    published(desk, change)

    assert only(desk.history.changes()).told == "Het collegegeld gaat omhoog naar € 2.999."
    with pytest.raises(NotOpen):
        desk.change_sets.tell(change, "Het collegegeld is gratis.")

    desk.change_sets.tell(change, "", "The tuition fee goes up to € 2,999.")

    assert only(desk.history.changes()).told == ""
    assert only(desk.history.changes()).told_en == "The tuition fee goes up to € 2,999."


def test_another_sentence_after_approval_asks_for_approval_again(desk: Desk) -> None:
    change = raised(desk, "2999")
    desk.change_sets.submit(change)
    desk.change_sets.approve(change, BRAM)

    assert desk.change_sets.tell(change, "Het collegegeld gaat omhoog.").state == "draft"


def of_product(content: Content, **fields: str) -> Delivered:
    """What a next version of the product delivers: another summary of the fee, or of the route."""
    keys = {"fee": FEE, "route": ROUTE}
    items = Delivered(content).items
    return Delivered(
        overlaid(
            content,
            {keys[name]: items[keys[name]].model_copy(update={"summary": text}) for name, text in fields.items()},
        )
    )


def test_what_another_version_of_the_product_says_otherwise_is_told(desk: Desk, delivered: Delivered) -> None:
    sessions, now = open_publishing(desk.address), desk.clock()
    assert History(sessions, delivered).note_delivered(now) == 0
    assert History(sessions, delivered).note_delivered(now) == 0

    newer = History(
        sessions, of_product(delivered.content, route="De pabo duurt vier jaar, in voltijd, bij een hogeschool.")
    )
    assert newer.note_delivered(now + timedelta(days=30)) == 1

    change = only(newer.changes())
    assert change.key == ROUTE
    assert change.at == now + timedelta(days=30)
    assert isinstance(change.after, Route)
    assert change.after.summary.startswith("De pabo duurt vier jaar")


def test_a_delivered_change_that_an_editors_version_covers_is_not_told(desk: Desk, delivered: Delivered) -> None:
    sessions, now = open_publishing(desk.address), desk.clock()
    desk.history.note_delivered(now)
    published(desk, raised(desk, "2999"))

    newer = History(sessions, of_product(delivered.content, fee="Het collegegeld is dit jaar anders dan eerst."))

    assert newer.note_delivered(now) == 0
    assert [change.batch for change in newer.changes()] == ["p1"]
