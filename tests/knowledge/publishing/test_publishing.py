"""Drafts become what visitors are answered from after a second pair of eyes, and can be taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pydantic import ValidationError

from knowledge.catalogue import Content
from knowledge.publishing.errors import (
    ContentRefused,
    EditorialProblem,
    NotOpen,
    Outdated,
    SecondPersonNeeded,
)
from knowledge.publishing.item import ItemKey, dumped, items_of, parsed
from knowledge.publishing.review import Sensitive
from knowledge.publishing.undoing import NotYours
from tests.knowledge.publishing.conftest import ANNA, BRAM, Desk

TERM = ItemKey("records", "bevoegdheid")
OTHER_TERM = ItemKey("records", "onbevoegd")
FEE = ItemKey("records", "wettelijk-collegegeld")
LOCAL = ItemKey("records", "stagevergoeding-haaglanden")
RULE = ItemKey("rules", "pabo-voltijd-vooropleiding")


def summary(desk: Desk, key: ItemKey = TERM) -> str:
    found = desk.publisher.catalogue().find(key.id)
    assert found is not None
    return found.summary


def raised_fee(desk: Desk) -> str:
    content = desk.revisions.published(FEE)
    assert content is not None
    amounts = [{**content["amounts"][0], "value": "2999"}, *content["amounts"][1:]]
    return desk.change(FEE, amounts=amounts)


def test_every_item_of_the_content_reads_back_as_the_same(desk: Desk) -> None:
    for key, item in items_of(desk.publisher.content()):
        assert parsed(key.group, dumped(item)) == item


def test_what_is_not_published_is_seen_by_nobody(desk: Desk) -> None:
    before = desk.publisher.catalogue().version

    desk.change(TERM, summary="Een bevoegdheid is een bewijs dat je les mag geven.")

    assert desk.publisher.catalogue().version == before
    assert desk.publisher.number() == 0


def test_a_published_change_is_what_visitors_are_answered_from(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    signal = desk.publisher.signal()
    change = desk.change(TERM, summary="Een bevoegdheid is een bewijs dat je les mag geven.")

    published = desk.publisher.publish(change, ANNA)

    assert published.number == 1
    assert published.items == (TERM,)
    assert summary(desk) == summary(open_desk()) == "Een bevoegdheid is een bewijs dat je les mag geven."
    assert desk.publisher.catalogue().version == published.catalogue
    assert desk.publisher.signal() > signal
    assert desk.change_sets.get(change).state == "published"
    with pytest.raises(NotOpen):
        desk.change(TERM, change_set=change, summary="Nog een keer iets anders.")


def test_going_back_restores_what_was_said_exactly(desk: Desk) -> None:
    before = desk.publisher.catalogue().version
    desk.publisher.publish(desk.change(TERM, summary="De eerste wijziging van deze tekst."), ANNA)
    first = desk.publisher.catalogue().version
    desk.publisher.publish(desk.change(TERM, summary="De tweede wijziging van deze tekst."), ANNA)
    desk.publisher.publish(desk.change(OTHER_TERM, summary="Ook deze tekst is veranderd."), BRAM)

    desk.publisher.back(1, BRAM)
    assert desk.publisher.catalogue().version == first
    desk.publisher.back(0, BRAM)
    assert desk.publisher.catalogue().version == before
    desk.publisher.back(3, BRAM)

    assert summary(desk) == "De tweede wijziging van deze tekst."
    assert [each.back_to for each in desk.publisher.publications()] == [3, 0, 1, None, None, None]
    with pytest.raises(NotOpen):
        desk.publisher.back(3, BRAM)


def test_an_amount_is_not_published_by_its_author_alone(desk: Desk) -> None:
    change = raised_fee(desk)

    with pytest.raises(SecondPersonNeeded):
        desk.publisher.publish(change, ANNA)
    desk.change_sets.submit(change)
    with pytest.raises(SecondPersonNeeded):
        desk.change_sets.approve(change, ANNA)
    desk.change_sets.approve(change, BRAM)
    desk.publisher.publish(change, ANNA)

    [fee] = [each for each in desk.publisher.content().records if each.id == FEE.id]
    assert dumped(fee)["amounts"][0]["value"] == "2999"
    assert desk.revisions.history(FEE)[0].reviewer == "Bram"


def test_who_wrote_along_does_not_approve(desk: Desk) -> None:
    change = raised_fee(desk)
    desk.change(TERM, by=BRAM, change_set=change, summary="Bram schrijft hier ook aan mee.")
    desk.change_sets.submit(change)

    with pytest.raises(SecondPersonNeeded):
        desk.change_sets.approve(change, BRAM)


def test_a_change_after_approval_is_looked_at_again(desk: Desk) -> None:
    change = raised_fee(desk)
    desk.change_sets.submit(change)
    desk.change_sets.approve(change, BRAM)

    desk.change(FEE, change_set=change, summary="Het wettelijk collegegeld, met andere woorden gezegd.")

    assert desk.change_sets.get(change).state == "draft"
    with pytest.raises(SecondPersonNeeded):
        desk.publisher.publish(change, ANNA)


def test_an_amount_that_is_only_in_the_words_counts_as_one(desk: Desk) -> None:
    change = desk.change(TERM, summary="Een bevoegdheid kost ongeveer € 100 per jaar.")

    assert desk.change_sets.review_need(change).what == {TERM: {Sensitive.AMOUNTS}}


def test_a_region_says_itself_what_needs_a_second_person(desk: Desk) -> None:
    loket = next(key for key, item in items_of(desk.publisher.content()) if getattr(item, "regions", ()))
    region = getattr(desk.publisher.catalogue().find(loket.id), "regions", ("",))[0]
    change = desk.change(loket, summary="Hier staat nu een bedrag van € 12 in de tekst.")
    assert desk.change_sets.review_need(change).is_needed

    desk.change_sets.set_needs(region, frozenset({Sensitive.RULES}), ANNA)

    assert not desk.change_sets.review_need(change).is_needed
    assert desk.change_sets.review_need(raised_fee(desk)).is_needed, "what holds everywhere is not this region's"


def test_a_broken_reference_is_refused_in_dutch(desk: Desk) -> None:
    change = desk.change(TERM, sources=["bestaat-niet"])

    problems = desk.publisher.problems(change)
    with pytest.raises(ContentRefused) as refused:
        desk.publisher.publish(change, ANNA)

    assert [problem.key for problem in problems] == [TERM]
    assert "bestaat-niet" in problems[0].dutch
    assert refused.value.problems == problems
    assert desk.publisher.number() == 0


def test_taking_away_what_others_point_at_is_refused(desk: Desk) -> None:
    change = desk.change_sets.begin("Weg ermee", ANNA).id
    desk.revisions.retire(change, FEE, ANNA)

    assert desk.publisher.problems(change)


def test_what_its_model_refuses_is_not_saved(desk: Desk) -> None:
    with pytest.raises(ValidationError):
        desk.change(TERM, summary="kort")


def test_nothing_is_lost_when_another_version_was_published_first(desk: Desk) -> None:
    mine = desk.change(TERM, summary="Mijn nieuwe samenvatting van dit begrip.")
    theirs = desk.change(TERM, by=BRAM, body="Bram schreef hier meer bij.", summary="De samenvatting van Bram hier.")
    desk.publisher.publish(theirs, BRAM)

    with pytest.raises(Outdated):
        desk.publisher.publish(mine, ANNA)
    found = desk.revisions.rebase(mine, ANNA)
    [conflict] = found[TERM]
    desk.publisher.publish(mine, ANNA)

    assert (conflict.field, conflict.mine, conflict.theirs) == (
        "summary",
        "Mijn nieuwe samenvatting van dit begrip.",
        "De samenvatting van Bram hier.",
    )
    term = desk.publisher.catalogue().find(TERM.id)
    assert term is not None
    assert (term.summary, term.body) == ("Mijn nieuwe samenvatting van dit begrip.", "Bram schreef hier meer bij.")


def test_what_is_planned_is_published_and_taken_back_at_its_time(desk: Desk) -> None:
    before, noon = desk.publisher.catalogue().version, desk.clock.now + timedelta(hours=3)
    change = desk.change(TERM, summary="Dit geldt alleen in de week van de leraar.")
    desk.change_sets.schedule(change, noon, noon + timedelta(days=7))

    assert desk.publisher.publish_due() == ()
    desk.clock.now = noon
    [published] = desk.publisher.publish_due()
    assert summary(desk) == "Dit geldt alleen in de week van de leraar."
    assert desk.publisher.publish_due() == ()
    desk.clock.now = noon + timedelta(days=7)
    [taken_back] = desk.publisher.publish_due()

    assert (published.number, taken_back.number) == (1, 2)
    assert desk.publisher.catalogue().version == before
    assert desk.publisher.publish_due() == ()


def test_what_is_planned_and_cannot_be_says_why(desk: Desk) -> None:
    change = desk.change(TERM, sources=["bestaat-niet"])
    desk.change_sets.schedule(change, desk.clock.now)

    assert desk.publisher.publish_due() == ()

    assert "bestaat-niet" in desk.change_sets.get(change).why_late
    assert desk.publisher.publish_due() == ()


def test_an_amount_is_not_planned_without_a_second_person(desk: Desk) -> None:
    with pytest.raises(SecondPersonNeeded):
        desk.change_sets.schedule(raised_fee(desk), desk.clock.now)


def test_it_is_not_taken_back_before_it_is_published(desk: Desk) -> None:
    change = desk.change(TERM, summary="Dit geldt nergens en op geen enkel moment.")

    with pytest.raises(EditorialProblem):
        desk.change_sets.schedule(change, desk.clock.now, desk.clock.now - timedelta(days=1))


def test_a_new_item_a_copy_and_a_translation_are_published(desk: Desk) -> None:
    change = desk.change_sets.begin("Nieuw", ANNA).id
    desk.revisions.copy(change, TERM, "bevoegdheid-kort", ANNA, {"title": "Bevoegdheid, kort", "also_called": []})
    words = {"title": "Qualification", "summary": "A qualification shows that you may teach.", "body": ""}
    desk.revisions.translate(change, ItemKey("records", "bevoegdheid-kort"), "en", words, ANNA)
    with pytest.raises(EditorialProblem):
        desk.revisions.copy(change, TERM, "onbevoegd", ANNA)

    desk.publisher.publish(change, ANNA)

    new = desk.publisher.catalogue().find("bevoegdheid-kort")
    assert new is not None
    assert new.in_locale("en").title == "Qualification"


def test_a_new_first_sentence_makes_other_sentences(desk: Desk) -> None:
    key = next(key for key, _ in items_of(desk.publisher.content()) if key.group == "phrasings")
    count = len(desk.publisher.content().phrasings)

    change = desk.change(key, asks=["zomaar een heel andere zin om dit te vragen"])
    desk.publisher.publish(change, ANNA)

    phrasings = desk.publisher.content().phrasings
    assert len(phrasings) == count
    assert key.id not in {each.id for each in phrasings}


def test_an_id_does_not_change_under_an_item(desk: Desk) -> None:
    with pytest.raises(EditorialProblem):
        desk.change(TERM, id="iets-anders")


def test_what_was_withdrawn_is_no_longer_the_latest(desk: Desk) -> None:
    change = desk.change(TERM, summary="Dit wordt toch niet wat we zeggen.")
    desk.change_sets.withdraw(change)

    with pytest.raises(NotOpen):
        desk.publisher.publish(change, ANNA)
    assert [each.state for each in desk.revisions.history(TERM)] == ["withdrawn"]


def test_sent_back_it_is_a_draft_with_the_reason(desk: Desk) -> None:
    change = raised_fee(desk)
    desk.change_sets.assign(change, BRAM)
    desk.change_sets.submit(change)

    desk.change_sets.send_back(change, BRAM, "Klopt dit jaar wel?")

    assert desk.change_sets.get(change).state == "draft"
    assert [(each.author, each.text) for each in desk.change_sets.comments(change)] == [("Bram", "Klopt dit jaar wel?")]
    assert desk.change_sets.list(assignee_id="bram")[0][0].id == change


def test_what_was_restored_is_what_it_said(desk: Desk) -> None:
    first = desk.revisions.published(RULE)
    change = desk.change(RULE, statement="Deze regel zegt nu even iets anders dan eerst.")
    [revision] = desk.revisions.history(RULE)
    desk.change(RULE, change_set=change, statement="En nu weer iets heel anders dan daarnet.")

    desk.revisions.restore(change, revision.id, BRAM)

    draft = desk.revisions.draft(change, RULE)
    assert draft is not None
    assert draft.content == revision.content
    assert draft.base == first


def test_a_municipality_which_says_of_each_region_for_which_sectors_goes_through_review(desk: Desk) -> None:
    key = ItemKey("municipalities", "den-haag")
    was = desk.revisions.published(key)
    assert was is not None
    change = desk.change(key, places=[*was["places"], "Kijkduyn"])

    assert desk.change_sets.review_need(change).what == {}

    desk.publisher.publish(change, ANNA)
    now = desk.revisions.published(key)
    assert now is not None
    assert now["places"][-1] == "Kijkduyn"


def test_two_who_save_different_fields_at_once_both_win(desk: Desk) -> None:
    change = desk.change(TERM, summary="Een bevoegdheid is een bewijs dat je les mag geven.")
    seen = desk.revisions.draft(change, TERM)
    assert seen is not None
    desk.revisions.save(change, TERM, {**(seen.content or {}), "title": "De bevoegdheid"}, ANNA, seen.id)

    saved = desk.revisions.save(
        change, TERM, {**(seen.content or {}), "body": "## Meer\n\nLees het na."}, BRAM, seen.id
    )

    content = saved.revision.content or {}
    assert saved.conflicts == ()
    assert (content["title"], content["body"]) == ("De bevoegdheid", "## Meer\n\nLees het na.")


def test_of_two_who_save_one_field_the_first_stands_and_the_other_is_kept_beside_it(desk: Desk) -> None:
    change = desk.change(TERM, summary="Een bevoegdheid is een bewijs dat je les mag geven.")
    seen = desk.revisions.draft(change, TERM)
    assert seen is not None
    desk.revisions.save(change, TERM, {**(seen.content or {}), "title": "De bevoegdheid"}, ANNA, seen.id)

    saved = desk.revisions.save(change, TERM, {**(seen.content or {}), "title": "Bevoegd zijn"}, BRAM, seen.id)

    [conflict] = saved.conflicts
    assert (conflict.field, conflict.theirs, conflict.mine) == ("title", "De bevoegdheid", "Bevoegd zijn")
    assert (saved.revision.content or {})["title"] == "De bevoegdheid"
    beside = [each for each in desk.revisions.history(TERM) if each.state == "aside"]
    assert [(each.author, (each.content or {})["title"]) for each in beside] == [("Bram", "Bevoegd zijn")]


def test_what_keeps_a_change_back_is_looked_for_once_and_again_when_it_or_what_is_published_changes(desk: Desk) -> None:
    looked: list[int] = []

    def look(content: Content) -> tuple[()]:
        looked.append(len(content.records))
        return ()

    desk.publisher._also_check = look
    change = desk.change(TERM, summary="Een nieuwe uitleg van wat een bevoegdheid is.")
    for _ in range(3):
        assert desk.publisher.problems(change) == ()
    assert len(looked) == 1

    sources = (desk.revisions.published(TERM) or {})["sources"]
    desk.change(TERM, change_set=change, sources=["weg"])
    assert "De bron ‘weg’ bestaat niet." in desk.publisher.problems(change)[0].dutch
    desk.change(TERM, change_set=change, sources=sources)
    assert desk.publisher.problems(change) == ()
    before = len(looked)
    desk.publisher.publish(desk.change(OTHER_TERM, summary="Iets dat ondertussen wordt gepubliceerd."), BRAM)
    published = len(looked)
    desk.publisher.problems(change)
    assert len(looked) == published + 1 > before


def approved(desk: Desk, change: str) -> None:
    """Publish a change of Anna that Bram approved."""
    desk.change_sets.submit(change)
    desk.change_sets.approve(change, BRAM)
    desk.publisher.publish(change, ANNA)


def test_going_back_is_for_who_may_publish_all_that_it_undoes(desk: Desk) -> None:
    desk.publisher.publish(desk.change(TERM, summary="De eerste wijziging van deze tekst."), ANNA)
    approved(desk, desk.change(LOCAL, summary="Een andere samenvatting van wat hier geldt."))

    with pytest.raises(NotYours) as refused:
        desk.publisher.back(0, BRAM, regions=("hak",))

    [undone] = refused.value.undone
    assert (undone.key, undone.regions, undone.publication, undone.by) == (LOCAL, {"haaglanden"}, 2, "Anna")
    assert desk.publisher.number() == 2
    desk.publisher.back(1, BRAM, regions=("haaglanden",))
    desk.publisher.back(0, BRAM, regions=("hak",))
    assert desk.publisher.number() == 4


def test_what_was_made_of_another_region_in_the_meantime_is_theirs(desk: Desk) -> None:
    approved(desk, desk.change(LOCAL, regions=["haaglanden", "hak"]))

    with pytest.raises(NotYours):
        desk.publisher.back(0, BRAM, regions=("hak",))
