"""What asks for an editor is found by the day it is, the most leaned on first, and follows what is published."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from knowledge.money import Year
from knowledge.publishing.item import ItemKey
from knowledge.publishing.upkeep import UpkeepBook, end_of_year
from tests.knowledge.publishing.conftest import ANNA, BRAM, Desk

FEE = ItemKey("records", "wettelijk-collegegeld")
TERM = ItemKey("records", "bevoegdheid")


def published(desk: Desk, change_set: str) -> None:
    desk.change_sets.submit(change_set)
    desk.change_sets.approve(change_set, BRAM)
    desk.publisher.publish(change_set, ANNA)


def test_given_a_day_to_look_at_something_when_it_is_published_then_it_is_in_the_calendar_and_later_overdue(
    desk: Desk,
) -> None:
    book = UpkeepBook(desk.publisher)
    first = book.now()
    assert book.now() is first, "nothing was published, so nothing is worked out again"

    published(desk, desk.change(TERM, review_by="2027-02-03", valid_until="2027-06-01"))

    upkeep = book.now()
    coming = {(each.what, each.on) for each in upkeep.calendar(date(2027, 2, 1), {}) if each.entry.key == TERM}
    assert coming == {("review", date(2027, 2, 3)), ("ends", date(2027, 6, 1))}
    assert not [each for each in upkeep.overdue(date(2027, 2, 2), {}) if each.entry.key == TERM]
    assert [each.what for each in upkeep.overdue(date(2027, 2, 3), {}) if each.entry.key == TERM] == ["review"]


def test_what_most_answers_leaned_on_comes_first_and_a_source_weighs_as_the_records_that_use_it(desk: Desk) -> None:
    upkeep = UpkeepBook(desk.publisher).now()
    far = date(2035, 1, 1)
    source = upkeep.entries[ItemKey("records", FEE.id)]
    [fees_source] = [key for key in upkeep.pointings[FEE].items if key.group == "sources"][:1]

    overdue = upkeep.overdue(far, {FEE.id: 40, TERM.id: 3})
    reread = upkeep.to_reread(far, {FEE.id: 40})

    assert overdue[0].entry == source
    assert [each.damage for each in overdue] == sorted((each.damage for each in overdue), reverse=True)
    assert fees_source in {each.entry.key for each in reread if each.damage == 40}
    assert FEE in upkeep.users[fees_source]


def test_what_points_at_an_item_is_known_whatever_group_it_is_in(desk: Desk) -> None:
    upkeep = UpkeepBook(desk.publisher).now()

    groups = {key.group for key in upkeep.users[ItemKey("records", "zij-instroom-po")]}

    assert {"rules", "finances", "phrasings", "records"} <= groups
    known = upkeep.entries.keys()
    assert all(user in known and used in known for used, users in upkeep.users.items() for user in users)
    assert all(address.startswith("http") for address in upkeep.addresses)


def test_records_without_an_answer_are_unused_and_those_that_disagree_are_told(desk: Desk) -> None:
    upkeep = UpkeepBook(desk.publisher).now()

    unused = [each.key for each in upkeep.unused({FEE.id: 1})]

    assert TERM in unused
    assert FEE not in unused
    assert all(each.conflicts or each.uncertain for each in upkeep.disagreeing())


@given(st.integers(1990, 2100), st.booleans())
def test_a_year_is_over_on_the_first_day_after_it(year: int, is_school_year: bool) -> None:
    told: Year = f"{year}-{year + 1}" if is_school_year else str(year)

    over = end_of_year(told)

    assert (over - timedelta(days=1)).year == (year + 1 if is_school_year else year)
    assert over.month == (9 if is_school_year else 1)
