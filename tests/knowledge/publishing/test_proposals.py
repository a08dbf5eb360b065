"""Proposals: from what a source says to a person's decision."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from knowledge.publishing.pairs import pair_id
from knowledge.publishing.proposal import Change, Evidence, NotOpen, Overtaken, Proposed
from knowledge.publishing.proposals import ProposalStore
from knowledge.publishing.session import open_publishing

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
ITEM = {"id": "vog", "kind": "cost", "phone": "070 123"}
SOURCE = {
    "id": "site-a-vog",
    "title": "VOG",
    "publisher": "Site A",
    "url": "https://a.example/vog",
    "as_of": "2026-11-28",
}


def proposed(item_id: str = "vog", after: str = "070 999", **more: Any) -> Proposed:
    given = {
        "kind": "changed",
        "group": "records",
        "item_id": item_id,
        "title": "VOG",
        "changes": (Change(field="phone", before="070 123", after=after),),
        "evidence": (Evidence(words=f"Bel {after}", seen_on=date(2026, 11, 28), confidence="high"),),
    }
    return Proposed(**given | more)


class Items:
    """Items as they are, and the drafts that were made."""

    def __init__(self) -> None:
        self.now: dict[tuple[str, str], dict[str, Any]] = {("records", "vog"): ITEM}
        self.drafts: list[tuple[str, dict[str, Any], str]] = []

    def read(self, group: str, item_id: str) -> dict[str, Any] | None:
        return self.now.get((group, item_id))

    def write(self, _group: str, item_id: str, content: dict[str, Any], by: str, _comment: str) -> str:
        self.drafts.append((item_id, content, by))
        return f"draft-{len(self.drafts)}"


@pytest.fixture
def store(knowledge_address: str) -> ProposalStore:
    return ProposalStore(open_publishing(knowledge_address))


def test_given_the_same_found_again_then_it_is_one_proposal_and_another_value_takes_its_place(
    store: ProposalStore,
) -> None:
    first = store.replace("site-a", [proposed()], NOW)
    second = store.replace("site-a", [proposed()], NOW + timedelta(days=1))
    third = store.replace("site-a", [proposed(after="070 777")], NOW + timedelta(days=2))

    assert (first.opened, second.opened, second.standing) == (1, 0, 1)
    assert (third.opened, third.superseded) == (1, 1)
    [waiting] = store.list()
    assert waiting.proposed.changes[0].after == "070 777"


def test_given_a_source_that_says_nothing_any_more_then_its_proposal_goes_and_another_sources_stays(
    store: ProposalStore,
) -> None:
    store.replace("site-a", [proposed()], NOW)
    store.replace("site-b", [proposed()], NOW)

    assert store.replace("site-a", [], NOW).superseded == 1
    assert [each.source_id for each in store.list()] == ["site-b"]


def test_given_many_then_the_one_that_most_answers_leaned_on_goes_first(store: ProposalStore) -> None:
    many = [proposed("a"), proposed("b"), proposed("c", kind="gone", changes=())]
    store.replace("site-a", many, NOW, damage={"b": 40})

    assert [each.proposed.item_id for each in store.list()] == ["b", "c", "a"]

    store.weigh({"a": 99})
    assert (store.list()[0].proposed.item_id, store.list()[0].damage) == ("a", 99)


def test_given_a_yes_then_a_draft_is_made_with_the_source_it_names_and_it_cannot_be_decided_twice(
    store: ProposalStore,
) -> None:
    items = Items()
    store.replace("site-a", [proposed(sources=(SOURCE,))], NOW)
    [waiting] = store.list()

    done = store.accept(waiting.id, "Anna", NOW, items.read, items.write)

    assert items.drafts == [("site-a-vog", SOURCE, "Anna"), ("vog", {**ITEM, "phone": "070 999"}, "Anna")]
    assert (done.state, done.outcome, done.decided_by) == ("accepted", "draft-2", "Anna")
    with pytest.raises(NotOpen):
        store.refuse(waiting.id, "Bram", "nee", NOW)
    # While the draft is on its way, the same is not proposed again.
    assert store.replace("site-a", [proposed()], NOW + timedelta(days=3)).decided_before == 1


def test_given_an_item_that_changed_since_then_it_is_not_overwritten(store: ProposalStore) -> None:
    items = Items()
    store.replace("site-a", [proposed()], NOW)
    [waiting] = store.list()
    items.now["records", "vog"] = {**ITEM, "phone": "010 555"}

    with pytest.raises(Overtaken):
        store.accept(waiting.id, "Anna", NOW, items.read, items.write)
    assert (items.drafts, store.count()) == ([], 1)


def test_given_a_no_then_the_same_is_not_proposed_again_but_something_else_is(store: ProposalStore) -> None:
    store.replace("site-a", [proposed()], NOW)
    store.refuse(store.list()[0].id, "Anna", "klopt niet", NOW)

    again = store.replace("site-a", [proposed()], NOW + timedelta(days=400))
    other = store.replace("site-a", [proposed(after="070 777")], NOW + timedelta(days=401))

    assert (again.opened, again.decided_before) == (0, 1)
    assert other.opened == 1


def test_given_an_edited_proposal_then_the_editors_own_words_are_the_draft(store: ProposalStore) -> None:
    items = Items()
    store.replace("site-a", [proposed()], NOW)

    done = store.edit(store.list()[0].id, "Anna", NOW, {**ITEM, "phone": "070 000"}, items.read, items.write)

    assert items.drafts == [("vog", {**ITEM, "phone": "070 000"}, "Anna")]
    assert done.state == "edited"


def test_given_something_new_that_is_known_already_then_it_has_another_name_from_now_on(store: ProposalStore) -> None:
    store.replace("site-a", [proposed("site-a-vraag", kind="new")], NOW)
    store.same_as(store.list()[0].id, "Anna", "vog", NOW)

    assert store.aliases("site-a") == {"site-a-vraag": "vog"}
    assert store.count() == 0


def pair(one: str, other: str, words: str = "Een avond", **more: Any) -> Proposed:
    evidence = (Evidence(words=words, url="https://a.example/x", seen_on=date(2026, 11, 28), confidence="high"),)
    return proposed(pair_id(one, other), kind="double", changes=(), pair=(one, other), evidence=evidence, **more)


def test_given_two_things_that_may_be_one_then_what_is_said_of_them_holds_for_every_source_and_whatever_the_words(
    store: ProposalStore,
) -> None:
    store.replace("site-a", [pair("een", "twee"), pair("drie", "vier")], NOW, {"twee": 3, "drie": 1})
    assert [each.damage for each in store.list()] == [3, 1]
    assert store.pairs().waiting == {pair_id("twee", "een"): "site-a", pair_id("drie", "vier"): "site-a"}

    first, second = store.list()
    store.same_as(first.id, "Anna", "twee", NOW)
    store.refuse(second.id, "Anna", "het zijn er twee", NOW)
    again = store.replace("site-a", [pair("een", "twee", "Anders"), pair("drie", "vier", "Anders")], NOW)

    assert (again.opened, again.decided_before) == (0, 2)
    known = store.pairs()
    assert known.says_same("twee", "een")
    assert known.says_different("vier", "drie")
    assert not known.says_same("een", "drie")


def test_given_a_page_that_is_double_and_was_left_so_then_other_words_on_it_do_not_bring_it_back(
    store: ProposalStore,
) -> None:
    def page(words: str, url: str = "https://a.example/x") -> Proposed:
        evidence = (Evidence(words=words, url=url, seen_on=date(2026, 11, 28), confidence="high"),)
        return proposed("dubbel-1", kind="double", changes=(), evidence=evidence)

    store.replace("site-a", [page("Zo begint hij.")], NOW)
    store.refuse(store.list()[0].id, "Anna", "laat maar", NOW)

    assert store.replace("site-a", [page("Nu begint hij zo.")], NOW).decided_before == 1
    assert store.replace("site-a", [page("Zo begint hij.", "https://b.example/y")], NOW).opened == 1


def test_given_a_source_that_is_trusted_for_a_field_then_only_that_is_taken_over(store: ProposalStore) -> None:
    items = Items()
    both = (
        Change(field="phone", before="070 123", after="070 999"),
        Change(field="email", before=None, after="a@b.nl"),
    )
    store.trust("site-a", "vog", "phone", "Anna", NOW)

    store.replace("site-a", [proposed(changes=both)], NOW)
    assert store.take_over("site-a", NOW, items.read, items.write) == 0
    store.replace("site-a", [proposed()], NOW)
    assert store.take_over("site-a", NOW, items.read, items.write) == 1

    assert items.drafts == [("vog", {**ITEM, "phone": "070 999"}, "Anna")]
    store.distrust("site-a", "vog", "phone")
    assert store.trusted() == {}
