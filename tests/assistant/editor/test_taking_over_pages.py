"""Taking over what another region says, and English beside Dutch: the pages of both."""

import html
import re
from typing import Any

import pytest

from assistant.editor.digest import followed_in
from assistant.storage.clock import utc_now
from knowledge.place import Loket
from knowledge.publishing.item import ItemKey
from knowledge.publishing.revisions import Editor
from tests.assistant.editor.conftest import EditorsDesk

BRAM, DAAN = Editor("9", "Bram"), Editor("8", "Daan")


def _other(desk: EditorsDesk) -> Loket:
    """A record of another region than the editor's."""
    catalogue = desk.app.state.knowledge.catalogue
    return next(each for each in catalogue.all(Loket) if each.regions and "haaglanden" not in each.regions)


def _published(desk: EditorsDesk, change: str, by: Editor) -> None:
    sets = desk.editorial.change_sets
    if sets.review_need(change).is_needed:
        sets.submit(change)
        sets.approve(change, DAAN)
    desk.editorial.publisher.publish(change, by)
    desk.app.state.knowledge.replace(desk.editorial.publisher.catalogue())


def _take(desk: EditorsDesk, original: Loket, new_id: str, how: str) -> Any:
    form = {"onderdeel": original.id, "regio": "haaglanden", "nieuwe-naam": new_id, "hoe": how}
    return desk.post("/desk/redactie/overgenomen/neem", form)


def test_a_record_of_another_region_is_taken_over_shown_let_go_and_brought_up_to_date(
    editors_desk: EditorsDesk,
) -> None:
    original = _other(editors_desk)
    assert "Jullie namen nog niets over." in editors_desk.get("/desk/redactie/overgenomen")
    page = editors_desk.get(f"/desk/redactie/onderdeel/records/{original.id}")
    assert "Overnemen voor je eigen regio" in page
    made = _take(editors_desk, original, "ons-eigen-loket", "follow")
    assert made.status_code == 303
    change = re.search(r"wijziging=([^&]+)", made.headers["location"])
    assert change
    _published(editors_desk, change[1], BRAM)

    own = editors_desk.get("/desk/redactie/onderdeel/records/ons-eigen-loket")
    assert "Volgt" in own
    assert original.title in own
    assert "Overnemen voor je eigen regio" not in own
    editors_desk.post("/desk/redactie/overgenomen/eigen-weg", {"onderdeel": "ons-eigen-loket"})
    assert "Eigen weg" in editors_desk.get("/desk/redactie/overgenomen?gedaan=los")

    key = ItemKey("records", original.id)
    edit = editors_desk.editorial.change_sets.begin("Nieuwe tekst", BRAM).id
    content = editors_desk.editorial.revisions.published(key) or {}
    editors_desk.editorial.revisions.save(edit, key, content | {"summary": "Dit loket heeft een nieuwe tekst."}, BRAM)
    _published(editors_desk, edit, BRAM)
    page = editors_desk.get("/desk/redactie/overgenomen")
    assert "Dit veranderde in het origineel" in page
    assert "Dit loket heeft een nieuwe tekst." in page
    taken = editors_desk.post("/desk/redactie/overgenomen/bijwerken", {"onderdeel": "ons-eigen-loket"})
    draft = taken.headers["location"].split("/")[-1]
    (revision,) = editors_desk.editorial.revisions.changed_in(draft)
    assert (revision.content or {})["summary"] == "Dit loket heeft een nieuwe tekst."
    assert (revision.content or {})["regions"] == ["haaglanden"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"regio": "hak"}, 403), ({"hoe": "stelen"}, 409), ({"nieuwe-naam": "Geen Slug"}, 409),
        ({"onderdeel": "bestaat-niet"}, 404), ({"nieuwe-naam": "haaglanden"}, 409),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_said_and_leaves_no_change_behind(
    editors_desk: EditorsDesk, changed: dict[str, str], status: int
) -> None:
    before = len(editors_desk.editorial.change_sets.list(limit=500))
    form = {"onderdeel": _other(editors_desk).id, "regio": "haaglanden", "nieuwe-naam": "nog-een", "hoe": "fork"}
    assert editors_desk.post("/desk/redactie/overgenomen/neem", form | changed).status_code == status
    assert len(editors_desk.editorial.change_sets.list(limit=500)) == before


def test_what_another_region_took_over_is_not_an_editors_to_let_go(editors_desk: EditorsDesk) -> None:
    editorial = editors_desk.editorial
    change = editorial.change_sets.begin("Van hak", BRAM, "hak").id
    original = ItemKey("records", "bevoegdheid")
    editorial.taking_over.take_over(change, original, "bevoegdheid-hak", "hak", "follow", BRAM)
    for step in ("eigen-weg", "bijwerken"):
        refused = editors_desk.post(f"/desk/redactie/overgenomen/{step}", {"onderdeel": "bevoegdheid-hak"})
        assert refused.status_code == 403
    found = editorial.taking_over.find(ItemKey("records", "bevoegdheid-hak"))
    assert found is not None
    assert found.mode == "follow"
    assert editors_desk.post("/desk/redactie/overgenomen/eigen-weg", {"onderdeel": "pabo-voltijd"}).status_code == 404


# ---- English beside Dutch


def test_what_lacks_english_is_listed_and_is_gone_when_it_is_written(editors_desk: EditorsDesk) -> None:
    page = editors_desk.get("/desk/redactie/vertalen")
    first = re.search(r'<a href="/desk/redactie/vertalen/([^"]+)"><strong>', page)
    if first is None:
        assert "Alles is vertaald." in page
        pytest.skip("every record of the content has its English")
    record_id = first[1]
    assert "In het Engels" in editors_desk.get(f"/desk/redactie/vertalen/{record_id}")
    empty = editors_desk.post(f"/desk/redactie/vertalen/{record_id}", {"title": "<b>Title", "wijziging": "nieuw"})
    assert empty.status_code == 422
    assert "Vul dit in." in empty.text
    assert "&lt;b&gt;Title" in empty.text
    words = {"title": "A title", "summary": "What it is, in English.", "body": "## More\r\nText.", "wijziging": "nieuw"}
    kept = editors_desk.post(f"/desk/redactie/vertalen/{record_id}", words)
    assert kept.status_code == 303
    change = re.search(r"wijziging=([^&]+)", kept.headers["location"])
    assert change
    again = editors_desk.get(kept.headers["location"])
    assert "Bewaard als concept." in again
    assert "What it is, in English." in again
    _published(editors_desk, change[1], BRAM)
    assert f'/desk/redactie/vertalen/{record_id}"' not in editors_desk.get("/desk/redactie/vertalen")


def test_a_record_of_another_region_is_not_translated_by_this_one(editors_desk: EditorsDesk) -> None:
    words = {"title": "A title", "summary": "What it is.", "wijziging": "nieuw"}
    assert editors_desk.post(f"/desk/redactie/vertalen/{_other(editors_desk).id}", words).status_code == 403
    assert editors_desk.browser.get("/desk/redactie/vertalen/bestaat-niet").status_code == 404


# ---- which draft a form goes on with


def test_of_several_open_drafts_ones_own_comes_first(editors_desk: EditorsDesk) -> None:
    editorial, key = editors_desk.editorial, ItemKey("records", "pabo-voltijd")
    content = editorial.revisions.published(key) or {}
    changes = {}
    for who in (BRAM, DAAN):
        changes[who.id] = editorial.change_sets.begin("Pabo", who).id
        editorial.revisions.save(changes[who.id], key, content | {"uncertain": f"Dit schreef {who.name}."}, who)
    for who in (BRAM, DAAN):
        draft = editorial.revisions.open_draft(key, who.id)
        assert draft is not None
        assert draft.change_set_id == changes[who.id]
    editorial.change_sets.withdraw(changes[DAAN.id])
    draft = editorial.revisions.open_draft(key, DAAN.id)
    assert draft is not None
    assert draft.change_set_id == changes[BRAM.id]
    assert editorial.revisions.open_draft(ItemKey("records", "haaglanden"), "1") is None
    assert "Dit schreef Bram." in html.unescape(editors_desk.get("/desk/redactie/onderdeel/records/pabo-voltijd"))


def test_english_that_is_behind_is_told_in_the_form_in_upkeep_and_before_publishing_until_it_is_found_right(
    editors_desk: EditorsDesk,
) -> None:
    editorial, key = editors_desk.editorial, ItemKey("records", "intern-begeleider-worden")
    content = editorial.revisions.published(key)
    assert content is not None
    change = editorial.change_sets.begin("Nieuwe uitleg", BRAM).id
    editorial.revisions.save(
        change, key, {**content, "summary": "Intern begeleider word je met een opleiding erbij."}, BRAM
    )

    assert "Het Engels hoort nog bij het oude Nederlands" in editors_desk.get(f"/desk/redactie/wijziging/{change}")
    form = f"/desk/redactie/onderdeel/records/{key.id}"
    assert "Het Engels loopt achter" in editors_desk.get(f"{form}?wijziging={change}")
    listed = "/desk/redactie/onderhoud?lijst=vertalingen"
    assert content["title"] not in editors_desk.get(listed)

    editorial.publisher.publish(change, BRAM)

    page = editors_desk.get(listed)
    assert "Het Nederlands veranderde, het Engels niet: antwoord in het kort" in page
    assert f"<del>{content['summary']}</del>" in page
    beside = editors_desk.get(f"/desk/redactie/vertalen/{key.id}")
    assert "Stond er eerst" in beside
    assert content["summary"] in beside

    said = {"groep": key.group, "onderdeel": key.id, "terug": listed}
    answer = editors_desk.post("/desk/redactie/vertalen/engels/klopt", said)
    assert answer.headers["location"] == f"{listed}&gedaan=klopt"
    assert content["title"] not in editors_desk.get(f"{listed}&gedaan=klopt")
    assert "Het Engels loopt achter" not in editors_desk.get(form)
    elsewhere = editors_desk.post("/desk/redactie/vertalen/engels/klopt", said | {"terug": "//kwaad.example"})
    assert elsewhere.headers["location"].startswith(form)


def test_who_follows_is_told_before_and_after_its_original_is_published(editors_desk: EditorsDesk) -> None:
    editorial, key = editors_desk.editorial, ItemKey("records", "stagevergoeding-haaglanden")
    taking = editorial.change_sets.begin("Overnemen", BRAM, "hak").id
    editorial.taking_over.take_over(taking, key, "stagevergoeding-hak", "hak", "follow", BRAM)
    _published(editors_desk, taking, BRAM)

    def changed(value: str) -> str:
        content = editorial.revisions.published(key)
        assert content is not None
        amounts = [{**content["amounts"][0], "value": value}, *content["amounts"][1:]]
        change = editorial.change_sets.begin("Ander bedrag", BRAM).id
        editorial.revisions.save(change, key, {**content, "amounts": amounts}, BRAM)
        return change

    change = changed("111")
    page = editors_desk.get(f"/desk/redactie/wijziging/{change}")
    assert "Wie dit volgt" in page
    assert "wacht tot een collega daar het goedkeurt" in page

    _published(editors_desk, change, BRAM)

    published = editors_desk.get("/desk/redactie/publicaties")
    assert "Volgt nog niet" in published
    # Other tests let regions take things over too.
    [taken] = [each for each in editorial.taking_over.of_region("hak") if each.key.id == "stagevergoeding-hak"]
    assert f"/desk/redactie/wijziging/{taken.waiting}" in published
    catalogue = editors_desk.app.state.knowledge.catalogue
    told = followed_in(editorial, catalogue, ("hak",), utc_now())
    title = catalogue.find("stagevergoeding-hak").title
    assert (told.held, told.along) == ((title,), ())

    editorial.change_sets.set_needs("hak", frozenset(), DAAN)
    _published(editors_desk, changed("222"), BRAM)

    published = editors_desk.get("/desk/redactie/publicaties")
    assert "Volgt nog niet" not in published
    assert "volgde in HAK" in published
    told = followed_in(editorial, catalogue, ("hak",), utc_now())
    assert (told.held, told.along) == ((), (title,))
