"""One change over many records: what it does to each is seen first, and all of it is kept, or none."""

from typing import Any

import pytest

from assistant.editor.bulk import Act, NotFilledIn, acts_for, edit_of, worked_out
from knowledge.money import Cost
from knowledge.place import Loket
from knowledge.publishing.item import ItemKey
from knowledge.rule import Rule
from tests.assistant.editor.conftest import EditorsDesk, hidden

COST = {
    "id": "boeken", "kind": "cost", "title": "Boeken", "summary": "Boeken kosten € 1.000 per jaar.",
    "sources": ["duo"], "amounts": [
        {"label": "boeken", "value": "1000", "per": "jaar", "year": "2026"},
        {"label": "software", "at_least": "99.99", "at_most": "200", "per": "jaar", "year": "2025"},
    ],
}  # fmt: skip
KEY = ItemKey("records", "boeken")


def _made_of(act: Act, before: dict[str, Any] = COST, **given: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in given.items()}
    edit = edit_of(act, names, {"duo", "rijk"}, ("haaglanden", "leiden"))
    (outcome,) = worked_out({KEY: before}, edit, lambda *_: True)
    return outcome


def test_amounts_are_raised_by_a_percentage_and_rounded_and_only_those_that_are_meant() -> None:
    raised = _made_of(Act.PERCENT, procent="2,5").after["amounts"]
    assert [raised[0]["value"], raised[1]["at_least"], raised[1]["at_most"]] == ["1025", "102.49", "205"]
    whole = _made_of(Act.PERCENT, procent="-10%", rond_af="tien", van_jaar="2025").after["amounts"]
    assert [whole[0]["value"], whole[1]["at_least"]] == ["1000", "90"]


def test_a_sum_that_still_stands_in_the_text_is_told() -> None:
    assert _made_of(Act.PERCENT, procent="2,5").note == "In de tekst staat nog € 1.000. Kijk die na."
    assert not _made_of(Act.PERCENT, procent="2,5", van_jaar="2025").note


def test_a_new_year_stands_above_the_one_it_was_made_of_and_the_old_one_stays() -> None:
    made = _made_of(Act.NEW_YEAR, van="2026", naar="2027", procent="3").after["amounts"]
    assert [(each["year"], each.get("value")) for each in made] == [("2027", "1030"), ("2026", "1000"), ("2025", None)]
    assert _made_of(Act.NEW_YEAR, van="2025", naar="2026").why_not == "Er staan al bedragen van 2026."
    assert _made_of(Act.NEW_YEAR, van="2019", naar="2027").why_not == "Geen bedragen van 2019."


def test_a_range_is_not_flattened_to_one_amount() -> None:
    assert "met de hand" in _made_of(Act.AMOUNT, bedrag="10").why_not
    assert _made_of(Act.AMOUNT, bedrag="1.010,50", omschrijving="BOEK").after["amounts"][0]["value"] == "1010.50"


def test_other_fields_are_set_added_and_taken_away() -> None:
    of_region = COST | {"regions": ["haaglanden"]}
    assert _made_of(Act.YEAR, jaar="2027", van_jaar="2026").after["amounts"][0]["year"] == "2027"
    assert _made_of(Act.ADD_SOURCE, bron="rijk").after["sources"] == ["duo", "rijk"]
    assert _made_of(Act.SWAP_SOURCE, oud="duo", nieuw="rijk").after["sources"] == ["rijk"]
    assert _made_of(Act.REVIEW_BY, dag="31-12-2026").after["review_by"] == "2026-12-31"
    assert "review_by" not in _made_of(Act.REVIEW_BY, COST | {"review_by": "2026-12-31"}, dag="").after
    assert _made_of(Act.ADD_REGION, of_region, regio="leiden").after["regions"] == ["haaglanden", "leiden"]
    assert _made_of(Act.ADD_NAME, naam="studieboeken").after["also_called"] == ["studieboeken"]
    assert _made_of(Act.RETIRE).after is None


def test_what_would_widen_a_record_unseen_is_not_done() -> None:
    assert _made_of(Act.ADD_REGION, regio="leiden").why_not == "Dit geldt al in het hele land."
    assert "enige regio" in _made_of(Act.DROP_REGION, COST | {"regions": ["leiden"]}, regio="leiden").why_not


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (Act.PERCENT, {"procent": "veel"}), (Act.PERCENT, {"procent": ""}), (Act.PERCENT, {"procent": "9000"}),
        (Act.YEAR, {"jaar": "26"}), (Act.AMOUNT, {"bedrag": "duizend"}), (Act.REVIEW_BY, {"dag": "12/31/2026"}),
        (Act.ADD_SOURCE, {"bron": "verzonnen"}), (Act.ADD_REGION, {"regio": "elders"}), (Act.ADD_NAME, {"naam": "  "}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(act: Act, given: dict[str, str]) -> None:
    with pytest.raises(NotFilledIn, match=r"\."):
        edit_of(act, given, {"duo"}, ("haaglanden",))


def test_what_a_model_refuses_stays_as_it_is_with_the_reason() -> None:
    outcome = _made_of(Act.VALID_UNTIL, COST | {"title": "x"}, dag="2027-01-01")
    assert not outcome.is_changed
    assert outcome.why_not == "Titel: Dit is te kort."


def test_only_what_a_kind_has_is_offered() -> None:
    assert Act.PERCENT in acts_for(Cost)
    assert Act.PERCENT not in acts_for(Rule)
    assert Act.VALID_UNTIL in acts_for(Rule)


# ---- the pages

LIST = "/desk/redactie/samen/cost?wie=wettelijk-collegegeld&wie=instellingscollegegeld"


def test_a_change_of_two_is_seen_kept_as_one_and_withdrawn_as_one(editors_desk: EditorsDesk) -> None:
    page = editors_desk.get(LIST)
    assert "2 onderdelen gekozen" in page
    given = {
        "wie": ["wettelijk-collegegeld", "instellingscollegegeld"],
        "wat": "nakijken",
        "nakijken.dag": "2027-08-01",
    }
    before = editors_desk.editorial.change_sets.list()

    seen = editors_desk.post("/desk/redactie/samen/cost", given)
    assert seen.status_code == 200
    assert "Dit verandert 2 onderdelen." in seen.text
    assert editors_desk.editorial.change_sets.list() == before, "looking keeps nothing"
    form = {**given, "gezien": hidden(seen.text, "gezien"), "bewaren": "ja", "titel": "Nakijken na de zomer"}
    kept = editors_desk.post("/desk/redactie/samen/cost", form)

    assert kept.status_code == 303
    change = kept.headers["location"].split("/")[-1].split("?")[0]
    changed = editors_desk.editorial.revisions.changed_in(change)
    assert {each.key.id: (each.content or {})["review_by"] for each in changed} == {
        "wettelijk-collegegeld": "2027-08-01", "instellingscollegegeld": "2027-08-01",
    }  # fmt: skip
    editors_desk.post(f"/desk/redactie/wijziging/{change}/intrekken")
    assert editors_desk.editorial.revisions.changed_in(change) == ()


def test_what_was_published_between_looking_and_keeping_is_shown_first(editors_desk: EditorsDesk) -> None:
    given = {"wie": ["wettelijk-collegegeld"], "wat": "nakijken", "nakijken.dag": "2027-08-01", "bewaren": "ja"}
    kept = editors_desk.post("/desk/redactie/samen/cost", given | {"gezien": "iets anders"})
    assert kept.status_code == 409
    assert "Kijk nog een keer wat er verandert." in kept.text


def test_all_that_a_search_finds_is_meant_and_not_what_is_on_one_page(editors_desk: EditorsDesk) -> None:
    found = editors_desk.editorial.items.page(group="records", kind="cost", words="collegegeld")
    page = editors_desk.get("/desk/redactie/samen/cost?alles=ja&zoek=collegegeld")
    assert f"{found.total} onderdelen gekozen" in page


def test_records_of_another_region_stay_as_they_are(editors_desk: EditorsDesk) -> None:
    catalogue = editors_desk.app.state.knowledge.catalogue
    other = next(each for each in catalogue.all(Loket) if each.regions and "haaglanden" not in each.regions)
    given = {"wie": [other.id], "wat": "nakijken", "nakijken.dag": "2027-08-01"}
    page = editors_desk.post("/desk/redactie/samen/loket", given)
    assert "Dit hoort bij een andere regio." in page.text
    assert "Hierdoor verandert niets." in page.text


def test_what_is_not_filled_in_comes_back_with_the_reason(editors_desk: EditorsDesk) -> None:
    given = {"wie": ["wettelijk-collegegeld"], "wat": "procent", "procent.procent": "<script>veel"}
    page = editors_desk.post("/desk/redactie/samen/cost", given)
    assert page.status_code == 422
    assert "Schrijf een bedrag als getal" in page.text
    assert "<script>veel" not in page.text
    nothing = editors_desk.browser.get("/desk/redactie/samen/cost")
    assert nothing.status_code == 409
    assert "Kies eerst in de lijst" in nothing.text
